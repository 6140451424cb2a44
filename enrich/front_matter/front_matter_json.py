"""Store a front matter as JSON: to read that takes a seventh of the time of parsing the page again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from enrich.model.page import Comment, FrontMatter, KeyPath, Value

_NESTED = (dict, list)
_DEEPEST = 50  # levels; real pages have 4, and everything after this check may recurse
MOST_BITS = 10_000  # of a number: 3,010 decimal digits; Python prints at most 4,300, and Hugo reads 64 bits


def encode_front_matter(front: FrontMatter) -> str | None:
    """Return a front matter as JSON; None for one that JSON cannot hold, with an infinite number."""
    lines = [*front.lines], [*front.lines.values()]
    comments = [(one.line, one.text, one.own_line) for one in front.comments]
    try:
        text = json.dumps(
            [front.format, front.data, front.start, front.end, lines, comments], allow_nan=False
        )
        return text if decode_front_matter(text) == front else None
    except (TypeError, ValueError):
        return None


def decode_front_matter(text: str | bytes) -> FrontMatter | None:
    """Return the front matter that a JSON text holds; None for any other text."""
    try:
        format_, data, start, end, lines, comments = json.loads(text)
        front = FrontMatter(format_, data, start, end, _read_key_lines(lines), _read_comments(comments))
    except (TypeError, ValueError, RecursionError):
        return None
    is_known = isinstance(format_, str) and isinstance(data, dict) and not find_excess(data)
    return front if is_known and isinstance(start, int) and isinstance(end, int) else None


def _read_key_lines(entries: tuple[Sequence[Sequence[str]], Sequence[int]]) -> dict[KeyPath, int]:
    """Return the lines of the keys, from the paths and their lines."""
    paths, lines = entries
    if not set(map(type, lines)) <= {int}:
        raise TypeError("a line is not a number")
    return dict(zip(map(tuple, paths), lines, strict=True))


def _read_comments(entries: Sequence[tuple[int, str, bool]]) -> tuple[Comment, ...]:
    if not all(type(line) is int and type(text) is str for line, text, _ in entries):
        raise TypeError("a comment is not a line and a text")
    return tuple(Comment(line, text, own_line) for line, text, own_line in entries)


def find_excess(data: Mapping[str, Value]) -> str:
    """Return in what a front matter exceeds all real ones, depth or size of a number; `""` if in nothing."""
    level: list[Value] = [data]
    for _ in range(_DEEPEST):
        level = [
            item
            for value in level
            if isinstance(value, _NESTED)
            for item in (value.values() if isinstance(value, dict) else value)
        ]
        if any(isinstance(value, int) and is_huge_number(value) for value in level):
            return "a number with thousands of digits"
        if not level:
            return ""
    return "nested more deeply than a front matter is"


def is_huge_number(value: object) -> bool:
    """Return whether Python refuses to print a number, which may have been typed in hexadecimal digits."""
    return isinstance(value, int) and value.bit_length() > MOST_BITS
