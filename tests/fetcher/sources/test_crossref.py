"""A work message as a `Work`: what is tidied, what counts as absent, what stays as deposited."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.errors import RecordError
from enrich.fetcher.sources.crossref import read_crossref_work
from enrich.fetcher.sources.json_fields import MOST_TEXTS
from enrich.model.work import Dates, Link, PartialDate, Person, Relation, Update, Work
from enrich.reconciler.title_forms import list_title_forms

DOI = "10.1000/x"


def message(**fields: object) -> dict[str, object]:
    return {"DOI": DOI, "type": "journal-article", **{key.replace("_", "-"): fields[key] for key in fields}}


FULL = message(
    title=["Salt\n            and <i>water</i>", "Salz und Wasser"],
    subtitle=["A   review"],
    author=[
        {
            "given": "Ana",
            "family": "Ruiz",
            "sequence": "first",
            "ORCID": "http://orcid.org/0000-0001-2345-678x",
        },
        {"given": "Bo", "family": "Li", "suffix": "Jr."},
        {"name": "The Salt Group", "sequence": "additional"},
    ],
    editor=[{"given": "Ed", "family": "Itor"}],
    container_title=["Journal of Salt", "Salt Series"],
    short_container_title=["J Salt"],
    event={"name": "Salt Meeting", "acronym": "SALT '24"},
    institution=[{"name": "saltRxiv"}],
    group_title="Chemistry",
    published_online={"date-parts": [[2024, 3, 9]]},
    published_print={"date-parts": [[2024, 4]]},
    issued={"date-parts": [[2024, 3, 9]]},
    abstract="<jats:p>Salt &amp; water\n  mix.</jats:p>",
    volume="8",
    issue="9",
    page="2207-2214",
    article_number="e12",
    publisher="Salt Press",
    alternative_id=["S0000-0000(24)00001-2"],
    ISSN=["1234-567X"],
    aliases=["10.1000/OLD"],
    relation={"has-preprint": [{"id-type": "doi", "id": "10.1000/PRE", "asserted-by": "subject"}]},
    updated_by=[
        {
            "DOI": "10.1000/R",
            "type": "retraction",
            "label": "Retraction",
            "source": "retraction-watch",
            "updated": {"date-parts": [[2024, 12, 1]]},
        }
    ],
    license=[{"URL": "https://example.org/cc", "content-version": "vor"}],
    link=[{"URL": "https://example.org/x.xml", "content-type": "text/xml"}],
    language="en",
)

FULL_WORK = Work(
    doi=DOI,
    type="journal-article",
    titles=("Salt and <i>water</i>", "Salz und Wasser"),
    subtitles=("A review",),
    contributors=(
        Person(family="Ruiz", given="Ana", orcid="0000-0001-2345-678X"),
        Person(family="Li", given="Bo", suffix="Jr."),
        Person(literal="The Salt Group"),
    ),
    container_titles=("Journal of Salt", "Salt Series"),
    container_titles_short=("J Salt",),
    event_acronym="SALT '24",
    institutions=("saltRxiv",),
    group_title="Chemistry",
    dates=Dates(online=PartialDate(2024, 3, 9), print=PartialDate(2024, 4), issued=PartialDate(2024, 3, 9)),
    abstract="<jats:p>Salt &amp; water mix.</jats:p>",
    volume="8",
    issue="9",
    page="2207-2214",
    article_number="e12",
    publisher="Salt Press",
    identifiers=("S0000-0000(24)00001-2",),
    issns=("1234-567X",),
    aliases=("10.1000/old",),
    relations=(Relation("has-preprint", "doi", "10.1000/pre"),),
    updated_by=(
        Update("retraction", "10.1000/r", "retraction-watch", "Retraction", PartialDate(2024, 12, 1)),
    ),
    links=(Link("https://example.org/x.xml"),),
    language="en",
)


def test_a_whole_record() -> None:
    assert read_crossref_work(FULL) == FULL_WORK


def bare(**fields: Any) -> Work:  # noqa: ANN401  # any field of Work
    return Work(doi=DOI, type="journal-article", **fields)


LINKED = ("https://doi.org/10.5555/A", "10.5555/../../x", "10.5555/b.", "10.5555/a b", "notes/10.5555")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({}, bare(), id="a DOI and a type are enough"),
        pytest.param({"title": 3}, bare(), id="a title that is a number"),
        pytest.param({"title": "Salt"}, bare(), id="a title that is not a list"),
        pytest.param({"title": ["", None, 3, " "]}, bare(), id="titles without a text"),
        pytest.param({"title": []}, bare(), id="an empty list"),
        pytest.param({"title": ["a \ud800 b"]}, bare(titles=("a \ufffd b",)), id="half a character"),
        pytest.param({"type": ["journal-article"]}, Work(DOI, ""), id="a type that is a list"),
        pytest.param({"author": "x"}, bare(), id="authors that are a text"),
        pytest.param({"author": ["x", None, {}]}, bare(), id="authors without a name"),
        pytest.param(
            {"author": [{"family": "&NA;", "given": "-"}, {"family": "Na", "given": ["x"]}]},
            bare(contributors=(Person(family="Na"),)),
            id="&NA; is a placeholder, Na is a name",
        ),
        pytest.param(
            {"author": [{"given": "Ada Lovelace"}]},
            bare(contributors=(Person(given="Ada Lovelace"),)),
            id="a whole name in one part stays there",
        ),
        pytest.param(
            {"author": [{"family": "Ruiz", "ORCID": "https://orcid.org/0000"}]},
            bare(contributors=(Person(family="Ruiz"),)),
            id="half an ORCID is not an ORCID",
        ),
        pytest.param({"editor": [{"family": "Itor"}]}, bare(), id="an article's editors are not its authors"),
        pytest.param(
            {"type": "edited-book", "editor": [{"family": "Itor"}]},
            Work(DOI, "edited-book", contributors=(Person(family="Itor"),)),
            id="a book without authors has its editors",
        ),
        pytest.param(
            {"institution": {"name": "bioRxiv", "acronym": ["-"]}},
            bare(institutions=("bioRxiv",)),
            id="an institution that is an object, as before 2021",
        ),
        pytest.param({"institution": "bioRxiv"}, bare(), id="an institution that is a text"),
        pytest.param({"abstract": ["x"]}, bare(), id="an abstract that is a list"),
        pytest.param(
            {"abstract": " <p>We weighed  and\n     dried   it. \n</p> "},
            bare(abstract="<p>We weighed  and dried  it. </p>"),
            id="two spaces in a line stay, because a word may be lost there",
        ),
        pytest.param({"abstract": "<jats:p/>"}, bare(abstract="<jats:p/>"), id="markup stays"),
        pytest.param(
            {"page": "n/a-n/a", "volume": "&NA;", "issue": "null", "article_number": 12},
            bare(),
            id="placeholders for a missing value",
        ),
        pytest.param({"page": "no-no"}, bare(), id="pages from no to no"),
        pytest.param({"page": "1-4, 11, 12"}, bare(page="1-4, 11, 12"), id="odd pages stay"),
        pytest.param({"relation": {"cites": "10.1/x", "is-x": [{"id": 3}]}}, bare(), id="odd relations"),
        pytest.param({"relation": []}, bare(), id="relations that are a list"),
        pytest.param(
            {"relation": {"is-x": [{"id-type": "doi", "id": one} for one in LINKED]}},
            bare(relations=(Relation("is-x", "doi", "10.5555/a"), Relation("is-x", "doi", "10.5555/b."))),
            id="relations to DOIs and to other identifiers",
        ),
        pytest.param(
            {"update-to": [{"type": "erratum", "DOI": "10.5555/../a"}], "aliases": ["10.5555/../b"]},
            bare(update_to=(Update("erratum", ""),)),
            id="DOIs with a path that leads elsewhere",
        ),
        pytest.param(
            {"updated_by": [{"type": "correction", "DOI": 7, "updated": "2024"}, {"DOI": DOI}]},
            bare(updated_by=(Update("correction", ""),)),
            id="an update keeps its readable parts; without a type it is dropped",
        ),
        pytest.param({"license": [{"URL": ""}], "link": [{}]}, bare(), id="addresses that are not there"),
    ],
)
def test_a_wrong_value_counts_as_absent(fields: dict[str, object], expected: Work) -> None:
    assert read_crossref_work(message(**fields)) == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param([[2024, 2, 29]], PartialDate(2024, 2, 29), id="a day"),
        pytest.param([[2024, 2]], PartialDate(2024, 2), id="a month"),
        pytest.param([[2024]], PartialDate(2024), id="a year"),
        pytest.param([[2023, 2, 29]], PartialDate(2023, 2), id="a day that is not in its month"),
        pytest.param([[2024, 13, 1]], PartialDate(2024), id="an impossible month"),
        pytest.param([[2024, 0, 0]], PartialDate(2024), id="zeros"),
        pytest.param([[2024, 5, 6, 7]], PartialDate(2024, 5, 6), id="four parts"),
        pytest.param([[2024, "5", 6]], PartialDate(2024), id="a month that is a text"),
        pytest.param([[2024, 5.0]], PartialDate(2024), id="a month that is a fraction"),
        pytest.param([[True, True]], None, id="true is not a year"),
        pytest.param([[3021, 1, 1]], None, id="a year to come"),
        pytest.param([[24]], None, id="a year of two digits"),
        pytest.param([[None]], None, id="null, as Crossref says nothing"),
        pytest.param(["2020"], None, id="a text instead of a list"),
        pytest.param([2020, 1, 1], None, id="a list too few"),
        pytest.param([], None, id="nothing"),
        pytest.param({"x": 1}, None, id="a mapping"),
        pytest.param(None, None, id="no date"),
    ],
)
def test_dates_are_as_precise_as_they_are_sane(parts: object, expected: PartialDate | None) -> None:
    fields = ("published_online", "published_print", "posted", "issued", "approved")
    made = read_crossref_work(message(**{name: {"date-parts": parts} for name in fields})).dates
    assert made == Dates(expected, expected, expected, expected, expected)


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param([], id="a list"),
        pytest.param("10.1000/x", id="a text"),
        pytest.param(None, id="nothing"),
        pytest.param({}, id="no DOI"),
        pytest.param({"DOI": ""}, id="an empty DOI"),
        pytest.param({"DOI": 10.1}, id="a DOI that is a number"),
        pytest.param({"DOI": "in press"}, id="a malformed DOI"),
    ],
)
def test_a_record_without_a_doi_is_an_error(broken: object) -> None:
    with pytest.raises(RecordError):
        read_crossref_work(broken)  # type: ignore[arg-type]


KEYS = (
    "date-parts", "name", "family", "given", "ORCID", "URL", "id", "id-type", "type", "DOI", "updated",
    "title", "titleType", "date", "dateType", "nameType", "description", "descriptionType", "x",
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*FULL, "posted", "approved", "update-to", "subtype"]), JSON))
def test_no_message_with_a_doi_raises(fields: dict[str, Any]) -> None:
    work = read_crossref_work({**fields, "DOI": "10.1000/X"})
    assert work.doi == DOI
    hash(work)
    repr(work).encode()


@given(st.text())
def test_white_space_and_only_white_space_is_tidied(title: str) -> None:
    made = read_crossref_work(message(title=[title])).titles
    assert made in ((" ".join(title.split()),), ())


@pytest.mark.parametrize(
    ("author", "people", "has_more"),
    [
        pytest.param(
            [{"given": "Bo", "family": "Li et al."}], (Person("Li", "Bo"),), True, id="after a name"
        ),
        pytest.param(
            [{"given": "Bo", "family": "Li"}, {"name": "et al."}], (Person("Li", "Bo"),), True, id="alone"
        ),
        pytest.param([{"given": "Al", "family": "Etal"}], (Person("Etal", "Al"),), False, id="a name"),
        pytest.param(
            [{"given": "for the", "family": "Salt Study Group"}],
            (Person(literal="Salt Study Group"),),
            False,
            id="a group deposited as a person",
        ),
    ],
)
def test_authors_that_are_not_names(author: object, people: tuple[Person, ...], has_more: bool) -> None:
    work = read_crossref_work(message(author=author))
    assert (work.contributors, work.has_more_contributors) == (people, has_more)


def test_a_title_in_the_original_language_is_a_title() -> None:
    work = read_crossref_work(message(title=["Salt and water"], original_title=["塩と水", "Salt and water"]))
    assert work.titles == ("Salt and water", "塩と水")


@pytest.mark.parametrize("key", ["title", "subtitle", "container-title", "short-container-title"])
def test_of_an_endless_list_of_texts_the_first_are_read(key: str) -> None:
    work = read_crossref_work({"DOI": DOI, key: [f"Salt {number}" for number in range(5_000)]})
    texts = (*work.titles, *work.subtitles, *work.container_titles, *work.container_titles_short)
    assert texts[:2] == ("Salt 0", "Salt 1")
    assert len(texts) == MOST_TEXTS


def test_titles_and_subtitles_are_not_put_together_without_end() -> None:
    texts = [f"Salt and water {number}" for number in range(5_000)]
    work = read_crossref_work(message(title=texts, subtitle=texts))
    assert len(list_title_forms(work)) < 3 * MOST_TEXTS
