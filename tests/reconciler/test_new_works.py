"""Which works of a person are new: each once, without parts and notices, without those that have a page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeAlias

import pytest

from enrich.fetcher.sources.crossref import read_crossref_work
from enrich.front_matter.page_text import read_page
from enrich.model.ignore import Ignore
from enrich.model.new_work import NewWork, SitePerson
from enrich.model.page import Doi, Page, PlacedDoi
from enrich.model.site_context import Profile
from enrich.reconciler.new_works import list_new_works, mark_ignored
from enrich.site.placed_dois import list_placed_dois
from enrich.text.doi import parse_doi

ADA = SitePerson("0000-0002-1825-0097", "Ada Okafor", "admin")
IAN = SitePerson("0000-0001-5109-3700", "Ian Cross")
Message: TypeAlias = dict[str, Any]
TITLE = "Plankton blooms beneath thinning summer ice"
PROFILES = {"admin": Profile("admin", ("Ada Okafor",), ADA.orcid, is_owner=True)}


def message(
    doi: str, title: str = TITLE, kind: str = "journal-article", year: int = 2024, **more: object
) -> dict[str, Any]:
    return {
        "DOI": doi,
        "type": kind,
        "title": [title],
        "author": [{"given": "Ada", "family": "Okafor"}, {"given": "Ian", "family": "Cross"}],
        "issued": {"date-parts": [[year, 5]]},
        **more,
    }


def relate(kind: str, doi: str) -> Message:
    return {"relation": {kind: [{"id-type": "doi", "id": doi}]}}


def make_page(front: str) -> Page:
    page = read_page("content/publication/x/index.md", f"---\n{front}\n---\n")
    own = page.get("doi")
    first = [PlacedDoi(parsed, ("doi",))] if own and isinstance(parsed := parse_doi(own), Doi) else []
    return replace(page, placed_dois=(*first, *list_placed_dois(page)))


def list_new(*messages: Message, pages: tuple[str, ...] = ()) -> list[NewWork]:
    works = [read_crossref_work(one) for one in messages]
    return list_new_works({ADA: works}, [make_page(front) for front in pages], PROFILES)


GROUPS = [
    pytest.param(
        [message("10.5001/art"), message("10.5002/pre", kind="posted-content", year=2023)],
        [("10.5001/art", ("10.5002/pre",))],
        id="a preprint with the article's title",
    ),
    pytest.param(
        [
            message(
                "10.5002/pre", "Blooms under ice, a first look", "posted-content", 2023,
                **relate("is-preprint-of", "10.5001/ART"),
            ),
            message("10.5001/art"),
        ],
        [("10.5001/art", ("10.5002/pre",))],
        id="a preprint that names its article, under an earlier title",
    ),
    pytest.param(
        [
            message("10.5005/v2", "Ice code", "dataset", 2024, **relate("is-version-of", "10.5005/all")),
            message("10.5005/v1", "Ice code", "dataset", 2023, **relate("is-version-of", "10.5005/all")),
        ],
        [("10.5005/v2", ("10.5005/v1",))],
        id="versions of one record",
    ),
    pytest.param(
        [message("10.5001/conf", kind="proceedings-article", year=2022), message("10.5001/art")],
        [("10.5001/art", ()), ("10.5001/conf", ())],
        id="a conference paper and the article of its title are two works",
    ),
    pytest.param(
        [
            message("10.5001/conf", kind="proceedings-article", year=2022),
            message("10.5002/pre", kind="posted-content", year=2023),
            message("10.5001/art"),
        ],
        [("10.5001/art", ("10.5002/pre",)), ("10.5001/conf", ())],
        id="the preprint belongs to the article, not to the conference paper",
    ),
    pytest.param(
        [message("10.5001/art"), message("10.5005/data", kind="dataset")],
        [("10.5005/data", ()), ("10.5001/art", ())],
        id="a data set with the article's title is another work",
    ),
    pytest.param(
        [message("10.5001/a", "Editorial"), message("10.5002/b", "Editorial", "posted-content")],
        [("10.5002/b", ()), ("10.5001/a", ())],
        id="a title of one word joins nothing",
    ),
    pytest.param(
        [message("10.5001/a", "Ice floes"), message("10.5002/b", "Ice floes", "posted-content")],
        [("10.5001/a", ("10.5002/b",))],
        id="a short title with the same authors joins",
    ),
    pytest.param(
        [
            message("10.5001/a", "Ice floes"),
            message("10.5002/b", "Ice floes", "posted-content", author=[message("")["author"][0]]),
        ],
        [("10.5002/b", ()), ("10.5001/a", ())],
        id="a short title with other authors joins nothing",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("messages", "expected"), GROUPS)
def test_the_versions_of_a_work_are_one_line(
    messages: list[Message], expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert [(one.work.doi, one.also) for one in list_new(*messages)] == expected
    assert [(one.work.doi, one.also) for one in list_new(*reversed(messages))] == expected


@pytest.mark.parametrize(
    "part",
    [
        pytest.param(message("10.5001/x", kind="component"), id="a component"),
        pytest.param(message("10.5001/x", kind="peer-review"), id="a peer review"),
        pytest.param(message("10.5001/x", kind="journal-issue"), id="a journal's issue"),
        pytest.param(message("10.5001/x", kind="grant"), id="a grant"),
        pytest.param(message("10.5001/x", f"Correction to: {TITLE}"), id="a correction by its title"),
        pytest.param(
            message("10.5001/x", f"Supplementary material: {TITLE}"), id="a supplement by its title"
        ),
        pytest.param(
            message("10.5001/x") | {"update-to": [{"DOI": "10.5001/y", "type": "correction"}]},
            id="a notice of one",
        ),
        pytest.param(
            message("10.5001/x", **relate("is-supplement-to", "10.5001/y")), id="a supplement of a work"
        ),
        pytest.param(message("10.5001/x", ""), id="a record without a title"),
    ],
)
def test_a_record_that_is_not_a_work_of_its_own_is_omitted(part: Message) -> None:
    assert [one.work.doi for one in list_new(part, message("10.5001/art", "A work of its own on ice"))] == [
        "10.5001/art"
    ]


KNOWN = [
    pytest.param("doi: 10.5001/ART", id="its DOI"),
    pytest.param("doi: 10.5002/pre", id="the DOI of its preprint"),
    pytest.param("doi: 10.5009/x\nurl_preprint: https://doi.org/10.5001/art", id="its DOI beside another"),
    pytest.param(f"title: {TITLE}\nauthors: [admin, Ian Cross]", id="its title and authors"),
    pytest.param(f"title: '{TITLE}: a review'\nauthors: [A. Okafor]\ndoi: 10.5007/copy", id="a copy's DOI"),
]


@pytest.mark.parametrize("front", KNOWN)
def test_a_work_that_a_page_is_about_is_not_new(front: str) -> None:
    versions = [message("10.5001/art"), message("10.5002/pre", kind="posted-content", year=2023)]
    assert list_new(*versions, pages=(front,)) == []


@pytest.mark.parametrize(
    "front",
    [
        pytest.param(f"title: {TITLE}\nauthors: [Kim Ness, Jo Hall]", id="the title alone"),
        pytest.param("title: Other blooms\nurl_code: https://doi.org/10.5001/art", id="its DOI for code"),
    ],
)
def test_a_page_of_another_work_does_not_hide_it(front: str) -> None:
    assert [one.work.doi for one in list_new(message("10.5001/art"), pages=(front,))] == ["10.5001/art"]


def test_a_work_of_two_people_is_listed_once_with_both() -> None:
    work = read_crossref_work(message("10.5001/art"))
    (one,) = list_new_works({ADA: [work], IAN: [work]}, [], {})
    assert one.people == ("Ada Okafor", "Ian Cross")


def test_the_newest_come_first_and_the_owners_ignores_are_marked() -> None:
    works = list_new(
        *(
            message(f"10.5001/{year}", f"A study of the ice of {year}", year=year)
            for year in (2021, 2024, 2023)
        )
    )
    marked = mark_ignored(
        works, [Ignore(doi="10.5001/2023", reason="not ours"), Ignore(code="title-differs")]
    )
    assert [(one.work.doi, one.status) for one in marked] == [
        ("10.5001/2024", "new"),
        ("10.5001/2023", "ignored"),
        ("10.5001/2021", "new"),
    ]
