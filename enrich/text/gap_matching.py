"""Match two folded texts in which U+FFFD replaces one lost character, in linear time."""

from __future__ import annotations

from collections.abc import Iterator

from enrich.text.letter_folding import GAP, LONG_SPELLINGS

_MOST_GAPS = 50  # in both texts together; a text with more gaps could match too many others
_LENGTHS: dict[str, list[str]] = {}
for _spelling in LONG_SPELLINGS:
    _LENGTHS.setdefault(_spelling[0], []).append(_spelling)


def match_with_gaps(one: str, two: str) -> bool:
    """Return whether two folded texts are equal if a gap is any letter, or a sign that folding drops."""
    if one.count(GAP) + two.count(GAP) > _MOST_GAPS:
        return False
    waiting, seen = [(0, 0)], {(0, 0)}
    while waiting:
        at_one, at_two = waiting.pop()
        if at_one == len(one) and at_two == len(two):
            return True
        new = set(_find_next_offsets(one, two, at_one, at_two)) - seen
        seen |= new
        waiting += new
    return False


def _find_next_offsets(one: str, two: str, at_one: int, at_two: int) -> Iterator[tuple[int, int]]:
    """Yield the next pairs of offsets up to which two texts match, one letter or gap further on."""
    if one[at_one : at_one + 1] == two[at_two : at_two + 1]:
        yield at_one + 1, at_two + 1
    if one.startswith(GAP, at_one):
        yield from ((at_one + 1, end) for end in _find_letter_ends(two, at_two))
    if two.startswith(GAP, at_two):
        yield from ((end, at_two + 1) for end in _find_letter_ends(one, at_one))


def _find_letter_ends(text: str, offset: int) -> Iterator[int]:
    """Yield the offsets at which the letter at an offset may end; the offset itself if the gap was a sign."""
    yield offset
    if offset < len(text):
        yield offset + 1
    spellings = _LENGTHS.get(text[offset : offset + 1], [])
    yield from (offset + len(spelling) for spelling in spellings if text.startswith(spelling, offset))
