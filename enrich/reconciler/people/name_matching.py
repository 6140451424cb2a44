"""Match author entries with people by ORCID and name: the certain matches first, then the loose ones.

same_person.py compares one entry with one person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from enrich.model.site_context import Profile
from enrich.model.work import Person
from enrich.reconciler.people.broken_names import is_broken_person
from enrich.reconciler.people.parse_name import has_other_suffix, parse_readings
from enrich.reconciler.people.person_index import find_candidates, index_people, take_nearest
from enrich.reconciler.people.profile_lookup import find_profile, is_alias, list_known_names
from enrich.reconciler.people.same_person import is_in_order, is_same_person, make_exact_key, make_person_key
from enrich.text.letter_folding import GAP

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a page's author list, with the site's facts about the person."""

    text: str
    """The entry as typed."""
    names: tuple[str, ...]
    """The names in the author profile, then the entry itself."""
    orcid: str
    """The ORCID in the author profile, or `""`."""
    is_alias: bool
    """Whether the entry is a handle such as `admin`."""
    has_profile: bool
    """Whether the entry links to an author profile."""


Finder = Callable[[Entry, int], Sequence[int]]


def read_entry(text: str, profiles: Mapping[str, Profile]) -> Entry:
    """Return an entry with the names and the ORCID of its author profile."""
    profile = find_profile(text, profiles)
    return Entry(
        text,
        list_known_names(text, profiles),
        profile.orcid if profile else "",
        is_alias(text, profiles),
        profile is not None,
    )


def match_by_name(entries: Sequence[Entry], people: Sequence[Person]) -> dict[int, int]:
    """Return pairs of (entry, person), each used once: by ORCID, by the exact name, then by a loose match."""
    pairs: dict[int, int] = {}
    for find in (_find_by_orcid(people), _find_exactly(people), _find_loosely(people)):
        if len(pairs) < min(len(entries), len(people)):
            pairs |= _pair_remaining(entries, people, pairs, find)
    return _sort_namesakes(entries, pairs)


def _sort_namesakes(entries: Sequence[Entry], pairs: Mapping[int, int]) -> dict[int, int]:
    """Give the people of entries with one name to these entries in the record's order.

    Long lists name people twice. If the record writes one "Tao Fang" as "T. Fang", neither has moved.
    """
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i in sorted(pairs):
        groups[entries[i].names].append(i)
    return {
        i: j for group in groups.values() for i, j in zip(group, sorted(pairs[i] for i in group), strict=True)
    }


def match_contradicted(
    entries: Sequence[Entry], people: Sequence[Person], pairs: Mapping[int, int]
) -> tuple[Pair, ...]:
    """Return unmatched entries with the name of an unmatched person, but with another ORCID."""
    if not any(entry.orcid for entry in entries) or not any(person.orcid for person in people):
        return ()
    find = _find_loosely(people)
    taken = set(pairs.values())
    contradicted: dict[int, int] = {}
    for i, entry in enumerate(entries):
        if i not in pairs and entry.orcid:
            position = next((j for j in find(entry, i) if j not in taken), None)
            if position is not None and has_other_orcid(entry.orcid, people[position]):
                contradicted[i] = position
                taken.add(position)
    return tuple(contradicted.items())


def has_other_orcid(orcid: str, person: Person) -> bool:
    """Return whether an ORCID and a person's ORCID contradict each other."""
    return bool(orcid and person.orcid and orcid != person.orcid)


def _pair_remaining(
    entries: Sequence[Entry], people: Sequence[Person], pairs: Mapping[int, int], find: Finder
) -> dict[int, int]:
    """Pair the unmatched entries with the people that `find` gives for them, none of them twice."""
    taken = set(pairs.values())
    added: dict[int, int] = {}
    offset = 0
    for i, entry in enumerate(entries):
        position = pairs.get(i)
        if position is None:
            candidates = (j for j in find(entry, i + offset) if j not in taken)
            position = next((j for j in candidates if not has_other_orcid(entry.orcid, people[j])), None)
            if position is None:
                continue
            added[i] = position
            taken.add(position)
        offset = position - i
    return added


def _find_by_orcid(people: Sequence[Person]) -> Finder:
    positions = {person.orcid: [j] for j, person in enumerate(people) if person.orcid}
    return lambda entry, _near: positions.get(entry.orcid, ())


def _find_exactly(people: Sequence[Person]) -> Finder:
    """Find people whose name has the same words, none shortened and none missing."""
    positions: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for j, person in enumerate(people):
        positions[make_person_key(person)].append(j)

    def find(entry: Entry, near: int) -> Sequence[int]:
        """Return the positions of people whose name the entry has exactly, those in its order first."""
        keys = {make_exact_key(reading.parts) for name in entry.names for reading in parse_readings(name)}
        found = [j for key in keys - {()} for j in take_nearest(positions.get(key, ()), near)]
        found = [j for j in found if not has_other_suffix(entry.text, people[j])]
        return sorted(found, key=lambda j: (not is_in_order(entry.text, people[j]), abs(j - near), j))

    return find


def _find_loosely(people: Sequence[Person]) -> Finder:
    """Find people whom `is_same_person` accepts, the nearest first."""
    index = index_people(people)
    broken = [position for position, person in enumerate(people) if is_broken_person(person)]

    def find(entry: Entry, near: int) -> Sequence[int]:
        """Return the positions of people that the entry may name, the nearest first."""
        lost = range(len(people)) if GAP in entry.text else broken  # a broken word is under no key
        nearest = take_nearest(lost, near)
        candidates = dict.fromkeys((*find_candidates(entry.names, index, near), *nearest))
        return [j for j in candidates if any(is_same_person(name, people[j]) for name in entry.names)]

    return find
