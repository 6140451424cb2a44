"""Recognise a record's text that is a page's text without some formulas or inline code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from enrich.text.compare import comparison_key

MOST_FORMULAS = 60  # in one text; each may be there or not
# Code, TeX and MathML; none of them is longer in a title or an abstract.
_SPAN = re.compile(
    r"`[^`]{1,200}`|\$\$[^$]{1,400}\$\$|\$[^\s$](?:[^$]{0,300}[^\s$])?\$(?!\d)"
    r"|\\{1,2}\((?:[^\\]|\\(?!\\?\))){1,300}?\\{1,2}\)|\\{1,2}\[(?:[^\\]|\\(?!\\?\])){1,300}?\\{1,2}\]"
    r"|<(?P<tag>code|(?:\w{1,5}:)?math)\b[^<>]{0,200}>.{1,2000}?</(?P=tag)>",
    re.DOTALL,
)
# A word with raised or lowered signs is a formula, and so is a Greek letter alone.
_WORD = re.compile(r"[^\s–—(),;-]+")
_SCRIPT = re.compile(r"<su[bp]>|</su[bp]>|[⁰-ₜ²³¹]")
_GREEK_LETTER = re.compile(r"(?<![^\W\d_])[Α-Ωα-ω](?![^\W\d_])")
_SIGNS = str.maketrans("", "", " +<>=%‰#.")


class _Piece(NamedTuple):
    """A part of a page's text."""

    key: str
    """The part as it is compared."""
    is_formula: bool
    """Whether a record may lack it."""


def has_lost_formulas(local: str, text: str) -> bool:
    """Return whether a record's text lacks nothing of a page's but formulas and inline code.

    Publishers' tools drop what they cannot convert: "Growth in $H_2$ gas" becomes "Growth in gas".
    """
    whole = _make_key(text)
    pieces = [piece for piece in _list_pieces(local) if piece.key]
    formulas = sum(piece.is_formula for piece in pieces)
    if not whole or not 0 < formulas <= MOST_FORMULAS or formulas == len(pieces):
        return False
    return _are_in_order(pieces, whole)


def _are_in_order(pieces: list[_Piece], whole: str) -> bool:
    """Return whether a text consists of the pieces in their order, with or without each formula."""
    offsets = {0}
    for key, is_formula in pieces:
        after = {at + len(key) for at in offsets if whole.startswith(key, at)}
        offsets = after | offsets if is_formula else after
    return len(whole) in offsets


def _list_pieces(text: str) -> Iterator[_Piece]:
    at = 0
    for found in _SPAN.finditer(text):
        yield from _split_plain_text(text[at : found.start()])
        yield _Piece(_make_key(found[0]), is_formula=True)
        at = found.end()
    yield from _split_plain_text(text[at:])


def _split_plain_text(text: str) -> Iterator[_Piece]:
    """Yield the formulas of a text without spans, and the words between two of them as one piece."""
    at = 0
    for start, end in _find_formulas(text):
        yield _Piece(_make_key(text[at:start]), is_formula=False)
        yield _Piece(_make_key(text[start:end]), is_formula=True)
        at = end
    yield _Piece(_make_key(text[at:]), is_formula=False)


def _find_formulas(text: str) -> Iterator[tuple[int, int]]:
    for word in _WORD.finditer(text):
        if _SCRIPT.search(word[0]):
            yield word.span()
        elif letter := _GREEK_LETTER.search(word[0]):
            yield word.start() + letter.start(), word.start() + letter.end()


def _make_key(text: str) -> str:
    return comparison_key(text).translate(_SIGNS)
