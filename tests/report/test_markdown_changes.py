"""Which changes of many papers share a table, and which page an entry names."""

from __future__ import annotations

import pytest

from enrich.model.plan import Change, Finding, Plan
from enrich.report.markdown import render
from enrich.report.parts.markdown_changes import format_paper_changes
from enrich.report.parts.papers import group_by_paper
from tests.support.reports import change, page, report

REASON = "only the bare DOI gives a working link"


def make_tidying(number: int, *, reason: str = REASON) -> Change:
    """Return the change of a DOI that is typed as an address."""
    bare = f"10.5555/{number}"
    return change(
        f"https://doi.org/{bare}", bare, key=("doi",), kind="normalise", level="safe", reason=reason
    )


def make_plan(number: int, *changes: Change, name: str = "") -> Plan:
    """Return the plan of a page with these changes."""
    path = name or f"content/publication/{number}/index.md"
    return Plan(page(path), "", doi=f"10.5555/{number}", changes=changes)


def format_changes(*plans: Plan) -> str:
    """Return the changes of these pages as Markdown."""
    return "".join(format_paper_changes(group_by_paper(plans)))


SHARED = f"""
**3 publications: tidy doi** · {REASON}

| publication | old | new |
|---|---|---|
| `content/publication/1/index.md` | `https://doi.org/10.5555/1` | `10.5555/1` |
| `content/publication/2/index.md` | `https://doi.org/10.5555/2` | `10.5555/2` |
| `content/publication/3/index.md` | `https://doi.org/10.5555/3` | `10.5555/3` |
"""
FILL = change("", "Fish Letters", key=("publication",), kind="fill", level="safe", reason="empty")


def test_one_change_on_many_papers_is_one_table_after_the_others() -> None:
    plans = [make_plan(number, make_tidying(number)) for number in (1, 2, 3)]
    text = format_changes(*plans, make_plan(4, FILL, make_tidying(4)))
    assert text.endswith(SHARED)
    assert text.startswith("\n[`10.5555/4`]"), "what is more than tidying comes first"
    assert "| doi, line 3 | `https://doi.org/10.5555/4` | `10.5555/4` |" in text


@pytest.mark.parametrize(
    "third",
    [
        pytest.param((), id="two are not many"),
        pytest.param((FILL,), id="another change"),
        pytest.param((make_tidying(3, reason="another reason"),), id="another reason"),
        pytest.param((make_tidying(3), FILL), id="two changes"),
        pytest.param((change("a", "b", level="review"),), id="a question"),
        pytest.param((change("a", "b", level="safe", kind="update", reason=REASON),), id="an update"),
    ],
)
def test_other_changes_have_their_paper_to_themselves(third: tuple[Change, ...]) -> None:
    plans = [make_plan(number, make_tidying(number)) for number in (1, 2)]
    text = format_changes(*plans, make_plan(3, *third))
    assert "publications:" not in text
    assert text.count("| field | old | new | why |") == 2 + bool(
        [one for one in third if one.level == "safe"]
    )


def test_translations_are_one_row_that_names_both_pages() -> None:
    names = ("content/en/publication/a.md", "content/pt/publication/a.md")
    twins = [make_plan(1, make_tidying(1), name=name) for name in names]
    text = format_changes(*twins, *(make_plan(number, make_tidying(number)) for number in (2, 3)))
    assert "**3 publications: tidy doi**" in text
    assert f"| `{names[0]}`<br>`{names[1]}` | `https://doi.org/10.5555/1` | `10.5555/1` |\n" in text


def test_what_does_not_fit_is_counted_by_paper() -> None:
    plans = [make_plan(number, make_tidying(number)) for number in range(10, 2_010)]
    text = render(report(*plans))
    shown = text.count("/index.md` |")
    assert 0 < shown < 2_000
    assert f"… and {2_000 - shown} more, which do not fit here" in text


@pytest.mark.parametrize(
    ("on", "named"),
    [
        pytest.param(("en", "pt"), "", id="on all pages"),
        pytest.param(("en",), ", on `content/en/publication/a.md`", id="on the first"),
        pytest.param(("pt",), ", on `content/pt/publication/a.md`", id="on the second"),
    ],
)
def test_an_entry_names_its_pages_if_not_all_have_it(on: tuple[str, ...], named: str) -> None:
    warning = Finding("x", "warning", "w", 3)
    plans = [
        Plan(
            page(f"content/{code}/publication/a.md"),
            "",
            doi="10.5555/1",
            changes=(FILL,) * (code in on),
            findings=(warning,) * (code in on),
        )
        for code in ("en", "pt")
    ]
    text = render(report(*plans))
    assert f"`x`, line 3{named}: w\n" in text
    row = named.replace(", on", "<br>on")
    assert f"| publication, line 3{row} |  | Fish Letters | empty |\n" in text


ABSTRACT = change("", "word " * 100, key=("abstract",), kind="fill", level="safe", reason="empty")
WRONG = Plan(page("wrong.md"), "", findings=(Finding("doi-mismatch", "error", "another paper"),))
NEWS = "\n#### New, and waiting for you\n\n`wrong.md`\n\n- 🔴 **error** `doi-mismatch`: another paper\n"


@pytest.mark.parametrize(
    ("plans", "heads", "summary"),
    [
        pytest.param([make_plan(number, ABSTRACT) for number in range(3)], 3, "", id="a few"),
        pytest.param(
            [make_plan(number, ABSTRACT) for number in range(38)],
            9,
            "29 more publications",
            id="many abstracts",
        ),
        pytest.param(
            [make_plan(0, FILL), *(make_plan(number, make_tidying(number)) for number in range(1, 61))],
            1,
            "60 more publications",
            id="a table that they share",
        ),
        pytest.param(
            [make_plan(number, make_tidying(number)) for number in range(60)],
            0,
            "60 publications",
            id="nothing but a table that they share",
        ),
    ],
)
def test_many_changes_are_folded_above_the_news(plans: list[Plan], heads: int, summary: str) -> None:
    text = render(report(*plans, WRONG))
    shown, _, folded = text.partition(NEWS)[0].partition("\n<details>\n")
    assert shown.count("\n|---|") == heads
    assert folded.startswith(f"<summary>{summary}</summary>\n\n\n" if summary else "")
    assert folded.endswith("|\n\n</details>\n" if summary else "")
    assert (shown + folded).count("/index.md`") == len(plans)
    assert "<details>" not in render(report(*plans)).partition("\n<summary>How to")[0].removesuffix(
        "\n<details>"
    )


def test_the_folded_changes_count_those_that_do_not_fit() -> None:
    plans = [make_plan(number, make_tidying(number)) for number in range(2_000)]
    text = render(report(*plans, make_plan(9_999, ABSTRACT), WRONG))
    assert "<summary>2000 more publications</summary>" in text
    assert " more, which do not fit here; `enrich check` shows everything.\n\n</details>\n" + NEWS in text
