"""YAML front matter: read by one `compose`, edited by splices at the places of its nodes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from enrich.errors import PageError, Refused
from enrich.front_matter.formats import Format, Spot
from enrich.front_matter.list_edits import flow_insert
from enrich.front_matter.text_spans import (
    Lines,
    Place,
    Splice,
    column,
    descend,
    newline_at,
    next_line,
    put_line,
    spliced,
)
from enrich.front_matter.value_edits import replace
from enrich.front_matter.yaml_parser import compose, read
from enrich.front_matter.yaml_spans import place_of
from enrich.front_matter.yaml_writer import YamlPen
from enrich.model.page import KeyPath, Value

# Hugo closes at the first line that begins with the fence, whatever follows on it.
_CLOSE = re.compile(r"(?<=[\r\n])---")
_DOCUMENT_END = re.compile(r"^\.\.\.", re.MULTILINE)


def split(text: str, start: int) -> tuple[int, int] | None:
    """Return the offsets of the header between its fences; raises PageError if it is never closed."""
    if not text.startswith("---", start):
        return None
    begin = start + 3
    close = _CLOSE.search(text, begin)
    if not close:
        raise PageError("the front matter is never closed by a line ---", Lines(text, 1).at(start))
    rest = next_line(text, begin)
    return (begin if text[begin:rest].strip() else rest), close.start()


def assign(text: str, path: KeyPath, value: Value, spot: Spot) -> str:
    """Return the header with the value at a path set; raises Refused."""
    node = compose(text)
    root = place_of(text, node) if node else Place(len(text), len(text), "map", "block")
    if root.kind != "map":
        root = Place(len(text), len(text), "map", "block")  # nothing but null
    pen = YamlPen(text, root)
    place, missing = descend(root, path)
    if not missing:
        return spliced(text, replace(pen, place, value))
    for key in reversed(missing[1:]):
        value = {key: value}
    if place.kind != "map":
        return spliced(text, _into_nothing(pen, place, {missing[0]: value}))
    return spliced(text, _insert(pen, place, missing[0], value, spot if place is root else None))


def _into_nothing(pen: YamlPen, place: Place, value: Mapping[str, Value]) -> list[Splice]:
    """Return the splices that make a mapping where a key has no value yet."""
    if place.kind == "list" or place.value not in (None, ""):
        raise Refused("a value stands where further keys are to go")
    return pen.fill(place, value)


def _insert(pen: YamlPen, parent: Place, key: str, value: Value, spot: Spot | None) -> list[Splice]:
    """Return the splices that give a mapping a further key."""
    text = pen.text
    if any(entry.key == "<<" for entry in parent.entries):
        raise Refused("keys of another mapping are merged in (<<) there")
    if parent.style == "flow":
        return flow_insert(text, parent, len(parent.entries), [f"{pen.key(key)}: {pen.inline(value)}"])
    margin = " " * column(text, parent.entries[0].start) if parent.entries else ""
    position = _position(text, parent, spot) if spot else next_line(text, parent.end)
    newline = newline_at(text, position, spot.newline if spot else "\n")
    return [put_line(text, position, newline.join(pen.entry(key, value, margin)), newline)]


def _position(text: str, root: Place, spot: Spot) -> int:
    """Return where a further key's line begins: after its placeholder, its predecessor, or at the end."""
    if spot.line:
        offset = Lines(text, 1).start(spot.line + 1)
        if not any(entry.start < offset <= entry.place.end for entry in root.entries):
            return offset
    ends = {entry.key.lower(): entry.place.end for entry in root.entries}
    for name in spot.after:
        if name.lower() in ends:
            return next_line(text, ends[name.lower()])
    close = _DOCUMENT_END.search(text, root.end)
    return close.start() if close else len(text)


FORMAT = Format("yaml", ":", split, read, assign)
