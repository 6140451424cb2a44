"""Match a page's author entries with the people of a record, one to one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from enrich.model.page import Profile
from enrich.model.work import Person
from enrich.reconciler.people.parse_name import (
    format_full_name,
    has_trailing_et_al,
    is_truncation,
    parse_name,
    strip_decoration,
    tokenize_name,
)
from enrich.reconciler.people.same_person import has_same_family, is_same_person
from enrich.text.compare import fold, urlize

make_slug = lru_cache(maxsize=65_536)(urlize)
RESPELLING_RATIO = 0.75  # difflib ratio from which two names are spellings of one
NEARBY = 4  # people who are compared with an unmatched entry as possible misspellings


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which entry is which person, as pairs of (index in the page's list, index in the record's)."""

    pairs: tuple[tuple[int, int], ...] = ()
    """Entries whose name, profile or ORCID matches a person."""
    inferred: tuple[tuple[int, int], ...] = ()
    """Aliases without a profile, matched only by their position between matched neighbours."""
    respelt: tuple[tuple[int, int], ...] = ()
    """Entries whose name is spelled differently from the person at the same position."""
    unknown: tuple[int, ...] = ()
    """Aliases that neither a profile nor their position explains."""
    extra: tuple[int, ...] = ()
    """Entries that match no person."""
    missing: tuple[int, ...] = ()
    """People whom no entry names."""
    moved: tuple[tuple[int, int], ...] = ()
    """Pairs that break the record's order."""
    truncated: bool = False
    """Whether the page's list ends in "et al."."""

    @property
    def agrees(self) -> bool:
        """Return whether the lists name the same people in the same order and spelling."""
        return not (self.respelt or self.extra or self.missing or self.moved)


def align_authors(
    entries: Sequence[str], people: Sequence[Person], profiles: Mapping[str, Profile]
) -> Alignment:
    """Match the entries of a page with the people of a record."""
    if len(entries) != len(people) and fold(" ".join(entries)) == fold(
        " ".join(map(format_full_name, people))
    ):
        return Alignment()  # a record has several people in one name, or one in several
    shown = [entry for entry in entries if not is_truncation(entry)]
    truncated = len(shown) < len(entries) or any(map(has_trailing_et_al, shown))
    pairs = _match_by_name(shown, people, profiles)
    open_entries = [i for i in range(len(shown)) if i not in pairs]
    open_people = sorted(set(range(len(people))) - set(pairs.values()))
    moved = _find_moved(pairs)
    inferred: list[tuple[int, int]] = []
    respelt: list[tuple[int, int]] = []
    unknown: list[int] = []
    for i in list(open_entries):
        gap = _list_unmatched_between(i, pairs, open_people, len(people))
        if is_alias(shown[i], profiles) and find_profile(shown[i], profiles) is None:
            place = _find_unique_position(i, gap, open_entries, pairs)
            open_entries.remove(i)
            if place is None:
                unknown.append(i)
                continue
            inferred.append((i, place))
        elif (place := _find_misspelt(shown[i], gap, people)) is not None:
            open_entries.remove(i)
            respelt.append((i, place))
        else:
            continue
        open_people.remove(place)
        pairs[i] = place
    aliases = {*inferred, *respelt}
    return Alignment(
        pairs=tuple(sorted(pair for pair in pairs.items() if pair not in aliases)),
        inferred=tuple(inferred),
        respelt=tuple(respelt),
        unknown=tuple(unknown),
        extra=tuple(open_entries),
        missing=() if truncated else tuple(_find_missing(open_people, unknown)),
        moved=moved,
        truncated=truncated,
    )


def is_alias(entry: str, profiles: Mapping[str, Profile]) -> bool:
    """Return whether an entry is a handle rather than a name: `admin`, `me`, `jane-doe`."""
    handle = entry.strip()
    return bool(handle) and handle == make_slug(handle) and (handle.isascii() or handle in profiles)


def find_profile(entry: str, profiles: Mapping[str, Profile]) -> Profile | None:
    """Return the author profile that an entry links to, or None."""
    return (
        (profiles.get(make_slug(strip_decoration(entry))) or profiles.get(make_slug(entry)))
        if profiles
        else None
    )


def list_known_names(entry: str, profiles: Mapping[str, Profile]) -> tuple[str, ...]:
    """List the names of the person behind an entry: those in the profile, then the entry itself."""
    profile = find_profile(entry, profiles)
    return (*profile.names, entry) if profile else (entry,)


def _match_by_name(
    entries: Sequence[str], people: Sequence[Person], profiles: Mapping[str, Profile]
) -> dict[int, int]:
    """Match entries and people by name: at the expected position first, then at any other."""
    names = [list_known_names(entry, profiles) for entry in entries]
    orcids = [profile.orcid if (profile := find_profile(entry, profiles)) else "" for entry in entries]
    index: Mapping[str, set[int]] | None = None
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    offset = 0
    for i, known in enumerate(names):
        likely = i + offset
        candidates = [likely] if likely < len(people) else []
        found = next(
            (j for j in candidates if _matches_person(known, orcids[i], people[j]) and j not in taken), None
        )
        if found is None:
            index = _index_by_word(people) if index is None else index
            nearby = sorted(_find_candidates(known, index) - taken, key=lambda j: (abs(j - likely), j))
            found = next((j for j in nearby if _matches_person(known, orcids[i], people[j])), None)
        if found is not None:
            pairs[i] = found
            taken.add(found)
            offset = found - i
    return pairs


def _matches_person(names: Sequence[str], orcid: str, person: Person) -> bool:
    if orcid and orcid == person.orcid:
        return True
    return any(is_same_person(name, person) for name in names)


def _index_by_word(people: Sequence[Person]) -> dict[str, set[int]]:
    """Index people by each word of their names, so that matching stays linear for 3,000 authors."""
    index: dict[str, set[int]] = {}
    for place, person in enumerate(people):
        for word in _split_words(f"{person.family} {person.given} {person.literal}"):
            index.setdefault(word, set()).add(place)
    return index


def _find_candidates(names: Sequence[str], index: Mapping[str, set[int]]) -> set[int]:
    words = {word for name in names for word in _split_words(strip_decoration(name))}
    return set().union(*(index.get(word, set()) for word in words))


@lru_cache(maxsize=65_536)
def _split_words(text: str) -> frozenset[str]:
    parts = tokenize_name(text.replace(",", " "))
    joined = "".join(part[0] for part in parts)
    single = {spelling for part in parts for spelling in part if len(spelling) > 1}
    return frozenset(single | {joined, "".join(fold(text).split())})


def _find_moved(pairs: Mapping[int, int]) -> tuple[tuple[int, int], ...]:
    """Return the pairs outside the longest subsequence in the record's order."""
    order = sorted(pairs)
    places = [pairs[i] for i in order]
    if all(one < other for one, other in pairwise(places)):
        return ()
    ends: list[int] = []
    length: list[int] = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
        length.append(at)
    keep: set[int] = set()
    wanted = len(ends) - 1
    for i, at in zip(reversed(order), reversed(length), strict=True):
        if at == wanted:
            keep.add(i)
            wanted -= 1
    return tuple((i, pairs[i]) for i in order if i not in keep)


def _list_unmatched_between(
    i: int, pairs: Mapping[int, int], open_people: Sequence[int], people: int
) -> list[int]:
    """List the unmatched people between the matched neighbours of entry `i`."""
    before = max((pairs[k] for k in pairs if k < i), default=-1)
    after = min((pairs[k] for k in pairs if k > i), default=people)
    return [j for j in open_people if before < j < after]


def _find_unique_position(
    i: int, gap: Sequence[int], open_entries: Sequence[int], pairs: Mapping[int, int]
) -> int | None:
    """Return the only position an alias can refer to, or None if several or none are possible."""
    below = max((k for k in pairs if k < i), default=-1)
    above = min((k for k in pairs if k > i), default=1 << 30)
    rivals = [k for k in open_entries if below < k < above]
    return gap[rivals.index(i)] if len(rivals) == len(gap) and i in rivals else None


def _find_misspelt(entry: str, gap: Sequence[int], people: Sequence[Person]) -> int | None:
    for j in gap[:NEARBY]:
        if has_same_family(entry, people[j]) and _has_initial_of(entry, people[j]):
            return j
        letters = "".join(part[0] for part in parse_name(entry).parts)
        name = "".join(part[0] for part in parse_name(format_full_name(people[j])).parts)
        turned = "".join(part[0] for part in parse_name(f"{people[j].family} {people[j].given}").parts)
        if max(SequenceMatcher(None, letters, other).ratio() for other in (name, turned)) >= RESPELLING_RATIO:
            return j
    return None


def _has_initial_of(entry: str, person: Person) -> bool:
    given = tokenize_name(person.given)
    return bool(given) and any(part[0][:1] == given[0][0][:1] for part in parse_name(entry).parts)


def _find_missing(open_people: Sequence[int], unknown: Sequence[int]) -> Sequence[int]:
    """Return the unmatched people unless unknown aliases could account for all of them."""
    return open_people if len(open_people) > len(unknown) else ()
