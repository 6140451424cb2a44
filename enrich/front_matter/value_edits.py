"""How a value takes the place of another, the same for every format; a `Pen` writes in one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeGuard

from enrich.errors import Refused
from enrich.front_matter.list_edits import check_items
from enrich.front_matter.text_spans import Place, Splice
from enrich.model.page import Value


class Pen(Protocol):
    """What a format knows about writing into one text; `house` is how the page marks its strings."""

    text: str
    house: str

    def scalar(self, value: Value, style: str, *, flow: bool) -> str:
        """Return a scalar in a style, or in the nearest one that every reader reads the same."""

    def inline(self, value: Value) -> str:
        """Return any value on one line."""

    def replace_scalar(self, place: Place, value: Value) -> list[Splice]:
        """Return the splices that put another scalar where one stands."""

    def fill(self, place: Place, value: Value) -> list[Splice]:
        """Return the splices that put a list or mapping where a scalar stands."""

    def list_edits(self, place: Place, new: Sequence[Value]) -> list[Splice]:
        """Return the splices that give a list of scalars new items and leave its others alone."""


def is_list(value: Value) -> TypeGuard[Sequence[Value]]:
    """Tell whether a value is a list."""
    return isinstance(value, Sequence) and not isinstance(value, str)


def same(one: Value, other: Value) -> bool:
    """Tell whether two values are equal and of one type all the way down (1 is not True)."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if is_list(one) and is_list(other):
        return len(one) == len(other) and all(same(*pair) for pair in zip(one, other, strict=True))
    return type(one) is type(other) and (one is other or one == other)


def replace(pen: Pen, place: Place, value: Value) -> list[Splice]:
    """Return the fewest splices that give a place another value; raises Refused by name."""
    if place.refusal:
        raise Refused(place.refusal)
    if isinstance(value, Mapping) or is_list(value):
        if place.kind == "scalar":
            return pen.fill(place, value)
        return _replace_list(pen, place, value) if is_list(value) else _replace_map(pen, place, value)
    if place.kind != "scalar":
        raise Refused(f"a {place.kind} stands where a single value is to go")
    return [] if same(place.value, value) else pen.replace_scalar(place, value)


def _replace_list(pen: Pen, place: Place, new: Sequence[Value]) -> list[Splice]:
    if place.kind != "list":
        raise Refused("a mapping stands where a list is to go")
    check_items(place, new)
    return pen.list_edits(place, new)


def _replace_map(pen: Pen, place: Place, new: Value) -> list[Splice]:
    """Return the splices for the keys that are there; a key more or less is not this one's matter."""
    found = {entry.key: entry.place for entry in place.entries}
    if not isinstance(new, Mapping) or place.kind != "map" or found.keys() != new.keys():
        raise Refused("a mapping would gain or lose keys")
    return [splice for key, value in new.items() for splice in replace(pen, found[key], value)]
