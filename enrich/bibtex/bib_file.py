"""Find the entries of a BibTeX file and the place of each value in its text.

The grammar is BibTeX's own, https://ctan.org/pkg/btxdoc: a brace counts even after a backslash, and text
outside of entries is a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from enrich.errors import PageError

BibStyle = Literal["braces", "quotes", "bare"]

_ENTRY_START = re.compile(r"@\s*([A-Za-z]+)\s*([{(])")
_CITATION_KEY = re.compile(r"\s*([^\s,{}()=\"#]+)\s*(?:,|(?=[})]))")
_NAME = re.compile(r"[\s,]*([A-Za-z][^\s=,{}()\"#]*)\s*=\s*")
_BARE = re.compile(r"[^\s,{}()\"#=]+")
_JOIN = re.compile(r"\s*#\s*")
_END = re.compile(r"[\s,]*([})])")
_BRACE, _BRACE_OR_QUOTE = re.compile(r"[{}]"), re.compile(r"[{}\"]")
_NO_ENTRIES = frozenset({"comment", "string", "preamble"})


@dataclass(frozen=True, slots=True)
class BibValue:
    """A value of an entry."""

    key: str
    """The field's name in lower case."""
    start: int
    """The offset of the value, its braces or quotes included."""
    end: int
    """The offset after it."""
    style: BibStyle
    """The signs that enclose it; `bare` for a number or a macro."""
    source: str
    """The value as LaTeX, without the enclosing signs."""
    refusal: str = ""
    """The reason why the value cannot be edited, or `""`."""


@dataclass(frozen=True, slots=True)
class BibEntry:
    """An entry of a BibTeX file."""

    type: str
    """The type in lower case: `article`."""
    key: str
    """The citation key as typed."""
    values: tuple[BibValue, ...]
    """The values in the order of the file."""
    type_start: int
    """The offset of the type."""

    def find_value(self, key: str) -> BibValue | None:
        """Return the value of a field, None if the entry has no such field."""
        return next((value for value in self.values if value.key == key), None)


def parse_bib_file(text: str) -> tuple[BibEntry, ...]:
    """Return the entries of a BibTeX file; raise PageError with the line that cannot be read."""
    return tuple(_generate_entries(text))


def _generate_entries(text: str) -> Iterator[BibEntry]:
    at = 0
    while start := _ENTRY_START.search(text, at):
        name = start[1].lower()
        if name in _NO_ENTRIES:
            at = _skip_block(text, start.end(), start[2])
            continue
        entry, at = _read_bib_entry(text, start)
        yield entry


def _read_bib_entry(text: str, start: re.Match[str]) -> tuple[BibEntry, int]:
    """Return the entry that begins at a match, and the offset after it."""
    named = _CITATION_KEY.match(text, start.end())
    if not named:
        raise _make_error(text, start.start(), "the entry has no key")
    values, at, seen = list[BibValue](), named.end(), set[str]()
    while field := _NAME.match(text, at):
        value = _read_bib_value(text, field[1].lower(), field.end())
        if value.key in seen:
            raise _make_error(text, field.start(1), f"the entry has {value.key} twice")
        seen.add(value.key)
        values.append(value)
        at = value.end
    end = _END.match(text, at)
    if not end or end[1] != _close_bracket(start[2]):
        raise _make_error(text, at, "the entry does not end as it should")
    return BibEntry(start[1].lower(), named[1], tuple(values), start.start(1)), end.end()


def _read_bib_value(text: str, key: str, start: int) -> BibValue:
    style, source, end = _read_part(text, start)
    refusal = ""
    while joined := _JOIN.match(text, end):
        _, _, end = _read_part(text, joined.end())
        refusal = f"{key} is joined from parts with #"
    if "\\{" in source or "\\}" in source:
        refusal = f"{key} has a brace after a backslash"
    return BibValue(key, start, end, style, source, refusal)


def _read_part(text: str, start: int) -> tuple[BibStyle, str, int]:
    """Return the enclosure of a part of a value, its characters, and the offset after it."""
    sign = text[start : start + 1]
    if sign == "{":
        end = _find_closing_brace(text, start + 1)
        return "braces", text[start + 1 : end], end + 1
    if sign == '"':
        end = _find_closing_quote(text, start + 1)
        return "quotes", text[start + 1 : end], end + 1
    bare = _BARE.match(text, start)
    if not bare:
        raise _make_error(text, start, "a value is missing")
    return "bare", bare[0], bare.end()


def _find_closing_brace(text: str, start: int) -> int:
    depth = 1
    for brace in _BRACE.finditer(text, start):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.start()
    raise _make_error(text, start, "a brace is not closed")


def _find_closing_quote(text: str, start: int) -> int:
    depth = 0
    for sign in _BRACE_OR_QUOTE.finditer(text, start):
        if sign[0] == '"' and not depth:
            return sign.start()
        depth += (sign[0] == "{") - (sign[0] == "}")
        if depth < 0:
            break
    raise _make_error(text, start, "a quote is not closed")


def _skip_block(text: str, start: int, opening: str) -> int:
    """Return the offset after a comment, a preamble or a macro's definition."""
    if opening == "{":
        return _find_closing_brace(text, start) + 1
    end = text.find(")", start)
    if end < 0:
        raise _make_error(text, start, "a bracket is not closed")
    return end + 1


def _close_bracket(opening: str) -> str:
    return "}" if opening == "{" else ")"


def _make_error(text: str, at: int, reason: str) -> PageError:
    return PageError(reason, find_bib_line(text, at))


def find_bib_line(text: str, at: int) -> int:
    """Return the line of an offset, 1-based."""
    return text.count("\n", 0, at) + 1
