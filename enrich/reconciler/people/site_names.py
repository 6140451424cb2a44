"""Write names as the site's other pages do: by the author profile, or in an earlier spelling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from enrich.model.page import Remote, Value
from enrich.model.site_context import Profile, SiteContext
from enrich.model.work import Person
from enrich.reconciler.people.capitals import capitalise_person
from enrich.reconciler.people.format_name import format_name_like
from enrich.reconciler.people.site_index import index_site


@dataclass(frozen=True, slots=True)
class ProfileMatches:
    """The author profiles of a record's people; no two people share one."""

    by_person: Mapping[int, Profile] = field(default_factory=dict)
    """The profile of a person, by the person's position in the record."""
    ambiguous: tuple[str, ...] = ()
    """The slugs of the profiles that match several people equally well."""

    @property
    def needs_review_because(self) -> str:
        """Return why a list written with these profiles needs review, `""` if it does not."""
        if not self.ambiguous:
            return ""
        return f"the author profile {self.ambiguous[0]} fits several authors of this paper"


def match_profiles(people: Sequence[Person], site_context: SiteContext) -> ProfileMatches:
    """Match each profile with the person it fits best, unless it fits several equally well."""
    index = index_site(site_context)
    grades: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for position, person in enumerate(people):
        for grade, profile in index.grade_profiles(person):
            grades[profile.slug].append((grade, position))
    ranked: list[tuple[int, int, int, str]] = []
    ambiguous: list[str] = []
    for slug, matches in grades.items():
        best = max(grade for grade, _ in matches)
        positions = [position for grade, position in matches if grade == best]
        if len(positions) > 1:
            ambiguous.append(slug)
        else:
            ranked.append((best, index.count_uses(slug), positions[0], slug))
    by_person = {position: site_context.profiles[slug] for *_, position, slug in sorted(ranked)}
    return ProfileMatches(by_person, tuple(ambiguous))


def format_for_site(
    person: Person, profile: Profile | None, site_context: SiteContext, entries: Sequence[str] = ()
) -> Value:
    """Return the entry for a person: as the site's pages have it, otherwise the name in the entries' form."""
    index = index_site(site_context)
    if profile is not None:
        return index.find_entry(profile)
    name = format_name_like(capitalise_person(person), entries)
    return index.find_spelling(name) or Remote(name)
