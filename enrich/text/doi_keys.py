"""Keys that people take for the DOI's own; no theme reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from enrich.model.page import Doi, KeyPath, Page, PlacedDoi, Value
from enrich.text.doi import parse_doi

UNREAD_KEYS: tuple[KeyPath, ...] = (("hugoblox.ids", "doi"), ("hugoblox.ids.doi",), ("ids", "doi"))


def is_unread_key(path: KeyPath) -> bool:
    """Return whether a key looks like the DOI's own key but no theme reads it."""
    return tuple(name.lower() for name in path) in UNREAD_KEYS


def list_dois_under(page: Page, keys: tuple[KeyPath, ...]) -> Iterator[PlacedDoi]:
    """Yield the valid DOIs under some keys of a page, whatever the case of the keys."""
    for path, value in (_spell_key(page.front.data, key) for key in keys):
        doi = parse_doi(value) if isinstance(value, str) else None
        if isinstance(doi, Doi):
            yield PlacedDoi(doi, path)


def _spell_key(data: Value, path: KeyPath) -> tuple[KeyPath, Value]:
    """Return a key as the page spells it and its value; None if the page has no such key."""
    spelled: KeyPath = ()
    for name in path:
        names = {key.lower(): key for key in data} if isinstance(data, Mapping) else {}
        spelled = (*spelled, names.get(name, ""))
        data = data.get(spelled[-1]) if isinstance(data, Mapping) else None
    return spelled, data
