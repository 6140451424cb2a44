"""Colour a text for a terminal; no other module writes an escape sequence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from enrich.report.parts.word_diff import Piece

# https://en.wikipedia.org/wiki/ANSI_escape_code#Select_Graphic_Rendition_parameters
_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36", "magenta": "35"}
_MARKS = {"old": ("red", "[-", "-]"), "new": ("green", "{+", "+}")}


def paint(text: str, style: str, *, color: bool) -> str:
    """Return the text in that style, or unchanged without colour."""
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if color and text else text


def wrap_diff(pieces: Sequence[Piece], *, width: int, color: bool) -> list[str]:
    """Return the pieces in lines of at most `width` columns, old and new words marked on every line."""
    lines: list[list[tuple[str, str]]] = [[]]
    used = 0
    for kind, word in ((kind, word) for kind, words in pieces for word in words):
        if used and used + len(word) + _count_marks(lines[-1], kind) > width:
            lines.append([])
            used = 0
        used += len(word) + _count_marks(lines[-1], kind) + 1
        lines[-1].append((kind, word))
    return [_mark_line(line, color=color) for line in lines]


def _count_marks(line: list[tuple[str, str]], kind: str) -> int:
    """Return how many columns the marks of the next word need."""
    is_in_group = bool(line) and line[-1][0] == kind
    return 0 if kind == "same" or is_in_group else sum(map(len, _MARKS[kind][1:]))


def _mark_line(line: list[tuple[str, str]], *, color: bool) -> str:
    return " ".join(
        _mark_words(kind, " ".join(word for _, word in words), color=color)
        for kind, words in groupby(line, key=lambda entry: entry[0])
    )


def _mark_words(kind: str, text: str, *, color: bool) -> str:
    if kind == "same":
        return text
    style, opening, closing = _MARKS[kind]
    return paint(f"{opening}{text}{closing}", style, color=color)
