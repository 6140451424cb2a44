"""Edit YAML front matter: edits use the offsets of its nodes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from enrich.errors import Refused
from enrich.front_matter.formats import InsertionPoint
from enrich.front_matter.list_edits import insert_into_flow
from enrich.front_matter.text_spans import (
    LineIndex,
    TextEdit,
    ValueSpan,
    apply_edits,
    choose_newline,
    find_line_start,
    find_next_line,
    follow_path,
    get_column,
    insert_line,
)
from enrich.front_matter.value_edits import replace_value, write_inline
from enrich.front_matter.yaml_parser import compose_yaml
from enrich.front_matter.yaml_spans import locate_yaml_value
from enrich.front_matter.yaml_writer import YamlWriter
from enrich.model.page import KeyPath, Value

_DOCUMENT_END = re.compile(r"^\.\.\.", re.MULTILINE)


def assign_yaml(text: str, path: KeyPath, value: Value, point: InsertionPoint) -> str:
    """Return the header with the value at a path set; raise Refused."""
    node = compose_yaml(text)
    root = locate_yaml_value(text, node) if node else ValueSpan(len(text), len(text), "map", "block")
    if root.kind != "map":
        root = ValueSpan(len(text), len(text), "map", "block")  # a null is all there is
    writer = YamlWriter(text, root)
    span, missing = follow_path(root, path)
    if not missing:
        return apply_edits(text, replace_value(writer, span, value))
    for key in reversed(missing[1:]):
        value = {key: value}
    if span.kind != "map":
        return apply_edits(text, _fill_with_map(writer, span, {missing[0]: value}))
    return apply_edits(text, _insert_key(writer, span, missing[0], value, point if span is root else None))


def _fill_with_map(writer: YamlWriter, span: ValueSpan, value: Mapping[str, Value]) -> list[TextEdit]:
    """Return the edits that give a key without a value a mapping."""
    if span.kind == "list" or span.value not in (None, ""):
        raise Refused("the page has a single value where a group of keys would go")
    return writer.replace_by_collection(span, value)


def _insert_key(
    writer: YamlWriter, parent: ValueSpan, key: str, value: Value, point: InsertionPoint | None
) -> list[TextEdit]:
    """Return the edits that give a mapping another key."""
    text = writer.text
    if any(entry.key == "<<" for entry in parent.entries):
        raise Refused("`<<` brings in keys from another place there")
    if parent.style == "flow":
        line = f"{writer.write_key(key)}: {write_inline(writer, value)}"
        return insert_into_flow(text, parent, len(parent.entries), [line])
    margin = " " * get_column(text, parent.entries[0].start) if parent.entries else ""
    offset = _find_insertion_offset(text, parent, point) if point else find_next_line(text, parent.end)
    newline = choose_newline(text, offset, point.newline if point else "\n")
    return [insert_line(text, offset, newline.join(writer.format_entry(key, value, margin)), newline)]


def _find_insertion_offset(text: str, root: ValueSpan, point: InsertionPoint) -> int:
    """Return the offset for the line of a new key: below its placeholder or predecessor, or at the end."""
    if point.line:
        offset = LineIndex(text, 1).get_start(point.line + 1)
        if not any(entry.start < offset <= entry.span.end for entry in root.entries):
            return offset
    ends = {entry.key.lower(): entry.span.end for entry in root.entries}
    for name in point.after:
        if name.lower() in ends:
            return find_next_line(text, ends[name.lower()])
    close = _DOCUMENT_END.search(text, root.end)
    return close.start() if close else len(text)


def remove_yaml_key(text: str, key: str) -> str:
    """Return the header without a top-level key; raise Refused if keys are not on lines of their own."""
    node = compose_yaml(text)
    root = locate_yaml_value(text, node) if node else ValueSpan(0, 0, "map", "block")
    if root.style == "flow":
        raise Refused("the keys are in braces")
    edits = [
        TextEdit(find_line_start(text, entry.start), find_next_line(text, entry.span.end), "")
        for entry in root.entries
        if entry.key == key
    ]
    return apply_edits(text, edits)
