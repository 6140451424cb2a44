"""Compare a page's author list with a record's: equal, respelt, missing, extra, moved."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate, pairwise

from enrich.model.site_context import Profile
from enrich.model.work import Person
from enrich.reconciler.people.author_entries import split_author_line
from enrich.reconciler.people.decoration import LONGEST_NAME, is_truncation
from enrich.reconciler.people.group_names import is_group
from enrich.reconciler.people.hidden_people import HiddenPeople, find_et_al
from enrich.reconciler.people.name_matching import Entry, Pair, match_by_name, match_contradicted, read_entry
from enrich.reconciler.people.parse_name import (
    format_full_name,
    format_inverted_name,
    parse_name,
    tokenize_name,
)
from enrich.reconciler.people.same_person import has_same_family
from enrich.reconciler.people.script import detect_script
from enrich.text.compare import comparison_key

RESPELLING_RATIO = 0.75  # difflib ratio from which two names are spellings of one
NEARBY = 4  # people who are compared with an unmatched entry as possible misspellings


@dataclass(frozen=True, slots=True)
class Alignment:
    """The person behind each entry, as pairs of (index in the page's list, index in the record's)."""

    pairs: tuple[Pair, ...] = ()
    """Entries whose name, profile or ORCID matches a person."""
    inferred: tuple[Pair, ...] = ()
    """Aliases without a profile, matched only by their position between matched neighbours."""
    respelt: tuple[Pair, ...] = ()
    """Entries whose name is spelled differently from the person at the same position."""
    contradicted: tuple[Pair, ...] = ()
    """Entries whose profile has the person's name, but another ORCID."""
    unknown: tuple[int, ...] = ()
    """Aliases that neither a profile nor their position explains."""
    extra: tuple[int, ...] = ()
    """Entries that match no person."""
    missing: tuple[int, ...] = ()
    """People whom no entry names."""
    moved: tuple[Pair, ...] = ()
    """Pairs that break the record's order."""

    @property
    def agrees(self) -> bool:
        """Return whether the lists name the same people in the same order and spelling."""
        return not (self.respelt or self.contradicted or self.extra or self.missing or self.moved)


@dataclass(frozen=True, slots=True)
class _Gap:
    """A run of unmatched entries, and the unmatched people between its neighbours' matches."""

    entries: tuple[int, ...]
    """The positions of the entries on the page."""
    people: tuple[int, ...]
    """The positions of the people in the record."""


def align_authors(
    entries: Sequence[str],
    people: Sequence[Person],
    profiles: Mapping[str, Profile],
    *,
    has_more: bool = False,
) -> Alignment:
    """Match the entries of a page with the people of a record; `has_more` if its list ends in "et al."."""
    if len(entries) != len(people) and (
        _has_same_letters(entries, people) or _are_joined(entries, people, profiles)
    ):
        return Alignment()  # one side has several people in one name
    shown = [read_entry(entry, profiles) for entry in entries if not is_truncation(entry)]
    named = match_by_name(shown, people)
    contradicted = match_contradicted(shown, people, named)
    matched = {**named, **dict(contradicted)}
    respelt = dict(_find_respelt(shown, people, _list_gaps(len(shown), len(people), matched)))
    inferred = dict(_infer_aliases(shown, _list_gaps(len(shown), len(people), matched | respelt)))
    matched |= respelt | inferred
    gaps = _list_gaps(len(shown), len(people), matched)
    hidden_entries, hidden_people = _find_incomparable(shown, people, gaps)
    unknown = [i for i, entry in enumerate(shown) if i not in matched and _is_unknown(entry)]
    known_entries = {*matched, *unknown, *hidden_entries}
    known_people = {*matched.values(), *hidden_people}
    extra = [i for i in range(len(shown)) if i not in known_entries]
    missing = [j for j in range(len(people)) if j not in known_people]
    hidden = HiddenPeople(people, matched, find_et_al(entries), has_more, len(unknown))
    return Alignment(
        pairs=tuple(sorted(named.items())),
        inferred=tuple(inferred.items()),
        respelt=tuple(respelt.items()),
        contradicted=contradicted,
        unknown=tuple(unknown),
        extra=tuple(hidden.drop_entries(extra)),
        missing=tuple(hidden.drop_people(missing, bool(extra))),
        moved=_find_moved({i: j for i, j in named.items() if not is_group(people[j])}),
    )


def _has_same_letters(entries: Sequence[str], people: Sequence[Person]) -> bool:
    orders = (format_full_name, format_inverted_name)
    return comparison_key(" ".join(entries)) in {
        comparison_key(" ".join(map(order, people))) for order in orders
    }


def _are_joined(entries: Sequence[str], people: Sequence[Person], profiles: Mapping[str, Profile]) -> bool:
    """Return whether the lists agree once an entry with two names is taken apart: "Ann Able and Bo Bell"."""
    names = [name for entry in entries for name in split_author_line(entry)]
    return len(entries) < len(names) <= len(people) and align_authors(names, people, profiles).agrees


def _list_gaps(entries: int, people: int, matched: Mapping[int, int]) -> list[_Gap]:
    """List the runs of unmatched entries, each with the people who may belong there."""
    before = list(accumulate((matched.get(i, -1) for i in range(entries)), max, initial=-1))
    behind = list(accumulate((matched.get(i, people) for i in reversed(range(entries))), min, initial=people))
    taken = set(matched.values())
    unmatched = [j for j in range(people) if j not in taken]
    gaps: list[_Gap] = []
    start = 0
    for i in [*sorted(matched), entries]:
        if i > start:
            first, last = bisect_right(unmatched, before[start]), bisect_left(unmatched, behind[entries - i])
            gaps.append(_Gap(tuple(range(start, i)), tuple(unmatched[first:last])))
        start = i + 1
    return gaps


def _find_respelt(shown: Sequence[Entry], people: Sequence[Person], gaps: Sequence[_Gap]) -> Iterator[Pair]:
    """Yield the entries that name an unmatched person nearby in another spelling."""
    for gap in gaps:
        first = 0
        for i in gap.entries:
            nearby = gap.people[first : first + NEARBY] if not shown[i].is_alias else ()
            person = next(
                (at for at, j in enumerate(nearby) if _is_respelling(shown[i].text, people[j])), None
            )
            if person is not None:
                yield i, nearby[person]
                first += person + 1


def _is_respelling(entry: str, person: Person) -> bool:
    if len(entry) > LONGEST_NAME:
        return False
    if has_same_family(entry, person) and _has_initial_of(entry, person):
        return True
    letters = "".join(part[0] for part in parse_name(entry).parts)
    orders = (format_full_name(person), f"{person.family} {person.given}")
    names = ("".join(part[0] for part in parse_name(name).parts) for name in orders)
    return any(SequenceMatcher(None, letters, name).ratio() >= RESPELLING_RATIO for name in names)


def _has_initial_of(entry: str, person: Person) -> bool:
    given = tokenize_name(person.given)
    return bool(given) and any(part[0][:1] == given[0][0][:1] for part in parse_name(entry).parts)


def _infer_aliases(shown: Sequence[Entry], gaps: Sequence[_Gap]) -> Iterator[Pair]:
    """Yield the aliases without a profile whose position leaves only one person."""
    for gap in gaps:
        if len(gap.entries) == len(gap.people):
            pairs = zip(gap.entries, gap.people, strict=True)
            yield from ((i, j) for i, j in pairs if _is_unknown(shown[i]))


def _is_unknown(entry: Entry) -> bool:
    return entry.is_alias and not entry.has_profile


def _find_incomparable(
    shown: Sequence[Entry], people: Sequence[Person], gaps: Sequence[_Gap]
) -> tuple[set[int], set[int]]:
    """Return the unmatched entries and people that are written in two scripts: 王伟 may be Wei Wang."""
    entries: set[int] = set()
    persons: set[int] = set()
    for gap in gaps:
        typed = {i: {*map(detect_script, shown[i].names)} for i in gap.entries}
        deposited = {j: detect_script(format_full_name(people[j])) for j in gap.people}
        foreign = {i for i, scripts in typed.items() if scripts.isdisjoint(deposited.values())}
        is_enough = len(foreign) >= len(gap.people)  # a name in another script for each of them
        others = {
            j for j, script in deposited.items() if is_enough or script not in set().union(*typed.values())
        }
        if foreign and others:
            entries |= foreign
            persons |= others
    return entries, persons


def _find_moved(pairs: Mapping[int, int]) -> tuple[Pair, ...]:
    """Return the pairs outside the longest subsequence in the record's order."""
    order = sorted(pairs)
    positions = [pairs[i] for i in order]
    if all(one < other for one, other in pairwise(positions)):
        return ()
    ends: list[int] = []
    length: list[int] = []
    for position in positions:
        at = bisect_left(ends, position)
        ends[at : at + 1] = [position]
        length.append(at)
    keep: set[int] = set()
    wanted = len(ends) - 1
    for i, at in zip(reversed(order), reversed(length), strict=True):
        if at == wanted:
            keep.add(i)
            wanted -= 1
    return tuple((i, pairs[i]) for i in order if i not in keep)
