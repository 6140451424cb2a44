"""Whom the record spells otherwise now: still the same person on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from enrich.model.work import Person
from enrich.reconciler.people.alignment import RESPELT, Alignment
from enrich.text.compare import comparison_key


def with_renamed(
    found: Alignment, before: Alignment, base: Sequence[Person], people: Sequence[Person]
) -> Alignment:
    """Return an alignment in which whom the record has renamed is one person: `before` is that of the base.

    Example: the page's "K. Reyes" was Kevin Reyes, and the record has Kevin Reyez in that place now.
    Where most of the list is new, the record is another one.
    """
    if len(base) != len(people):
        return found
    renamed = tuple(
        (i, j)
        for i, j in before.pairs
        if i in found.extra and j in found.missing and _is_renamed(base[j], people[j])
    )
    if len(renamed) > max(1, len(people) // 3):
        return found
    return replace(
        found,
        respelt=tuple(sorted((*found.respelt, *renamed))),
        extra=tuple(i for i in found.extra if i not in dict(renamed)),
        missing=tuple(j for j in found.missing if j not in dict(renamed).values()),
    )


def _is_renamed(before: Person, now: Person) -> bool:
    """Return whether one part of a name is spelled otherwise now; the other is as it was, or its initial."""
    families, givens = (
        (comparison_key(before.family), comparison_key(now.family)),
        (comparison_key(before.given), comparison_key(now.given)),
    )
    return all(map(all, (families, givens))) and (
        (_goes_with(*givens) and _resembles(*families))
        or (families[0] == families[1] and _resembles(*givens))
    )


def _goes_with(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _resembles(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= RESPELT
