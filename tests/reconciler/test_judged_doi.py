"""A DOI elsewhere on a page counts only if its record is that of the page's work, beyond doubt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from enrich.model.page import Doi, Page, PlacedDoi
from enrich.model.site_context import SiteContext
from enrich.model.work import Dates, PartialDate, Person, Update, Work
from enrich.reconciler.adopt_doi import adopt_certain_doi
from enrich.reconciler.judged_doi import doubt_doi, judge_found_doi, judge_placed_doi, judge_translated_doi
from tests.support.comparisons import PAGE, WORK, page, work

NOBODY = PAGE.replace("authors:\n- Kevin R Reyes\n- Yen-Chun Liu\n- Chiung-Yu Huang\n", "")
ARXIV = work(type="posted-content", container_titles=(), container_titles_short=(), institutions=("arXiv",))
MEETING = work(
    type="proceedings-article",
    container_titles_short=(),
    container_titles=("Proceedings of the Meeting on Blood",),
)


PLACED = PlacedDoi(Doi("10.1234/abc", "10.1234/abc"), ("url_pdf",))


def is_certain(page: Page, site_context: SiteContext, record: Work) -> bool:
    return judge_placed_doi(page, site_context, PLACED, record).is_certain


def typed(kind: str, venue: str = "*Blood Advances*") -> str:
    return PAGE.replace('["2"]', f'["{kind}"]').replace("*Blood Advances*", venue)


@pytest.mark.parametrize(
    ("text", "record"),
    [
        pytest.param(PAGE, WORK, id="all agrees"),
        pytest.param(PAGE.replace("2024-04-29", "2023-12-01"), WORK, id="a year apart"),
        pytest.param(PAGE.replace("date: 2024-04-29\n", ""), WORK, id="the page has no date"),
        pytest.param(NOBODY, WORK, id="the page names no authors, the titles are equal"),
        pytest.param(typed("0", ""), WORK, id="the page has no type"),
        pytest.param(typed("3", "arXiv"), ARXIV, id="a preprint"),
        pytest.param(typed("2", "arXiv preprint"), ARXIV, id="a preprint typed as an article, at its server"),
        pytest.param(typed("1"), WORK, id="typed as a conference paper, in the record's own journal"),
        pytest.param(typed("1", "*Lecture Notes*"), work(type="book-chapter"), id="a chapter of proceedings"),
        pytest.param(typed("dataset"), work(type="dataset"), id="a page about a data set"),
    ],
)
def test_confirmed(text: str, record: Work) -> None:
    assert is_certain(page(text), SiteContext(), record)


@pytest.mark.parametrize(
    ("text", "record"),
    [
        pytest.param(PAGE.replace("title: A careful study of Danio rerio in H2O\n", ""), WORK, id="no title"),
        pytest.param(PAGE.replace("2024-04-29", "2022-04-29"), WORK, id="two years apart"),
        pytest.param(PAGE, work(type="dataset"), id="the data of the paper"),
        pytest.param(PAGE, work(type="other", subtype="software"), id="the code of the paper"),
        pytest.param(PAGE, work(type="component"), id="a part of the paper"),
        pytest.param(PAGE, work(type="peer-review"), id="a review of the paper"),
        pytest.param(PAGE, work(type="journal", titles=("Blood Advances",)), id="the journal's home"),
        pytest.param(PAGE, ARXIV, id="the preprint of the article"),
        pytest.param(typed("3", "arXiv"), WORK, id="the article of the preprint"),
        pytest.param(PAGE, MEETING, id="the conference paper of the article"),
        pytest.param(typed("1", "Proc. of a Workshop"), WORK, id="the article of the conference paper"),
        pytest.param(typed("0", "Blood Advances"), ARXIV, id="no type, but a journal, and a preprint"),
        pytest.param(
            PAGE, work(titles=(f"Correction to: {WORK.title}",), update_to=(Update("correction", "10.1/x"),)),
            id="a correction",
        ),
        pytest.param(PAGE, work(titles=(f"{WORK.title}: Part II",)), id="the next part"),
        pytest.param(PAGE, work(titles=("Sea ice in the Weddell Sea",)), id="a co-author's other paper"),
        pytest.param(PAGE, work(contributors=(Person("Amundsen", "Roald"),)), id="other people's paper"),
        pytest.param(
            NOBODY.replace("A careful study", "Another careful study"), WORK, id="similar titles, no authors"
        ),
        pytest.param(
            PAGE.replace("A careful study of Danio rerio in H2O", "Eine Studie über die Fische und das Meer"),
            WORK,
            id="a title in another language proves nothing",
        ),
    ],
)  # fmt: skip
def test_not_confirmed(text: str, record: Work) -> None:
    assert not is_certain(page(text), SiteContext(), record)


def test_the_twin_has_the_title_of_the_record() -> None:
    german = page(PAGE.replace("A careful study of Danio rerio in H2O", "Eine Studie über Fische im Wasser"))
    assert is_certain(german, SiteContext(twins=(page(),)), WORK)


def test_any_of_the_dates_may_be_the_page_s() -> None:
    dates = Dates(print=PartialDate(2027), online=PartialDate(2024))
    assert is_certain(page(), SiteContext(), replace(WORK, dates=dates))


@pytest.mark.parametrize(
    ("owners", "verdict", "reason"),
    [
        pytest.param((), "certain", "the years are equal", id="no other page has the DOI"),
        pytest.param(("a.md",), "unsure", "a.md has this DOI already", id="another page has the DOI"),
        pytest.param(("a.md", "b.md"), "unsure", "a.md, b.md have this DOI already", id="two pages have it"),
    ],
)
def test_a_doi_that_a_search_found(owners: tuple[str, ...], verdict: str, reason: str) -> None:
    candidate = judge_found_doi(page(), SiteContext(), WORK, owners).candidate
    assert (candidate.verdict, candidate.origin, candidate.reasons[-1]) == (verdict, "search", reason)


def test_a_placed_doi_of_an_unsure_record_is_never_certain() -> None:
    later = replace(WORK, dates=Dates(issued=PartialDate(2026)))
    judged = judge_placed_doi(page(), SiteContext(), PLACED, later)
    assert (judged.candidate.verdict, judged.placed) == ("unsure", PLACED)


def test_the_doi_of_a_translation_counts_only_if_it_is_the_translation_s_own() -> None:
    assert judge_translated_doi(page(), SiteContext(), WORK).is_certain  # type: ignore[union-attr]
    assert judge_translated_doi(page(), SiteContext(), work(titles=("Sea ice",))) is None


def test_the_first_certain_doi_is_adopted_and_knows_its_rival() -> None:
    other = PlacedDoi(Doi("10.1234/Other", "10.1234/other"), ("url",))
    certain = judge_placed_doi(page(), SiteContext(), PLACED, WORK)
    rival = judge_placed_doi(page(), SiteContext(), other, work(doi="10.1234/other"))
    doubted = doubt_doi(rival)
    rows = {(certain, certain): False, (certain, doubted): False, (doubted, certain, rival): True}
    for judged, has_rivals in rows.items():
        adopted = adopt_certain_doi(page(), judged)
        assert adopted is not None
        assert adopted.doi is not None
        assert (adopted.doi.key, adopted.doi.taken_from, adopted.doi.has_rivals) == (
            "10.1234/abc", ("url_pdf",), has_rivals
        )  # fmt: skip
    assert adopt_certain_doi(page(), [doubted]) is None
