"""Read a few pages of a site, and of its other pages only what a survey of the site needs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from enrich.errors import PageError
from enrich.model.page import PARAMS, BadDoi, Doi, FrontMatter, Page
from enrich.model.plan import Skipped
from enrich.site.page_files import (
    ParsePage,
    SitePages,
    leaves_site,
    parse_page,
    read_page_file,
    read_page_text,
    read_pages,
)
from enrich.site.pages import Site
from enrich.site.skipped_pages import READ_KEYS, find_skip_reason
from enrich.text.page_container import JOURNAL
from enrich.text.page_doi import find_page_doi, page_doi

# The keys whose values a survey reads, and those that tell which pages a run leaves alone.
SURVEYED_KEYS = READ_KEYS | {PARAMS, JOURNAL, "authors"}


def read_pages_around(
    site: Site,
    paths: Collection[str],
    progress: Callable[[str, int, int], None],
    parse: ParsePage = parse_page,
) -> SitePages:
    """Return these pages of a site in full, and of each other page what a survey needs.

    It also reads another page in full if that page has, or may have, the DOI of one of these, or if it is in
    doubt. A page whose front matter does not parse counts if the mistake is in a key that no survey reads.
    """
    if 2 * len(paths) > len(site.paths):
        return read_pages(site, progress, parse)
    outcomes = {path: read_page_file(site, path, parse) for path in paths}
    named = [page for page in outcomes.values() if isinstance(page, Page)]
    dois = frozenset(doi for page in named for doi in _list_shareable_dois(page) if doi)
    may_share = any(not page_doi(page).key for page in named)  # then DOIs under other keys pair pages, too
    for path in site.paths:
        if path not in outcomes:
            outcomes[path] = _read_outline(site, path, dois, may_share) or read_page_file(site, path, parse)
        progress("reading", len(outcomes), 0)
    ordered = {path: outcomes[path] for path in dict.fromkeys((*site.paths, *paths))}
    return SitePages(
        {path: page for path, page in ordered.items() if isinstance(page, Page)},
        {path: reason for path, reason in ordered.items() if not isinstance(reason, Page)},
    )


def _list_shareable_dois(page: Page) -> Iterator[str]:
    """Yield a page's DOI, also as typed and as likely repaired, and the DOIs elsewhere on the page."""
    parsed = page_doi(page).parsed
    yield from (placed.doi.key for placed in page.placed_dois)
    if isinstance(parsed, Doi):
        yield from (parsed.key, parsed.whole.lower())
    if isinstance(parsed, BadDoi):
        yield parsed.repair.lower()


def _read_outline(site: Site, path: str, dois: Collection[str], may_share: bool) -> Page | Skipped | None:
    """Return a page with only the values that a survey reads; None if it has to be read in full."""
    if leaves_site(site, site.root / path):
        return None
    try:
        page = make_outline(path, read_page_text(site.root / path))
    except (PageError, OSError):
        return None
    key = page_doi(page).key if page else ""
    if page is None or key in dois or (not key and may_share):
        return None
    reason = find_skip_reason(page)
    return Skipped(path, reason) if reason else page


def make_outline(path: str, text: str) -> Page | None:
    """Return a page with all its keys, but only the values that a survey reads; None in doubt."""
    from enrich.front_matter.formats import load_formats
    from enrich.front_matter.yaml_outline import cut_yaml_header
    from enrich.front_matter.yaml_parser import read_yaml_values

    yaml = load_formats()["yaml"]
    begin = 1 if text.startswith("\ufeff") else 0
    span = yaml.split(text, begin)
    cut = cut_yaml_header(text[slice(*span)], SURVEYED_KEYS) if span else None
    if span is None or cut is None:
        return None
    part, left_out = cut
    data = {**dict.fromkeys(left_out), **read_yaml_values(part)}
    page = Page(path, text, FrontMatter("yaml", data, *span, {}))
    return replace(page, doi=find_page_doi(page))
