"""Locate values in the text of a header, and edit that text by offset; the same for every format."""

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
class ValueSpan:
    """A value in a text, and the spans of the values inside it."""

    start: int
    """The offset at which the value begins, with its quotes or brackets."""
    end: int
    """The offset after the value."""
    kind: Literal["scalar", "list", "map"]
    """The kind of value."""
    style: str
    r"""How it is written: a scalar by its opening sign (`"`, `'`, `|`, `>`, `\"\"\"`, `'''`, or "" for
    none), a list or map as `flow` (in brackets) or `block`.
    """
    value: Value = None
    """The value of a scalar, or the items of a list."""
    items: Sequence[ValueSpan] = ()
    """The items of a list."""
    entries: Sequence[KeyValue] = ()
    """The keys of a map in their order."""
    refusal: str = ""
    """The reason why the value must not be edited, "" if it may be."""
    flow: bool = False
    """Whether brackets enclose the value."""


@dataclass(slots=True)
class KeyValue:
    """A key of a map and its value."""

    key: str
    """The key without quotes."""
    start: int
    """The offset at which the key begins."""
    span: ValueSpan
    """The span of its value."""


@dataclass(frozen=True, slots=True, order=True)
class TextEdit:
    """An edit that replaces a run of characters of a text."""

    start: int
    """The offset at which the replaced characters begin."""
    end: int
    """The offset after them; equal to `start` for an insertion."""
    text: str
    """The new characters."""


def apply_edits(text: str, edits: Iterable[TextEdit]) -> str:
    """Return a text after some edits, whose offsets are those of the text before; raise Refused."""
    parts: list[str] = []
    done = 0
    for edit in sorted(edits):
        if edit.start < done:
            raise Refused("two edits would change the same characters")
        parts += [text[done : edit.start], edit.text]
        done = edit.end
    return "".join([*parts, text[done:]])


def follow_path(span: ValueSpan, path: KeyPath) -> tuple[ValueSpan, KeyPath]:
    """Return the deepest span on a path that exists, and the keys of the path that are missing there.

    For a repeated key, follow the last, as Hugo does. Raise Refused at a value that must not be edited.
    """
    for depth, key in enumerate(path):
        if span.refusal:
            raise Refused(span.refusal)
        spans = [entry.span for entry in span.entries if entry.key == key]
        if not spans:
            return span, path[depth:]
        span = spans[-1]
    if span.refusal:
        raise Refused(span.refusal)
    return span, ()


def find_line_end(text: str, offset: int) -> int:
    """Return the offset of the line break at or after an offset, or of the end of the text."""
    match = _BREAK.search(text, offset)
    return match.start() if match else len(text)


def find_next_line(text: str, offset: int) -> int:
    """Return the offset at which the next line begins."""
    match = _BREAK.search(text, offset)
    return match.end() if match else len(text)


def find_line_start(text: str, offset: int) -> int:
    """Return the offset at which the line with an offset begins."""
    after_feed = text.rfind("\n", 0, offset) + 1
    return max(after_feed, text.rfind("\r", after_feed, offset) + 1)


def get_column(text: str, offset: int) -> int:
    """Return the column of an offset in its line, 0 for the first."""
    return offset - find_line_start(text, offset)


def choose_newline(text: str, offset: int, default: str = "\n") -> str:
    """Return the line break for a line that is inserted at an offset: that of its neighbours."""
    before = text[max(offset - 2, 0) : offset]
    if before == "\r\n" or before[-1:] in ("\n", "\r"):
        return "\r\n" if before == "\r\n" else before[-1]
    match = _BREAK.search(text, offset) or _BREAK.search(text)
    return match[0] if match else default


def insert_line(text: str, offset: int, line: str, default: str = "\n") -> TextEdit:
    """Return the edit that inserts a line before a line, or after a last line without a line break."""
    newline = choose_newline(text, offset, default)
    is_open = offset and text[offset - 1] not in "\r\n"
    return TextEdit(offset, offset, newline + line if is_open else line + newline)


class LineIndex:
    """The lines of a text by number, as an editor counts them."""

    def __init__(self, text: str, first: int) -> None:
        """Index a text whose first line has this number."""
        self.first = first
        pattern = _BREAK if "\r" in text else re.compile("\n")
        self.ends = [match.end() for match in pattern.finditer(text)]

    def get_number(self, offset: int) -> int:
        """Return the number of the line with an offset."""
        return self.first + bisect.bisect_right(self.ends, offset)

    def get_start(self, line: int) -> int:
        """Return the offset at which a line begins; that of the nearest line if there is no such line."""
        index = max(0, min(line - self.first, len(self.ends)))
        return self.ends[index - 1] if index else 0
