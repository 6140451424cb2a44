"""TOML front matter: tomllib reads the values, a scan finds their lines; the editor loads when it is used."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable

from enrich.errors import PageError
from enrich.front_matter.formats import Format, InsertionPoint, ParsedHeader
from enrich.front_matter.text_spans import (
    LineIndex,
    find_next_line,
)
from enrich.front_matter.toml_scan import TomlScan, quote_dates, scan_toml
from enrich.model.page import Comment, KeyPath, Value

_CLOSE = re.compile(r"[\r\n]\+\+\+")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")


def split_toml(text: str, start: int) -> tuple[int, int] | None:
    """Return the offsets of the header between its fences; raise PageError if it is never closed."""
    if not text.startswith("+++", start):
        return None
    begin = start + 3
    close = _CLOSE.search(text, begin)
    if not close:
        line = LineIndex(text, 1).get_number(start)
        raise PageError("the front matter has no closing line +++; add it", line)
    rest = find_next_line(text, begin)
    return (begin if text[begin:rest].strip() else rest), close.start() + 1


def read_toml(text: str, first_line: int = 1) -> ParsedHeader:
    """Return a TOML header's data (dates as typed), lines and comments; raise PageError with the line."""
    scan = scan_toml(text, first_line)
    try:
        data = tomllib.loads(quote_dates(scan, 0, len(text)))
    except RecursionError:
        raise PageError("TOML: the front matter is nested too deeply; simplify it", first_line) from None
    except ValueError as error:
        at = _AT_LINE.search(str(error))
        line = first_line - 1 + int(at[1]) if at else first_line
        reason = _AT_LINE.sub("", str(error)).strip()
        raise PageError(f"TOML: {reason[:1].lower()}{reason[1:]}; correct this line", line) from None
    index = LineIndex(text, first_line)
    return ParsedHeader(data, _find_key_lines(scan, index), tuple(_build_comments(scan, index)))


def _find_key_lines(scan: TomlScan, index: LineIndex) -> dict[KeyPath, int]:
    lines: dict[KeyPath, int] = {}
    starts = [*scan.tables.items(), *scan.table_lists.items()]
    starts += [(one.path, one.start) for one in scan.statements if one.table is not None]
    for path, start in starts:
        for depth in range(1, len(path)):
            lines.setdefault(path[:depth], index.get_number(start))
        lines[path] = index.get_number(start)
    return lines


def _build_comments(scan: TomlScan, index: LineIndex) -> Iterable[Comment]:
    for match in scan.comments:
        line = index.get_number(match.start())
        before = scan.text[index.get_start(line) : match.start()]
        yield Comment(line, match[0][1:], not before.strip())


def _change_toml(text: str, path: KeyPath, value: Value, point: InsertionPoint) -> str:
    from enrich.front_matter.toml_edits import assign_toml

    return assign_toml(text, path, value, point)


def _drop_toml_key(text: str, key: str) -> str:
    from enrich.front_matter.toml_edits import remove_toml_key

    return remove_toml_key(text, key)


FORMAT = Format("toml", "=", split_toml, read_toml, _change_toml, _drop_toml_key)
