"""Annotations: their lines, their order and their number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from enrich.model.plan import Failed, Finding, Plan, Severity, Skipped
from enrich.model.report import Display
from enrich.report.github import render
from tests.support.reports import EVERYTHING, change, page, report

ANNOTATIONS = """\
::error file=web site/content/publication/d.md,line=7,title=enrich failed::failed: a tab for indent
::error file=web site/content/publication/a/index.md,line=4,title=enrich retracted::retracted: The paper was retracted. (Retraction Watch)
::warning file=web site/content/publication/a/index.md,line=3,title=enrich title::needs review: Title: differs from the record: [-A towards B-] {+*A toward B*+}; one word differs
::notice file=web site/content/publication/a/index.md,title=enrich abstract::cannot be written: fill in abstract: {+Text.+}; why not: an alias; one word differs
::notice file=web site/content/publication/a/index.md,line=22,title=enrich publication_types::safe: fill in publication_types: [-0-] {+2+}; one word differs
::notice file=web site/content/publication/a/index.md,title=enrich commented-out::commented-out: An abstract is commented out.
skipped: `enrich: false`: web site/content/publication/c.md
4 pages, 1 with a DOI · 1 safe to write, 1 needs review, 1 cannot be written · 1 error, 1 note · 1 skipped, 1 failed
"""  # noqa: E501 - a line is a command


def test_every_kind_the_most_severe_first_and_paths_from_the_git_root() -> None:
    assert render(replace(EVERYTHING, prefix="web site/")) == ANNOTATIONS


@pytest.mark.parametrize(
    ("count", "has_job_summary", "rest"),
    [
        pytest.param(30, True, "20 more are in the summary of this job", id="a job"),
        pytest.param(11, True, "1 more is in the summary of this job", id="one more in a job"),
        pytest.param(30, False, "20 more; `--format text` shows all of them", id="no job"),
        pytest.param(11, False, "1 more; `--format text` shows all of them", id="one more without a job"),
    ],
)
def test_ten_annotations_the_rest_is_counted(count: int, has_job_summary: bool, rest: str) -> None:
    changes = tuple(change("a", "b", line=line, level="safe") for line in range(1, count + 1))
    display = Display(has_job_summary=has_job_summary)
    lines = render(report(Plan(page(), "", changes=changes)), display).splitlines()
    assert [line.startswith("::") for line in lines] == [True] * 10 + [False, False]
    assert lines[10] == rest


BEFORE = "::notice title=enrich reported before::"


def reported(path: str, code: str, *, is_new: bool = False) -> Plan:
    """Return the plan of a page with an error, which an earlier run reported unless it is new."""
    return Plan(page(path), "", findings=(Finding(code, "error", "m", 4, is_new=is_new),))


@pytest.mark.parametrize(
    ("plans", "lines"),
    [
        pytest.param(
            [
                reported("a.md", "doi-mismatch"),
                reported("b.md", "x"),
                reported("c.md", "e", is_new=True),
            ],
            [
                "::error file=web/c.md,line=4,title=enrich e::e: m",
                f"{BEFORE}2 errors reported before are still open: web/a.md: doi-mismatch; web/b.md: x",
            ],
            id="a new error comes alone",
        ),
        pytest.param(
            [
                Plan(
                    page("a.md"),
                    "",
                    changes=(change("a", "b", is_new=False),),
                    findings=(
                        Finding("x", "warning", "w", is_new=False),
                        Finding("y", "error", "e", is_new=False),
                    ),
                )
            ],
            [f"{BEFORE}1 error reported before is still open: web/a.md: y"],
            id="what is no error has no line",
        ),
        pytest.param(
            [reported("a\n::error::b.md", "y")],
            [f"{BEFORE}1 error reported before is still open: web/a ::error::b.md: y"],
            id="a path that looks like a command",
        ),
    ],
)
def test_news_comes_first_and_earlier_errors_share_a_line(plans: list[Plan], lines: list[str]) -> None:
    shown = replace(report(*plans), prefix="web/")
    assert render(shown, Display(verbose=-1)).splitlines() == lines
    full = render(shown, Display(verbose=1))
    assert "reported before" not in full
    assert full.count("\n::error") + full.startswith("::error") == sum(
        finding.severity == "error" for plan in plans for finding in plan.findings
    )


@pytest.mark.parametrize(
    ("path", "message", "line"),
    [
        pytest.param(
            "a:b,c%.md", "x", "file=a%3Ab%2Cc%25.md,title=enrich failed::failed: x", id="properties"
        ),
        pytest.param("a.md", "50 %: a, b", "file=a.md,title=enrich failed::failed: 50 %25: a, b", id="data"),
        pytest.param(
            "a.md", "::error::\nx", "file=a.md,title=enrich failed::failed: ::error:: x", id="a command"
        ),
        pytest.param(
            "a\nb.md", "x", "file=a\\x0ab.md,title=enrich failed::failed: x", id="a path with an end"
        ),
    ],
)
def test_signs_that_could_end_a_part_are_encoded(path: str, message: str, line: str) -> None:
    assert render(report(Failed(path, message))).splitlines()[0] == f"::error {line}"


@pytest.mark.parametrize(
    ("code", "severity", "count", "line"),
    [
        pytest.param(
            "lookup-failed",
            "warning",
            2,
            "::warning title=enrich lookup-failed::lookup-failed on 2 pages: m",
            id="a service",
        ),
        pytest.param(
            "doi-missing",
            "note",
            4,
            "::notice title=enrich doi-missing::doi-missing on 4 pages: m",
            id="a note",
        ),
    ],
)
def test_what_many_pages_share_is_on_none_of_them(
    code: str, severity: Severity, count: int, line: str
) -> None:
    finding = Finding(code, severity, "m", 5)
    plans = [Plan(page(f"{number}.md"), "", findings=(finding,)) for number in range(count)]
    assert render(report(*plans), Display(verbose=-1)) == f"{line}\n"


def test_one_page_among_the_notes_of_many_has_its_own() -> None:
    many = [Plan(page(f"{name}.md"), "", findings=(Finding("x", "note", "m"),)) for name in range(12)]
    odd = Plan(page("z.md"), "", findings=(Finding("x", "note", "other", 7),))
    line = "::notice file=z.md,line=7,title=enrich x::x: other"
    assert render(report(*many, odd)).splitlines()[1] == line


def test_a_skipped_page_has_none() -> None:
    assert render(report(Skipped("a.md", "why")), Display(verbose=-1)) == ""


SKIPPED = [Skipped(f"{name}.md", "no front matter") for name in "abcde"]


@pytest.mark.parametrize(
    ("pages", "verbose", "line"),
    [
        pytest.param(
            SKIPPED,
            0,
            "skipped: no front matter: a.md, b.md, c.md and 2 more (-v lists them)",
            id="many for one reason",
        ),
        pytest.param(
            SKIPPED, 1, "skipped: no front matter: a.md, b.md, c.md, d.md, e.md", id="with -v all of them"
        ),
        pytest.param(
            [Skipped("a\n::error::b.md", "x\n::error::y")],
            0,
            "skipped: x ::error::y: a\\x0a::error::b.md",
            id="no line is a command",
        ),
        pytest.param(
            [Skipped("a ##[error]b.md", "no front matter")],
            0,
            "skipped: no front matter: a ##\\[error]b.md",
            id="nor has one in it",
        ),
    ],
)
def test_skipped_pages_are_named_with_their_reason(pages: list[Skipped], verbose: int, line: str) -> None:
    *lines, counts = render(report(*pages), Display(verbose=verbose)).splitlines()
    assert (lines, counts) == (
        [line],
        f"{len(pages)} page{'s' * (len(pages) > 1)}, 0 with a DOI · {len(pages)} skipped",
    )


def test_a_long_message_is_cut() -> None:
    line = render(report(Failed("a.md", "x" * 9_000)), Display(verbose=-1))
    assert len(line) < 1_200
    assert line.endswith(" …\n")
