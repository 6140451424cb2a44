"""Count the authors that a page and a record share."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from enrich.model.page import Page
from enrich.model.site_context import Profile
from enrich.model.work import Person, Work
from enrich.reconciler.people.author_entries import read_author_entries
from enrich.reconciler.people.decoration import is_truncation
from enrich.reconciler.people.person_index import find_candidates, index_people
from enrich.reconciler.people.profile_lookup import is_alias, list_known_names
from enrich.reconciler.people.same_person import could_be_same_person, has_same_family, is_same_person
from enrich.reconciler.people.script import detect_script

MANY = 400  # beyond this, compare only pairs of names that share a word and an initial
FEW = 2  # of up to this many authors, family names alone are compared


@dataclass(frozen=True, slots=True)
class AuthorOverlap:
    """The number of authors that a page and a record share, counted among the names in a common script."""

    shared: int
    """The people on both sides."""
    on_page: int
    """The names on the page."""
    in_record: int
    """The people of the record."""

    @property
    def share(self) -> float:
        """Return the share (0 to 1) of the shorter list that the other list contains."""
        return self.shared / min(self.on_page, self.in_record)

    @property
    def is_complete(self) -> bool:
        """Return whether both sides name the same people."""
        return self.shared == self.on_page == self.in_record

    def describe(self) -> str:
        """Return how many authors of the shorter list the other list has, in words."""
        shorter = min(self.on_page, self.in_record)
        if not self.shared:
            return "no author is shared"
        if shorter == 1:
            return "the only author is shared" if self.is_complete else "1 author is shared"
        return f"{self.shared} of {shorter} authors {'is' if self.shared == 1 else 'are'} shared"


def count_shared_authors(page: Page, profiles: Mapping[str, Profile], work: Work) -> AuthorOverlap | None:
    """Return the number of shared authors, None if one side has no names to compare."""
    entries = [
        names
        for entry in _list_entries(page)
        if len(names := list_known_names(entry, profiles)) > 1 or not is_alias(entry, profiles)
    ]
    entries, people = _keep_common_script(entries, _list_people(work))
    if not entries or not people:
        return None
    return AuthorOverlap(len(_match_people(entries, people)), len(entries), len(people))


def has_names_in_script(page: Page, profiles: Mapping[str, Profile], work: Work, script: str) -> bool:
    """Return whether both name equally many authors: the page all in this script, the record none."""
    entries, people = _list_entries(page), _list_people(work)
    known = [list_known_names(entry, profiles) for entry in entries if not is_alias(entry, profiles)]
    is_mine = all(any(detect_script(name) == script for name in names) for names in known)
    is_theirs = all(detect_script(person.family or person.given) != script for person in people)
    return bool(known) and len(entries) == len(people) and is_mine and is_theirs


def _list_entries(page: Page) -> list[str]:
    return [entry for entry in read_author_entries(page.get("authors")) if not is_truncation(entry)]


def _list_people(work: Work) -> list[Person]:
    return [person for person in work.contributors if not person.literal or person.family]


def _match_people(entries: Sequence[Sequence[str]], people: Sequence[Person]) -> set[int]:
    """Return the positions of the people whom the entries name; each entry names at most one person."""
    is_short = len(entries) <= FEW
    index = None if is_short or len(entries) * len(people) <= MANY else index_people(people)
    matched: set[int] = set()
    for near, names in enumerate(entries):
        places = range(len(people)) if index is None else find_candidates(names, index, near)
        could_name = _could_be_nickname if is_short else could_be_same_person
        found = (at for at in places if at not in matched and _has_name(could_name, names, people[at]))
        matched.update(islice(found, 1))
    return matched


def _has_name(could_name: Callable[[str, Person], bool], names: Sequence[str], person: Person) -> bool:
    return any(could_name(name, person) for name in names)


def _could_be_nickname(name: str, person: Person) -> bool:
    """Return whether a name has a person's family name; in short lists, a given name may be a nickname."""
    return has_same_family(name, person) or is_same_person(name, person)


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
