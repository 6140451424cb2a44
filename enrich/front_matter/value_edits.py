"""Replace one value by another in any format; each writer knows one format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeGuard

from enrich.errors import Refused
from enrich.front_matter.list_edits import check_list_items
from enrich.front_matter.text_spans import TextEdit, ValueSpan
from enrich.model.page import Value


class InlineWriter(Protocol):
    """Writes the keys and scalars of one format on one line."""

    string_quote: str
    """The quote that the page uses for most strings, "" for none."""
    colon: str
    """The sign between a key and its value."""

    def write_key(self, key: str) -> str:
        """Return a key, in quotes if it needs them."""

    def write_scalar(self, value: Value, style: str, *, flow: bool) -> str:
        """Return a scalar in a style, or in the nearest style that every reader reads the same."""


class ValueWriter(Protocol):
    """Writes values into one text."""

    def replace_scalar(self, span: ValueSpan, value: Value) -> list[TextEdit]:
        """Return the edits that replace a scalar by another."""

    def replace_by_collection(self, span: ValueSpan, value: Value) -> list[TextEdit]:
        """Return the edits that replace a scalar by a list or mapping."""

    def edit_list(self, span: ValueSpan, items: Sequence[Value]) -> list[TextEdit]:
        """Return the edits that give a list of scalars new items and do not touch the common items."""

    def append_items(self, span: ValueSpan, items: Sequence[Value]) -> list[TextEdit]:
        """Return the edits that put items of any kind after the last item of a list."""


def is_list(value: Value) -> TypeGuard[Sequence[Value]]:
    """Return whether a value is a list."""
    return isinstance(value, Sequence) and not isinstance(value, str)


def is_same_value(one: Value, two: Value) -> bool:
    """Return whether two values are equal and have the same types at every level (1 is not True)."""
    if isinstance(one, Mapping) and isinstance(two, Mapping):
        return one.keys() == two.keys() and all(is_same_value(value, two[key]) for key, value in one.items())
    if is_list(one) and is_list(two):
        return len(one) == len(two) and all(is_same_value(*pair) for pair in zip(one, two, strict=True))
    return type(one) is type(two) and (one is two or one == two)


def write_inline(writer: InlineWriter, value: Value) -> str:
    """Return any value on one line, with lists and mappings in brackets."""
    if isinstance(value, Mapping):
        pairs = (writer.write_key(key) + writer.colon + write_inline(writer, value[key]) for key in value)
        return "{" + ", ".join(pairs) + "}"
    if is_list(value):
        return "[" + ", ".join(write_inline(writer, item) for item in value) + "]"
    return writer.write_scalar(value, writer.string_quote, flow=True)


def replace_value(writer: ValueWriter, span: ValueSpan, value: Value) -> list[TextEdit]:
    """Return the fewest edits that give a span another value; raise Refused with the reason."""
    if span.refusal:
        raise Refused(span.refusal)
    if isinstance(value, Mapping) or is_list(value):
        if span.kind == "scalar":
            return writer.replace_by_collection(span, value)
        return _replace_list(writer, span, value) if is_list(value) else _replace_map(writer, span, value)
    if span.kind != "scalar":
        raise Refused(f"the page has a {span.kind} where a single value would go")
    return [] if is_same_value(span.value, value) else writer.replace_scalar(span, value)


def _replace_list(writer: ValueWriter, span: ValueSpan, items: Sequence[Value]) -> list[TextEdit]:
    if span.kind != "list":
        raise Refused("the page has a group of keys where a list would go")
    added = items[len(span.items) :]
    if any(isinstance(item, Mapping) for item in added) and all(item.kind == "map" for item in span.items):
        return writer.append_items(span, added)  # reading it again proves that the others are as they were
    check_list_items(span, items)
    return writer.edit_list(span, items)


def _replace_map(writer: ValueWriter, span: ValueSpan, value: Value) -> list[TextEdit]:
    """Return the edits for the keys of a mapping; raise Refused if it would gain or lose a key."""
    spans = {entry.key: entry.span for entry in span.entries}
    if not isinstance(value, Mapping) or span.kind != "map" or spans.keys() != value.keys():
        raise Refused("a group of keys would gain or lose one")
    return [edit for key, item in value.items() for edit in replace_value(writer, spans[key], item)]
