"""JSON front matter: `json` reads the values, and a scan with its decoder finds their offsets."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator, Sequence

from enrich.errors import PageError, Refused
from enrich.front_matter.formats import Format, InsertionPoint, ParsedHeader
from enrich.front_matter.list_edits import edit_flow_list, insert_into_flow
from enrich.front_matter.quoting import quote_double
from enrich.front_matter.text_spans import (
    KeyValue,
    LineIndex,
    TextEdit,
    ValueSpan,
    apply_edits,
    follow_path,
)
from enrich.front_matter.value_edits import replace_value, write_inline
from enrich.model.page import KeyPath, Value

_BLANK = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder(strict=False)


def split_json(text: str, start: int) -> tuple[int, int] | None:
    """Return the offsets of the object, braces included; raise PageError if it is not closed."""
    if not text.startswith("{", start) or text.startswith("{{", start):
        return None
    try:
        return start, locate_json_value(text, start).end
    except (ValueError, RecursionError, IndexError) as error:
        raise _explain_json_error(error, text, start) from None


def _explain_json_error(error: Exception, text: str, start: int = 0, first_line: int = 1) -> PageError:
    """Return the error in a header, with its line in the page; the decoder counts from the header's start."""
    offset = error.pos if isinstance(error, json.JSONDecodeError) else start
    message = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
    if isinstance(error, RecursionError):
        message = "the front matter is nested too deeply"
    reason = f"{message[:1].lower()}{message[1:]}; correct this line"
    return PageError(f"JSON: {reason}", LineIndex(text, first_line).get_number(offset))


def _skip_json_blank(text: str, offset: int) -> int:
    match = _BLANK.match(text, offset)
    return match.end() if match else offset


def locate_json_value(text: str, start: int) -> ValueSpan:
    """Return the span of the value that begins at an offset; raise ValueError."""
    if text[start : start + 1] not in ("{", "["):
        value, end = _DECODER.raw_decode(text, start)
        return ValueSpan(start, end, "scalar", '"' if isinstance(value, str) else "", value)
    is_array, offset = text[start] == "[", _skip_json_blank(text, start + 1)
    items: list[ValueSpan] = []
    entries: list[KeyValue] = []
    close = "]" if is_array else "}"
    while text[offset : offset + 1] != close:
        key = offset
        if not is_array:
            name, offset = _DECODER.raw_decode(text, offset)
            offset = _skip_sign(text, _skip_json_blank(text, offset), ":")
        items.append(locate_json_value(text, offset))
        if not is_array:
            entries.append(KeyValue(str(name), key, items[-1]))
        offset = _skip_json_blank(text, items[-1].end)
        if text[offset : offset + 1] != close:
            offset = _skip_sign(text, offset, ",")
    if is_array:
        values = [item.value for item in items]
        return ValueSpan(start, offset + 1, "list", "flow", values, items)
    return ValueSpan(start, offset + 1, "map", "flow", entries=entries)


def _skip_sign(text: str, offset: int, sign: str) -> int:
    if text[offset : offset + 1] != sign:
        raise json.JSONDecodeError(f"expected {sign!r}", text, offset)
    return _skip_json_blank(text, offset + 1)


def read_json(text: str, first_line: int = 1) -> ParsedHeader:
    """Return the data and lines of a JSON header; raise PageError with the line."""
    try:
        data = json.loads(text)
        lines = dict(_list_key_lines(locate_json_value(text, 0), LineIndex(text, first_line)))
    except (ValueError, RecursionError) as error:
        raise _explain_json_error(error, text, first_line=first_line) from None
    return ParsedHeader(data, lines)


def _list_key_lines(span: ValueSpan, index: LineIndex) -> Iterator[tuple[KeyPath, int]]:
    """Yield every key of a mapping by its whole path, with its line; the last of repeated keys comes last."""
    unread: deque[tuple[KeyPath, ValueSpan]] = deque([((), span)])
    while unread:
        path, mapping = unread.popleft()
        for entry in mapping.entries:
            yield (*path, entry.key), index.get_number(entry.start)
            unread.append(((*path, entry.key), entry.span))


class JsonWriter:
    """Writes into one JSON header."""

    string_quote = '"'
    colon = ": "

    def __init__(self, text: str) -> None:
        self.text = text

    def write_key(self, key: str) -> str:
        """Return a key in quotes."""
        return quote_double(key)

    def write_scalar(self, value: Value, style: str, *, flow: bool) -> str:  # noqa: ARG002  # JSON has one style
        """Return a scalar."""
        return quote_double(value) if isinstance(value, str) else json.dumps(value)

    def replace_scalar(self, span: ValueSpan, value: Value) -> list[TextEdit]:
        """Return the edit that replaces a scalar by another."""
        return self.replace_by_collection(span, value)

    def replace_by_collection(self, span: ValueSpan, value: Value) -> list[TextEdit]:
        """Return the edit that replaces a scalar by any value."""
        return [TextEdit(span.start, span.end, write_inline(self, value))]

    def edit_list(self, span: ValueSpan, items: Sequence[Value]) -> list[TextEdit]:
        """Return the edits that give a list of scalars new items and leave the common ones alone."""
        return edit_flow_list(self.text, self, span, items)

    def append_items(self, span: ValueSpan, items: Sequence[Value]) -> list[TextEdit]:
        """Return the edits that put items of any kind after the last item of a list."""
        texts = [write_inline(self, item) for item in items]
        return insert_into_flow(self.text, span, len(span.items), texts)


def assign_json(text: str, path: KeyPath, value: Value, point: InsertionPoint) -> str:
    """Return the header with the value at a path set; raise Refused."""
    writer = JsonWriter(text)
    root = locate_json_value(text, 0)
    span, missing = follow_path(root, path)
    if not missing:
        return apply_edits(text, replace_value(writer, span, value))
    for key in reversed(missing[1:]):
        value = {key: value}
    if span.kind == "scalar" and span.value in (None, ""):
        return apply_edits(text, writer.replace_by_collection(span, {missing[0]: value}))
    if span.kind != "map":
        raise Refused("the page has a single value where a group of keys would go")
    names = [entry.key.lower() for entry in span.entries]
    known = [names.index(name.lower()) for name in point.after if span is root and name.lower() in names]
    index = known[0] + 1 if known else len(names)
    line = f"{quote_double(missing[0])}: {write_inline(writer, value)}"
    return apply_edits(text, insert_into_flow(text, span, index, [line]))


def remove_json_key(text: str, key: str) -> str:
    """Return the header without a top-level key, and without the comma that it would leave."""
    entries = locate_json_value(text, 0).entries
    at = next(index for index, entry in enumerate(entries) if entry.key == key)
    if at + 1 < len(entries):
        return apply_edits(text, [TextEdit(entries[at].start, entries[at + 1].start, "")])
    start = entries[at - 1].span.end if at else entries[at].start
    return apply_edits(text, [TextEdit(start, entries[at].span.end, "")])


FORMAT = Format("json", "", split_json, read_json, assign_json, remove_json_key)
