"""When a volume, an issue, pages or a publisher are the record's, as people write them."""

from __future__ import annotations

import re

from enrich.reconciler.field_comparison import Texts
from enrich.text.compare import comparison_key, texts_match, word_overlap

DASHES = re.compile(r"\s*[-–—‐‑−]+\s*")
# "pp. 101", "p 101", "Article 064002", "e064002"
# https://www.isbn-international.org/content/isbn-users-manual/29
_ISBN = re.compile(r"(?<!\d)(?:97[89][\s-]?)?(?:\d[\s-]?){9}[\dXx](?!\d)")
_PAGES_BEFORE = re.compile(
    r"^(?:p(?:p|ages?)?\b|art(?:icle)?\b)?\.?\s*(?:no\b\.?\s*)?(?:e(?=\d))?", re.IGNORECASE
)
_NUMBER_BEFORE = re.compile(r"^(?:vol(?:ume)?|no|number|issue)\b\.?\s*", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_LENGTH = re.compile(r",?\s*\(?\d+\s*(?:pages|pp)\b\.?\)?\s*$", re.IGNORECASE)  # "064002, 12 pages"


def is_same_number(text: str, forms: Texts) -> bool:
    """Return whether a volume or an issue is the record's, with "Vol." or zeros before it or not."""
    plain = DASHES.sub("-", _NUMBER_BEFORE.sub("", text))
    return any(_strip_zeros(plain) == _strip_zeros(DASHES.sub("-", form)) for form in forms)


def share_number(one: str, other: str) -> bool:
    """Return whether two volumes or issues have a number in common ("3-4" and "4"), or one has none."""
    numbers = [set(map(_strip_zeros, _NUMBER.findall(text))) for text in (one, other)]
    return not all(numbers) or not numbers[0].isdisjoint(numbers[1])


def is_same_pages(text: str, forms: Texts) -> bool:
    """Return whether pages are the record's: any dash, a shortened last page, "pp." before them."""
    return any(expand_pages(text) == expand_pages(form) for form in forms)


def agree_on_pages(text: str, forms: Texts) -> bool:
    """Return whether a citation's pages do not contradict the record's.

    The first page alone is enough, and zeros before an article number say nothing. Pages cannot be compared
    with an article number.
    """
    pages, known = expand_pages(text), list(map(expand_pages, forms))
    if len(pages) > 1 and all(len(other) < 2 for other in known):
        return True
    return any(all(map(_is_same_page, pages, other)) for other in known)


def is_same_publisher(text: str, forms: Texts) -> bool:
    """Return whether a publisher's name is the record's, or one has all words of the other."""
    return any(texts_match(text, form) or word_overlap(text, form) == 1 for form in forms)


def is_same_isbn(text: str, forms: Texts) -> bool:
    """Return whether a text has an ISBN of the record, in ten or thirteen digits, hyphens or not."""
    known = {number for form in forms for number in _list_isbn_cores(form)}
    return not known.isdisjoint(_list_isbn_cores(text))


def _list_isbn_cores(text: str) -> list[str]:
    """Return the nine digits that an ISBN has in both lengths: without its prefix and its check digit."""
    numbers = (re.sub(r"[\s-]", "", found) for found in _ISBN.findall(DASHES.sub("-", text)))
    return [number[3:12] if len(number) == 13 else number[:9] for number in numbers]


def expand_pages(text: str) -> tuple[str, ...]:
    """Return the first and the last page: "123-8" is 123 to 128; an article number is its own page."""
    plain = _LENGTH.sub("", _PAGES_BEFORE.sub("", text.strip()))
    pages = [comparison_key(page) for page in DASHES.split(plain) if page]
    if len(pages) == 2 and pages[1].isdigit() and len(pages[1]) < len(pages[0]):
        pages[1] = pages[0][: len(pages[0]) - len(pages[1])] + pages[1]
    return tuple(dict.fromkeys(pages))


def _is_same_page(one: str, other: str) -> bool:
    return _strip_zeros(one) == _strip_zeros(other)


def _strip_zeros(text: str) -> str:
    return comparison_key(text).lstrip("0")
