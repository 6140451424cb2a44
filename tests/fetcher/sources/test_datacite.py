"""A DataCite record as a `Work` with Crossref's words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.errors import RecordError
from enrich.fetcher.sources.datacite import connect_datacite, read_datacite_work
from enrich.model.work import Dates, Link, PartialDate, Person, Relation, Work
from tests.fetcher.sources.test_crossref import JSON

DOI = "10.5281/zenodo.1"


def record(**attributes: object) -> dict[str, object]:
    return {"id": DOI, "type": "dois", "attributes": {"doi": DOI.upper(), **attributes}}


def bare(kind: str = "other", **fields: Any) -> Work:  # noqa: ANN401  # any field of Work
    return Work(doi=DOI, type=kind, agency="DataCite", **fields)


FULL = record(
    types={"resourceTypeGeneral": "JournalArticle", "citeproc": "article-journal"},
    titles=[
        {"title": "Sal y agua", "titleType": "TranslatedTitle"},
        {"title": "Salt  and water", "lang": "en"},
        {"title": "A review", "titleType": "Subtitle"},
        {"title": "S&W", "titleType": "AlternativeTitle"},
    ],
    creators=[
        {
            "name": "Ruiz, Ana",
            "nameType": "Personal",
            "givenName": "Ana",
            "familyName": "Ruiz",
            "nameIdentifiers": [{"nameIdentifier": "https://orcid.org/0000-0001-2345-6789"}],
        },
        {"name": "Li, Bo", "nameType": "Personal"},
        {"name": "Salt, Sugar and Co, Ltd", "nameType": "Organizational"},
        {"name": "(:Unav)"},
    ],
    container={
        "type": "Journal",
        "title": "Journal of Salt",
        "volume": "8",
        "issue": "9",
        "firstPage": "1",
        "lastPage": "7",
        "identifier": "1234-5678",
        "identifierType": "ISSN",
    },
    dates=[
        {"date": "2024-03-09T10:00:00Z", "dateType": "Available"},
        {"date": "2024", "dateType": "Issued"},
    ],
    publicationYear=2024,
    descriptions=[
        {"description": "Tables.", "descriptionType": "Other"},
        {"description": "Salt\nmixes.", "descriptionType": "Abstract"},
    ],
    publisher={"name": "Salt Press"},
    alternateIdentifiers=[{"alternateIdentifier": "S1", "alternateIdentifierType": "PII"}],
    relatedIdentifiers=[
        {"relationType": "IsVersionOf", "relatedIdentifierType": "DOI", "relatedIdentifier": "10.1000/X"}
    ],
    rightsList=[{"rightsUri": "https://example.org/cc"}],
    contentUrl=["https://example.org/x.pdf"],
    language="en",
)


def test_a_whole_record() -> None:
    assert read_datacite_work(FULL) == bare(
        "journal-article",
        titles=("Salt and water", "Sal y agua"),
        subtitles=("A review",),
        contributors=(
            Person("Ruiz", "Ana", orcid="0000-0001-2345-6789"),
            Person("Li", "Bo"),
            Person(literal="Salt, Sugar and Co, Ltd"),
        ),
        container_titles=("Journal of Salt",),
        dates=Dates(online=PartialDate(2024, 3, 9), issued=PartialDate(2024)),
        abstract="Salt mixes.",
        volume="8",
        issue="9",
        page="1-7",
        publisher="Salt Press",
        identifiers=("S1",),
        issns=("1234-5678",),
        relations=(Relation("is-version-of", "doi", "10.1000/x"),),
        links=(Link("https://example.org/x.pdf"),),
        language="en",
    )


def typed(general: str | None, word: str | None = None, citeproc: str | None = None) -> dict[str, object]:
    return {"resourceTypeGeneral": general, "resourceType": word, "citeproc": citeproc}


@pytest.mark.parametrize(
    ("attributes", "kind", "subtype"),
    [
        pytest.param({"types": typed("Preprint", "Article")}, "posted-content", "preprint", id="a preprint"),
        pytest.param({"types": typed("Dataset")}, "dataset", "", id="a dataset"),
        pytest.param({"types": typed("Software")}, "other", "software", id="a program"),
        pytest.param({"types": typed("Text", "Thesis (PhD)")}, "dissertation", "", id="the owner's word"),
        pytest.param(
            {"types": typed("Text", "preprint")}, "posted-content", "preprint", id="a preprint by word"
        ),
        pytest.param({"types": typed("Text", "Zettel", "thesis")}, "dissertation", "", id="DataCite's guess"),
        pytest.param(
            {"types": typed("Text", "Poster", "article-journal")}, "other", "", id="no journal, no article"
        ),
        pytest.param(
            {
                "types": typed("Text", "Artikel", "article-journal"),
                "container": {"type": "Journal", "title": "J"},
            },
            "journal-article",
            "",
            id="an article in a journal",
        ),
        pytest.param({"types": typed(None)}, "other", "", id="no word at all"),
        pytest.param({"types": "Text"}, "other", "", id="types that are a text"),
    ],
)
def test_types_in_the_words_of_crossref(attributes: dict[str, object], kind: str, subtype: str) -> None:
    work = read_datacite_work(record(**attributes))
    assert (work.type, work.subtype) == (kind, subtype)


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        pytest.param({}, bare(), id="nothing but a DOI"),
        pytest.param({"titles": 3, "creators": "x", "dates": [3], "container": []}, bare(), id="wrong types"),
        pytest.param({"titles": [{"title": "(:unav)"}]}, bare(), id="a code for unknown"),
        pytest.param(
            {"titles": [{"title": "Unknown"}]}, bare(titles=("Unknown",)), id="a title may be a word"
        ),
        pytest.param({"publisher": "Unpublished"}, bare(), id="the record names no publisher"),
        pytest.param(
            {"creators": [{"name": "[S.N.]"}, {"name": "Unknown"}]}, bare(), id="the record names no creator"
        ),
        pytest.param(
            {"creators": [{"name": "Ruiz, Ana"}]},
            bare(contributors=(Person(literal="Ruiz, Ana"),)),
            id="a name without a name type stays whole",
        ),
        pytest.param(
            {"creators": [{"name": ", Manju", "nameType": "Personal", "givenName": "Manju"}]},
            bare(contributors=(Person(given="Manju"),)),
            id="a person with one name",
        ),
        pytest.param(
            {"container": {"type": "Series", "title": "A community"}}, bare(), id="a series is not a journal"
        ),
        pytest.param(
            {"publicationYear": "2019", "dates": [{"date": "2010/2012", "dateType": "Issued"}]},
            bare(dates=Dates(issued=PartialDate(2019))),
            id="a range is not a date, the year is",
        ),
        pytest.param({"publicationYear": 0}, bare(), id="the year 0"),
        pytest.param(
            {
                "types": typed("Preprint"),
                "publisher": "arXiv",
                "dates": [{"date": "2023-04", "dateType": "Available"}],
            },
            bare(
                "posted-content",
                subtype="preprint",
                publisher="arXiv",
                institutions=("arXiv",),
                dates=Dates(posted=PartialDate(2023, 4)),
            ),
            id="a preprint's server is its publisher",
        ),
    ],
)
def test_a_wrong_value_counts_as_absent(attributes: dict[str, object], expected: Work) -> None:
    assert read_datacite_work(record(**attributes)) == expected


def dated(**dates: str) -> list[dict[str, str]]:
    return [{"dateType": kind.rstrip("23"), "date": date} for kind, date in dates.items()]


@pytest.mark.parametrize(
    ("general", "dates", "year", "expected"),
    [
        pytest.param(
            "Preprint",
            dated(Submitted="2022-01-18T03:41:47Z", Updated="2022-08-17", Available="2022-01", Issued="2022"),
            2022,
            Dates(posted=PartialDate(2022, 1, 18), online=PartialDate(2022, 1), issued=PartialDate(2022)),
            id="a preprint is posted on the day of its first version",
        ),
        pytest.param(
            "Preprint",
            dated(Submitted="2023-05-02", Submitted2="2021-11-30", Available="2021-12"),
            2021,
            Dates(posted=PartialDate(2021, 11, 30), online=PartialDate(2021, 12), issued=PartialDate(2021)),
            id="of several versions the first counts",
        ),
        pytest.param(
            "Preprint",
            dated(Available="2023-04"),
            None,
            Dates(posted=PartialDate(2023, 4)),
            id="a month only",
        ),
        pytest.param(
            "Dataset",
            dated(Submitted="2021-08-27", Created="2019", Available="2022-09-02", Issued="2022-09-02"),
            2022,
            Dates(online=PartialDate(2022, 9, 2), issued=PartialDate(2022, 9, 2)),
            id="a dataset is submitted before anyone can read it",
        ),
        pytest.param(
            "Dissertation",
            dated(Accepted="2018-03-27", Issued="2019"),
            2019,
            Dates(approved=PartialDate(2018, 3, 27), issued=PartialDate(2019)),
            id="a thesis is approved when it is accepted",
        ),
        pytest.param(
            "Dataset",
            dated(Issued="2020", Issued2="2020-05-01", Issued3="2021-01-01"),
            2021,
            Dates(issued=PartialDate(2020, 5, 1)),
            id="the earliest year, and the most precise date in it",
        ),
        pytest.param(
            "Dataset", dated(Updated="2020"), 2019, Dates(issued=PartialDate(2019)), id="the year alone"
        ),
        pytest.param("Dataset", [], 10**5000, Dates(), id="a year of 5,000 digits"),
    ],
)
def test_dates_in_the_terms_of_crossref(
    general: str, dates: list[dict[str, str]], year: int | None, expected: Dates
) -> None:
    attributes = record(types=typed(general), dates=dates, publicationYear=year)
    assert read_datacite_work(attributes).dates == expected


@pytest.mark.parametrize("broken", [[], None, {}, {"attributes": {}}, {"attributes": {"doi": 3}}])
def test_a_record_without_a_doi_is_an_error(broken: object) -> None:
    with pytest.raises(RecordError):
        read_datacite_work(broken)  # type: ignore[arg-type]


NAMES = (
    "doi", "types", "titles", "creators", "container", "dates", "publicationYear", "descriptions",
    "publisher", "alternateIdentifiers", "relatedIdentifiers", "rightsList", "contentUrl", "language",
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(NAMES), JSON))
def test_no_record_with_a_doi_raises(attributes: dict[str, Any]) -> None:
    work = read_datacite_work({"id": DOI, "attributes": {**attributes, "doi": DOI}})
    hash(work)
    repr(work).encode()


def test_lucene_reads_a_doi_literally() -> None:
    query = connect_datacite("https://api.example").make_list_url(["10.1000/a(b)-c", "10.1000/d"])
    assert "query=doi:(10.1000%5C/a%5C(b%5C)%5C-c%20OR%2010.1000%5C/d)&page%5Bsize%5D=2" in query
