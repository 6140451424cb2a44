"""Where the keys, values, dates and comments of a TOML header stand (tomllib tells values, not places)."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field

from enrich.errors import PageError
from enrich.front_matter.text_spans import Entry, Lines, Place, line_start
from enrich.model.page import Comment, KeyPath, Value

# https://toml.io/en/v1.0.0
_KEY = r"""(?:[A-Za-z0-9_-]+|"(?:\\.|[^"\\\r\n])*"|'[^'\r\n]*')"""
_PART = re.compile(_KEY)
_KEYS = re.compile(rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*")
_EQUALS = re.compile(r"[ \t]*=[ \t]*")
_TABLE = re.compile(rf"(\[\[?)[ \t]*({_KEYS.pattern})[ \t]*\]\]?")
_BLANK = re.compile(r"[ \t\r\n]+")
_COMMENT = re.compile(r"#[^\r\n]*")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?!")' r"|'''.*?'''(?!')" r'|"(?:\\.|[^"\\\r\n])*"' r"|'[^'\r\n]*'", re.DOTALL
)
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d[^\s,\]}#]*)?|\d\d:\d\d:\d\d[^\s,\]}#]*")
_BARE = re.compile(r"[^\s,\[\]{}#=\"']+")


@dataclass(slots=True)
class TomlEntry:
    """A line `key = value`: its whole path, how deep its table is, None for a table in a list."""

    path: KeyPath
    start: int
    place: Place
    table: int | None


@dataclass(slots=True)
class Scan:
    """A TOML header's parts in their order; `tables` are the headers in single brackets by their path."""

    text: str
    entries: list[TomlEntry] = field(default_factory=list)
    tables: dict[KeyPath, int] = field(default_factory=dict)
    lists: dict[KeyPath, int] = field(default_factory=dict)
    comments: list[int] = field(default_factory=list)
    dates: list[tuple[int, int]] = field(default_factory=list)
    first_table: int = -1


def scan(text: str, first_line: int = 1) -> Scan:
    """Return the parts of a header; raises PageError with the line where it is no TOML."""
    found = Scan(text)
    position = 0
    table: KeyPath = ()
    while (position := _skip(found, position)) < len(text):
        header = _TABLE.match(text, position)
        if header:
            table = _header(found, header)
            position = header.end()
            continue
        keys = _KEYS.match(text, position)
        equals = keys and _EQUALS.match(text, keys.end())
        if not keys or not equals:
            raise _error(found, position, first_line)
        place = _value(found, equals.end(), first_line)
        listed = any(table[:depth] in found.lists for depth in range(1, len(table) + 1))
        path = (*table, *_parts(keys[0]))
        found.entries.append(TomlEntry(path, position, place, None if listed else len(table)))
        position = place.end
    return found


def _error(found: Scan, position: int, first_line: int) -> PageError:
    return PageError("TOML: a line that is not `key = value`", Lines(found.text, first_line).at(position))


def _skip(found: Scan, position: int) -> int:
    """Return where blanks and comments from a position end, and note the comments."""
    while True:
        blank = _BLANK.match(found.text, position)
        position = blank.end() if blank else position
        comment = _COMMENT.match(found.text, position)
        if not comment:
            return position
        found.comments.append(position)
        position = comment.end()


def _header(found: Scan, header: re.Match[str]) -> KeyPath:
    path = _parts(header[2])
    where = found.lists if header[1] == "[[" else found.tables
    where.setdefault(path, header.start())
    if found.first_table < 0:
        found.first_table = header.start()
    return path


def _parts(keys: str) -> KeyPath:
    parts = _PART.findall(keys)
    return tuple(
        part[1:-1] if part[0] == "'" else json.loads(part) if part[0] == '"' else part for part in parts
    )


def _value(found: Scan, position: int, first_line: int) -> Place:
    text = found.text
    opening = text[position : position + 1]
    if opening in ("[", "{"):
        return _brackets(found, position, first_line)
    if opening in ('"', "'"):
        string = _STRING.match(text, position)
        if not string:
            raise PageError("TOML: a string that is never closed", Lines(text, first_line).at(position))
        style = opening * 3 if text.startswith(opening * 3, position) and len(string[0]) >= 6 else opening
        return Place(position, string.end(), "scalar", style, string[0], flow=True)
    date = _DATE.match(text, position)
    if date:
        found.dates.append(date.span())
        return Place(position, date.end(), "scalar", "date", date[0])
    bare = _BARE.match(text, position)
    if not bare:
        raise _error(found, position, first_line)
    return Place(position, bare.end(), "scalar", "", bare[0])


def _brackets(found: Scan, start: int, first_line: int) -> Place:
    """Return the place of an array or an inline table, its items or entries inside."""
    text = found.text
    is_list = text[start] == "["
    items: list[Place] = []
    entries: list[Entry] = []
    position = _skip(found, start + 1)
    close = "]" if is_list else "}"
    while text[position : position + 1] != close:
        if position >= len(text):
            raise PageError("TOML: a bracket that is never closed", Lines(text, first_line).at(start))
        key = None if is_list else _KEYS.match(text, position)
        equals = key and _EQUALS.match(text, key.end())
        if not is_list and not equals:
            raise _error(found, position, first_line)
        place = _value(found, equals.end() if equals else position, first_line)
        if key:
            entries.append(Entry(".".join(_parts(key[0])), position, place))
        items.append(place)
        position = _skip(found, place.end)
        if text[position : position + 1] == ",":
            position = _skip(found, position + 1)
        elif text[position : position + 1] not in (close, ""):
            raise _error(found, position, first_line)
    if is_list:
        return Place(start, position + 1, "list", "flow", items=items)
    return Place(start, position + 1, "map", "flow", entries=entries)


def value_of(text: str, place: Place) -> Value:
    """Return what a place holds, dates as text."""
    if place.kind == "scalar" and place.style == "date":
        return text[place.start : place.end]
    if place.kind == "list":
        return [value_of(text, item) for item in place.items]
    found: Value = tomllib.loads("value = " + text[place.start : place.end])["value"]
    return found


def comments_of(found: Scan, numbers: Lines) -> tuple[Comment, ...]:
    """Return the comments of a header."""
    text = found.text
    ends = [(start, _COMMENT.match(text, start)) for start in found.comments]
    return tuple(
        Comment(numbers.at(start), match[0][1:], not text[line_start(text, start) : start].strip())
        for start, match in ends
        if match
    )
