"""Which article a preprint became: title, authors and year together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from enrich.model.plan import Finding
from enrich.model.work import Dates, Found, PartialDate, Person, Relation, Update, Work
from enrich.reconciler.findings.published_version import is_article_of
from tests.support.comparisons import judged, work

PEOPLE = (Person("Okafor", "Ada"), Person("Lindqvist", "Per"), Person("Moreau", "Jeanne M."))
PREPRINT = Work(
    doi="10.1101/p1",
    type="posted-content",
    titles=("Plankton blooms beneath thinning summer ice",),
    contributors=PEOPLE,
    dates=Dates(posted=PartialDate(2021, 3, 4)),
)
ARTICLE = Work(
    doi="10.1000/a1",
    type="journal-article",
    titles=("Plankton blooms beneath thinning summer ice",),
    contributors=PEOPLE,
    container_titles=("Polar <i>Notes</i>",),
    dates=Dates(issued=PartialDate(2022, 5)),
)
RETITLED = "Plankton blooms beneath the thinning summer sea ice"


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({}, id="the same in every respect"),
        pytest.param({"titles": ("PLANKTON BLOOMS BENEATH <i>THINNING</i> SUMMER ICE.",)}, id="title as set"),
        pytest.param({"titles": (RETITLED,)}, id="two words more, the same authors"),
        pytest.param({"contributors": (Person("Okafor", "A."), Person("Lindqvist", "P."))}, id="initials"),
        pytest.param({"subtitles": ("Observations from a drifting station",)}, id="a subtitle came to it"),
        pytest.param({"contributors": (*PEOPLE, Person("Tanaka", "Rin"))}, id="one more author"),
        pytest.param({"type": "proceedings-article"}, id="a conference paper"),
        pytest.param({"dates": Dates(issued=PartialDate(2020))}, id="put on the server afterwards"),
        pytest.param({"dates": Dates()}, id="no date"),
    ],
)
def test_the_article(changed: dict[str, object]) -> None:
    assert is_article_of(PREPRINT, replace(ARTICLE, **changed))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"titles": ("Plankton blooms in warm coastal waters",)}, id="another title"),
        pytest.param({"contributors": (Person("Silva", "Rui"), Person("Ito", "Ken"))}, id="other authors"),
        pytest.param({"contributors": ()}, id="no authors"),
        pytest.param(
            {"titles": (RETITLED,), "contributors": (PEOPLE[0], Person("Ito", "Ken"))},
            id="retitled, and half of the authors are others",
        ),
        pytest.param({"type": "posted-content"}, id="a preprint on another server"),
        pytest.param({"type": "dataset"}, id="its data"),
        pytest.param({"doi": PREPRINT.doi}, id="itself"),
        pytest.param({"update_to": (Update("correction", "10.1000/a1"),)}, id="a correction under its title"),
        pytest.param({"dates": Dates(issued=PartialDate(2009))}, id="twelve years before"),
        pytest.param({"titles": (f"Correction: {PREPRINT.title}",)}, id="a correction by its title"),
        pytest.param({"titles": (f"Response to: {PREPRINT.title}",)}, id="a reply"),
        pytest.param({"titles": (f"{PREPRINT.title} II",)}, id="the second part"),
        pytest.param({"titles": (f"{PREPRINT.title} in 2020",)}, id="of another year"),
        pytest.param({"titles": (f"{PREPRINT.title}, receptor B",)}, id="of another letter"),
        pytest.param({"titles": (f"{PREPRINT.title}, part six",)}, id="of another number"),
        pytest.param({"subtitles": ("A reply",)}, id="a reply by its subtitle"),
        pytest.param({"contributors": PEOPLE[:1]}, id="one of three authors"),
        pytest.param({"doi": "10.1000/<b>a 1"}, id="a text that is not a DOI"),
    ],
)
def test_another_work(changed: dict[str, object]) -> None:
    assert not is_article_of(PREPRINT, replace(ARTICLE, **changed))  # type: ignore[arg-type]


def test_titles_of_three_words_say_too_little() -> None:
    short = ("Plankton under ice",)
    assert not is_article_of(replace(PREPRINT, titles=short), replace(ARTICLE, titles=short))


def published(preprint: Work, *articles: Work) -> list[Finding]:
    verdict = judged(answer=Found(preprint, "crossref", cached=False, articles=articles))
    return [finding for finding in verdict.findings if finding.code == "published-version"]


def test_a_likely_article_is_reported() -> None:
    preprint = work(type="posted-content", container_titles=())
    article = work(doi="10.1000/a1")
    other = work(doi="10.1000/a0", titles=("Something else altogether in four words",))
    (finding,) = published(preprint, other, article)
    assert (finding.severity, finding.evidence) == ("warning", "10.1000/a1")
    assert "was probably published in Blood Advances: https://doi.org/10.1000/a1" in finding.message
    assert published(preprint, other) == []


def test_an_article_that_the_record_names_is_reported_once() -> None:
    relations = (
        Relation("is-preprint-of", "doi", "10.1000/A1"),
        Relation("is-preprint-of", "doi", "10.1000/a1"),
    )
    (finding,) = published(work(type="posted-content", relations=relations))
    assert "this preprint was published: https://doi.org/10.1000/a1;" in finding.message
