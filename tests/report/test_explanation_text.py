"""The explanation of a decision, and the commands proposed after a report."""

from __future__ import annotations

from dataclasses import replace

import pytest

from enrich.model.explanation import Explanation, ExplanationRow
from enrich.model.plan import Failed, Finding, Plan
from enrich.model.report import Report
from enrich.report.parts.explanation_text import format_explanation
from enrich.report.parts.next_steps import suggest_next_steps
from tests.support.reports import change, page, report

TITLE = ExplanationRow(
    "title",
    "A &amp; B\x1b",
    "A & B",
    "A and B",
    "",
    "differs: replace, needs review",
    "case and markup are no difference",
)


def test_an_explanation_is_field_by_field() -> None:
    explained = Explanation(
        doi="10.5555/1",
        path="content/publication/a/index.md",
        source="Crossref",
        answer="from the cache",
        rows=(TITLE, ExplanationRow("date", "", "", "2024", "", "the record is silent", "")),
        findings=(Finding("retracted", "error", "It was retracted.", 3, "Retraction Watch"),),
    )
    assert (
        format_explanation(explained)
        == """\
https://doi.org/10.5555/1
page: content/publication/a/index.md
record: Crossref, from the cache

title: differs: replace, needs review
    in the record      | A &amp; B\\x1b
    enrich would write | A & B
    on the page        | A and B
    rule: case and markup are no difference

date: the record is silent
    on the page        | 2024

error[retracted] It was retracted.
    see: Retraction Watch
"""
    )


def test_a_finding_repeats_no_evidence_and_a_long_one_is_indented() -> None:
    told = Finding("retracted", "error", "Retracted: https://doi.org/10.5555/r.", 3, "10.5555/r")
    long = Finding("authors-differ", "warning", "They differ.", 3, "record: Ann Lee, Jo Doe, Kim Roe, Al Poe")
    text = format_explanation(Explanation("x", "p", "Crossref", "", (), (told, long)), width=40)
    assert text.endswith(
        "error[retracted] Retracted:\n    https://doi.org/10.5555/r.\n\n"
        "warning[authors-differ] They differ.\n"
        "    see: record: Ann Lee, Jo Doe, Kim\n        Roe, Al Poe\n"
    )


def test_evidence_that_the_message_has_is_not_repeated() -> None:
    row = ExplanationRow("volume", "8", "8", "8", "8", "equal", "")
    text = format_explanation(Explanation("x", "p", "records on disk", "from the cache", (row,)))
    assert text.splitlines()[2:] == [
        "record: records on disk",
        "",
        "volume: equal",
        "    in the record      | 8",
        "    on the page        | the same",
        "    baseline           | the same",
    ]


def test_a_doi_without_page_or_record() -> None:
    assert (
        format_explanation(Explanation("10.5555/1", "", "", "no registration agency knows it"))
        == """\
https://doi.org/10.5555/1
page: no page under the given paths has this DOI
record: no registration agency knows it
"""
    )


def test_a_long_value_is_wrapped_after_its_bar_and_cut() -> None:
    text = format_explanation(
        Explanation("x", "p", "", "", (ExplanationRow("abstract", "::error:: " * 200, "", "", "", "v", ""),))
    )
    lines = text.splitlines()[4:]
    assert lines[1].startswith("    in the record      | ::error::")
    assert all(
        line.startswith(("    in the record      | ", "                       | ")) for line in lines[1:]
    )
    assert lines[-1].endswith("… (1999 characters)")


AGAIN = "enrich check x -v  # shows again what was reported before"
ASKS = "enrich review x  # asks about the one that needs review"
WRITES = "enrich apply x  # writes the safe change"
SAFE, ASKING = change("a", "b", level="safe"), change("a", "b")


def of_page(*changes: object, findings: tuple[Finding, ...] = ()) -> Report:
    """Return the report on a page with these changes."""
    return report(Plan(page(), "", changes=changes, findings=findings))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("shown", "steps"),
    [
        pytest.param(of_page(), "", id="nothing to do"),
        pytest.param(of_page(SAFE, SAFE), "enrich apply x  # writes the 2 safe changes", id="safe ones"),
        pytest.param(
            of_page(SAFE, ASKING),
            "enrich apply x   # writes the safe change\n"
            "enrich review x  # asks 2 questions, 1 if you run apply first",
            id="one that needs a look",
        ),
        pytest.param(
            of_page(SAFE, ASKING, change("a", "c"), change("a", "d", level="safe")),
            "enrich apply x   # writes the 2 safe changes\n"
            "enrich review x  # asks 4 questions, 2 if you run apply first",
            id="two of each",
        ),
        pytest.param(
            of_page(change("a", "b", is_new=False)),
            f"enrich review x    # asks about the one that needs review\n{AGAIN}",
            id="one that was reported before",
        ),
        pytest.param(
            of_page(change("a", "b", level="safe", is_new=False)),
            f"enrich apply x     # writes the safe change\n{AGAIN}",
            id="a safe one, reported before",
        ),
        pytest.param(
            of_page(change("a", "b", is_new=False, refused="no")), AGAIN, id="a refused one, reported before"
        ),
        pytest.param(of_page(change("a", "b", level="safe", refused="no")), "", id="a refused one"),
        pytest.param(of_page(change("a", "b", level="safe", status="written")), "", id="a written one"),
        pytest.param(
            of_page(
                findings=(Finding("a", "note", "x"), Finding("b", "warning", "x"), Finding("c", "error", "x"))
            ),
            "enrich explain c  # explains this finding and what to do",
            id="the most severe finding",
        ),
        pytest.param(
            of_page(findings=(Finding("c", "error", "x", is_new=False),)), AGAIN, id="an old finding"
        ),
        pytest.param(of_page(findings=(Finding("c", "note", "x", is_new=False),)), "", id="an old note"),
    ],
)
def test_the_next_steps(shown: Report, steps: str) -> None:
    assert suggest_next_steps(shown, lambda name: f"enrich {name} x") == steps


UNWRITTEN = Failed("x.md", "the file is read-only", changes=(SAFE, SAFE))


@pytest.mark.parametrize(
    ("outcomes", "steps"),
    [
        pytest.param(
            [UNWRITTEN], "enrich apply x  # tries again to write the page that failed", id="one page"
        ),
        pytest.param(
            [UNWRITTEN, UNWRITTEN],
            "enrich apply x  # tries again to write the 2 pages that failed",
            id="two pages",
        ),
        pytest.param([Failed("x.md", "a tab for indent", 7)], "", id="a page that cannot be read"),
    ],
)
def test_the_next_step_of_a_page_that_was_not_written(outcomes: list[Failed], steps: str) -> None:
    assert suggest_next_steps(report(*outcomes), lambda name: f"enrich {name} x") == steps


FAILED = Finding("lookup-failed", "warning", "not compared: Crossref did not answer")
EXPLAINED = "enrich explain lookup-failed"


@pytest.mark.parametrize(
    ("shown", "retry", "steps"),
    [
        pytest.param(
            of_page(findings=(FAILED,)),
            "enrich check x",
            f"enrich check x{' ' * 14}  # asks again about the page whose look-up failed\n"
            f"{EXPLAINED}  # explains this finding and what to do",
            id="one page",
        ),
        pytest.param(
            of_page(SAFE, findings=(FAILED, FAILED)),
            "enrich check x",
            f"enrich apply x{' ' * 14}  # writes the safe change\n"
            f"enrich check x{' ' * 14}  # asks again about the 2 pages whose look-up failed\n"
            f"{EXPLAINED}  # explains this finding and what to do",
            id="two pages, and something to write",
        ),
        pytest.param(
            of_page(findings=(replace(FAILED, severity="note"),)), "enrich check x", "", id="a miss offline"
        ),
        pytest.param(of_page(SAFE), "enrich check x", WRITES, id="no failed look-up"),
        pytest.param(
            report(Failed("x.md", "a tab for indent", 7)),
            "enrich check x",
            "enrich check x  # reads the page that failed, once you have corrected it",
            id="a page that cannot be read",
        ),
        pytest.param(
            report(Failed("x.md", "TOML: invalid value", 2), Failed("y.md", "not UTF-8", 1)),
            "enrich check x",
            "enrich check x  # reads the 2 pages that failed, once you have corrected them",
            id="two pages that cannot be read",
        ),
    ],
)
def test_the_next_step_of_a_failed_look_up_asks_again(shown: Report, retry: str, steps: str) -> None:
    assert suggest_next_steps(shown, lambda name: f"enrich {name} x", retry) == steps


MISSING = Finding("doi-missing", "note", "x")


@pytest.mark.parametrize(
    ("findings", "find", "steps"),
    [
        pytest.param(
            (MISSING,), "enrich find", "enrich find  # searches for the DOI that 1 page lacks", id="one"
        ),
        pytest.param(
            (MISSING, MISSING),
            "enrich find",
            "enrich find  # searches for the DOIs that 2 pages lack",
            id="two",
        ),
        pytest.param((replace(MISSING, is_new=False),), "enrich find", "", id="reported before"),
        pytest.param(
            (MISSING, replace(MISSING, is_new=False)),
            "enrich find",
            "enrich find  # searches for the DOIs that 2 pages lack",
            id="one that is new, and one that was reported before",
        ),
        pytest.param((MISSING,), "", "", id="a run that cannot search, or has"),
    ],
)
def test_the_next_step_of_a_page_without_a_doi(findings: tuple[Finding, ...], find: str, steps: str) -> None:
    assert suggest_next_steps(of_page(findings=findings), {"find": find}.__getitem__) == steps


@pytest.mark.parametrize(
    ("questions", "browse", "is_named"),
    [
        pytest.param(20, "enrich check x --report html:r.html", False, id="as many as somebody answers"),
        pytest.param(21, "enrich check x --report html:r.html", True, id="more"),
        pytest.param(21, "", False, id="a run that makes the page itself"),
    ],
)
def test_the_next_step_of_many_questions_leads_to_a_browser(
    questions: int, browse: str, is_named: bool
) -> None:
    steps = suggest_next_steps(
        of_page(*(change("a", f"b{number}") for number in range(questions))),
        "enrich {} x".format,
        browse=browse,
    ).splitlines()
    purposes = [step.partition("  # ")[2] for step in steps]
    assert purposes == [
        f"asks about the {questions} that need review, one by one",
        *["makes a page to search and decide in a browser"] * is_named,
    ]


@pytest.mark.parametrize(
    ("paths", "titles", "purpose"),
    [
        pytest.param(
            ["content/en/a.md", "content/de/a.md", "content/en/b.md"],
            ["A", "A", "B"],
            "asks 2 questions about the 3 that need review",
            id="two translations share one",
        ),
        pytest.param(
            ["content/en/a.md", "content/de/a.md"],
            ["A", "Ä"],
            "asks about the 2 that need review, one by one",
            id="two translations that change differently",
        ),
        pytest.param(
            ["content/a.md", "content/b.md"],
            ["A", "A"],
            "asks about the 2 that need review, one by one",
            id="two pages that change alike",
        ),
        pytest.param(
            ["content/a/index.md", "content/a/index.fr.md", "content/a/index.de.md"],
            ["A", "A", "A"],
            "asks one question about the 3 that need review",
            id="the language is in the file's name",
        ),
    ],
)
def test_the_next_step_counts_a_question_that_translations_share_once(
    paths: list[str], titles: list[str], purpose: str
) -> None:
    plans = [
        Plan(page(path), "", changes=(change("Title", title),))
        for path, title in zip(paths, titles, strict=True)
    ]
    steps = suggest_next_steps(report(*plans), "enrich {} x".format)
    assert steps == f"enrich review x  # {purpose}"
