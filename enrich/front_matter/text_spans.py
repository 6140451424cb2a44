"""Where values stand in a header's text, and edits of that text by offsets; the same for every format."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from enrich.errors import Refused
from enrich.model.page import KeyPath, Value

_BREAK = re.compile(r"\r\n|\n|\r")


@dataclass(slots=True)
class Place:
    """A value in a text: `start` and `end` enclose its own characters, quotes and brackets included.

    `style` is how it is written: of a scalar its opening mark (`"`, `'`, `|`, `>`, `\"""`, `'''`, or ""
    for none), of a list or map `flow` (in brackets) or `block`. `refusal` says why it is left alone,
    `flow` that it stands inside brackets.
    """

    start: int
    end: int
    kind: Literal["scalar", "list", "map"]
    style: str
    value: Value = None
    items: Sequence[Place] = ()
    entries: Sequence[Entry] = ()
    refusal: str = ""
    flow: bool = False


@dataclass(slots=True)
class Entry:
    """A key of a map, where it begins, and its value."""

    key: str
    start: int
    place: Place


@dataclass(frozen=True, slots=True, order=True)
class Splice:
    """The characters from `start` to `end` become `text`."""

    start: int
    end: int
    text: str


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """Return a text with splices made, each given by the offsets of the text as it was."""
    parts: list[str] = []
    done = 0
    for splice in sorted(splices):
        if splice.start < done:
            raise Refused("two edits would touch the same characters")
        parts += [text[done : splice.start], splice.text]
        done = splice.end
    return "".join([*parts, text[done:]])


def descend(place: Place, path: KeyPath) -> tuple[Place, KeyPath]:
    """Return the place that a path leads to as far as it goes, and the keys that are missing there.

    Of a key that stands twice the last is taken, as Hugo reads it. Raises Refused at a place that
    must be left alone.
    """
    for depth, key in enumerate(path):
        if place.refusal:
            raise Refused(place.refusal)
        found = [entry.place for entry in place.entries if entry.key == key]
        if not found:
            return place, path[depth:]
        place = found[-1]
    if place.refusal:
        raise Refused(place.refusal)
    return place, ()


def line_end(text: str, position: int) -> int:
    """Return the offset of the line break at or after a position, or of the text's end."""
    found = _BREAK.search(text, position)
    return found.start() if found else len(text)


def next_line(text: str, position: int) -> int:
    """Return where the line after the one of a position begins."""
    found = _BREAK.search(text, position)
    return found.end() if found else len(text)


def line_start(text: str, position: int) -> int:
    """Return where the line of a position begins."""
    return max(text.rfind("\n", 0, position), text.rfind("\r", 0, position)) + 1


def column(text: str, position: int) -> int:
    """Return how far into its line a position is."""
    return position - line_start(text, position)


def newline_at(text: str, position: int, default: str = "\n") -> str:
    """Return the line break that is used where a line is put in at a position."""
    before = text[max(position - 2, 0) : position]
    if before == "\r\n" or before[-1:] in ("\n", "\r"):
        return "\r\n" if before == "\r\n" else before[-1]
    found = _BREAK.search(text, position) or _BREAK.search(text)
    return found[0] if found else default


def put_line(text: str, position: int, line: str, default: str = "\n") -> Splice:
    """Return the splice that puts a line in where a line begins, or after a last one without a break."""
    newline = newline_at(text, position, default)
    opened = position and text[position - 1] not in "\r\n"
    return Splice(position, position, newline + line if opened else line + newline)


class Lines:
    """The line numbers of a text's offsets, counted as an editor counts them."""

    def __init__(self, text: str, first: int) -> None:
        self.first = first
        if "\r" in text:
            self.ends = [found.end() for found in _BREAK.finditer(text)]
        else:
            self.ends = [found.end() for found in re.finditer("\n", text)]

    def at(self, offset: int) -> int:
        """Return the number of the line that an offset stands in."""
        return self.first + bisect.bisect_right(self.ends, offset)

    def start(self, line: int) -> int:
        """Return the offset where a line begins."""
        ends = [0, *self.ends]
        return ends[max(0, min(line - self.first, len(ends) - 1))]
