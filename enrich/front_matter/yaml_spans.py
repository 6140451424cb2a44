"""Where the values of a YAML header stand, what must be left alone, and how the page writes things."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import yaml

from enrich.front_matter.quoting import is_date
from enrich.front_matter.text_spans import Entry, Place, column
from enrich.front_matter.yaml_parser import scalar_end, scalar_value

_ALIAS = re.compile(r"\*[^\s,\[\]{}]+")


def place_of(text: str, node: yaml.Node, floor: int = 0, *, flow: bool = False) -> Place:
    """Return a node's place; `floor` is where what stands before it ends, `flow` that brackets enclose it."""
    start: int = node.start_mark.index
    if start < floor:
        found = _ALIAS.search(text, floor)
        start, end = found.span() if found else (floor, floor)
        return Place(
            start, end, "scalar", "", refusal="an alias (*) stands there: its value is another key's"
        )
    if isinstance(node, yaml.ScalarNode):
        place = _scalar(text, node)
    elif isinstance(node, yaml.CollectionNode):
        place = _collection(text, node, flow=flow)
    place.flow = flow
    if text[start : start + 1] in ("&", "!"):
        place.refusal = "an anchor (&) or a tag (!) stands there"
    return place


def _scalar(text: str, node: yaml.ScalarNode) -> Place:
    start: int = node.start_mark.index
    style: str = node.style or ""
    end = scalar_end(text, node)
    place = Place(start, end, "scalar", style, scalar_value(node))
    if start == node.end_mark.index:  # nothing there: the two loaders mark different blanks
        place.start = place.end = len(text[:start].rstrip())
        if text[place.start - 1 : place.start] not in (":", "-"):
            place.refusal = "a key without a colon, or with a comment before its value"
    return place


def _collection(text: str, node: yaml.CollectionNode, *, flow: bool) -> Place:
    """Return the place of a list or map; in block style it ends with its last leaf, not at PyYAML's mark."""
    start: int = node.start_mark.index
    place = Place(start, node.end_mark.index, "map", "flow" if node.flow_style else "block")
    end, flow = start, flow or place.style == "flow"
    if isinstance(node, yaml.SequenceNode):
        place.kind, items = "list", []
        for item in node.value:
            items.append(place_of(text, item, end, flow=flow))
            end = items[-1].end
        place.items = items
        place.value = [item.value for item in items]
    else:
        entries = []
        for key, value in node.value:
            inner = place_of(text, value, key.end_mark.index, flow=flow)
            entries.append(Entry(key.value, key.start_mark.index, inner))
            end = inner.end
        place.entries = entries
    if place.style == "block":
        place.end = end
    return place


def scalars(place: Place) -> Iterator[Place]:
    """Yield the scalars of a place that hold text."""
    if place.kind == "scalar" and isinstance(place.value, str) and not place.refusal:
        yield place
    for inner in [*place.items, *(entry.place for entry in place.entries)]:
        yield from scalars(inner)


def string_style(root: Place) -> str:
    """Return how most strings of a page are marked: `"`, `'` or "" (plain); `"` where none is."""
    found = [place for place in scalars(root) if place.style in ("", '"', "'") and place.value]
    counts = Counter(place.style for place in found if not is_date(str(place.value)))
    return counts.most_common(1)[0][0] if counts else '"'


def text_style(root: Place) -> str:
    """Return how a page writes text of several lines: `|`, `>` or `"`."""
    counts = Counter(place.style for place in scalars(root) if place.style in ("|", ">"))
    return counts.most_common(1)[0][0] if counts else '"'


def list_style(text: str, root: Place) -> tuple[str, str]:
    """Return how a page writes its lists (`flow`, `block`, or "" for both or none), and their indent."""
    found = [entry for entry in root.entries if entry.place.items]
    styles = {entry.place.style for entry in found}
    for entry in found:
        if entry.place.style == "block":
            width = column(text, entry.place.start) - column(text, entry.start)
            return (styles.pop() if len(styles) == 1 else ""), " " * max(width, 0)
    return (styles.pop() if styles else ""), ""
