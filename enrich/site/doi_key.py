"""Learn under which key a site keeps its DOIs, and in which form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from enrich.model.addition import WeighedPage
from enrich.model.page import KeyPath, Page, Value
from enrich.site.page_dialect import find_dialect_doi_key
from enrich.text.doi import find_typed_dois

RESOLVER = "https://doi.org/"
# Keys whose value is an address, and lists whose entries have one.
ADDRESSES = frozenset({"url", "url_pdf", "url_source", "url_preprint", "link"})
LISTS = frozenset({"links", "url_custom"})


def find_doi_key(pages: Sequence[WeighedPage], usual: KeyPath) -> KeyPath:
    """Return the key under which most of the pages have their DOI.

    `usual`, the theme's own key, is the answer unless more pages use another one.
    """
    weights: dict[KeyPath, float] = defaultdict(float)
    for one in pages:
        own = find_dialect_doi_key(one.page)
        placed = [found.path for found in one.page.placed_dois if found.path[0].lower() in ADDRESSES | LISTS]
        for path in [own] if own else placed[:1]:
            weights[path] += one.weight
    return max(weights, key=lambda path: weights[path], default=usual)


def format_doi_value(pages: Sequence[WeighedPage], path: KeyPath, doi: str) -> Value:
    """Return the value of a new page's DOI key: the bare DOI, an address, or the entry of a link."""
    key = path[0].lower()
    if key in ADDRESSES:
        return RESOLVER + doi
    return [_format_link(pages, path, doi)] if key in LISTS else doi


def _format_link(pages: Sequence[WeighedPage], path: KeyPath, doi: str) -> Mapping[str, Value]:
    """Return the entry of a list of links that leads to a DOI, in the form of the site's newest such entry.

    Its address is that of doi.org, because a publisher's address does not work for another publisher's DOI.
    """
    entries = (entry for one in pages for entry in _list_link_entries(one.page, path))
    for entry in entries:
        texts = {key: value for key, value in entry.items() if isinstance(value, str)}
        for key, value in texts.items():
            if other := next(find_typed_dois(value), ""):
                return {**texts, key: doi if value.strip() == other else RESOLVER + doi}
    return {"name": "DOI", "url": RESOLVER + doi}


def _list_link_entries(page: Page, path: KeyPath) -> list[Mapping[str, Value]]:
    value = page.get(*path)
    return [entry for entry in value if isinstance(entry, Mapping)] if isinstance(value, list) else []
