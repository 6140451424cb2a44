"""Find the fewest edits that turn one list into another, and make them in a list in brackets."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from enrich.errors import Refused
from enrich.front_matter.text_spans import TextEdit, ValueSpan, find_line_end, find_line_start
from enrich.model.page import Value

# The time to compare grows with the product of both lengths, so longer lists are replaced item by item.
_MOST_PAIRS = 250_000


@dataclass(frozen=True, slots=True)
class ListEdit:
    """An edit of a list, which replaces a run of items: pair by pair as long as both runs have items."""

    start: int
    """The index of the first old item."""
    end: int
    """The index after the last old item."""
    new: tuple[Value, ...]
    """The items that replace them."""

    @property
    def pairs(self) -> list[tuple[int, Value]]:
        """Return the indexes of the replaced items, each with its new value."""
        return list(zip(range(self.start, self.end), self.new, strict=False))

    @property
    def rest(self) -> tuple[int, int, tuple[Value, ...]]:
        """Return the rest after the pairs: a run of old items to delete, or new items to insert before it."""
        middle = self.start + len(self.pairs)
        return middle, self.end, self.new[len(self.pairs) :]


def find_list_edits(old: Sequence[Value], new: Sequence[Value]) -> Iterator[ListEdit]:
    """Yield the fewest edits from one list of scalars to another."""
    before, after = ([json.dumps(value) for value in values] for values in (old, new))
    if len(before) * len(after) > _MOST_PAIRS:
        yield ListEdit(0, len(old), tuple(new))
        return
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag != "equal":
            yield ListEdit(start, end, tuple(new[first:last]))


def check_list_items(span: ValueSpan, values: Sequence[Value]) -> None:
    """Raise Refused if a list has, or would get, anything but plain scalars."""
    if any(item.kind != "scalar" for item in span.items):
        raise Refused("the page has a list of lists or mappings there")
    if any(isinstance(value, Mapping | Sequence) and not isinstance(value, str) for value in values):
        raise Refused("a list or a mapping in a list")
    for item in span.items:
        if item.refusal:
            raise Refused(item.refusal)


def choose_item_style(items: Sequence[ValueSpan], index: int, default: str) -> str:
    """Return the style for a new item at an index: that of the item before it, else of the item after it."""
    neighbour = items[index - 1] if index else items[0] if items else None
    return neighbour.style if neighbour else default


class ItemWriter(Protocol):
    """Writes the items of lists into one text."""

    string_quote: str
    """The quote that the page uses for most strings."""

    def write_scalar(self, value: Value, style: str, *, flow: bool) -> str:
        """Return a scalar in a style."""


def edit_flow_list(text: str, writer: ItemWriter, span: ValueSpan, items: Sequence[Value]) -> list[TextEdit]:
    """Return the edits that give a list in brackets new items and do not touch the common items."""
    if not span.items:
        texts = [writer.write_scalar(item, writer.string_quote, flow=True) for item in items]
        return [TextEdit(span.start + 1, span.end - 1, ", ".join(texts))]
    edits: list[TextEdit] = []
    for edit in find_list_edits([item.value for item in span.items], items):
        for index, value in edit.pairs:
            old = span.items[index]
            edits.append(TextEdit(old.start, old.end, writer.write_scalar(value, old.style, flow=True)))
        start, end, values = edit.rest
        if values:
            style = choose_item_style(span.items, start, writer.string_quote)
            texts = [writer.write_scalar(value, style, flow=True) for value in values]
            edits += insert_into_flow(text, span, start, texts)
        elif start < end:
            edits.append(_delete_flow_items(span, start, end))
    return edits


def insert_into_flow(text: str, span: ValueSpan, index: int, new: Sequence[str]) -> list[TextEdit]:
    """Return the edits that insert texts between brackets, before the item or key at an index."""
    places = [(item.start, item.end) for item in span.items]
    places = places or [(entry.start, entry.span.end) for entry in span.entries]
    if not places:
        return [TextEdit(span.start + 1, span.end - 1, ", ".join(new))]
    if index < len(places):
        start = span.start + 1 if index == 0 else places[index - 1][1]
        gap = _find_gap(text, start, places[index][0])
        return [TextEdit(places[index][0], places[index][0], "".join(item + "," + gap for item in new))]
    start = span.start + 1 if len(places) == 1 else places[-2][1]
    return _append_to_flow(text, span, places[-1][1], _find_gap(text, start, places[-1][0]), new)


def _append_to_flow(text: str, span: ValueSpan, last: int, gap: str, new: Sequence[str]) -> list[TextEdit]:
    """Return the edits that insert texts after the last item, which ends at an offset."""
    added = ("," + gap).join(new)
    rest = text[last : min(find_line_end(text, last), span.end - 1)]
    if "#" in rest and "\n" in gap:  # a comment beside the last item stays beside it
        comma = [] if "," in rest.split("#")[0] else [TextEdit(last, last, ",")]
        end = last + len(rest)
        return [*comma, TextEdit(end, end, gap + added + ("," if not comma else ""))]
    return [TextEdit(last, last, "," + gap + added)]


def _find_gap(text: str, start: int, end: int) -> str:
    """Return the white space before an item: the break and indentation of its line, or that after a comma."""
    begin = find_line_start(text, end)
    if begin > start:  # the item opens its line
        newline = "\r\n" if text[begin - 2 : begin] == "\r\n" else text[begin - 1]
        return newline + text[begin:end] if not text[begin:end].strip() else " "
    between = text[start:end].removeprefix(",")
    return between if text[start] == "," and not between.strip() else " "


def _delete_flow_items(span: ValueSpan, start: int, end: int) -> TextEdit:
    """Return the edit that deletes items and their commas."""
    items = span.items
    if end < len(items):
        return TextEdit(items[start].start, items[end].start, "")
    if start:
        return TextEdit(items[start - 1].end, items[-1].end, "")
    return TextEdit(span.start + 1, span.end - 1, "")
