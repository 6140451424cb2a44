"""The declaration of a field; each other file of this folder declares one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from enrich.model.page import Value
from enrich.model.plan import Change, Policy
from enrich.model.work import Work
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.field_comparison import FieldComparison
from enrich.reconciler.typed_values import read_typed_words


def _normalise_nothing(_comparison: Comparison) -> Iterator[Change]:
    return iter(())


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a publication page, as its file in this folder declares it."""

    name: str
    """Its name in `enrich.toml` and in reports."""
    policy: Policy
    """Its default policy, which the owner's `[fields]` table can change."""
    after: tuple[str, ...]
    """The keys that precede it in the themes' templates: a new key goes after the last of them."""
    compare: Callable[[Comparison, Work], Iterator[FieldComparison]]
    """Yield a comparison for each key that has the field; `explain` prints its docstring as the rule."""
    read_record: Callable[[Work], object]
    """Return the record's value as deposited, for `enrich explain`."""
    normalise: Callable[[Comparison], Iterator[Change]] = _normalise_nothing
    """Yield changes to how the page's own value is written, whatever the record's value is."""
    read_typed: Callable[[str, Change], Value] = read_typed_words
    """Return a value that the owner typed for a change, in its form; raise Refused if it is wrong."""
