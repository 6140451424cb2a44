"""Find the works of a site's people that have no page, and make pages for them on request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from enrich.add_pages import Addition, make_additions, open_addition
from enrich.errors import UsageError
from enrich.fetcher.lookup import Lookup
from enrich.model.addition import AddRequest
from enrich.model.new_work import NewWorks, SitePerson
from enrich.model.page import Page
from enrich.model.site_context import Profile
from enrich.model.work import Unanswered, Work
from enrich.reconciler.new_works import list_new_works, mark_ignored, read_work_year
from enrich.settings.settings import Settings
from enrich.site.page_files import collect_page_dois
from enrich.site.page_places import read_page_day

NOBODY = (
    "no author profile of this site has an ORCID iD; write `orcid: …` into the profile of the site's owner,"
    " list iDs under [people] orcid in enrich.toml, or give one with --orcid"
)


@dataclass(frozen=True, slots=True)
class NewRequest:
    """The user's request."""

    orcids: tuple[str, ...] = ()
    """More ORCID iDs than those of the site."""
    everyone: bool = False
    """Whether everybody with a profile counts, not only the owner."""
    since: int | None = None
    """The first year; None for the year of the site's oldest page."""
    adds: bool = False
    """Whether each new work gets a page."""


def find_new_works(settings: Settings, folder: Path, request: NewRequest) -> NewWorks:
    """Return the works without a page; with `adds`, make pages for those that are new.

    Raise UsageError if the folder is not a site, or no author profile in it has an ORCID iD.
    """
    with open_addition(settings, folder, AddRequest()) as opened:
        survey, pages = opened.habits.survey, [*opened.habits.pages.read.values()]
        people = choose_people(survey.profiles, settings.people_orcids, request)
        if not people:
            raise UsageError(NOBODY)
        found, failures = search_people(opened.lookup, people)
        unnamed = () if failures else tuple(one.orcid for one, works in found.items() if not works)
        people = tuple(name_person(person, works) for person, works in found.items())
        named = dict(zip(people, found.values(), strict=True))
        since = request.since if request.since is not None else find_oldest_year(pages)
        placed = [replace(page, placed_dois=collect_page_dois(opened.habits.site, page)) for page in pages]
        works = [
            one for one in list_new_works(named, placed, survey.profiles) if read_work_year(one.work) >= since
        ]
        marked = tuple(mark_ignored(works, settings.ignores))
        site, day = opened.habits.site.title, opened.rules.today.isoformat()
        result = NewWorks(people, marked, failures=failures, unnamed=unnamed, site=site, day=day)
        return add_new_works(opened, result) if request.adds else result


def choose_people(
    profiles: Mapping[str, Profile], listed: Iterable[str], request: NewRequest
) -> tuple[SitePerson, ...]:
    """Return the people whose works to search for: the owner, and those with a listed ORCID iD."""
    by_orcid = {profile.orcid: profile for profile in reversed([*profiles.values()]) if profile.orcid}
    wanted = (profile.orcid for profile in profiles.values() if profile.is_owner or request.everyone)
    orcids = dict.fromkeys(filter(None, (*request.orcids, *listed, *wanted)))
    return tuple(_make_person(orcid, by_orcid.get(orcid)) for orcid in orcids)


def _make_person(orcid: str, profile: Profile | None) -> SitePerson:
    return SitePerson(orcid, profile.names[0], profile.slug) if profile else SitePerson(orcid)


def search_people(
    lookup: Lookup, people: Sequence[SitePerson]
) -> tuple[dict[SitePerson, list[Work]], tuple[str, ...]]:
    """Return the works of each person, and the reasons why services did not answer, each once."""
    results = {person: lookup.find_works_of(person.orcid) for person in people}
    failures = (one.reason for found in results.values() for one in found if isinstance(one, Unanswered))
    works = {
        person: [work for one in found if not isinstance(one, Unanswered) for work in one]
        for person, found in results.items()
    }
    return works, tuple(dict.fromkeys(failures))


def name_person(person: SitePerson, works: Iterable[Work]) -> SitePerson:
    """Return a person without a profile with the name that a record has."""
    if person.name:
        return person
    names = (
        f"{one.given} {one.family}".strip()
        for work in works
        for one in work.contributors
        if one.orcid == person.orcid
    )
    return replace(person, name=next(filter(None, names), ""))


def find_oldest_year(pages: Iterable[Page]) -> int:
    """Return the year of the oldest page, 0 if no page has a date."""
    return min((int(day[:4]) for page in pages if (day := read_page_day(page))), default=0)


def add_new_works(opened: Addition, result: NewWorks) -> NewWorks:
    """Make a page for each new work; return the works with the outcome for each."""
    dois = [one.work.doi for one in result.works if one.status == "new"]
    added = make_additions(opened, dois) if dois else ()
    done = {page.doi.lower() for page in added if page.status in {"added", "exists"}}
    works = tuple(one.mark("added") if one.work.doi in done else one for one in result.works)
    return replace(result, works=works, added=tuple(added))
