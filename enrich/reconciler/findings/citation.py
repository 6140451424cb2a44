"""Findings about the citation inside `publication`: "*Nature* 8 (3), 45-67"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from enrich.model.work import Work
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.fields.publication import list_container_names
from enrich.reconciler.findings.registry import Message, register_work_rule
from enrich.reconciler.journal_names import is_same_container
from enrich.text.compare import strip_markup

LONGEST_CITATION = 1_000  # characters of a value that are read
_PAGE = r"[A-Za-z]{0,3}\d[\w.]*"
_RANGE = rf"{_PAGE}(?:\s*[-‐‑–—]+\s*{_PAGE})?"
_YEAR = r"(?:1[5-9]|20)\d\d"
_IN_BRACKETS = rf"\(\s*{_YEAR}\s*\)"
_VOLUME = r"(?P<volume>[A-Z]?\d{1,4}[A-Z]?(?:[-–/]\d{1,4})?)(?!\w)"
_ISSUE = rf"\(\s*(?!{_YEAR}\s*\))(?P<issue>\d+(?:\s*[-–/]\s*\d+)?)\s*\)"
_PAGES = rf"(?P<pages>{_RANGE})"
_LABELLED = (
    re.compile(rf"\bvol(?:ume)?\b\.?\s*{_VOLUME}\b", re.IGNORECASE),
    re.compile(r"\b(?:no|nr|issue|iss|number)\b\.?\s*(?P<issue>\d+(?:\s*[-–/]\s*\d+)?)\b", re.IGNORECASE),
    re.compile(rf"\b(?:pp?|pages?|pgs?)\b\.?\s*{_PAGES}", re.IGNORECASE),
    re.compile(rf"\b(?:article|art|paper)\b\.?\s*(?:no|number|id)?\b\.?\s*(?P<pages>{_PAGE})", re.IGNORECASE),
)
# Without labels, the likeliest first; the rest of the citation is behind the journal's name.
_COMPACT = (
    re.compile(rf"(?:^|[\s,;]){_VOLUME}\s*{_ISSUE}(?:\s*{_IN_BRACKETS})?(?:\s*[,:;]?\s*{_PAGES}(?![\w(]))?"),
    re.compile(rf"(?:^|[\s,;]){_VOLUME}(?:,\s*|\s+){_PAGES}\s*{_IN_BRACKETS}"),  # 8, 45 (2019)
    re.compile(rf"(?:^|[\s,;]){_VOLUME}\s*{_IN_BRACKETS}\s*[,:]?\s*{_PAGES}"),  # 8 (2019) 45
    re.compile(rf"(?:^|[\s,;]){_VOLUME}\s*:\s*{_PAGES}"),  # 8:45-67
    re.compile(rf"^\W*(?:{_YEAR}\W+)?{_VOLUME}\s*,\s*{_PAGES}(?=\W*(?:{_YEAR}\W*)?$)"),  # 8, 45-67, 2019
    re.compile(rf"(?:(?<=[^\W\d]\s)|(?<=\.\s)){_VOLUME},\s*(?!{_YEAR}\b){_PAGES}\W*$"),  # J. Abbrev. 8, 45
    re.compile(rf"^\W*(?:{_YEAR}\W+)?{_VOLUME}\s*,\s*(?=(?:article|art|no|issue|pp?)\b)", re.IGNORECASE),
)
_EMPHASIS = re.compile(r"([*_]{1,2})(?=\S).+?(?<=\S)\1")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Citation:
    """The place of an article in a journal, as a page states it; `""` for a part that it leaves out."""

    volume: str = ""
    """The volume: `8`, `12A`."""
    issue: str = ""
    """The issue, or a double issue: `3`, `3-4`."""
    pages: str = ""
    """Pages or an article number: `45-67`, `e12`."""


@register_work_rule("citation-differs", "warning")
def check_citation_differs(comparison: Comparison, work: Work) -> Iterator[Message]:
    """The volume, issue, pages or article number inside `publication` contradict the record.

    Why it matters: readers who copy the citation cannot find the paper.
    Example: `content/publication/smith2019/index.md:10: warning[citation-differs] publication has volume 7,
    but the record has volume 8; compare both with the paper`
    What to do: compare both with the paper and correct the value, or change nothing: enrich reports this
    only once.
    To silence it: put `# enrich: keep` behind `publication:`, or add an `[[ignore]]` with
    `code = "citation-differs"`.
    What `apply` does: nothing; it never overwrites a value that has more than the journal's name.
    """
    value = comparison.text("publication")[:LONGEST_CITATION]
    is_kept = comparison.is_kept("publication") or not comparison.rules.wants("publication")
    if is_kept or not _NUMBER.search(value) or not is_same_container(value, list_container_names(work)):
        return
    differences = list(_compare_citations(read_citation(value), work))
    if differences:
        text = f"publication has {'; '.join(differences)}; compare both with the paper"
        yield Message(text, comparison.line("publication"), evidence=value)


def read_citation(value: str) -> Citation:
    """Read volume, issue and pages behind the journal's name in a value of `publication`."""
    name = _EMPHASIS.search(value)
    behind = strip_markup(value[name.end() :]) if name else ""
    rest = behind if _NUMBER.search(behind) else strip_markup(value)
    labelled = [match.groupdict() for pattern in _LABELLED if (match := pattern.search(rest))]
    compact = next((match.groupdict() for pattern in _COMPACT if (match := pattern.search(rest))), {})
    parts = {part: text for found in reversed([*labelled, compact]) for part, text in found.items() if text}
    return Citation(**parts)


def _compare_citations(citation: Citation, work: Work) -> Iterator[str]:
    """Yield each part of the citation that the record contradicts."""
    if re.fullmatch(_YEAR, citation.volume) and not re.fullmatch(_YEAR, work.volume):
        return  # "2019, 12, 45-67": the year was taken for the volume
    if citation.volume and work.volume and not _share_numbers(citation.volume, work.volume):
        yield f"volume {citation.volume}, but the record has volume {work.volume}"
    if citation.issue and work.issue and not _share_numbers(citation.issue, work.issue):
        yield f"issue {citation.issue}, but the record has issue {work.issue}"
    deposited = [pages for pages in (work.page, work.article_number) if _NUMBER.search(pages)]
    if citation.pages and deposited and not _agree_with_any(citation.pages, deposited):
        yield f"pages {citation.pages}, the record {deposited[0]}"


def _normalise_number(part: str) -> str:
    return "".join(filter(str.isalnum, part)).lower().lstrip("0")


def _share_numbers(one: str, other: str) -> bool:
    """Return whether two volumes or issues have a number in common, or one of them has no number."""
    numbers = [{number.lstrip("0") for number in _NUMBER.findall(text)} for text in (one, other)]
    return not all(numbers) or bool(numbers[0] & numbers[1])


def _agree_with_any(pages: str, deposited: Sequence[str]) -> bool:
    """Return whether a page's range agrees with the record; with article numbers it is not comparable."""
    if _is_range(pages) and not any(map(_is_range, deposited)):
        return True
    return any(_agree_on_pages(pages, known) for known in deposited)


def _is_range(pages: str) -> bool:
    return len(_split_pages(pages)) > 1


def _agree_on_pages(one: str, other: str) -> bool:
    """Return whether two ranges begin and end on the same pages; a last page may be shortened: 2207-16."""
    left, right = _split_pages(one), _split_pages(other)
    if left[0] != right[0]:
        return False
    last = [pages[1] for pages in (left, right) if len(pages) > 1]
    return len(last) < 2 or last[0].endswith(last[1]) or last[1].endswith(last[0])


def _split_pages(pages: str) -> list[str]:
    return [
        _normalise_number(page)
        for page in re.split(r"\s*[-‐‑–—]+\s*", pages.split(",", maxsplit=1)[0].strip())
    ][:2]
