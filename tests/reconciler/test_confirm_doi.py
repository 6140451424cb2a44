"""A DOI elsewhere on a page counts only if its record is that of the page's work, beyond doubt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from enrich.model.site_context import SiteContext
from enrich.model.work import Dates, PartialDate, Person, Update, Work
from enrich.reconciler.confirm_doi import is_confirmed
from tests.support.comparisons import PAGE, WORK, page, work

NOBODY = PAGE.replace("authors:\n- Kevin R Reyes\n- Yen-Chun Liu\n- Chiung-Yu Huang\n", "")
ARXIV = work(type="posted-content", container_titles=(), container_titles_short=(), institutions=("arXiv",))
MEETING = work(
    type="proceedings-article",
    container_titles_short=(),
    container_titles=("Proceedings of the Meeting on Blood",),
)


def typed(kind: str, venue: str = "*Blood Advances*") -> str:
    return PAGE.replace('["2"]', f'["{kind}"]').replace("*Blood Advances*", venue)


@pytest.mark.parametrize(
    ("text", "record"),
    [
        pytest.param(PAGE, WORK, id="all agrees"),
        pytest.param(PAGE.replace("2024-04-29", "2023-12-01"), WORK, id="a year apart"),
        pytest.param(PAGE.replace("date: 2024-04-29\n", ""), WORK, id="the page has no date"),
        pytest.param(NOBODY, WORK, id="the page names nobody, the titles are equal"),
        pytest.param(typed("0", ""), WORK, id="the page has no type"),
        pytest.param(typed("3", "arXiv"), ARXIV, id="a preprint"),
        pytest.param(typed("2", "arXiv preprint"), ARXIV, id="a preprint typed as an article, at its server"),
        pytest.param(typed("1"), WORK, id="typed as a conference paper, in the record's own journal"),
        pytest.param(typed("1", "*Lecture Notes*"), work(type="book-chapter"), id="a chapter of proceedings"),
        pytest.param(typed("dataset"), work(type="dataset"), id="a page about a data set"),
    ],
)
def test_confirmed(text: str, record: Work) -> None:
    assert is_confirmed(page(text), SiteContext(), record)


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
            NOBODY.replace("A careful study", "Another careful study"), WORK, id="alike, and nobody is named"
        ),
        pytest.param(
            PAGE.replace("A careful study of Danio rerio in H2O", "Eine Studie über die Fische und das Meer"),
            WORK,
            id="a title in another language proves nothing",
        ),
    ],
)  # fmt: skip
def test_not_confirmed(text: str, record: Work) -> None:
    assert not is_confirmed(page(text), SiteContext(), record)


def test_the_twin_has_the_title_of_the_record() -> None:
    german = page(PAGE.replace("A careful study of Danio rerio in H2O", "Eine Studie über Fische im Wasser"))
    assert is_confirmed(german, SiteContext(twins=(page(),)), WORK)


def test_any_of_the_dates_may_be_the_page_s() -> None:
    dates = Dates(print=PartialDate(2027), online=PartialDate(2024))
    assert is_confirmed(page(), SiteContext(), replace(WORK, dates=dates))
