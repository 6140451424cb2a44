"""An index of a site's author profiles and of the names typed on its pages; built once for each site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from enrich.model.site_context import Profile, SiteContext
from enrich.model.work import Person
from enrich.reconciler.people.name_matching import has_other_orcid
from enrich.reconciler.people.parse_name import parse_name
from enrich.reconciler.people.person_index import (
    Index,
    index_keys,
    list_entry_keys,
    list_person_keys,
    take_nearest,
)
from enrich.reconciler.people.profile_lookup import make_profile_slug, make_slug
from enrich.reconciler.people.same_person import is_same_person, make_exact_key, make_person_key
from enrich.reconciler.people.tokens import join_tokens
from enrich.text.compare import texts_match

BY_ORCID, EXACT, LOOSE, NONE = 3, 2, 1, 0  # how well a profile matches a person


@dataclass(frozen=True, slots=True)
class SiteIndex:
    """The profiles and spellings of a site, by the keys of a look-up."""

    profiles: Sequence[Profile]
    """Every author profile."""
    orcids: Mapping[str, Sequence[int]]
    """Positions in `profiles` by ORCID."""
    exact_names: Mapping[tuple[str, ...], Sequence[int]]
    """Positions in `profiles` by the exact key of a name."""
    name_keys: Index
    """Positions in `profiles` by the keys of a name that may match loosely."""
    entries: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    """The entry that pages use most for a slug, with the number of its uses."""
    spellings: Mapping[str, Sequence[tuple[int, str]]] = field(default_factory=dict)
    """The entries with the same letters, each with the number of its uses."""

    def grade_profiles(self, person: Person) -> Iterator[tuple[int, Profile]]:
        """Yield the profiles that match a person, each with how well it does."""
        positions = dict.fromkeys(
            (
                *self.orcids.get(person.orcid, ()),
                *take_nearest(self.exact_names.get(make_person_key(person), ()), 0),
                *(
                    at
                    for key in list_person_keys(person)
                    for at in take_nearest(self.name_keys.get(key, ()), 0)
                ),
            )
        )
        for position in positions:
            profile = self.profiles[position]
            if grade := _grade_match(profile, person):
                yield grade, profile

    def count_uses(self, slug: str) -> int:
        """Return how many entries on the site's pages lead to a profile in its most common spelling."""
        return self.entries.get(slug, (0, ""))[0]

    def find_entry(self, profile: Profile) -> str:
        """Return the entry that leads to a profile: the most used, otherwise its own name or its slug."""
        used = self.entries.get(profile.slug, (0, ""))[1]
        return used or next((name for name in profile.names if make_slug(name) == profile.slug), profile.slug)

    def find_spelling(self, name: str) -> str:
        """Return the most frequent spelling of a name on the site's pages, `""` if no page has it."""
        keys = join_tokens(parse_name(name).parts)
        alike = {entry: count for key in keys for count, entry in self.spellings.get(key, ())}
        known = [entry for entry in alike if texts_match(entry, name)]
        return max(sorted(known), key=lambda entry: alike[entry], default="")


def index_site(site_context: SiteContext) -> SiteIndex:
    """Return the index of a site; pages of one site share it, because they share its mappings."""
    return _build_index(_Shared(site_context.profiles), _Shared(site_context.spellings))


@dataclass(frozen=True, slots=True, eq=False)
class _Shared:
    """A mapping that is compared by its identity, so that a cache need not read it."""

    mapping: Mapping[str, object]
    """The mapping."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Shared) and self.mapping is other.mapping

    def __hash__(self) -> int:
        return id(self.mapping)


@lru_cache(maxsize=4)
def _build_index(profiles: _Shared, spellings: _Shared) -> SiteIndex:
    known = [profile for profile in profiles.mapping.values() if isinstance(profile, Profile)]
    counts = {entry: count for entry, count in spellings.mapping.items() if isinstance(count, int)}
    orcids: dict[str, list[int]] = defaultdict(list)
    exact_names: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for position, profile in enumerate(known):
        if profile.orcid:
            orcids[profile.orcid].append(position)
        for key in {make_exact_key(parse_name(name).parts) for name in profile.names}:
            exact_names[key].append(position)
    keys = [frozenset(key for name in profile.names for key in list_entry_keys(name)) for profile in known]
    return SiteIndex(
        known, orcids, exact_names, index_keys(keys), _index_entries(counts), _index_spellings(counts)
    )


def _index_entries(counts: Mapping[str, int]) -> Mapping[str, tuple[int, str]]:
    entries: dict[str, tuple[int, str]] = {}
    for entry in sorted(counts):
        slug = make_profile_slug(entry)
        if counts[entry] > entries.get(slug, (0, ""))[0]:
            entries[slug] = (counts[entry], entry)
    return entries


def _index_spellings(counts: Mapping[str, int]) -> Mapping[str, Sequence[tuple[int, str]]]:
    spellings: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for entry, count in counts.items():
        for key in join_tokens(parse_name(entry).parts):
            spellings[key].append((count, entry))
    return spellings


def _grade_match(profile: Profile, person: Person) -> int:
    """Return how well a profile matches a person; not at all if their ORCIDs contradict each other."""
    if has_other_orcid(profile.orcid, person):
        return NONE
    if profile.orcid and profile.orcid == person.orcid:
        return BY_ORCID
    keys = {make_exact_key(parse_name(name).parts) for name in profile.names}
    if make_person_key(person) in keys:
        return EXACT
    return LOOSE if any(is_same_person(name, person) for name in profile.names) else NONE
