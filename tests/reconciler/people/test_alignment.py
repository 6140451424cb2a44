"""The alignment of two lists of authors."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from enrich.model.site_context import Profile
from enrich.model.work import Person
from enrich.reconciler.people import name_matching
from enrich.reconciler.people.alignment import Alignment, align_authors
from enrich.reconciler.people.profile_lookup import find_profile
from enrich.reconciler.people.same_person import is_same_person

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
        pytest.param(names((1, "@admin")), id="an alias with a profile, after an @"),
        pytest.param(names((1, "@Admin*")), id="the same with a mark"),
        pytest.param(names((5, "Chari, Ajai")), id="one written family name first"),
        pytest.param([f"{name}*" for name in NAMES], id="decorated"),
        pytest.param(
            ["K. R. Reyes", "Y.-C. Liu", "C.-Y. Huang", "R. Banerjee", "T. Martin", "A. Chari"], id="initials"
        ),
        pytest.param(["Kevin R Reyes", "Yen-Chun Liu", "et al."], id="cut off"),
        pytest.param(["Kevin R Reyes", "Yen-Chun Liu et al."], id="cut off after a name"),
        pytest.param(["Kevin R Reyes", "et al.", "Ajai Chari"], id="cut in the middle"),
    ],
)
def test_lists_that_agree(entries: list[str]) -> None:
    assert align_authors(entries, PEOPLE, PROFILES).agrees


def test_an_alias_without_a_profile_is_inferred_from_its_place() -> None:
    found = align_authors(names((1, "admin")), PEOPLE, {})
    assert found.inferred == ((1, 1),)
    assert found.agrees


@pytest.mark.parametrize(
    ("entry", "slug"),
    [
        pytest.param("@jane", "jane", id="an @ before the profile's name"),
        pytest.param("@jane", "@jane", id="a profile that has the @ itself"),
        pytest.param("@Jane Doe", "jane-doe", id="an @ before a whole name"),
        pytest.param("jane", "jane", id="no @"),
        pytest.param("jane@", None, id="an @ behind"),
        pytest.param("@@jane", None, id="two of them"),
        pytest.param("@", None, id="nothing but an @"),
        pytest.param("@jo", None, id="another person"),
        pytest.param("jane@lab.org", None, id="an address"),
    ],
)
def test_the_profile_of_an_entry(entry: str, slug: str | None) -> None:
    known = {name: Profile(name, ("Jane Doe",)) for name in filter(None, [slug or "jane"])}
    assert find_profile(entry, known) == (known[slug] if slug else None)


def test_a_profile_that_has_the_at_sign_comes_first() -> None:
    known = {name: Profile(name, ("Jane Doe",)) for name in ("jane", "@jane")}
    assert find_profile("@jane", known) is known["@jane"]


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
def test_values_that_differ(entries: list[str], expected: dict[str, object]) -> None:
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


def agreeing(entries: list[str], people: Sequence[Person]) -> Alignment:
    """Return the alignment of a list without profiles."""
    return align_authors(entries, people, {})


HAO, HAORAN, EDDA = Person("Zhang", "Hao"), Person("Zhang", "Haoran"), Person("Lohmann", "Edda")
GROUP = Person(literal="the HPAP Consortium")


@pytest.mark.parametrize(
    ("entries", "people"),
    [
        pytest.param(["Hao Zhang", "Haoran Zhang"], (HAO, HAORAN), id="names that begin alike"),
        pytest.param(
            ["Edda Lohmann", "the HPAP Consortium", "Hao Zhang"], (EDDA, HAO, GROUP), id="a group's place"
        ),
        pytest.param(["Edda Lohmann", "Hao Zhang", "HPAP Consortium"], (GROUP,), id="the members of a group"),
        pytest.param(["Edda Lohmann", "Hao Zhang"], (GROUP,), id="only the members of a group"),
        pytest.param(["Edda Lohmann and Hao Zhang"], (EDDA, HAO), id="two names in the only entry"),
        pytest.param(
            ["Edda Lohmann", "Hao Zhang y Ngaire Pohatu"],
            (EDDA, HAO, Person("Pohatu", "Ngaire")),
            id="two names in the last entry",
        ),
        pytest.param(["大久保 花子"], (EDDA,), id="another script"),
        pytest.param(
            ["王伟", "Edda Lohmann"], (Person("Wang", "Wei"), EDDA), id="one name in another script"
        ),
        pytest.param(["Эдда Ломан", "Хао Чжан"], (EDDA, HAO, HAORAN), id="a whole list in another script"),
        pytest.param(
            ["Wei Wang", "Edda Lohmann"], (Person("王", "伟"), EDDA), id="another script in the record"
        ),
        pytest.param(
            ["Edda Lohmann", "Hao Zhang", "Ngaire Pohatu"],
            (EDDA, HAO, Person("et al.")),
            id="a record cut off",
        ),
        pytest.param(
            ["Wei Wang", "Wei Wang"], (Person("Wang", "Wei"), Person("Wang", "Wei")), id="namesakes"
        ),
        pytest.param(
            ["Wei Wang", "Edda Lohmann", "Wei Wang"],
            (Person("Wang", "W."), EDDA, Person("Wang", "Wei")),
            id="namesakes of whom the record shortens the first",
        ),
        pytest.param(
            ["Wei Wang", "Edda Lohmann", "Wei Wang"],
            (Person("Wang", "Wei"), EDDA, Person("Wang", "W.")),
            id="namesakes of whom the record shortens the second",
        ),
        pytest.param(
            ["W. Wang", "Wei Wang"], (Person("Wang", "Wenli"), Person("Wang", "Wei")), id="exact first"
        ),
        pytest.param(
            ["Bob Hale", "Soto Ch.", "y Marta Leal"],
            (Person("Hale", "Robert"), Person("Soto", "Christa"), Person("Leal", "Marta")),
            id="short forms",
        ),
        pytest.param(["Vega Ruiz, Ana"], (Person("Ruiz", "Ana Vega"),), id="a comma inside the only name"),
    ],
)
def test_lists_that_differ_only_in_form(entries: list[str], people: tuple[Person, ...]) -> None:
    aligned = agreeing(entries, people)
    assert aligned.agrees, aligned


@pytest.mark.parametrize(
    ("entries", "people", "expected"),
    [
        pytest.param(
            ["Haoran Zhang", "Hao Zhang", "Edda Lohmann"],
            (HAO, HAORAN, EDDA),
            {"moved": ((0, 1),)},
            id="look-alikes that changed places",
        ),
        pytest.param(
            ["Wei Wang", "Wei Wang", "Edda Lohmann"],
            (Person("Wang", "W."), EDDA, Person("Wang", "Wei")),
            {"moved": ((1, 2),)},
            id="a namesake who changed places",
        ),
        pytest.param(["Haoran Zhang"], (HAO,), {"respelt": ((0, 0),)}, id="the beginning of another name"),
        pytest.param(["G. C. Vos"], (Person("Vos", "C. G."),), {"respelt": ((0, 0),)}, id="initials swapped"),
        pytest.param(
            ["Edda Lohmann", "Haoran Zhang", "et al."],
            (EDDA, HAO, HAORAN, Person("Pohatu", "Ngaire")),
            {"missing": (1,)},
            id="et al. hides only those after it",
        ),
        pytest.param(
            ["王伟", "Edda Lohmann"],
            (Person("Wang", "Wei"), EDDA, HAO),
            {"missing": (2,)},
            id="a missing person beside another script",
        ),
        pytest.param(["Edda Lohmann"], (EDDA, GROUP), {"missing": (1,)}, id="a missing group"),
        pytest.param(
            ["Edda Lohmann"],
            (Person(literal="Geological Survey of Freedonia"),),
            {"missing": (0,), "extra": (0,)},
            id="an institution has no members",
        ),
        pytest.param(
            ["The Snow Staff", "Edda Lohmann"],
            (Person(literal="The Snow Staff"),),
            {"extra": (1,)},
            id="somebody beside a journal's staff",
        ),
        pytest.param(
            ["JR Smith", "Edda Lohmann"],
            (Person("Smith", "Anna"), EDDA),
            {"extra": (0,), "missing": (0,)},
            id="initials that look like Jr.",
        ),
    ],
)
def test_lists_that_differ(
    entries: list[str], people: tuple[Person, ...], expected: dict[str, object]
) -> None:
    aligned = agreeing(entries, people)
    names = ("missing", "extra", "respelt", "moved", "contradicted", "unknown")
    assert {name: value for name in names if (value := getattr(aligned, name))} == expected


def test_a_record_cut_by_its_et_al_hides_who_follows() -> None:
    entries = ["Edda Lohmann", "Hao Zhang", "Ngaire Pohatu"]
    assert align_authors(entries, (EDDA, HAO), {}).extra == (2,)
    assert align_authors(entries, (EDDA, HAO), {}, has_more=True).agrees
    assert align_authors(entries[1:], (EDDA, HAO), {}, has_more=True).missing == (0,)


CHEN = Profile("wchen", ("Wei Chen",), orcid="0000-0001-5109-3700")


def test_a_profile_with_another_orcid_is_another_person() -> None:
    people = (Person("Chen", "Wei", orcid="0000-0002-1825-0097"), EDDA)
    aligned = align_authors(["wchen", "Edda Lohmann"], people, {"wchen": CHEN})
    assert (aligned.contradicted, aligned.extra, aligned.missing) == (((0, 0),), (), ())
    assert not aligned.agrees


def test_an_alias_is_the_person_with_exactly_its_name() -> None:
    people = (Person("Chen", "Weiwei"), Person("Chen", "W."), Person("Chen", "Wei"))
    assert align_authors(["wchen"], people, {"wchen": CHEN}).pairs == ((0, 2),)


def count_comparisons(monkeypatch: pytest.MonkeyPatch, size: int) -> int:
    """Return how often two names are compared for lists of this size in another order, all one family."""
    calls = 0

    def count(entry: str, person: Person) -> bool:
        nonlocal calls
        calls += 1
        return is_same_person(entry, person)

    monkeypatch.setattr(name_matching, "is_same_person", count)
    people = [Person("Wang", letters(i, 3)) for i in range(size)]
    align_authors([f"{person.given[0]}. Wang" for person in reversed(people)], people, {})
    return calls


def test_the_work_grows_with_the_list_and_not_with_its_square(monkeypatch: pytest.MonkeyPatch) -> None:
    small, large = (count_comparisons(monkeypatch, size) for size in (800, 3_200))
    assert large <= 5 * small
