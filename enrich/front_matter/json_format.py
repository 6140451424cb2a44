"""JSON front matter: json tells what it says, a walk with its own decoder where it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from enrich.errors import PageError, Refused
from enrich.front_matter.formats import Format, Header, Spot
from enrich.front_matter.list_edits import flow_edits, flow_insert
from enrich.front_matter.quoting import double_quoted
from enrich.front_matter.text_spans import Entry, Lines, Place, Splice, descend, spliced
from enrich.front_matter.value_edits import is_list, replace
from enrich.model.page import KeyPath, Value

_BLANK = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder(strict=False)


def split(text: str, start: int) -> tuple[int, int] | None:
    """Return the offsets of the object, braces included; raises PageError where it is not closed."""
    if not text.startswith("{", start) or text.startswith("{{", start):
        return None
    try:
        return start, place_of(text, start).end
    except (ValueError, RecursionError, IndexError) as error:
        raise PageError(f"JSON: {_said(error)}", _line(text, 1, error, start)) from None


def _line(text: str, first_line: int, error: Exception, start: int = 0) -> int:
    return Lines(text, first_line).at(error.pos if isinstance(error, json.JSONDecodeError) else start)


def _said(error: Exception) -> str:
    """Return what an error says; the decoder's own line numbers count from the header on."""
    return error.msg if isinstance(error, json.JSONDecodeError) else type(error).__name__


def _skip(text: str, position: int) -> int:
    found = _BLANK.match(text, position)
    return found.end() if found else position


def place_of(text: str, start: int) -> Place:
    """Return the place of the value that begins at an offset; raises ValueError."""
    if text[start : start + 1] not in ("{", "["):
        value, end = _DECODER.raw_decode(text, start)
        return Place(start, end, "scalar", '"' if isinstance(value, str) else "", value)
    is_list_, position = text[start] == "[", _skip(text, start + 1)
    place = Place(start, start, "list" if is_list_ else "map", "flow")
    items: list[Place] = []
    entries: list[Entry] = []
    close = "]" if is_list_ else "}"
    while text[position : position + 1] != close:
        key = position
        if not is_list_:
            name, position = _DECODER.raw_decode(text, position)
            position = _expect(text, _skip(text, position), ":")
        items.append(place_of(text, position))
        if not is_list_:
            entries.append(Entry(str(name), key, items[-1]))
        position = _skip(text, items[-1].end)
        if text[position : position + 1] != close:
            position = _expect(text, position, ",")
    place.end, place.entries = position + 1, entries
    place.items = items if is_list_ else []
    place.value = [item.value for item in items] if is_list_ else None
    return place


def _expect(text: str, position: int, sign: str) -> int:
    if text[position : position + 1] != sign:
        raise json.JSONDecodeError(f"expected {sign!r}", text, position)
    return _skip(text, position + 1)


def read(text: str, first_line: int = 1) -> Header:
    """Return a JSON header's data and lines; raises PageError with the line."""
    try:
        data = json.loads(text)
        root = place_of(text, 0)
    except (ValueError, RecursionError) as error:
        raise PageError(f"JSON: {_said(error)}", _line(text, first_line, error)) from None
    lines: dict[KeyPath, int] = {}
    _lines(root, (), Lines(text, first_line), lines)
    return Header(data, lines)


def _lines(place: Place, path: KeyPath, numbers: Lines, lines: dict[KeyPath, int]) -> None:
    for entry in place.entries:
        lines[*path, entry.key] = numbers.at(entry.start)
        _lines(entry.place, (*path, entry.key), numbers, lines)


class JsonPen:
    """Writes into one JSON header."""

    house = '"'

    def __init__(self, text: str) -> None:
        self.text = text

    def scalar(self, value: Value, style: str, *, flow: bool) -> str:  # noqa: ARG002  # JSON makes no difference
        """Return a scalar."""
        return double_quoted(value) if isinstance(value, str) else json.dumps(value)

    def inline(self, value: Value) -> str:
        """Return any value on one line."""
        if isinstance(value, Mapping):
            return "{" + ", ".join(f"{double_quoted(k)}: {self.inline(v)}" for k, v in value.items()) + "}"
        if is_list(value):
            return "[" + ", ".join(self.inline(item) for item in value) + "]"
        return self.scalar(value, '"', flow=True)

    def replace_scalar(self, place: Place, value: Value) -> list[Splice]:
        """Return the splice that puts a scalar where another stands."""
        return self.fill(place, value)

    def fill(self, place: Place, value: Value) -> list[Splice]:
        """Return the splice that puts any value where a scalar stands."""
        return [Splice(place.start, place.end, self.inline(value))]

    def list_edits(self, place: Place, new: Sequence[Value]) -> list[Splice]:
        """Return the splices that give a list of scalars new items and leave its others alone."""
        return flow_edits(self, place, new)


def assign(text: str, path: KeyPath, value: Value, spot: Spot) -> str:
    """Return the header with the value at a path set; raises Refused."""
    pen = JsonPen(text)
    root = place_of(text, 0)
    place, missing = descend(root, path)
    if not missing:
        return spliced(text, replace(pen, place, value))
    for key in reversed(missing[1:]):
        value = {key: value}
    if place.kind == "scalar" and place.value in (None, ""):
        return spliced(text, pen.fill(place, {missing[0]: value}))
    if place.kind != "map":
        raise Refused("a value stands where further keys are to go")
    names = [entry.key.lower() for entry in place.entries]
    known = [names.index(name.lower()) for name in spot.after if place is root and name.lower() in names]
    index = known[0] + 1 if known else len(names)
    return spliced(
        text, flow_insert(text, place, index, [f"{double_quoted(missing[0])}: {pen.inline(value)}"])
    )


FORMAT = Format("json", "", split, read, assign)
