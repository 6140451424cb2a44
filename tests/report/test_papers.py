"""Which pages a report shows as one paper, and which messages of many pages it prints."""

from __future__ import annotations

import pytest

from enrich.model.plan import Finding, Plan, Skipped
from enrich.report.parts.papers import group_by_paper
from enrich.report.parts.shared_findings import collect_shared_findings
from tests.support.reports import DOI, page

MISMATCH = Finding("doi-mismatch", "error", "this DOI belongs to another work", 3)
DUPLICATE = Finding("doi-duplicate", "warning", "another page has this DOI", 3)
CAUSE = "Crossref answered with status 503; run the command again later"
DOWN = f"not compared: {CAUSE}"
GIVEN_UP = f"not compared: gave up on Crossref for this run: {CAUSE}"


@pytest.mark.parametrize(
    ("one", "other", "is_one_paper"),
    [
        ("content/en/publication/a.md", "content/pt/publication/a.md", True),
        ("content/en/publication/a/index.md", "content/zh-hans/publication/a/index.md", True),
        ("content/EN/publication/a.md", "content/pt-BR/publication/a.md", True),
        ("content/publication/a/index.md", "content/publication/a/index.de.md", True),
        ("content/publication/a.en.md", "content/publication/a.pt-br.md", True),
        ("content/publication/a.md", "content/publication/a.de.md", True),
        ("content/en/publication/a.md", "content/pt/publication/b.md", False),
        ("content/publication/a.md", "content/publications/a.md", False),
        ("content/publication/a.md", "content/papers/a.md", False),
        ("content/publication/en/a.md", "content/publication/de/a.md", False),
        ("content/publication/a.2019.md", "content/publication/a.2020.md", False),
        ("content/publication/a.md", "content/publication/a.notes.md", False),
    ],
)
def test_translations_are_one_paper_without_a_doi_too(one: str, other: str, is_one_paper: bool) -> None:
    without = [Plan(page(path), "") for path in (one, other)]
    wrong = [Plan(page(path), "", doi=DOI, findings=(MISMATCH,)) for path in (one, other)]
    twice = [Plan(page(path), "", doi=DOI, findings=(DUPLICATE,)) for path in (one, other)]
    assert {len(group_by_paper(pages)) for pages in (without, wrong, twice)} == {1 if is_one_paper else 2}


@pytest.mark.parametrize(
    "others",
    [
        [Plan(page("content/pt/publication/a.md"), "", doi="10.5555/other", findings=(MISMATCH,))],
        [Plan(page("content/pt/publication/a.md"), "")],
        [Skipped("content/pt/publication/a.md", "no front matter")],
    ],
)
def test_a_page_with_another_doi_or_none_is_another_paper(others: list[Plan | Skipped]) -> None:
    first = Plan(page("content/en/publication/a.md"), "", doi=DOI, findings=(MISMATCH,))
    assert len(group_by_paper([first, *others])) == 2


def test_pages_with_one_doi_are_one_paper_whatever_their_names() -> None:
    assert len(group_by_paper([Plan(page(name), "", doi=doi) for name, doi in (("a", DOI), ("b", DOI))])) == 1


@pytest.mark.parametrize(
    ("messages", "shown"),
    [
        ([DOWN, GIVEN_UP], [DOWN]),
        ([GIVEN_UP, DOWN], [DOWN]),
        ([GIVEN_UP], [GIVEN_UP]),
        ([DOWN, DOWN.replace("Crossref", "DataCite")], [DOWN, DOWN.replace("Crossref", "DataCite")]),
        ([DOWN, GIVEN_UP.replace("503", "500")], [DOWN, GIVEN_UP.replace("503", "500")]),
        (["no DOI", "the page has no DOI"], ["no DOI", "the page has no DOI"]),
        (["a: ", "b: "], ["a: ", "b: "]),
    ],
)
def test_one_cause_is_one_message(messages: list[str], shown: list[str]) -> None:
    plans = [
        Plan(page(f"{number}.md"), "", findings=(Finding("lookup-failed", "warning", message),))
        for number, message in enumerate(messages)
    ]
    found = [*collect_shared_findings(plans, {("warning", "lookup-failed")})]
    assert [one.message for one in found] == shown
    assert sorted(path for one in found for path in one.paths) == [plan.path for plan in plans]
