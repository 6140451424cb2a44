"""Infer a page's dialect from its own values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from enrich.model.page import KeyPath, Page, Value
from enrich.model.site_context import NUMBER_TYPES, Types
from enrich.text.page_container import find_container_key
from enrich.text.page_doi import KIT_DOI, page_doi

Wrapper = tuple[str, str]
PLAIN: Wrapper = ("", "")
EMPHASIS: Wrapper = ("*", "*")
IN_EMPHASIS: Wrapper = ("In *", "*")

# CSL's item types (CSL 1.0.2, appendix III).
CSL_TYPES = frozenset({
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast",
    "chapter", "classic", "collection", "dataset", "document", "entry", "entry-dictionary",
    "entry-encyclopedia", "event", "figure", "graphic", "hearing", "interview", "legal_case", "legislation",
    "manuscript", "map", "motion_picture", "musical_score", "pamphlet", "paper-conference", "patent",
    "performance", "periodical", "personal_communication", "post", "post-weblog", "regulation", "report",
    "review", "review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage",
})  # fmt: skip
_CONFERENCE = frozenset({"1", "paper-conference"})

_IN_EMPHASIS = re.compile(r"In:?\s*[*_]")
_EMPHASIS = re.compile(r"[*_](?![*_])")
# The theme's list of types as a comment, to which some sites add their own: "8 = Patent; 9 = Workshop paper".
_IN_LEGEND = "1 = Conference"
_LEGEND = re.compile(rf"^[ \t]*#.*\b{_IN_LEGEND}.*(?:\n[ \t]*#.*)*", re.MULTILINE)
_TYPE_IN_LEGEND = re.compile(r"[#;:,(]\s*(-?\d{1,2}) = \w")


def find_types(page: Page) -> Types | None:
    """Return the dialect of a page's type: that of the first element with a meaning; None without one."""
    for value in _list_page_types(page):
        if value in NUMBER_TYPES:
            return "number"
        if value.lower() in CSL_TYPES:
            return "csl"
    return None


def list_legend_types(page: Page) -> list[str]:
    """Return the numbers of the types that the list in a comment of the page explains."""
    start, end = page.front.start, page.front.end
    has_legend = page.text.find(_IN_LEGEND, start, end) >= 0  # the plain search is faster than the pattern
    legend = _LEGEND.search(page.text, start, end) if has_legend else None
    return _TYPE_IN_LEGEND.findall(legend[0]) if legend else []


def find_dialect_doi_key(page: Page) -> KeyPath | None:
    """Return the key of a page's DOI as the page spells it; None if the page has no such key."""
    path = page_doi(page).path
    ids = page.find(*KIT_DOI[:-1])
    return path or ((*ids, KIT_DOI[-1]) if ids else None)


def find_journal_wrapper(page: Page) -> Wrapper | None:
    """Return the wrapper of a page's journal, None if it names no journal."""
    value = page.get(find_container_key(page))
    if isinstance(value, Mapping):
        return PLAIN  # the theme prints such a name in italics itself
    text = value.strip() if isinstance(value, str) else ""
    if not text:
        return None
    if _IN_EMPHASIS.match(text):
        return IN_EMPHASIS
    return EMPHASIS if _EMPHASIS.match(text) else PLAIN


def is_conference(page: Page) -> bool | None:
    """Return whether a page is a conference paper, whose journal has another form; None without a type."""
    value = next(_list_page_types(page), "0").lower()
    return None if value == "0" else value in _CONFERENCE


def list_author_entries(page: Page) -> Iterator[str]:
    """Yield the entries of `authors` as typed; a single text counts as an entry."""
    yield from _list_texts_of(page.get("authors"))


def _list_page_types(page: Page) -> Iterator[str]:
    yield from (value.strip() for value in _list_texts_of(page.get("publication_types")))


def _list_texts_of(value: Value) -> Iterator[str]:
    items = value if isinstance(value, Sequence) and not isinstance(value, str) else (value,)
    for item in items:
        if isinstance(item, str | int) and not isinstance(item, bool):
            yield str(item)
