"""Two lists of authors laid beside each other."""

from __future__ import annotations

import pytest

from enrich.model.site_context import Profile
from enrich.model.work import Person
from enrich.reconciler.people.alignment import Alignment, align_authors

KEVIN, YC, CHIUNG = Person("Reyes", "Kevin R"), Person("Liu", "Yen-Chun"), Person("Huang", "Chiung-Yu")
RAHUL, TOM, AJAI = Person("Banerjee", "Rahul"), Person("Martin", "Thomas"), Person("Chari", "Ajai")
PEOPLE = (KEVIN, YC, CHIUNG, RAHUL, TOM, AJAI)
NAMES = ("Kevin R Reyes", "Yen-Chun Liu", "Chiung-Yu Huang", "Rahul Banerjee", "Thomas Martin", "Ajai Chari")
PROFILES = {"admin": Profile("admin", ("Yen-Chun Liu", "Melody Liu"))}


def letters(number: int, length: int) -> str:
    """Return a number as a made-up name of letters."""
    digits = (number // 26**place % 26 for place in range(length))
    return "".join(chr(ord("a") + digit) for digit in digits).capitalize()


def names(*changed: tuple[int, str | None]) -> list[str]:
    """Return the names as the record has them, some replaced, None left out."""
    replaced = dict(changed)
    return [name for i, old in enumerate(NAMES) if (name := replaced.get(i, old)) is not None]


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param(names(), id="the same names"),
        pytest.param(names((1, "admin")), id="an alias with a profile"),
        pytest.param(names((5, "Chari, Ajai")), id="one written family name first"),
        pytest.param([f"{name}*" for name in NAMES], id="decorated"),
        pytest.param(
            ["K. R. Reyes", "Y.-C. Liu", "C.-Y. Huang", "R. Banerjee", "T. Martin", "A. Chari"], id="initials"
        ),
        pytest.param(["Kevin R Reyes", "Yen-Chun Liu", "et al."], id="cut off"),
    ],
)
def test_lists_that_agree(entries: list[str]) -> None:
    assert align_authors(entries, PEOPLE, PROFILES).agrees


def test_an_alias_without_a_profile_is_inferred_from_its_place() -> None:
    found = align_authors(names((1, "admin")), PEOPLE, {})
    assert found.inferred == ((1, 1),)
    assert found.agrees


def test_an_alias_that_could_be_two_people_stays_unknown() -> None:
    found = align_authors(["admin", "Chiung-Yu Huang"], (KEVIN, YC, CHIUNG), {})
    assert (found.unknown, found.inferred) == ((0,), ())


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        pytest.param(names((3, None)), {"missing": (3,)}, id="one missing"),
        pytest.param([*NAMES, "Jane Doe"], {"extra": (6,)}, id="one extra"),
        pytest.param(names((4, "Thomas Matrin")), {"respelt": ((4, 4),)}, id="one misspelt"),
        pytest.param(names((3, "Jane Doe")), {"extra": (3,), "missing": (3,)}, id="one replaced"),
    ],
)
def test_what_differs(entries: list[str], expected: dict[str, object]) -> None:
    found = align_authors(entries, PEOPLE, PROFILES)
    said = {
        name: value for name in ("missing", "extra", "respelt", "moved") if (value := getattr(found, name))
    }
    assert said == expected


def test_two_neighbours_in_the_wrong_order_are_one_move() -> None:
    found = align_authors([NAMES[1], NAMES[0], *NAMES[2:]], PEOPLE, {})
    assert len(found.moved) == 1
    assert (found.missing, found.extra) == ((), ())


def test_no_list_says_that_everybody_is_missing() -> None:
    assert align_authors([], PEOPLE, {}) == Alignment(missing=tuple(range(6)))


def test_an_orcid_identifies_who_changed_their_name() -> None:
    profiles = {"jane-doe": Profile("jane-doe", ("Jane Doe",), orcid="0000-0001-2345-6789")}
    people = (Person("Roe", "Jane", orcid="0000-0001-2345-6789"), KEVIN)
    assert align_authors(["Jane Doe", "Kevin R Reyes"], people, profiles).agrees


def test_three_thousand_authors_with_one_missing() -> None:
    people = [Person(letters(i, 4), letters(i % 97, 3)) for i in range(3_000)]
    entries = [f"{one.given} {one.family}" for one in people]
    del entries[1_500]
    assert align_authors(entries, people, {}).missing == (1_500,)
