"""Recognise a person on the page whose name the record has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from enrich.model.work import Person
from enrich.reconciler.people.alignment import RESPELLING_RATIO, Alignment
from enrich.text.compare import comparison_key


def merge_renamed(
    found: Alignment, before: Alignment, base: Sequence[Person], people: Sequence[Person]
) -> Alignment:
    """Return the alignment with renamed people matched; `before` aligns the page with the baseline.

    Example: the page's "K. Reyes" was Kevin Reyes, and the record now has Kevin Reyez at that position.
    If more than a third of the list is new, nothing is matched: it may be another record.
    """
    if len(base) != len(people):
        return found
    extra, missing = set(found.extra), set(found.missing)
    renamed = {
        i: j for i, j in before.pairs if i in extra and j in missing and _is_renamed(base[j], people[j])
    }
    if len(renamed) > max(1, len(people) // 3):
        return found
    return replace(
        found,
        respelt=tuple(sorted((*found.respelt, *renamed.items()))),
        extra=tuple(sorted(extra - renamed.keys())),
        missing=tuple(sorted(missing - set(renamed.values()))),
    )


def _is_renamed(before: Person, now: Person) -> bool:
    """Return whether one part of the name was respelled while the other stayed, or became its initial."""
    families, givens = (
        (comparison_key(before.family), comparison_key(now.family)),
        (comparison_key(before.given), comparison_key(now.given)),
    )
    return all(map(all, (families, givens))) and (
        (_is_prefix_of_either(*givens) and _is_similar(*families))
        or (families[0] == families[1] and _is_similar(*givens))
    )


def _is_prefix_of_either(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _is_similar(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= RESPELLING_RATIO
