"""Count things in a message: one has the singular."""

from __future__ import annotations


def count_noun(count: int, noun: str, plural: str = "") -> str:
    """Return the count with its noun: `1 page`, `2 pages`."""
    return f"{count} {noun if count == 1 else plural or noun + 's'}"
