"""Lay a page's list of authors beside the record's: equal, alias, respelt, missing, extra, moved."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from enrich.model.page import Profile
from enrich.model.work import Person
from enrich.reconciler.people.parse_name import bare, full_name, goes_on, is_truncation, parse, tokens
from enrich.reconciler.people.same_person import same_person, shares_family
from enrich.text.compare import comparison_key, urlize_name

slug_of = lru_cache(maxsize=65_536)(urlize_name)
RESPELT = 0.75  # share of letters two unmatched neighbours have in common to be one person misspelt
NEARBY = 4  # so many unmatched people are looked at for a misspelling


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which entry is which person: pairs of (place in the page, place in the record).

    `inferred` are entries taken for a person by their place alone, `unknown` aliases that no
    profile and no place explains, `truncated` says that the page's list ends in "et al.".
    """

    pairs: tuple[tuple[int, int], ...] = ()
    inferred: tuple[tuple[int, int], ...] = ()
    respelt: tuple[tuple[int, int], ...] = ()
    unknown: tuple[int, ...] = ()
    extra: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()
    moved: tuple[tuple[int, int], ...] = ()
    truncated: bool = False

    @property
    def agrees(self) -> bool:
        """Return whether nobody is missing, extra, moved or respelt."""
        return not (self.respelt or self.extra or self.missing or self.moved)


def _are_split_differently(entries: Sequence[str], people: Sequence[Person]) -> bool:
    """Return whether a record has several people in one name, or one person in several names."""
    names = " ".join(map(full_name, people))
    return comparison_key(" ".join(entries)) == comparison_key(names)


def align(entries: Sequence[str], people: Sequence[Person], profiles: Mapping[str, Profile]) -> Alignment:
    """Return how a page's entries and a record's people go together."""
    if len(entries) != len(people) and _are_split_differently(entries, people):
        return Alignment()
    shown = [entry for entry in entries if not is_truncation(entry)]
    truncated = len(shown) < len(entries) or any(map(goes_on, shown))
    pairs = _matched(shown, people, profiles)
    open_entries = [i for i in range(len(shown)) if i not in pairs]
    open_people = sorted(set(range(len(people))) - set(pairs.values()))
    moved = _moved(pairs)
    inferred: list[tuple[int, int]] = []
    respelt: list[tuple[int, int]] = []
    unknown: list[int] = []
    for i in list(open_entries):
        gap = _gap(i, pairs, open_people, len(people))
        if is_alias(shown[i], profiles) and profile_of(shown[i], profiles) is None:
            place = _only_place(i, gap, open_entries, pairs)
            open_entries.remove(i)
            if place is None:
                unknown.append(i)
                continue
            inferred.append((i, place))
        elif (place := _misspelt(shown[i], gap, people)) is not None:
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
        missing=() if truncated else tuple(_not_covered(open_people, unknown)),
        moved=moved,
        truncated=truncated,
    )


def is_alias(entry: str, profiles: Mapping[str, Profile]) -> bool:
    """Return whether an entry is a handle rather than a name: `admin`, `me`, `jane-doe`."""
    handle = entry.strip()
    return bool(handle) and handle == slug_of(handle) and (handle.isascii() or handle in profiles)


def profile_of(entry: str, profiles: Mapping[str, Profile]) -> Profile | None:
    """Return the author page that an entry leads to."""
    return (profiles.get(slug_of(bare(entry))) or profiles.get(slug_of(entry))) if profiles else None


def known_names(entry: str, profiles: Mapping[str, Profile]) -> tuple[str, ...]:
    """Return the names an entry goes by: those of its profile, and what is typed."""
    profile = profile_of(entry, profiles)
    return (*profile.names, entry) if profile else (entry,)


def _matched(
    entries: Sequence[str], people: Sequence[Person], profiles: Mapping[str, Profile]
) -> dict[int, int]:
    """Return who is who by name alone: first at the same distance from the start, then anywhere."""
    names = [known_names(entry, profiles) for entry in entries]
    orcids = [profile.orcid if (profile := profile_of(entry, profiles)) else "" for entry in entries]
    index: Mapping[str, set[int]] | None = None
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    offset = 0
    for i, known in enumerate(names):
        likely = i + offset
        candidates = [likely] if likely < len(people) else []
        found = next((j for j in candidates if _is(known, orcids[i], people[j]) and j not in taken), None)
        if found is None:
            index = _by_family(people) if index is None else index
            nearby = sorted(_candidates(known, index) - taken, key=lambda j: (abs(j - likely), j))
            found = next((j for j in nearby if _is(known, orcids[i], people[j])), None)
        if found is not None:
            pairs[i] = found
            taken.add(found)
            offset = found - i
    return pairs


def _is(names: Sequence[str], orcid: str, person: Person) -> bool:
    if orcid and orcid == person.orcid:
        return True
    return any(same_person(name, person) for name in names)


def _by_family(people: Sequence[Person]) -> dict[str, set[int]]:
    """Return the places of people by each word of their names, so that 3,000 are found at once."""
    index: dict[str, set[int]] = {}
    for place, person in enumerate(people):
        for word in _words(f"{person.family} {person.given} {person.literal}"):
            index.setdefault(word, set()).add(place)
    return index


def _candidates(names: Sequence[str], index: Mapping[str, set[int]]) -> set[int]:
    words = {word for name in names for word in _words(bare(name))}
    return set().union(*(index.get(word, set()) for word in words))


@lru_cache(maxsize=65_536)
def _words(text: str) -> frozenset[str]:
    parts = tokens(text.replace(",", " "))
    joined = "".join(part[0] for part in parts)
    single = {spelling for part in parts for spelling in part if len(spelling) > 1}
    return frozenset(single | {joined, "".join(comparison_key(text).split())})


def _moved(pairs: Mapping[int, int]) -> tuple[tuple[int, int], ...]:
    """Return the pairs outside the longest run that keeps the record's order."""
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


def _gap(i: int, pairs: Mapping[int, int], open_people: Sequence[int], people: int) -> list[int]:
    """Return the people nobody claimed between the neighbours of entry `i` that were matched."""
    before = max((pairs[k] for k in pairs if k < i), default=-1)
    after = min((pairs[k] for k in pairs if k > i), default=people)
    return [j for j in open_people if before < j < after]


def _only_place(
    i: int, gap: Sequence[int], open_entries: Sequence[int], pairs: Mapping[int, int]
) -> int | None:
    """Return the one place an alias can stand for, None where there are several or none."""
    below = max((k for k in pairs if k < i), default=-1)
    above = min((k for k in pairs if k > i), default=1 << 30)
    rivals = [k for k in open_entries if below < k < above]
    return gap[rivals.index(i)] if len(rivals) == len(gap) and i in rivals else None


def _misspelt(entry: str, gap: Sequence[int], people: Sequence[Person]) -> int | None:
    for j in gap[:NEARBY]:
        if shares_family(entry, people[j]) and _one_initial(entry, people[j]):
            return j
        letters = "".join(part[0] for part in parse(entry).parts)
        name = "".join(part[0] for part in parse(full_name(people[j])).parts)
        turned = "".join(part[0] for part in parse(f"{people[j].family} {people[j].given}").parts)
        if max(SequenceMatcher(None, letters, other).ratio() for other in (name, turned)) >= RESPELT:
            return j
    return None


def _one_initial(entry: str, person: Person) -> bool:
    given = tokens(person.given)
    return bool(given) and any(part[0][:1] == given[0][0][:1] for part in parse(entry).parts)


def _not_covered(open_people: Sequence[int], unknown: Sequence[int]) -> Sequence[int]:
    """Leave out as many people as there are aliases that nobody could place: each is one of them."""
    return open_people if len(open_people) > len(unknown) else ()
