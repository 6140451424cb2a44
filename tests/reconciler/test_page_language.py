"""When an abstract of the record is in another language than the page."""

from __future__ import annotations

import pytest

from enrich.model.site_context import SiteContext
from tests.support.comparisons import PAGE, judged, kinds, work

PORTUGUESE = "Estudamos os ninhos das gaivotas em duas ilhas do norte, e não foi o vento que os destruiu."
GERMAN = "Wir haben die Nester der Möwen auf zwei Inseln gezählt, und es war nicht der Wind."
ENGLISH = "We counted the nests of gulls on two islands, and it was not the wind that destroyed them."


def empty(title: str) -> str:
    return PAGE.replace("A careful study of Danio rerio in H2O", title).replace(
        "abstract: We looked at fish for a long time and saw p < 0.05.", 'abstract: ""'
    )


@pytest.mark.parametrize(
    ("title", "titles", "abstract", "language", "expected"),
    [
        pytest.param(
            "Gull nests and wind", ("Os ninhos das gaivotas e o vento", "Gull nests and wind"), PORTUGUESE,
            "", None, id="the page has the second title, the abstract is of the first",
        ),
        pytest.param(
            "Möwennester im Wind", ("Gull nests in the wind of the north", "Möwennester im Wind"), ENGLISH,
            "", None, id="the English abstract is not the German page's",
        ),
        pytest.param(
            "Os ninhos das gaivotas e o vento", ("Os ninhos das gaivotas e o vento", "Gull nests and wind"),
            PORTUGUESE, "", ("fill", "safe"), id="the page has the title of the abstract's language",
        ),
        pytest.param(
            "Gull nests", ("Gull nests",), PORTUGUESE, "", ("fill", "review"), id="nothing states the page's",
        ),
        pytest.param(
            "Möwennester", ("Möwennester",), GERMAN, "de", ("fill", "safe"), id="the site is in the language"
        ),
        pytest.param(
            "Möwennester", ("Möwennester",), PORTUGUESE, "de", None, id="the site is in another language"
        ),
        pytest.param("Gull nests", ("Gull nests",), ENGLISH, "", ("fill", "safe"), id="an English one"),
        pytest.param(
            "Gull nests", ("Gull nests",), "Sterna, Larus, Rissa: 12, 14, 19, 21.", "", ("fill", "safe"),
            id="a text of no language",
        ),
    ],
)  # fmt: skip
def test_an_abstract_in_another_language_is_not_written(
    title: str, titles: tuple[str, ...], abstract: str, language: str, expected: tuple[str, str] | None
) -> None:
    verdict = judged(
        empty(title), work(titles=titles, abstract=abstract), site_context=SiteContext(language=language)
    )
    assert kinds(verdict).get("abstract") == expected


@pytest.mark.parametrize(
    ("language", "is_one_of_several", "expected"),
    [
        pytest.param("ja", True, ("fill", "review"), id="the Japanese version of the page"),
        pytest.param("en", True, ("fill", "safe"), id="the English version of the page"),
        pytest.param("ja", False, ("fill", "safe"), id="a site in one language lists English papers"),
    ],
)
def test_a_version_of_a_page_is_in_its_own_language(
    language: str, is_one_of_several: bool, expected: tuple[str, str]
) -> None:
    site_context = SiteContext(language=language, is_one_of_several_languages=is_one_of_several)
    text, record = (
        empty("The nests of gulls and the wind"),
        work(titles=("The nests of gulls and the wind",), abstract=ENGLISH),
    )
    assert kinds(judged(text, record, site_context=site_context)).get("abstract") == expected


OWN = PAGE.replace("A careful study of Danio rerio in H2O", "The nests of gulls and the wind").replace(
    "We looked at fish for a long time and saw p < 0.05.", "VALUE"
)
SETTLED = ["Crossref has another value"]


@pytest.mark.parametrize(
    ("value", "reasons"),
    [
        pytest.param("We looked at the nests of fish.", SETTLED, id="in English, as the record's"),
        pytest.param("The *nests* of gulls on the **islands** were counted.", SETTLED, id="with markup"),
        pytest.param("Larus, Sterna, Rissa.", [], id="in no known language"),
        pytest.param("Abstract", [], id="a word"),
    ],
)
def test_a_text_of_the_page_in_the_records_language_settles_it(value: str, reasons: list[str]) -> None:
    site_context = SiteContext(language="ja", is_one_of_several_languages=True)
    record = work(titles=("The nests of gulls and the wind",), abstract=ENGLISH)
    verdict = judged(OWN.replace("VALUE", f'"{value}"'), record, site_context=site_context)
    assert [change.reason for change in verdict.changes if change.field == "abstract"] == reasons
