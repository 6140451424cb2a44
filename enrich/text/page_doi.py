"""Read the DOI of a page: from the keys that the themes read, and from keys that people mistake for them.

A page without a DOI there may adopt one that it has elsewhere: `site/placed_dois.py` lists these DOIs,
`reconciler/judged_doi.py` judges them, `reconciler/adopt_doi.py` makes the certain one the page's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from enrich.model.page import Doi, KeyPath, Page, PageDoi, PlacedDoi, Value
from enrich.text.doi import parse_doi

# The keys from which the themes read the DOI: all themes but HugoBlox Kit, and Kit.
PLAIN_DOI: KeyPath = ("doi",)
KIT_DOI: KeyPath = ("hugoblox", "ids", "doi")
# No theme reads these.
UNREAD_KEYS: tuple[KeyPath, ...] = (("hugoblox.ids", "doi"), ("hugoblox.ids.doi",), ("ids", "doi"))


def page_doi(page: Page) -> PageDoi:
    """Return the DOI of a page, parsed when the site was read or now.

    `hugoblox.ids.doi` wins over `doi` unless it is empty.
    """
    return page.doi or find_page_doi(page)


def find_page_doi(page: Page) -> PageDoi:
    """Parse the DOI of a page, under whichever key the page has it."""
    places = [path for keys in (KIT_DOI, PLAIN_DOI) if (path := page.find(*keys))]
    for path in places:
        value = page.get(*path)
        if value is not None and not (isinstance(value, str) and not value.strip()):
            return PageDoi(path, value, parse_doi(value))
    return PageDoi(places[0], "", None) if places else PageDoi(None, None, None)


def is_unread_key(path: KeyPath) -> bool:
    """Return whether a key looks like the DOI's key although no theme reads it."""
    return tuple(name.lower() for name in path) in UNREAD_KEYS


def list_dois_under(page: Page, keys: tuple[KeyPath, ...]) -> Iterator[PlacedDoi]:
    """Yield the valid DOIs under some keys of a page, whatever the case of the keys."""
    for path, value in (_spell_key(page.front.data, key) for key in keys):
        doi = parse_doi(value) if isinstance(value, str) else None
        if isinstance(doi, Doi):
            yield PlacedDoi(doi, path)


def _spell_key(data: Value, path: KeyPath) -> tuple[KeyPath, Value]:
    """Return a key as the page spells it and its value, which is None if the page lacks the key."""
    spelled: KeyPath = ()
    for name in path:
        names = {key.lower(): key for key in data} if isinstance(data, Mapping) else {}
        spelled = (*spelled, names.get(name, ""))
        data = data.get(spelled[-1]) if isinstance(data, Mapping) else None
    return spelled, data
