"""Split the change of a list into parts that can be accepted one by one."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from enrich.model.page import Page, Value
from enrich.model.plan import Change
from enrich.model.site_context import Dialect
from enrich.writer.edit_page import render_changes

# These items replace those of a list from one place to another.
Hunk: TypeAlias = tuple[int, int, tuple[Value, ...]]


def split_change(page: Page, change: Change) -> tuple[Hunk, ...]:
    """Return the differences of a list; none if there is only one or if one cannot be written alone."""
    if not isinstance(change.old, list | tuple) or not isinstance(change.new, list | tuple):
        return ()
    hunks = tuple(find_hunks(change.old, change.new))
    parts = (apply_hunks(page, change, [hunk]) for hunk in hunks)
    return hunks if len(hunks) > 1 and all(part.status != "refused" for part in parts) else ()


def apply_hunks(page: Page, change: Change, hunks: Iterable[Hunk]) -> Change:
    """Return the change with these differences alone, and why that cannot be made if it cannot."""
    items = [*change.old] if isinstance(change.old, list | tuple) else []
    for start, end, new in sorted(hunks, key=lambda hunk: hunk[:2], reverse=True):
        items[start:end] = new
    # The values are already in the page's dialect.
    return render_changes(page, [replace(change, new=items)], Dialect())[0]


def find_hunks(old: Sequence[Value], new: Sequence[Value]) -> Iterator[Hunk]:
    """Yield the places at which two lists differ; neighbours with another spelling count singly."""
    for start, end, first, last in _find_differences([*map(repr, old)], [*map(repr, new)]):
        pairs = [
            (start + one, first + other) for one, other in _match_respelled(old[start:end], new[first:last])
        ]
        at, there = start, first
        for one, other in (*pairs, (end, last)):
            if at < one or there < other:
                yield at, one, tuple(new[there:other])
            if one < end:
                yield one, one + 1, (new[other],)
            at, there = one + 1, other + 1


def _find_differences(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    codes = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return (places for code, *places in codes if code != "equal")  # type: ignore[misc]


def _match_respelled(old: Sequence[Value], new: Sequence[Value]) -> Iterator[tuple[int, int]]:
    """Yield the positions of a person in two spellings: the same family name, or the same position."""
    if len(old) == len(new):
        yield from zip(range(len(old)), range(len(new)), strict=True)
        return
    names = [_get_last_word(item) for item in old], [_get_last_word(item) for item in new]
    for one, other, size in difflib.SequenceMatcher(None, *names, autojunk=False).get_matching_blocks():
        yield from zip(range(one, one + size), range(other, other + size), strict=True)


def _get_last_word(item: Value) -> str:
    return next(reversed(re.findall(r"\w+", str(item).partition(",")[0].casefold())), "")
