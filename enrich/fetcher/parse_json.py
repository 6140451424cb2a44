"""Parse JSON from services and files: bounded in size, tolerant of numbers of any length."""

from __future__ import annotations

import json

# The 40 largest known records have 100,000 values together. A million small values take 200 MB of memory.
MOST_VALUES = 1_000_000
# Python refuses to convert more than 4,300 digits; no count, year or time stamp needs more than this.
MOST_DIGITS = 40


def parse_json(text: bytes | str) -> object:
    """Return the value; raise ValueError or RecursionError if it is not JSON, too large or nested too deeply.

    An integer with more digits than Python converts counts as null, so that a single odd number does not
    cost a whole batch of records.
    """
    if _count_values(text) > MOST_VALUES:
        raise ValueError(f"more than {MOST_VALUES:,} values")
    return parse_large_json(text)


def parse_large_json(text: bytes | str) -> object:
    """Return the value, whatever its size, of a file that the owner chose; raise as `parse_json` does."""
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise
    except ValueError:
        return json.loads(text, parse_int=_read_bounded_int)


def _count_values(text: bytes | str) -> int:
    """Return the most values that a text can have: each but the first follows one of three characters."""
    if isinstance(text, bytes):
        return text.count(b"{") + text.count(b"[") + text.count(b",")
    return text.count("{") + text.count("[") + text.count(",")


def _read_bounded_int(digits: str) -> int | None:
    """Return an integer; None if it has more digits than any field needs."""
    return int(digits) if len(digits) <= MOST_DIGITS else None
