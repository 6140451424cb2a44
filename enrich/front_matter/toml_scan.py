"""Find the statements, comments and dates of a TOML header.

No library does this: tomllib returns only values and refuses impossible dates, and tomlkit, which has no
offsets either, takes three times as long (1.6 ms per page). So this scan and tomllib read every page, and
tomlkit gets only the statement to edit.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from enrich.errors import PageError
from enrich.front_matter.text_spans import LineIndex, TextEdit, apply_edits
from enrich.model.page import KeyPath

# https://toml.io/en/v1.0.0
_KEY = r"""(?:[A-Za-z0-9_-]+|"(?:\\.|[^"\\\r\n])*"|'[^'\r\n]*')"""
_KEYS = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*+"
_PART = re.compile(_KEY)
_STATEMENT = re.compile(rf"(?P<brackets>\[\[?)?[ \t]*(?P<keys>{_KEYS})[ \t]*(?(brackets)\]\]?|=[ \t]*)")
_BLANK = re.compile(r"[ \t\r\n]+")
_COMMENT = re.compile(r"#[^\r\n]*")
_TOKEN = re.compile(
    r'(?P<string>"""(?:\\.|[^\\])*?"""(?!")' r"|'''.*?'''(?!')"
    r'|"(?!"")(?:\\.|[^"\\\r\n])*"' r"|'(?!'')[^'\r\n]*')"
    r"|(?P<date>\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d[^\s,\]}#]*)?|\d\d:\d\d:\d\d[^\s,\]}#]*)"
    r"|(?P<open>[\[{])|(?P<close>[\]}])|[,=]|[^\s,\[\]{}#=\"']+",
    re.DOTALL,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TomlStatement:
    """A statement `key = value`."""

    path: KeyPath
    """The whole path of the key, including its table's."""
    start: int
    """The offset at which the key begins."""
    end: int
    """The offset after the value."""
    table: int | None
    """How many keys of the path belong to its table; None for a table in a list of tables."""


@dataclass(slots=True)
class TomlScan:
    """The parts of a TOML header, in their order."""

    text: str
    """The header."""
    first_line: int
    """The number of its first line."""
    statements: list[TomlStatement] = field(default_factory=list)
    """The statements."""
    tables: dict[KeyPath, int] = field(default_factory=dict)
    """The offset of each table `[path]`."""
    table_lists: dict[KeyPath, int] = field(default_factory=dict)
    """The offset of each list of tables `[[path]]`."""
    headers: list[tuple[KeyPath, int, int]] = field(default_factory=list)
    """The path, start and end of every line `[path]` and `[[path]]`."""
    comments: list[re.Match[str]] = field(default_factory=list)
    """The comments, each from its `#`."""
    dates: list[tuple[int, int]] = field(default_factory=list)
    """The start and end of every date and time."""
    first_table: int | None = None
    """The offset of the first table or list of tables."""


def scan_toml(text: str, first_line: int = 1) -> TomlScan:
    """Return the parts of a header; raise PageError with the first line that is not TOML."""
    scan = TomlScan(text, first_line)
    table: KeyPath = ()
    offset = _skip_blank(scan, 0)
    while offset < len(text):
        match = _STATEMENT.match(text, offset)
        if not match:
            raise _build_error(scan, offset, "a line that is not `key = value`")
        path = tuple(map(_unquote_key, _PART.findall(match["keys"])))
        if match["brackets"]:
            table = path
            _add_table(scan, match, path)
            end = match.end()
        else:
            end = _find_value_end(scan, match.end())
            is_in_list = any(table[:depth] in scan.table_lists for depth in range(1, len(table) + 1))
            depth_of_table = None if is_in_list else len(table)
            scan.statements.append(TomlStatement((*table, *path), offset, end, depth_of_table))
        offset = _skip_blank(scan, end)
    return scan


def _build_error(scan: TomlScan, offset: int, message: str) -> PageError:
    return PageError(f"TOML: {message}", LineIndex(scan.text, scan.first_line).get_number(offset))


def _skip_blank(scan: TomlScan, offset: int) -> int:
    """Return the offset after the white space and comments at an offset, and keep the comments."""
    while match := _BLANK.match(scan.text, offset) or _COMMENT.match(scan.text, offset):
        if match[0][0] == "#":
            scan.comments.append(match)
        offset = match.end()
    return offset


def _add_table(scan: TomlScan, match: re.Match[str], path: KeyPath) -> None:
    tables = scan.table_lists if match["brackets"] == "[[" else scan.tables
    tables.setdefault(path, match.start())
    scan.headers.append((path, *match.span()))
    if scan.first_table is None:
        scan.first_table = match.start()


def _unquote_key(part: str) -> str:
    return part[1:-1] if part[0] == "'" else str(json.loads(part)) if part[0] == '"' else part


def _find_value_end(scan: TomlScan, offset: int) -> int:
    """Return the offset after the value at an offset, and keep the dates and comments in it."""
    start, open_brackets = offset, 0
    while True:
        match = _TOKEN.match(scan.text, offset)
        if not match:
            break
        if match["date"]:
            scan.dates.append(match.span())
        open_brackets += bool(match["open"]) - bool(match["close"])
        if open_brackets <= 0:
            return match.end()
        offset = _skip_blank(scan, match.end())
    if scan.text[offset : offset + 1] in ("'", '"') and offset < len(scan.text):
        raise _build_error(scan, offset, "a quotation mark is never closed")
    if open_brackets:
        raise _build_error(scan, start, "a bracket is never closed")
    raise _build_error(scan, offset, "a line that is not `key = value`")


def quote_dates(scan: TomlScan, start: int, end: int, sign: str = "") -> str:
    """Return a part of the text with its dates as strings, so that impossible dates stay as typed."""
    edits = [
        TextEdit(first - start, last - start, f'"{sign}{scan.text[first:last]}"')
        for first, last in scan.dates
        if start <= first < end
    ]
    return apply_edits(scan.text[start:end], edits)
