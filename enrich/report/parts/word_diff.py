"""Find the words that differ between two values, with enough context to recognise them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from enrich.model.page import Value, to_plain_value
from enrich.report.parts.safe_text import escape_hidden, format_json, format_value

Kind = Literal["same", "old", "new"]
Piece: TypeAlias = tuple[Kind, tuple[str, ...]]

# The time for a comparison grows with the product of both lengths; beyond this, compare only the ends.
_MOST_WORDS = 2_000
# If two texts have at least this many words and share less than this, show the old one before the new one.
_MANY, _LEAST_SHARED = 10, 0.3
# The number of unchanged words to show beside a change, and of words to show of a long new text.
_BESIDE = 6
_HEAD, _TAIL = 40, 12
_MOST_MOVED = 50  # words by which a change is moved back; no name has so many


def diff_words(old: Value, new: Value) -> tuple[Piece, ...]:
    """Return the pieces that lead from the old value to the new one; at least one is not `same`."""
    before, after = split_visible_words(old), split_visible_words(new)
    if before == after:  # they differ only in type or white space: show both as typed
        before, after = (
            (escape_hidden(format_json(to_plain_value(old))),),
            (escape_hidden(format_json(to_plain_value(new))),),
        )
        return (("old", before), ("new", after))
    if before and after and _is_compound(old) and _is_compound(new):
        pieces = [*_compare_words(_close_last_item(before), _close_last_item(after))]
        return tuple(_open_last_item(_move_to_items(pieces)))
    return tuple(_compare_words(before, after))


def _is_compound(value: Value) -> bool:
    return isinstance(to_plain_value(value), list | dict)


def _close_last_item(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words with a separator after the last item, too, so that it can equal an item before."""
    return (*words[:-1], f"{words[-1]};")


def _move_to_items(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces; move each added or removed run of words to the start of an item if possible.

    "M. {+Roe; M.+} Lee" is the same as "{+M. Roe;+} M. Lee", but no person is called "Roe; M.".
    """
    moved = [*pieces]
    for at in range(1, len(moved) - 1):
        if moved[at - 1][0] == moved[at + 1][0] == "same":
            moved[at - 1 : at + 2] = _move_to_item(*moved[at - 1 : at + 2])
    return [piece for piece in moved if piece[1]]


def _move_to_item(before: Piece, piece: Piece, after: Piece) -> tuple[Piece, Piece, Piece]:
    """Return three pieces with the middle one moved back to the start of an item, else unchanged."""
    left, words, right = before[1], piece[1], after[1]
    for _ in range(_MOST_MOVED):
        if not left or left[-1].endswith(";"):
            return ("same", left), (piece[0], words), ("same", right)
        if left[-1] != words[-1]:
            break
        left, words, right = left[:-1], (left[-1], *words[:-1]), (words[-1], *right)
    return before, piece, after


def _open_last_item(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces without the separator at the end of each side."""
    closed, opened = {"old", "new"}, list[Piece]()
    for kind, words in reversed(pieces):
        sides = {"old", "new"} if kind == "same" else {kind}
        ends = (words[-1].removesuffix(";"),) if sides <= closed else words[-1:]
        opened.append((kind, (*words[:-1], *ends)))
        closed -= sides
    return opened[::-1]


def split_visible_words(value: Value) -> tuple[str, ...]:
    """Return the words of a value, each safe to print on a terminal."""
    return tuple(map(escape_hidden, format_value(value).split()))


def shorten_pieces(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the pieces with an ellipsis for the middle of each long stretch."""
    last = len(pieces) - 1
    return tuple(
        (kind, _shorten_words(kind, words, index == 0, index == last))
        for index, (kind, words) in enumerate(pieces)
    )


def _compare_words(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[Piece]:
    start = _count_common(before, after)
    end = _count_common(before[start:][::-1], after[start:][::-1])
    middle = before[start : len(before) - end], after[start : len(after) - end]
    if start:
        yield "same", before[:start]
    yield from _compare_middle(*middle)
    if end:
        yield "same", before[len(before) - end :]


def _compare_middle(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[Piece]:
    for code, old_start, old_end, new_start, new_end in _align_words(before, after):
        if code == "equal":
            yield "same", before[old_start:old_end]
            continue
        if old_end > old_start:
            yield "old", before[old_start:old_end]
        if new_end > new_start:
            yield "new", after[new_start:new_end]


def _align_words(before: tuple[str, ...], after: tuple[str, ...]) -> Sequence[tuple[str, int, int, int, int]]:
    """Return difflib's codes; texts that share few words are one difference, which is easier to read."""
    whole = [("replace", 0, len(before), 0, len(after))]
    if len(before) + len(after) > _MOST_WORDS:
        return whole
    matcher = difflib.SequenceMatcher(None, before, after)
    is_other = min(len(before), len(after)) >= _MANY and matcher.ratio() < _LEAST_SHARED
    return whole if is_other else matcher.get_opcodes()


def _count_common(before: Sequence[str], after: Sequence[str]) -> int:
    count = 0
    for one, other in zip(before, after, strict=False):
        if one != other:
            break
        count += 1
    return count


def _shorten_words(kind: Kind, words: tuple[str, ...], first: bool, last: bool) -> tuple[str, ...]:
    head, tail = (_BESIDE, _BESIDE) if kind == "same" else (_HEAD, _TAIL)
    if kind == "same":
        head, tail = (0 if first else head), (0 if last else tail)
    if len(words) <= head + tail + 2:
        return words
    left_out = len(words) - head - tail
    ellipsis = "…" if kind == "same" else f"… {left_out} more words …"
    return (*words[:head], ellipsis, *words[len(words) - tail :])
