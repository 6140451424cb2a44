"""The wrong-DOI guard: whether the record is another paper than the page."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from enrich.model.page import Page
from enrich.model.site_context import Profile
from enrich.model.work import Person, Work
from enrich.reconciler.partial_dates import list_dates, read_date
from enrich.reconciler.people.author_entries import read_author_entries
from enrich.reconciler.people.decoration import is_truncation
from enrich.reconciler.people.profile_lookup import is_alias, list_known_names
from enrich.reconciler.people.same_person import could_be_same_person, has_same_family
from enrich.reconciler.title_forms import list_title_forms, remove_status
from enrich.text.compare import word_overlap

FEW = 2  # so many authors are compared by their family names alone
HARDLY_A_WORD = 0.2  # of the words of two titles, the share that chance and small words give


def is_another_work(page: Page, profiles: Mapping[str, Profile], work: Work) -> bool:
    """Return whether title, authors and year together say that the record is another paper.

    What one side lacks says nothing; a title alone never suffices.
    """
    title = page.get("title")
    local = title if isinstance(title, str) else ""
    texts = list_title_forms(work)
    if not local.strip() or not texts:
        return False
    if max(word_overlap(remove_status(local), text) for text in texts) > HARDLY_A_WORD:
        return False
    shared = shared_authors(page, profiles, work)
    if shared is None:
        return False
    return shared == 0 or (shared < 0.5 and _years_apart(page, work) > 1)


def shared_authors(page: Page, profiles: Mapping[str, Profile], work: Work) -> float | None:
    """Return the share of the page's named authors whom the record knows, None where one side has none."""
    entries = [
        names
        for entry in read_author_entries(page.get("authors"))
        if not is_truncation(entry)
        and (len(names := list_known_names(entry, profiles)) > 1 or not is_alias(entry, profiles))
    ]
    people = [person for person in work.contributors if not person.literal or person.family]
    entries, people = _in_one_script(entries, people)
    if not entries or not people:
        return None
    left = list(people)
    known = 0
    # Of one or two people, a nickname is as likely as another person.
    same = has_same_family if len(entries) <= FEW else could_be_same_person
    for names in entries:
        found = next((person for person in left if any(same(name, person) for name in names)), None)
        if found is not None:
            left.remove(found)
            known += 1
    return known / min(len(entries), len(people))


def _in_one_script(
    entries: Sequence[tuple[str, ...]], people: Sequence[Person]
) -> tuple[list[tuple[str, ...]], list[Person]]:
    """Return the names that can be compared: 王伟 says nothing about Wei Wang, nor the other way round."""
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


def _years_apart(page: Page, work: Work) -> int:
    local = read_date(page.get("date"))
    years = [date.year for date in list_dates(work.dates)]
    return min((abs(local.year - year) for year in years), default=0) if local else 0
