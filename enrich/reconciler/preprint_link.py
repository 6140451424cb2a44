"""Keep a link to the preprint on the page of the article that it became."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from urllib.parse import quote

from enrich.model.page import KeyPath, Page, Value
from enrich.model.work import Work
from enrich.reconciler.comparison import Comparison
from enrich.text.page_doi import page_doi

KEY, LINKS = "url_preprint", "links"
# The keys that precede a link in the themes' templates, the nearest first.
AFTER = ("url_pdf", "doi", "hugoblox", "abstract", "publication")
_CALLED_PREPRINT = re.compile(r"preprint|pre-print|arxiv|rxiv|ssrn", re.IGNORECASE)
_NAMES = frozenset({"type", "name", "label", "provider"})
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)


def propose_preprint_link(comparison: Comparison, preprint: Work) -> tuple[KeyPath, Value] | None:
    """Return the key and its new value that link to the preprint, None if there is such a link.

    The newest theme has a list of links, the others a key: `links: [{type, url}]` or `url_preprint`.
    """
    page, context = comparison.page, comparison.site_context
    if _has_preprint_link(page, preprint):
        return None
    url = f"https://doi.org/{quote(page_doi(page).bare or preprint.doi, safe='/:;()')}"
    links = page.get(LINKS)
    if context.is_foreign_theme:
        return ((KEY,), url) if KEY in context.usual_keys else None
    if page.find(KEY) or not _has_typed_links(comparison):
        return page.find(KEY) or (KEY,), url
    kept = list(links) if isinstance(links, list | tuple) else []
    if links and not kept:  # not a list: the owner's own
        return None
    return page.find(LINKS) or (LINKS,), [*kept, {"type": "preprint", "url": url}]


def _has_typed_links(comparison: Comparison) -> bool:
    """Return whether the page's theme reads a list of links with types."""
    generation = comparison.site_context.dialect.generation
    return generation == "kit" or (generation == "tailwind" and comparison.page.find(LINKS) is not None)


def _has_preprint_link(page: Page, preprint: Work) -> bool:
    if str(page.get(KEY) or "").strip():
        return True
    number = _ARXIV_DOI.fullmatch(preprint.doi)
    marks = [preprint.doi, page_doi(page).key, number[1].lower() if number else ""]
    texts = [text.casefold() for text in _list_link_texts(page)]
    return any(mark in text for mark in filter(None, marks) for text in texts) or any(
        _CALLED_PREPRINT.search(name) for name in _list_link_values(page, _NAMES)
    )


def _list_link_texts(page: Page) -> Iterator[str]:
    """Yield the addresses of a page's links."""
    for key in sorted(page.keys()):
        if key.startswith("url_") and isinstance(url := page.get(key), str):
            yield url
    yield from _list_link_values(page, {"url", "id"})


def _list_link_values(page: Page, keys: Collection[str]) -> Iterator[str]:
    """Yield the values of these keys in a page's list of links."""
    links = page.get(LINKS)
    for link in links if isinstance(links, list | tuple) else ():
        if isinstance(link, Mapping):
            yield from (str(link[key]) for key in link if str(key).lower() in keys)
