"""Reviewing the DOIs that may be a page's own: only the key of a DOI's number takes it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.choices.answered_plans import apply_answers
from enrich.choices.interactive import begin, count_open_questions, keys
from enrich.choices.question import Review
from enrich.cli.review import ask_questions
from enrich.front_matter.page_text import read_page
from enrich.model.page import Value
from enrich.model.plan import Candidate, Change, Outcome, Plan
from enrich.reconciler.baseline_update import make_next_baseline
from tests.choices.test_interactive import change, typed

TEXT = "---\ntitle: Ice\ndoi: ''\ndate: 2019-01-01\n---\n"
FIRST, SECOND, CERTAIN = "10.5555/first", "10.5555/second", "10.5555/certain"
FOUND = Candidate(
    FIRST,
    "Ice and snow",
    ("Ada Okafor", "Ian Cross"),
    2021,
    "journal-article",
    "Ice Letters",
    "search",
    "unsure",
    ("the titles share 50 % of the words", "the years are 2 apart"),
)
CANDIDATES = (FOUND, replace(FOUND, doi=SECOND, title="Ice", origin="page", reasons=("the years are equal",)))


def offer(doi: str, **more: object) -> Change:
    """Return the change that writes a DOI under the page's empty key."""
    page = read_page("a.md", TEXT)
    return change(page, "doi", doi, **{"kind": "fill", "baseline_value": doi, "line": 3, **more})


def plan(path: str = "a.md", *changes: Change, offers: tuple[Change, ...] | None = None) -> Plan:
    """Return a page without a DOI, for which two were found, and a date that differs."""
    page = read_page(path, TEXT)
    every = (*changes, change(page, "date", "2019-03-04"))
    both = (offer(FIRST), offer(SECOND)) if offers is None else offers
    return Plan(page, page.text, changes=every, candidates=CANDIDATES, offers=both)


SURE = plan("a.md", offer(CERTAIN))
EN, DE = plan("content/publication/a/index.md"), plan("content/publication/a/index.de.md")


def carry_out(word: str, *plans: Plan) -> list[Outcome]:
    """Return the pages after these keys; `E` is Enter."""
    return apply_answers(plans, typed(begin(plans), word.replace("E", "\n")))


def read_dois(outcomes: list[Outcome]) -> list[Value]:
    """Return the DOI that each answered page has then."""
    return [read_page(one.path, one.after).get("doi") for one in outcomes if isinstance(one, Plan)]


def list_declined(outcome: Outcome) -> list[Value]:
    """Return the DOIs that the next run does not show any more."""
    assert isinstance(outcome, Plan)
    line = make_next_baseline(outcome, "", None)
    value = line.fields.get("doi") if line else None
    return list(value) if isinstance(value, list) else [value] if value else []


@pytest.mark.parametrize(
    ("word", "doi", "declined"),
    [
        pytest.param("n1", FIRST, [], id="the first"),
        pytest.param("n2", SECOND, [], id="the second"),
        pytest.param("n3q", "", [], id="a number without a DOI"),
        pytest.param("nn", "", [FIRST, SECOND], id="none of these"),
        pytest.param("nk", "", [FIRST, SECOND], id="none of these, by the other key"),
        pytest.param("nE", "", [], id="later"),
        pytest.param("nq", "", [], id="quit"),
        pytest.param("yyYNKaesq", "", [], id="no key of a change takes a DOI"),
        pytest.param("aE", "", [], id="all of the page takes no DOI"),
        pytest.param("dq", "", [], id="done with the page leaves the DOIs for later"),
    ],
)
def test_a_number_takes_a_doi_and_none_is_remembered(word: str, doi: str, declined: list[str]) -> None:
    [outcome] = carry_out(word, plan())
    assert (read_dois([outcome]), list_declined(outcome)) == ([doi], declined)


@pytest.mark.parametrize(
    ("word", "doi", "declined"),
    [
        pytest.param("n1uEd", "", [], id="a DOI"),
        pytest.param("nnu2d", SECOND, [], id="a refusal"),
        pytest.param("nEund", "", [FIRST, SECOND], id="later"),
    ],
)
def test_an_answer_about_dois_can_be_undone(word: str, doi: str, declined: list[str]) -> None:
    outcomes = carry_out(word, plan(), plan("b.md"))
    assert (read_dois(outcomes), list_declined(outcomes[0])) == ([doi, ""], declined)


@pytest.mark.parametrize(
    ("word", "dois", "asked"),
    [
        pytest.param("yn", [CERTAIN], 2, id="the certain DOI is taken: there is no other question"),
        pytest.param("nn1", [FIRST], 3, id="another DOI instead of the certain one"),
        pytest.param("kn2", [SECOND], 3, id="the certain DOI is refused, another is taken"),
        pytest.param("nnE", [""], 3, id="neither"),
        pytest.param("yun", [""], 3, id="undo asks again"),
        pytest.param("a", [CERTAIN], 2, id="all of the page takes the certain one"),
    ],
)
def test_a_page_gets_one_doi(word: str, dois: list[str], asked: int) -> None:
    assert read_dois(carry_out(word, SURE)) == dois
    assert len(typed(begin((SURE,)), word.replace("E", "\n")).questions) == asked


@pytest.mark.parametrize(
    ("word", "left"),
    [
        pytest.param("nnE", 3, id="nothing was decided"),
        pytest.param("nn1", 1, id="another DOI was taken, so the certain one is not open"),
        pytest.param("yn", 1, id="the certain one was taken, so the others are not open"),
        pytest.param("knq", 2, id="the certain one was refused"),
    ],
)
def test_a_page_with_a_doi_leaves_no_other_open(word: str, left: int) -> None:
    assert count_open_questions(typed(begin((SURE,)), word.replace("E", "\n"))) == left


@pytest.mark.parametrize(
    ("word", "left"),
    [
        pytest.param("Y", [FIRST, FIRST], id="yes to the field"),
        pytest.param("N", [FIRST, FIRST, FIRST], id="not now for the field"),
        pytest.param("K", [FIRST, FIRST, FIRST], id="keep mine for the field"),
    ],
)
def test_a_capital_letter_answers_no_question_about_possible_dois(word: str, left: list[str]) -> None:
    plans = (SURE, plan("b.md"), plan("c.md"))
    review = typed(begin(plans), word)
    assert [one.change.new for one in review.questions[len(review.answers) :] if one.offers] == left


@pytest.mark.parametrize(
    ("offers", "offered"),
    [
        pytest.param((offer(FIRST), offer(SECOND)), "12nk\npouq?", id="two"),
        pytest.param((offer(FIRST),), "1nk\npouq?", id="one"),
        pytest.param(
            (offer(FIRST, status="refused", refused_because="an alias"), offer(SECOND)),
            "1nk\npouq?",
            id="one cannot be written",
        ),
        pytest.param((offer(FIRST, status="refused", refused_because="an alias"),), "", id="none can"),
        pytest.param((), "", id="none was found"),
    ],
)
def test_only_dois_that_can_be_written_are_offered(offers: tuple[Change, ...], offered: str) -> None:
    assert keys(typed(begin((plan(offers=offers),)), "n")) == offered


@pytest.mark.parametrize(
    ("other", "word", "dois"),
    [
        pytest.param(DE, "n2", [SECOND, SECOND], id="one is taken"),
        pytest.param(DE, "nE", ["", ""], id="later"),
        pytest.param(
            replace(DE, offers=(offer(SECOND),)), "n2E", [SECOND, ""], id="another choice on the other page"
        ),
    ],
)
def test_translations_with_the_same_dois_are_one_question(other: Plan, word: str, dois: list[str]) -> None:
    review = typed(begin((EN, other)), word.replace("E", "\n"))
    assert review.question is None
    assert read_dois(apply_answers((EN, other), review)) == dois


def converse(*answers: str, opened: list[str] | None = None) -> Review:
    """Return the review of one page after these lines."""
    left = iter(answers)
    sites = [] if opened is None else opened

    def open_page(address: str) -> bool:
        sites.append(address)
        return True

    review = typed(begin((plan(),)), "n")
    return ask_questions(review, color=False, full=False, read=lambda: next(left, ""), open_page=open_page)


def test_a_question_shows_each_doi_with_its_work_and_the_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    assert converse("\n").answers == ("leave", "leave")
    assert capsys.readouterr().out == (
        "\n== Ice\n\n"
        "a.md: which of these is its DOI?\n"
        "    1 https://doi.org/10.5555/first “Ice and snow” by Ada Okafor, Ian Cross (Ice Letters, 2021)\n"
        "      why: the titles share 50 % of the words; the years are 2 apart\n"
        "    2 https://doi.org/10.5555/second “Ice” by Ada Okafor, Ian Cross (Ice Letters, 2021)\n"
        "      why: elsewhere on the page; the years are equal\n"
        "(2/2) Which one? [1,2,n,k,Enter,p,o,u,q,?] "
    )


@pytest.mark.parametrize(
    ("key", "opened"),
    [
        pytest.param("o", [f"https://doi.org/{FIRST}"], id="the first"),
        pytest.param("o1", [f"https://doi.org/{FIRST}"], id="the first by its number"),
        pytest.param("o2", [f"https://doi.org/{SECOND}"], id="the second"),
        pytest.param("o3", [], id="there is no third"),
    ],
)
def test_each_doi_can_be_opened(key: str, opened: list[str]) -> None:
    sites: list[str] = []
    assert (converse(key, opened=sites).answers, sites) == (("leave",), opened)


@pytest.mark.parametrize(
    ("page", "answers", "opened"),
    [
        pytest.param(SURE, ("o",), [CERTAIN], id="one that a search found"),
        pytest.param(replace(SURE, doi=FIRST), ("o",), [CERTAIN], id="one in the place of the page's"),
        pytest.param(SURE, ("e", f"doi:{SECOND}", "o"), [SECOND], id="one that was typed"),
        pytest.param(SURE, ("n", "o"), [], id="a date of a page without one"),
        pytest.param(replace(SURE, doi=FIRST), ("n", "o"), [FIRST], id="a date: the page's DOI"),
    ],
)
def test_the_proposed_doi_can_be_opened(page: Plan, answers: tuple[str, ...], opened: list[str]) -> None:
    left, sites = iter(answers), list[str]()

    def open_page(address: str) -> bool:
        sites.append(address.removeprefix("https://doi.org/"))
        return True

    ask_questions(begin((page,)), color=False, full=False, read=lambda: next(left, ""), open_page=open_page)
    assert sites == opened


@pytest.mark.parametrize(
    ("key", "said"),
    [
        pytest.param("3", "  there is no DOI of this number\n", id="a number without a DOI"),
        pytest.param("y", "  1-2 yes, write the DOI of this number\n", id="yes does not say which one"),
        pytest.param("?", "  Enter later: the next review asks again\n", id="help"),
    ],
)
def test_a_key_that_decides_nothing_says_why(key: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert converse(key).answers == ("leave",)
    assert said in capsys.readouterr().out


@given(st.text("yakdYNKesoup?x", max_size=20))
def test_whatever_is_typed_without_a_number_no_unsure_doi_is_written(word: str) -> None:
    outcomes = carry_out(word, SURE, plan("b.md"))
    assert set(read_dois(outcomes)) <= {"", CERTAIN}
