"""Edit TOML front matter: a scan finds the statements, and tomlkit edits one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from enrich.errors import Refused
from enrich.front_matter.formats import InsertionPoint
from enrich.front_matter.text_spans import (
    LineIndex,
    TextEdit,
    apply_edits,
    find_line_start,
    find_next_line,
    insert_line,
)
from enrich.front_matter.toml_scan import TomlScan, TomlStatement, quote_dates, scan_toml
from enrich.front_matter.toml_writer import DATE_SIGN, TomlWriter
from enrich.model.page import KeyPath, Value


def assign_toml(text: str, path: KeyPath, value: Value, point: InsertionPoint) -> str:
    """Return the header with the value at a path set; raise Refused."""
    scan = scan_toml(text)
    if any(path[:depth] in scan.table_lists for depth in range(1, len(path) + 1)):
        raise Refused("the page has a list of tables there")
    statements = [one for one in scan.statements if one.table is not None]
    for statement in reversed(statements):
        if statement.path == path[: len(statement.path)]:
            old = quote_dates(scan, statement.start, statement.end, DATE_SIGN)
            new = _build_writer(scan).edit_statement(old, path[statement.table :], value)
            return text[: statement.start] + new + text[statement.end :]
    if path in scan.tables or any(one.path[: len(path)] == path for one in statements):
        return _assign_table(text, path, value, point)
    return apply_edits(text, [_insert_statement(scan, statements, path, value, point)])


def _build_writer(scan: TomlScan) -> TomlWriter:
    values = (scan.text[one.end - 3 : one.end] for one in scan.statements)
    counts = Counter(end[-1] for end in values if end not in ("'''", '"""'))
    return TomlWriter("'" if counts["'"] > counts['"'] else '"', has_crlf="\r" in scan.text)


def _assign_table(text: str, path: KeyPath, value: Value, point: InsertionPoint) -> str:
    if not isinstance(value, Mapping):
        raise Refused("the page has a table there")
    for key, inner in value.items():
        text = assign_toml(text, (*path, key), inner, point)
    return text


def _insert_statement(
    scan: TomlScan, statements: Sequence[TomlStatement], path: KeyPath, value: Value, point: InsertionPoint
) -> TextEdit:
    """Return the edit that inserts a statement into the deepest table on its path that the page has."""
    tables = [len(table) for table in scan.tables if table == path[: len(table)] != path]
    depth = max(tables, default=0)
    line = _build_writer(scan).write_entry(path[depth:], value)
    siblings = [one for one in statements if one.table == depth and one.path[:depth] == path[:depth]]
    offset = None if depth else _find_root_insertion(scan, siblings, point)
    if offset is None:
        last = siblings[-1].end if siblings else scan.tables.get(path[:depth], 0)
        offset = find_next_line(scan.text, last) if siblings or depth else 0
    return insert_line(scan.text, offset, line, point.newline)


def _find_root_insertion(scan: TomlScan, root: Sequence[TomlStatement], point: InsertionPoint) -> int | None:
    """Return the offset at which to insert a key of the root; None for below its last key."""
    if point.line:
        offset = LineIndex(scan.text, 1).get_start(point.line + 1)
        is_inside = any(one.start < offset <= one.end for one in root)
        if not is_inside and (scan.first_table is None or offset <= scan.first_table):
            return offset
    ends = {one.path[0].lower(): one.end for one in root}
    for name in point.after:
        if name.lower() in ends:
            return find_next_line(scan.text, ends[name.lower()])
    return len(scan.text) if scan.first_table is None else None


def remove_toml_key(text: str, key: str) -> str:
    """Return the header without a top-level key: its statement, or its tables."""
    scan = scan_toml(text)
    tables = [(start, end) for path, start, end in scan.headers if path[0] == key]
    spans = [(one.start, one.end) for one in scan.statements if one.path[0] == key]
    lines = {(find_line_start(text, start), find_next_line(text, end)) for start, end in (*tables, *spans)}
    return apply_edits(text, [TextEdit(start, end, "") for start, end in lines])
