"""When a volume, an issue or pages are the record's, as people write them."""

from __future__ import annotations

import re

from enrich.reconciler.field_comparison import Texts
from enrich.text.compare import comparison_key

DASHES = re.compile(r"\s*[-–—‐‑−]+\s*|\s+(?:to|bis)\s+")
# https://www.isbn-international.org/content/isbn-users-manual/29
_ISBN = re.compile(r"(?<!\d)(?:97[89][\s-]?)?(?:\d[\s-]?){9}[\dXx](?!\d)")
_PAGES_BEFORE = re.compile(
    r"^(?:(?:p(?:p|ages?|gs?)?|p[aá]gs?|seiten?|art(?:icle|ikel)?|paper)(?=[\s.\d])|[sс](?=\.))?\.?\s*"
    r"(?:(?:no|nr|id|number)\b\.?\s*)?",
    re.IGNORECASE,
)
_ELECTRONIC = re.compile(r"^e(?=\d)")
_PAGES_BEHIND = re.compile(r"(?<=\d)\s*(?:\+|ff?\.?|\.)$")  # "512ff"
_OF_ARTICLE = re.compile(r"^(\w+):(\d+)-(?:\1:)?(\d+)$")  # "173:1-173:25"
_NUMBER_BEFORE = re.compile(
    r"^(?:(?:v|vol(?:ume)?|bd|band|jg|jahrgang|tome|no|nr|n[uú]m|number|iss(?:ue)?|heft)(?=[\s.\d])|n[°º]|№|[#(])"
    r"\.?\s*",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s*(?:[-–—‐‑−/,&]|\band\b|\bto\b)+\s*")  # the issues 3-4, 3/4, 3 & 4
_SUPPLEMENT = re.compile(r"\bs(?:upp(?:l(?:ement)?)?)?[\s._]*(?=\d)", re.IGNORECASE)
_ROMAN = re.compile(r"(?=[IVXLC])(?:X[CL]|L?X{0,3})(?:I[XV]|V?I{0,3})")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_NUMBER = re.compile(r"\d+")
LONGEST_VALUE = 200  # characters of a volume, an issue or pages that are compared
_LENGTH = re.compile(r",?\s*\(?\d+\s*(?:pages|pp)\b\.?\)?\s*$", re.IGNORECASE)  # "064002, 12 pages"


def is_same_number(text: str, forms: Texts) -> bool:
    """Return whether a volume or an issue is the record's, with "Vol." or zeros before it or not."""
    return any(_fold_number(text) == _fold_number(form) for form in forms)


def _fold_number(text: str) -> str:
    """Return a volume or an issue without a label, in Arabic digits."""
    plain = _NUMBER_BEFORE.sub("", _cut_long_value(text)).strip(" )*")
    plain = str(_read_roman(plain)) if _ROMAN.fullmatch(plain) else plain
    return _strip_zeros(_JOINED.sub("-", _SUPPLEMENT.sub("suppl", plain)))


def _cut_long_value(text: str) -> str:
    """Return the beginning of a text with single spaces: no volume and no pages are longer."""
    return " ".join(text[:LONGEST_VALUE].split())


def _read_roman(text: str) -> int:
    values = [_ROMAN_DIGITS[letter] for letter in text]
    return sum(-one if one < other else one for one, other in zip(values, [*values[1:], 0], strict=True))


def share_number(one: str, other: str) -> bool:
    """Return whether two volumes or issues have a number in common ("3-4" and "4"), or one has none."""
    numbers = [set(map(_strip_zeros, _NUMBER.findall(text))) for text in (one, other)]
    return not all(numbers) or not numbers[0].isdisjoint(numbers[1])


def is_same_pages(text: str, forms: Texts) -> bool:
    """Return whether pages are the record's: any dash, a shortened last page, "pp." before them.

    The pages of an article that begins at 1 cannot be compared with its number, unless they name it, as
    in "173:1-173:25".
    """
    own, known = expand_pages(text), list(map(expand_pages, forms))
    if found := _OF_ARTICLE.fullmatch(DASHES.sub("-", _cut_long_value(text))):
        parts = ((found[1],), (found[2], found[3]))
        return any(_are_same_pages(part, other) for part in parts for other in known)
    if own[:1] == ("1",) and len(own) > 1 and known and all(len(other) < 2 for other in known):
        return True
    return any(_are_same_pages(own, other) for other in known)


def agree_on_pages(text: str, forms: Texts) -> bool:
    """Return whether a citation's pages do not contradict the record's.

    The first page alone is enough, and zeros before an article number say nothing. Pages cannot be compared
    with an article number.
    """
    pages, known = expand_pages(text), list(map(expand_pages, forms))
    if len(pages) > 1 and all(len(other) < 2 for other in known):
        return True
    return any(all(map(_is_same_page, pages, other)) for other in known)


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
    plain = _PAGES_BEHIND.sub("", _LENGTH.sub("", _PAGES_BEFORE.sub("", _cut_long_value(text))))
    pages = [comparison_key(page).replace(", ", ",") for page in DASHES.split(plain) if page]
    if len(pages) == 2 and pages[1].isdigit() and len(pages[1]) < len(pages[0]):
        pages[1] = pages[0][: len(pages[0]) - len(pages[1])] + pages[1]
    return tuple(dict.fromkeys(_ELECTRONIC.sub("", page) for page in pages))


def _are_same_pages(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return len(one) == len(other) and all(map(_is_same_page, one, other))


def _is_same_page(one: str, other: str) -> bool:
    return _strip_zeros(one) == _strip_zeros(other)


def _strip_zeros(text: str) -> str:
    return comparison_key(text).lstrip("0")
