"""List the DOIs that a page has outside the theme's own key, the likeliest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from enrich.model.page import CITE_BIB, PARAMS, Doi, KeyPath, Page, PlacedDoi, Value
from enrich.site.bib_dois import list_bib_dois
from enrich.text.doi import find_arxiv_dois, find_typed_dois, parse_doi
from enrich.text.page_doi import KIT_DOI, PLAIN_DOI, UNREAD_KEYS, list_dois_under

MOST_PLACED = 8  # DOIs of one page that are looked up; real pages have up to three

# The DOI's keys under `params`, which count if the key outside is empty, and the keys that no theme reads.
_DOI_KEYS = ((PARAMS, *PLAIN_DOI), (PARAMS, *KIT_DOI), *UNREAD_KEYS)
_LISTS = ("links", "url_custom")
_ADDRESSES = ("url", "url_pdf", "url_source", "url_preprint", "link", "arxiv")
_CITATIONS = ("publication", "publication_short", "apa_citation", "citation_apa", "citation", "bibtex")
_IS_DOI = re.compile(r"\bdoi\b", re.IGNORECASE)
# Links with these names lead to material of the paper, not to the paper.
_BESIDE_PAPER = re.compile(
    r"\b(?:data(?:sets?)?|code|software|slides?|posters?|videos?|projects?|suppl\w*|append\w*|github|gitlab"
    r"|repository|talk|demo)\b",
    re.IGNORECASE,
)


def list_placed_dois(page: Page, cite_bib: str = "") -> tuple[PlacedDoi, ...]:
    """Return the DOIs elsewhere on a page and in the text of its bundle's cite.bib, each once."""
    found: dict[str, PlacedDoi] = {}
    for placed in islice(_generate_placed_dois(page, cite_bib), MOST_PLACED * MOST_PLACED):
        found.setdefault(placed.doi.key, placed)
    return tuple(found.values())[:MOST_PLACED]


def _generate_placed_dois(page: Page, cite_bib: str) -> Iterator[PlacedDoi]:
    texts = [*_list_page_passages(page)]
    yield from list_dois_under(page, _DOI_KEYS)
    for path, text in texts:
        yield from place_dois(path, find_typed_dois(text))
    for path, text in texts:
        yield from place_dois(path, find_arxiv_dois(text))
    yield from place_dois((CITE_BIB,), list_bib_dois(cite_bib))


def place_dois(path: KeyPath, dois: Iterable[str]) -> Iterator[PlacedDoi]:
    """Yield those of the DOIs typed under a key that are valid."""
    parsed = map(parse_doi, dois)
    return (PlacedDoi(doi, path) for doi in parsed if isinstance(doi, Doi))


def _list_page_passages(page: Page) -> Iterator[tuple[KeyPath, str]]:
    """Yield the addresses and citations in which the paper's own DOI may be, by their keys."""
    links = sorted(_list_links(page), key=lambda link: not _IS_DOI.search(link[1]))
    yield from ((path, text) for path, _, text in links)
    for key in (*_ADDRESSES, *_CITATIONS):
        value, path = page.get(key), page.find(key)
        text = value.get("name") if isinstance(value, Mapping) else value
        if path and isinstance(text, str):
            yield path, text


def _list_links(page: Page) -> Iterator[tuple[KeyPath, str, str]]:
    """Yield the links that may lead to the paper: their list's key, their name and type, address or id."""
    for key in _LISTS:
        path, entries = page.find(key), page.get(key)
        for entry in entries if path and isinstance(entries, list | tuple) else ():
            texts = _lower_entry_keys(entry) if isinstance(entry, Mapping) else {}
            name = " ".join(texts.get(key, "") for key in ("type", "name", "label"))
            if path and not _BESIDE_PAPER.search(name):
                yield path, name, f"{texts.get('id', '')} {texts.get('url', '')}"


def _lower_entry_keys(entry: Mapping[str, Value]) -> dict[str, str]:
    return {key.lower(): value for key, value in entry.items() if isinstance(value, str)}
