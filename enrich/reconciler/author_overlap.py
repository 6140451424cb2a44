"""Count the authors that a page and a record share."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from enrich.model.page import Page
from enrich.model.site_context import Profile
from enrich.model.work import Person, Work
from enrich.reconciler.people.author_entries import read_author_entries
from enrich.reconciler.people.decoration import is_truncation
from enrich.reconciler.people.profile_lookup import is_alias, list_known_names
from enrich.reconciler.people.same_person import could_be_same_person, has_same_family
from enrich.text.compare import list_telling_words

MANY = 100  # of more people, only those who share a word of a name are compared
FEW = 2  # of up to this many authors, family names alone are compared


@dataclass(frozen=True, slots=True)
class AuthorOverlap:
    """How many authors a page and a record share; only names in a common script count."""

    shared: int
    """The people on both sides."""
    on_page: int
    """The names on the page."""
    in_record: int
    """The people of the record."""

    @property
    def share(self) -> float:
        """Return the share (0 to 1) of the shorter list that is in the other."""
        return self.shared / min(self.on_page, self.in_record)

    @property
    def is_complete(self) -> bool:
        """Return whether both sides name the same people."""
        return self.shared == self.on_page == self.in_record


def count_shared_authors(page: Page, profiles: Mapping[str, Profile], work: Work) -> AuthorOverlap | None:
    """Return how many authors the sides share, None if one of them has no names to compare."""
    entries = [
        names
        for entry in read_author_entries(page.get("authors"))
        if not is_truncation(entry)
        and (len(names := list_known_names(entry, profiles)) > 1 or not is_alias(entry, profiles))
    ]
    people = [person for person in work.contributors if not person.literal or person.family]
    entries, people = _keep_common_script(entries, people)
    if not entries or not people:
        return None
    unmatched = set(range(len(people)))
    # Of one or two people, a nickname is as likely as another person.
    is_same = has_same_family if len(entries) <= FEW else could_be_same_person
    index = _index_by_word(people)
    for names in entries:
        places = _find_places(names, index) if len(people) > MANY else range(len(people))
        match = next((at for at in places if at in unmatched and _matches(is_same, names, people[at])), None)
        if match is not None:
            unmatched.remove(match)
    return AuthorOverlap(len(people) - len(unmatched), len(entries), len(people))


def _matches(is_same: Callable[[str, Person], bool], names: Sequence[str], person: Person) -> bool:
    return any(is_same(name, person) for name in names)


def _index_by_word(people: Sequence[Person]) -> Mapping[str, set[int]]:
    """Return the places of the people by each word of their names, so that 3,000 are found at once."""
    index: dict[str, set[int]] = defaultdict(set)
    for at, person in enumerate(people):
        for word in list_telling_words(f"{person.family} {person.literal}"):
            index[word].add(at)
    return index


def _find_places(names: Sequence[str], index: Mapping[str, set[int]]) -> list[int]:
    words = {word for name in names for word in list_telling_words(name)}
    return sorted(set().union(*(index.get(word, ()) for word in words)))


def _keep_common_script(
    entries: Sequence[tuple[str, ...]], people: Sequence[Person]
) -> tuple[list[tuple[str, ...]], list[Person]]:
    """Return the names that can be compared: 王伟 and Wei Wang cannot."""
    latin = [names for names in entries if any(map(_is_latin, names))]
    latin_people = [person for person in people if _is_latin(person.family or person.given)]
    if latin and latin_people:
        return latin, latin_people
    others = [names for names in entries if not any(map(_is_latin, names))]
    other_people = [person for person in people if not _is_latin(person.family or person.given)]
    return (others, other_people) if others and other_people else ([], [])


def _is_latin(name: str) -> bool:
    letter = next(filter(str.isalpha, name), " ")
    return "LATIN" in unicodedata.name(letter, "")
