"""TOML front matter: tomllib tells what it says, a scan where it stands; tomlkit is the second reader."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence

from enrich.errors import PageError, Refused
from enrich.front_matter.formats import Format, Header, Spot
from enrich.front_matter.list_edits import flow_insert
from enrich.front_matter.text_spans import Lines, Place, Splice, descend, next_line, put_line, spliced
from enrich.front_matter.toml_spans import Scan, TomlEntry, comments_of, scan, value_of
from enrich.front_matter.toml_writer import TomlPen
from enrich.front_matter.value_edits import replace, same
from enrich.model.page import KeyPath, Value

_CLOSE = re.compile(r"(?<=[\r\n])\+\+\+")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")


def split(text: str, start: int) -> tuple[int, int] | None:
    """Return the offsets of the header between its fences; raises PageError if it is never closed."""
    if not text.startswith("+++", start):
        return None
    begin = start + 3
    close = _CLOSE.search(text, begin)
    if not close:
        raise PageError("the front matter is never closed by a line +++", Lines(text, 1).at(start))
    rest = next_line(text, begin)
    return (begin if text[begin:rest].strip() else rest), close.start()


def read(text: str, first_line: int = 1) -> Header:
    """Return a TOML header's data (dates as typed), lines and comments; raises PageError with the line."""
    try:
        found = scan(text, first_line)
        data = tomllib.loads(_dates_quoted(found))
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        line = first_line - 1 + int(at[1]) if at else first_line
        raise PageError(f"TOML: {_AT_LINE.sub('', str(error)).strip()}", line) from None
    except RecursionError:
        raise PageError("TOML: nested too deeply", first_line) from None
    numbers = Lines(text, first_line)
    return Header(data, _lines(found, numbers), comments_of(found, numbers))


def _dates_quoted(found: Scan) -> str:
    """Return the text with its dates as strings: they are kept as typed, and impossible ones exist."""
    return spliced(found.text, [Splice(*span, f'"{found.text[slice(*span)]}"') for span in found.dates])


def _lines(found: Scan, numbers: Lines) -> dict[KeyPath, int]:
    lines: dict[KeyPath, int] = {}
    starts = [*found.tables.items(), *found.lists.items()]
    starts += [(entry.path, entry.start) for entry in found.entries if entry.table is not None]
    for path, start in starts:
        for depth in range(1, len(path)):
            lines.setdefault(path[:depth], numbers.at(start))
        lines[path] = numbers.at(start)
    return lines


def assign(text: str, path: KeyPath, value: Value, spot: Spot) -> str:
    """Return the header with the value at a path set; raises Refused."""
    found = scan(text)
    if any(path[:depth] in found.lists for depth in range(1, len(path) + 1)):
        raise Refused("a list of tables stands there")
    own = [entry for entry in found.entries if entry.table is not None]
    above = [entry for entry in own if entry.path == path[: len(entry.path)]]
    below = [entry for entry in own if entry.path[: len(path)] == path]
    if above:
        new = spliced(text, _inside(found, above[-1], path, value))
    elif below or path in found.tables:
        new = _table(text, path, value, spot)
    else:
        new = spliced(text, [_insert(found, own, path, value, spot)])
    _check_readers(new)
    return new


def _inside(found: Scan, entry: TomlEntry, path: KeyPath, value: Value) -> list[Splice]:
    """Return the splices for a key that is there, or for one inside its inline table."""
    text = found.text
    pen = TomlPen(text, found)
    place, missing = descend(entry.place, path[len(entry.path) :])
    if not missing:
        _learn(text, place)
        return replace(pen, place, value)
    if place.kind != "map":
        raise Refused("a value stands where further keys are to go")
    written = f"{pen.key(missing)} = {pen.inline(value)}"
    return flow_insert(text, place, len(place.entries), [written])


def _learn(text: str, place: Place) -> None:
    """Fill in what a place and its items hold."""
    for inner in [place, *place.items, *(entry.place for entry in place.entries)]:
        inner.value = value_of(text, inner)


def _table(text: str, path: KeyPath, value: Value, spot: Spot) -> str:
    if not isinstance(value, Mapping):
        raise Refused("a table stands there")
    for key, inner in value.items():
        text = assign(text, (*path, key), inner, spot)
    return text


def _insert(found: Scan, own: Sequence[TomlEntry], path: KeyPath, value: Value, spot: Spot) -> Splice:
    """Return the splice for a further key, in the deepest table that is there for it."""
    depth = max((len(table) for table in found.tables if table == path[: len(table)] != path), default=0)
    pen = TomlPen(found.text, found)
    line = f"{pen.key(path[depth:])} = {pen.inline(value)}"
    within = [entry for entry in own if entry.table == depth and entry.path[:depth] == path[:depth]]
    position = _position(found, within, spot) if not depth else None
    if position is None:
        last = within[-1].place.end if within else found.tables.get(path[:depth], 0)
        position = next_line(found.text, last) if within or depth else 0
    return put_line(found.text, position, line, spot.newline)


def _position(found: Scan, root: Sequence[TomlEntry], spot: Spot) -> int | None:
    """Return where a further key of the root goes, None for after its last one."""
    text = found.text
    if spot.line:
        offset = Lines(text, 1).start(spot.line + 1)
        within = any(entry.start < offset <= entry.place.end for entry in root)
        if not within and (found.first_table < 0 or offset <= found.first_table):
            return offset
    ends = {entry.path[0].lower(): entry.place.end for entry in root}
    for name in spot.after:
        if name.lower() in ends:
            return next_line(text, ends[name.lower()])
    return len(text) if found.first_table < 0 else None


def _check_readers(text: str) -> None:
    """Raise Refused unless tomllib and tomlkit read the same."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        # tomlkit keeps CRLF inside a string of several lines, tomllib does not
        quoted = _dates_quoted(scan(text)).replace("\r\n", "\n")
        if same(tomllib.loads(quoted), tomlkit.parse(quoted).unwrap()):
            return
    except (PageError, tomllib.TOMLDecodeError, TOMLKitError) as error:
        raise Refused(f"the front matter could not be read with it: {error}") from None
    raise Refused("two TOML readers would not read the same")


FORMAT = Format("toml", "=", split, read, assign)
