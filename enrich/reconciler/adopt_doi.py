"""List the DOIs that may be a page's own, and give the page the one that is certain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from enrich.model.page import BadDoi, Doi, Page, PageDoi, PlacedDoi
from enrich.model.work import Answer, Found, Unsupported
from enrich.text.doi import parse_doi
from enrich.text.page_doi import page_doi

if TYPE_CHECKING:
    from enrich.reconciler.judged_doi import JudgedDoi


def list_dois_to_judge(page: Page) -> tuple[PlacedDoi, ...]:
    """Return the DOIs that may be the page's own: the repair of a damaged one, else those elsewhere."""
    own = page_doi(page)
    if not isinstance(own.parsed, BadDoi):
        return page.placed_dois
    repair = parse_doi(own.parsed.repair)
    return (PlacedDoi(repair, own.path),) if isinstance(repair, Doi) and own.path else ()


def adopt_certain_doi(page: Page, judged: Iterable[JudgedDoi]) -> Page | None:
    """Return the page with the first of its DOIs that is certain, None if none is."""
    certain: dict[str, PlacedDoi] = {}
    for judged_doi in judged:
        if judged_doi.is_certain and judged_doi.placed:
            certain.setdefault(judged_doi.candidate.doi, judged_doi.placed)
    first = next(iter(certain.values()), None)
    return adopt_doi(page, first, has_rivals=len(certain) > 1) if first else None


def adopt_doi(page: Page, placed: PlacedDoi, *, has_rivals: bool = False) -> Page:
    """Return the page with a DOI that it has elsewhere as its own, or with its repair confirmed."""
    own = page_doi(page)
    if isinstance(own.parsed, BadDoi):
        return replace(page, doi=replace(own, parsed=replace(own.parsed, is_confirmed=True)))
    return replace(page, doi=PageDoi(own.path, own.typed, placed.doi, placed.path, has_rivals))


def has_whole_doi(page: Page) -> bool:
    """Return whether the characters that enrich took off the end of the page's DOI may belong to it."""
    parsed = page_doi(page).parsed
    return isinstance(parsed, Doi) and bool(parsed.whole)


def adopt_whole_doi(page: Page) -> Page:
    """Return the page with its DOI as typed, its end included."""
    own = page_doi(page)
    whole = own.parsed.whole if isinstance(own.parsed, Doi) else ""
    return replace(page, doi=replace(own, parsed=Doi(whole, whole.lower())))


def is_registered(answer: Answer) -> bool:
    """Return whether a DOI exists: an agency has its record, or is known to have registered it."""
    return isinstance(answer, Found | Unsupported)
