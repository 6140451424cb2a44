"""Decide whether a DOI that a page has elsewhere, or the repair of a damaged one, is the page's own."""

from __future__ import annotations

from dataclasses import replace

from enrich.model.page import BadDoi, Doi, Page, PageDoi, PlacedDoi
from enrich.model.site_context import SiteContext
from enrich.model.work import Work
from enrich.reconciler.author_overlap import count_shared_authors
from enrich.reconciler.identity import count_years_apart, identify_record
from enrich.reconciler.title_forms import is_same_title, list_title_forms, read_title
from enrich.reconciler.title_likeness import is_title_alike
from enrich.reconciler.work_kinds import explain_other_kind
from enrich.text.doi import parse_doi
from enrich.text.page_doi import page_doi

MOST_YEARS = 1


def adopt_doi(page: Page, placed: PlacedDoi, *, has_rivals: bool = False) -> Page:
    """Return the page with a DOI that it has elsewhere as its own, or with its repair confirmed."""
    own = page_doi(page)
    if isinstance(own.parsed, BadDoi):
        return replace(page, doi=replace(own, parsed=replace(own.parsed, is_confirmed=True)))
    return replace(page, doi=PageDoi(own.path, own.typed, placed.doi, placed.path, has_rivals))


def has_whole_doi(page: Page) -> bool:
    """Return whether the page's DOI may end in what was taken off its end."""
    parsed = page_doi(page).parsed
    return isinstance(parsed, Doi) and bool(parsed.whole)


def adopt_whole_doi(page: Page) -> Page:
    """Return the page with its DOI as typed, its end included."""
    own = page_doi(page)
    whole = own.parsed.whole if isinstance(own.parsed, Doi) else ""
    return replace(page, doi=replace(own, parsed=Doi(whole, whole.lower())))


def list_dois_to_confirm(page: Page) -> tuple[PlacedDoi, ...]:
    """Return the DOIs that may be the page's own: the repair of a damaged one, else those elsewhere."""
    own = page_doi(page)
    if not isinstance(own.parsed, BadDoi):
        return page.placed_dois
    repair = parse_doi(own.parsed.repair)
    return (PlacedDoi(repair, own.path),) if isinstance(repair, Doi) and own.path else ()


def is_confirmed(page: Page, site_context: SiteContext, work: Work) -> bool:
    """Return whether a record is that of the page's work, of its kind and of its year, beyond doubt."""
    titles = [title for one in (page, *site_context.twins) if (title := read_title(one))]
    if not read_title(page) or (count_years_apart(page, work) or 0) > MOST_YEARS:
        return False
    if explain_other_kind(page, work) or identify_record(page, site_context, work).answer != "same":
        return False
    # Titles in two languages prove nothing here, nor do similar titles if one side names no authors.
    has_authors = count_shared_authors(page, site_context.profiles, work) is not None
    are_alike = is_title_alike if has_authors else is_same_title
    return any(are_alike(title, list_title_forms(work)) for title in titles)
