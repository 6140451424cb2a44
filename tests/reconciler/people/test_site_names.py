"""People written as the site's other pages write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from enrich.model.page import Remote
from enrich.model.site_context import Profile, SiteContext
from enrich.model.work import Person
from enrich.reconciler.people.site_names import format_for_site, match_profiles

WEI, WEIWEI, WENJIE = Person("Chen", "Wei"), Person("Chen", "Weiwei"), Person("Chen", "Wenjie")
ORCID, OTHER_ORCID = "0000-0001-5109-3700", "0000-0002-1825-0097"
CHEN = Profile("wchen", ("Wei Chen",), orcid=ORCID)


def site(*profiles: Profile, spellings: Mapping[str, int] | None = None) -> SiteContext:
    """Return a site with these author profiles and entries."""
    return SiteContext(profiles={profile.slug: profile for profile in profiles}, spellings=spellings or {})


@pytest.mark.parametrize(
    ("profile", "people", "matched"),
    [
        pytest.param(CHEN, (WEI, WEIWEI, WENJIE), {0: "wchen"}, id="the exact name among look-alikes"),
        pytest.param(CHEN, (WEIWEI, WEI), {1: "wchen"}, id="the exact name after a similar one"),
        pytest.param(CHEN, (Person("Chen", "W."), WENJIE), {0: "wchen"}, id="initials"),
        pytest.param(CHEN, (Person("Chen", "Wei", orcid=OTHER_ORCID),), {}, id="another ORCID"),
        pytest.param(
            CHEN, (WEI, Person("Roe", "Wei", orcid=ORCID)), {1: "wchen"}, id="the ORCID before the name"
        ),
        pytest.param(Profile("w", ("W. Chen",)), (WEI, WENJIE), {}, id="two people as good"),
        pytest.param(Profile("b", ("Bob Hale",)), (Person("Hale", "Robert"),), {0: "b"}, id="a nickname"),
    ],
)
def test_a_profile_is_one_person(
    profile: Profile, people: tuple[Person, ...], matched: dict[int, str]
) -> None:
    matches = match_profiles(people, site(profile))
    assert {position: known.slug for position, known in matches.by_person.items()} == matched


def test_a_profile_that_fits_two_people_needs_review() -> None:
    matches = match_profiles((WEI, WENJIE), site(Profile("w", ("W. Chen",))))
    assert matches.needs_review_because == "the author profile w fits several authors of this paper"
    assert not match_profiles((WEI, WENJIE), site(CHEN)).needs_review_because


def test_of_two_profiles_the_better_match_is_taken() -> None:
    loose, exact = Profile("w", ("W. Chen",)), Profile("wei", ("Wei Chen",))
    assert match_profiles((WEI,), site(exact, loose)).by_person == {0: exact}


@pytest.mark.parametrize(
    ("person", "spellings", "entry"),
    [
        pytest.param(WEI, {"Wei  Chen": 1}, "Wei  Chen", id="as an earlier page has it"),
        pytest.param(Person("Müller", "Jörg"), {"Joerg Mueller": 2}, "Joerg Mueller", id="ASCII spelling"),
        pytest.param(WEI, {"**Wei Chen**": 1, "Wei Chen": 3}, "Wei Chen", id="the most common spelling"),
        pytest.param(WEI, {"Dr. Wei Chen": 1}, Remote("Wei Chen"), id="not with a title"),
        pytest.param(Person("VAN DER BERG", "JOHAN"), {}, Remote("Johan van der Berg"), id="capitals"),
        pytest.param(Person("III", "John Smith"), {}, Remote("John Smith III"), id="a suffix as family name"),
    ],
)
def test_a_person_without_a_profile(person: Person, spellings: dict[str, int], entry: object) -> None:
    assert format_for_site(person, None, site(spellings=spellings)) == entry


def test_a_person_with_a_profile_is_written_as_pages_write_it_most() -> None:
    context = site(Profile("wei-chen", ("Wei Chen",)), spellings={"wei-chen": 1, "**Wei Chen**": 2})
    assert format_for_site(WEI, context.profiles["wei-chen"], context) == "**Wei Chen**"
    assert format_for_site(WEI, CHEN, site(CHEN)) == "wchen"
    context = site(CHEN, spellings={"@wchen": 3, "Ann Lee": 4})
    assert format_for_site(WEI, CHEN, context) == "@wchen"


class CountingSpellings(dict[str, int]):
    """Spellings that count how often they are read through."""

    reads = 0

    def items(self) -> Iterator[tuple[str, int]]:  # type: ignore[override]  # only iterated
        """Count a pass, and return the items."""
        self.reads += 1
        return iter(super().items())


def test_the_site_is_read_once_for_all_people_and_pages() -> None:
    spellings = CountingSpellings({f"Name{i} Family{i}": 1 for i in range(200)})
    people = [Person(f"Family{i}", f"Name{i}") for i in range(100)]
    context = site(*(Profile(f"p{i}", (f"Given{i} Author{i}",)) for i in range(50)), spellings=spellings)
    for _ in range(3):
        match_profiles(people, context)
        entries = [format_for_site(person, None, context) for person in people]
    assert entries[7] == "Name7 Family7"
    assert spellings.reads == 1
