"""Findings about the citation inside `publication`: "*Nature* 8 (3), 45-67"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from enrich.model.work import Work
from enrich.reconciler.citation_text import Citation, is_year, read_citation, read_yearly_citation
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.fields.publication import list_container_names
from enrich.reconciler.findings.registry import Message, register_work_rule
from enrich.reconciler.issue_values import agree_on_pages, share_number
from enrich.reconciler.journal_names import is_same_container
from enrich.reconciler.partial_dates import list_dates
from enrich.text.page_container import find_container_key

LONGEST_CITATION = 1_000  # characters of a value that are read
_NUMBER = re.compile(r"\d")


@register_work_rule("citation-differs", "warning")
def check_citation_differs(comparison: Comparison, work: Work) -> Iterator[Message]:
    """The volume, issue, pages or article number inside `publication` differ from the record.

    Why it matters: readers who copy the citation cannot find the paper.
    Example: `content/publication/smith2019/index.md:10: warning[citation-differs] publication has volume 7,
    but the record has volume 8; compare both with the paper`
    What to do: compare both with the paper, and correct the page if it is wrong. If it is right, leave it as
    it is: after the next `enrich apply`, reports name this in one line.
    To silence it: put `# enrich: keep` after `publication:`, or add an `[[ignore]]` to `enrich.toml` with
    `code = "citation-differs"` and the `path` of the page.
    What `apply` does: nothing; it never overwrites a value that has more than the journal's name.
    """
    key = find_container_key(comparison.page)
    value = comparison.text(key)[:LONGEST_CITATION]
    is_kept = comparison.is_kept(key) or not comparison.rules.wants("publication")
    if is_kept or not _NUMBER.search(value) or not is_same_container(value, list_container_names(work)):
        return
    if differences := list(_compare_citation(value, work)):
        here = ", ".join(f"{part} {typed}" for part, typed, _ in differences)
        there = ", ".join(f"{part} {deposited}" for part, _, deposited in differences)
        text = f"{key} has {here}, but the record has {there}; compare both with the paper"
        yield Message(text, comparison.line(key), evidence=value)


def _compare_citation(value: str, work: Work) -> Iterator[tuple[str, str, str]]:
    """Yield the name of each part of a citation that the record contradicts, the page's and its own."""
    citation = _read_like_record(value, work)
    if is_year(citation.volume) and not is_year(work.volume):
        return  # "2019, 12, 45-67": the year was taken for the volume
    if citation.volume and work.volume and not share_number(citation.volume, work.volume):
        yield "volume", citation.volume, work.volume
    if citation.issue and work.issue and not share_number(citation.issue, work.issue):
        yield "issue", citation.issue, work.issue
    deposited = tuple(pages for pages in (work.page, work.article_number) if _NUMBER.search(pages))
    if citation.pages and deposited and not agree_on_pages(citation.pages, deposited):
        yield "pages", citation.pages, deposited[0]


def _read_like_record(value: str, work: Work) -> Citation:
    if not is_year(work.volume):
        return read_citation(value)
    return read_yearly_citation(value, work.volume, {str(date.year) for date in list_dates(work.dates)})
