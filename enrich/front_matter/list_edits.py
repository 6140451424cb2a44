"""The fewest edits that turn one list into another, and how they are made between brackets."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from enrich.errors import Refused
from enrich.front_matter.text_spans import Place, Splice, line_end, line_start
from enrich.model.page import Value


@dataclass(frozen=True, slots=True)
class Step:
    """Old items `start` to `end` go, `new` stand there instead; pairs are replaced one by one."""

    start: int
    end: int
    new: tuple[Value, ...]

    @property
    def pairs(self) -> list[tuple[int, Value]]:
        """Return the old items that are replaced, with what replaces them."""
        return list(zip(range(self.start, self.end), self.new, strict=False))

    @property
    def rest(self) -> tuple[int, int, tuple[Value, ...]]:
        """Return what is left after the pairs: old items to delete, or new ones to put in before one."""
        middle = self.start + len(self.pairs)
        return middle, self.end, self.new[len(self.pairs) :]


def steps(old: Sequence[Value], new: Sequence[Value]) -> Iterator[Step]:
    """Yield the fewest steps from one list of scalars to another."""
    before, after = ([json.dumps(value) for value in values] for values in (old, new))
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag != "equal":
            yield Step(start, end, tuple(new[first:last]))


def check_items(place: Place, values: Sequence[Value]) -> None:
    """Raise Refused where a list holds, or would hold, anything but scalars of its own."""
    if any(item.kind != "scalar" for item in place.items):
        raise Refused("a list of lists or mappings stands there")
    if any(isinstance(value, Sequence) and not isinstance(value, str) for value in values):
        raise Refused("a list in a list")
    for item in place.items:
        if item.refusal:
            raise Refused(item.refusal)


def neighbour(items: Sequence[Place], index: int, default: str) -> str:
    """Return the style of the item before an index, or of the one there, or a default."""
    near = items[index - 1] if index else items[0] if items else None
    return near.style if near else default


class Writer(Protocol):
    """What it takes to write a list's items: the text, the page's own style, and a scalar in a style."""

    text: str
    house: str

    def scalar(self, value: Value, style: str, *, flow: bool) -> str:
        """Return a scalar as it is written."""


def flow_edits(pen: Writer, place: Place, new: Sequence[Value]) -> list[Splice]:
    """Return the splices that give a list in brackets new items and leave its others as they are."""

    def write(value: Value, style: str) -> str:
        return pen.scalar(value, style, flow=True)

    if not place.items:
        items = ", ".join(write(value, pen.house) for value in new)
        return [Splice(place.start + 1, place.end - 1, items)]
    found: list[Splice] = []
    for step in steps([item.value for item in place.items], new):
        for index, value in step.pairs:
            item = place.items[index]
            found.append(Splice(item.start, item.end, write(value, item.style)))
        start, end, values = step.rest
        if values:
            style = neighbour(place.items, start, pen.house)
            found += flow_insert(pen.text, place, start, [write(value, style) for value in values])
        elif start < end:
            found.append(_flow_delete(place, start, end))
    return found


def flow_insert(text: str, place: Place, index: int, new: Sequence[str]) -> list[Splice]:
    """Return the splices that put texts in between brackets before the item of an index."""
    spans = [(item.start, item.end) for item in place.items] or [
        (e.start, e.place.end) for e in place.entries
    ]
    if not spans:
        return [Splice(place.start + 1, place.end - 1, ", ".join(new))]
    if index < len(spans):
        gap = _gap(text, place.start + 1 if index == 0 else spans[index - 1][1], spans[index][0])
        return [Splice(spans[index][0], spans[index][0], "".join(item + "," + gap for item in new))]
    last = spans[-1][1]
    gap = _gap(text, place.start + 1 if len(spans) == 1 else spans[-2][1], spans[-1][0])
    added = ("," + gap).join(new)
    rest = text[last : min(line_end(text, last), place.end - 1)]
    if "#" in rest and "\n" in gap:  # a comment beside the last item stays beside it
        comma = [] if "," in rest.split("#")[0] else [Splice(last, last, ",")]
        end = last + len(rest)
        return [*comma, Splice(end, end, gap + added + ("," if not comma else ""))]
    return [Splice(last, last, "," + gap + added)]


def _gap(text: str, start: int, end: int) -> str:
    """Return the blanks that stand before an item: its line's break and indent, or what follows a comma."""
    begin = line_start(text, end)
    if begin > start:  # the item opens its line
        newline = "\r\n" if text[begin - 2 : begin] == "\r\n" else text[begin - 1]
        return newline + text[begin:end] if not text[begin:end].strip() else " "
    between = text[start:end].removeprefix(",")
    return between if text[start] == "," and not between.strip() else " "


def _flow_delete(place: Place, start: int, end: int) -> Splice:
    """Return the splice that takes items out, with the commas they leave behind."""
    items = place.items
    if end < len(items):
        return Splice(items[start].start, items[end].start, "")
    if start:
        return Splice(items[start - 1].end, items[-1].end, "")
    return Splice(place.start + 1, place.end - 1, "")
