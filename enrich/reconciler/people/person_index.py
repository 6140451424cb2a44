"""Find those of many people whose name may match, without comparing every name with every person."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from enrich.model.work import Person
from enrich.reconciler.people.decoration import LONGEST_NAME
from enrich.reconciler.people.name_tables import PARTICLES, SHORT_FORMS
from enrich.reconciler.people.parse_name import (
    Token,
    format_full_name,
    parse_name,
    repair_person,
    tokenize_name,
)
from enrich.reconciler.people.tokens import join_tokens, split_initials
from enrich.text.compare import comparison_key

MOST_CANDIDATES = 32  # people under one key that are compared with a name, those nearest to its position
_GAELIC = frozenset({"mac", "mc"})
Index = Mapping[str, Sequence[int]]


def index_people(people: Sequence[Person]) -> Index:
    """Index the positions of people by the keys of their names."""
    return index_keys([list_person_keys(person) for person in people])


def index_keys(keys: Sequence[frozenset[str]]) -> Index:
    """Index positions by the keys at each position."""
    index: dict[str, list[int]] = defaultdict(list)
    for position, own in enumerate(keys):
        for key in own:
            index[key].append(position)
    return index


def find_candidates(names: Sequence[str], index: Index, near: int) -> list[int]:
    """Return the positions that share a key with one of the names, the nearest to `near` first."""
    found: set[int] = set()
    for name in names:
        for key in list_entry_keys(name):
            found.update(take_nearest(index.get(key, ()), near))
    return sorted(found, key=lambda position: (abs(position - near), position))


def take_nearest(positions: Sequence[int], near: int) -> Sequence[int]:
    """Return at most `MOST_CANDIDATES` positions, those around `near`; `positions` is sorted."""
    if len(positions) <= MOST_CANDIDATES:
        return positions
    start = max(0, bisect_left(positions, near) - MOST_CANDIDATES // 2)
    return positions[start : start + MOST_CANDIDATES]


@lru_cache(maxsize=65_536)
def list_entry_keys(name: str) -> frozenset[str]:
    """List the keys under which `index_people` has the person of a name, if anyone."""
    if len(name) > LONGEST_NAME:
        return frozenset({comparison_key(name)})
    return frozenset(_list_all_keys(parse_name(name).parts))


@lru_cache(maxsize=65_536)
def list_person_keys(person: Person) -> frozenset[str]:
    """List the keys of a person: each word of the name with each initial, and each word of the family."""
    if len(format_full_name(person)) > LONGEST_NAME:
        return frozenset({comparison_key(format_full_name(person))})
    person = repair_person(person)
    family = tokenize_name(person.family or person.literal)
    alone = {spelling for part in family for spelling in part}
    parts = (*tokenize_name(person.given), *family)
    joined = [*tokenize_name(person.given), *((name,) for name in join_tokens(family))]
    keys = (*_list_all_keys(parts), *_list_keys(split_initials(joined)))
    return frozenset({*alone, *keys, _join_initials(split_initials(parts))})


def _list_all_keys(parts: Sequence[Token]) -> Iterator[str]:
    """Yield the keys of a name: LI is a family name or two initials; "C. P. W." is all initials."""
    letters = split_initials(parts)
    yield from _list_keys(letters)
    if joined := _join_particles(letters):
        yield from _list_keys(joined)
    if len(letters) > len(parts):
        yield from _list_keys(parts)
    if all(len(part[0]) == 1 for part in letters):
        yield _join_initials(letters)


def _join_particles(parts: Sequence[Token]) -> Sequence[Token]:
    """Return a name with its particles and the word after them as one, as in Delacruz; `()` without any."""
    joined: list[Token] = []
    before = ""
    for part in parts:
        if part[0] in PARTICLES or part[0] in _GAELIC:
            before += part[0]
        else:
            joined.append((before + part[0],))
            before = ""
    return joined if len(joined) < len(parts) and not before else ()


def _join_initials(parts: Sequence[Token]) -> str:
    return f"{''.join(sorted(part[0][:1] for part in parts))}."


def _list_keys(parts: Sequence[Token]) -> Iterator[str]:
    yield from join_tokens(parts)
    yield from join_tokens([*parts[1:], *parts[:1]])
    yield from join_tokens([*parts[-1:], *parts[:-1]])
    initials = {initial for part in parts for initial in _list_short_initials(part)}
    for part in parts:
        words = {spelling for spelling in part if len(spelling) > 1}
        yield from (f"{word} {initial}" for word in words for initial in initials - {word[:1]})
        own = sum(other[0][:1] == part[0][:1] for other in parts)
        if own > 1 or len(parts) == 1:
            yield from (f"{word} {word[:1]}" if own > 1 else word for word in words)


def _list_short_initials(part: Token) -> Iterator[str]:
    """Yield the first letters that a given name may be shortened to: Bob is Robert."""
    yield part[0][:1]
    yield from (form[:1] for form in _FORMS_OF.get(part[0], ()))


def _invert_short_forms() -> Mapping[str, frozenset[str]]:
    members: dict[int, set[str]] = defaultdict(set)
    for name, groups in SHORT_FORMS.items():
        for group in groups:
            members[group].add(name)
    return {
        name: frozenset(form[:1] for group in groups for form in members[group])
        for name, groups in SHORT_FORMS.items()
    }


_FORMS_OF = _invert_short_forms()
