"""How sites name the folders of their publications, and what a new one is called."""

from __future__ import annotations

import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.front_matter.page_text import read_page
from enrich.model.addition import NameParts, PagePlace, WeighedPage
from enrich.model.work import PartialDate
from enrich.site.page_names import BY_TITLE, LONGEST, NamePattern, choose_name, learn_name_pattern

PAGE = read_page("p.md", "---\ntitle: x\n---\n")
WORKS = (
    NameParts(("Ness", "Cross"), PartialDate(2019, 3), "A map of the marsh: nine years of tides", "10.1/a.1"),
    NameParts(("van der Wal",), PartialDate(2020), "Why do herons wait?", "10.1/b.2"),
    NameParts(
        ("Müller", "Ito", "Ness", "Cross"), PartialDate(2021, 7), "The tides of small islands", "10.1/c.3"
    ),
)  # fmt: skip
NEW = NameParts(
    ("Able", "Baker", "Young"), PartialDate(2024, 5, 6), "On the sleep of birds in cities", "10.9/z"
)


def weigh(names: tuple[str, ...]) -> list[WeighedPage]:
    return [
        WeighedPage(PAGE, PagePlace("content/publication", (), name, "index.md"), parts, 0.5 ** (rank / 8))
        for rank, (name, parts) in enumerate(zip(names, WORKS, strict=True))
    ]


NAMES = [
    pytest.param(("ness-2019", "van-der-wal-2020", "muller-2021"), "able-2024", id="family and year"),
    pytest.param(
        ("ness-2019b", "van-der-wal-2020", "muller-2021a"), "able-2024", id="a letter after the year"
    ),
    pytest.param(("Ness2019", "VanDerWal2020", "Muller2021"), "Able2024", id="without a sign"),
    pytest.param(
        ("2019-ness", "2020-van-der-wal", "2021-mueller"), "2024-able", id="the year first, ü as ue"
    ),
    pytest.param(
        ("ness-2019-map", "van-der-wal-2020-herons", "muller-2021-tides"),
        "able-2024-sleep",
        id="a telling word",
    ),
    pytest.param(
        ("ness_map_2019", "van_der_wal_herons_2020", "muller_tides_2021"), "able_sleep_2024", id="low lines"
    ),
    pytest.param(
        ("ness-cross-2019", "van-der-wal-2020", "muller-etal-2021"),
        "able-etal-2024",
        id="two names, or et al",
    ),
    pytest.param(
        ("a-map-of-the-marsh-nine-years-of-tides", "why-do-herons-wait", "the-tides-of-small-islands"),
        "on-the-sleep-of-birds-in-cities",
        id="the whole title",
    ),
    pytest.param(
        ("a-map-of", "why-do-herons", "the-tides-of"), "on-the-sleep", id="the first words of the title"
    ),
    pytest.param(("a-1", "b-2", "c-3"), "z", id="the end of the DOI"),
    pytest.param(
        ("2019-ness-jmarsh", "2020-van-der-wal-birds", "2021-muller-tides2"),
        "2024-able",
        id="the owner's words after year and family",
    ),
    pytest.param(("one", "two", "three"), "on-the-sleep-of-birds-in-cities", id="names without a pattern"),
]


@pytest.mark.parametrize(("names", "expected"), NAMES)
def test_a_new_page_is_named_like_the_others(names: tuple[str, ...], expected: str) -> None:
    assert choose_name(learn_name_pattern(weigh(names)), NEW, lambda _: False) == expected


def test_the_newest_pages_count_most() -> None:
    old = [
        WeighedPage(one.page, one.place, one.parts, 0.01)
        for one in weigh(("ness-2019", "van-der-wal-2020", "muller-2021"))
    ]
    new = weigh(("ness_map_2019", "van_der_wal_herons_2020", "muller_tides_2021"))
    assert choose_name(learn_name_pattern([*new, *old]), NEW, lambda _: False) == "able_sleep_2024"


FALLBACKS = [
    pytest.param(NameParts(("Able",), None, "A title", "10.9/z"), "a-title", id="no year: the title"),
    pytest.param(NameParts((), PartialDate(2024), "A title", "10.9/z"), "a-title", id="no author: the title"),
    pytest.param(NameParts((), None, "", "10.9/z.8"), "10-9-z-8", id="nothing but the DOI"),
    pytest.param(NameParts(("Con",), PartialDate(2024), "x", "10.9/z"), "con-2024", id="no reserved name"),
]


@pytest.mark.parametrize(("parts", "expected"), FALLBACKS)
def test_a_name_whose_parts_are_unknown_is_made_of_others(parts: NameParts, expected: str) -> None:
    assert choose_name(NamePattern(("family", "year"), "-", "lower"), parts, lambda _: False) == expected


@pytest.mark.parametrize("title", ["CON", "nul", "Aux", "com1", "Index"])
def test_no_page_has_a_name_that_windows_or_hugo_reserves(title: str) -> None:
    name = choose_name(BY_TITLE, NameParts(title=title), lambda _: False)
    assert name == f"{title.lower()}-page"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Étude des hérons à Łódź", "etude-des-herons-a-lodz"),
        ("การศึกษานกกระสา", "การศึกษานกกระสา"),
        ("बगुलों का अध्ययन", "बगुलों-का-अध्ययन"),
        ("サギのデータ", "サギのデータ"),
        ("Чайки и цапли", "чайки-и-цапли"),
        ("\N{HEAVY BLACK HEART}\N{VARIATION SELECTOR-16} Herons", "herons"),
    ],
)
def test_letters_of_other_scripts_keep_their_marks(title: str, name: str) -> None:
    assert choose_name(BY_TITLE, NameParts(title=title), lambda _: False) == name


def test_of_two_pages_with_one_name_the_second_gets_a_number() -> None:
    pattern = NamePattern(("family", "year"), "-", "lower")
    assert choose_name(pattern, NEW, {"able-2024", "able-2024-2"}.__contains__) == "able-2024-3"


def test_an_unreadable_run_of_words_is_replaced_by_the_title_with_signs() -> None:
    assert choose_name(
        NamePattern(("title",), "", "title"), NEW, lambda _: False
    ) == NEW.title.lower().replace(" ", "-")


@given(
    st.text(max_size=300), st.lists(st.text(max_size=30), max_size=4), st.text(max_size=40),
    st.sampled_from(
        [BY_TITLE, NamePattern(("family", "year"), "", "typed"), NamePattern(("doi",), "_", "title")]
    ),
)  # fmt: skip
def test_whatever_a_record_says_the_name_is_one_that_every_system_can_hold(
    title: str, families: list[str], doi: str, pattern: NamePattern
) -> None:
    name = choose_name(pattern, NameParts(tuple(families), PartialDate(2024), title, doi), lambda _: False)
    assert 0 < len(name) <= LONGEST + 5
    assert name.strip("-_. ") == name
    assert all(one.isalnum() or one in "-_" or unicodedata.category(one)[0] == "M" for one in name)
    assert set(string.punctuation) & set(name) <= set("-_")


@pytest.mark.parametrize(
    ("title", "sign", "name"),
    [
        ("map of the marsh: nine years", "", "MapOfTheMarsh"),
        ("pRRTC: a tree", "", "pRRTC"),
        ("A FAST map: nine years", "", "AFASTMap"),
        ("map of the marsh: nine years", "_", "map_of_the_marsh"),
    ],
)
def test_typed_words_are_separated_by_signs_or_capitals(title: str, sign: str, name: str) -> None:
    pattern = NamePattern(("main-title",), sign, "typed")
    assert choose_name(pattern, NameParts(title=title), lambda _: False) == name
