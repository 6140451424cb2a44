"""The folded end of the Markdown report counts papers, not pages."""

from __future__ import annotations

import pytest

from enrich.model.plan import Finding, Plan
from enrich.report.parts.markdown_folded import FoldedList
from enrich.report.parts.papers import group_by_paper
from enrich.report.parts.shared_findings import collect_shared_findings, find_shared_keys
from tests.support.reports import change, page

NOTE = Finding("doi-missing", "note", "No DOI.")
OLD = Finding("retracted", "error", "Retracted.", is_new=False)


def make_folded_list(*plans: Plan, full: bool = False) -> FoldedList:
    """Return the folded list of the report on these pages."""
    shared = find_shared_keys(plans)
    return FoldedList(group_by_paper(plans), shared, [*collect_shared_findings(plans, shared)], full)


@pytest.mark.parametrize(
    ("paths", "count"),
    [
        ([], 0),
        (["content/en/publication/a.md"], 1),
        (["content/en/publication/a.md", "content/pt/publication/a.md"], 1),
        ([f"content/en/publication/{name}.md" for name in "abcde"], 5),
        ([f"content/{code}/publication/{name}.md" for name in "abc" for code in ("en", "pt")], 3),
    ],
)
def test_translations_count_once(paths: list[str], count: int) -> None:
    folded = make_folded_list(*(Plan(page(path), "", findings=(NOTE,)) for path in paths))
    assert folded.count_papers() == count


def test_an_error_comes_first_and_names_are_sorted_by_label() -> None:
    note = Plan(page("a.md"), "", findings=(NOTE,))
    old = Plan(page("b.md"), "", changes=(change("a", "b", is_new=False),), findings=(NOTE, OLD))
    assert make_folded_list(note, old).lines == [
        "- `b.md`: error `retracted`; needs review `title`; note `doi-missing`\n",
        "- `a.md`: note `doi-missing`\n",
    ]


def test_what_is_shown_in_full_is_not_named() -> None:
    old = Plan(page("b.md"), "", changes=(change("a", "b", is_new=False),), findings=(OLD,))
    assert make_folded_list(old, full=True).lines == []
    assert make_folded_list(old, full=True).count_papers() == 0


def test_one_page_among_the_notes_of_many_is_named_alone() -> None:
    many = [Plan(page(f"{number}.md"), "", findings=(NOTE,)) for number in range(12)]
    odd = Plan(page("z.md"), "", findings=(Finding("doi-missing", "note", "An empty DOI."),))
    assert make_folded_list(*many, odd).lines[-1] == "- note `doi-missing` on `z.md`; An empty DOI.\n"
