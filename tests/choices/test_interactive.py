"""Reviewing: what each key does, and the pages and memory that the answers come to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.choices.answered_plans import apply_answers
from enrich.choices.interactive import begin, keys, press, propose_value
from enrich.choices.list_parts import find_hunks
from enrich.choices.question import Review
from enrich.errors import Refused
from enrich.front_matter.page_text import read_page
from enrich.model.page import Page, Value
from enrich.model.plan import Alternative, Change, Failed, Outcome, Plan, Skipped
from enrich.reconciler.baseline_update import make_next_baseline
from enrich.writer.edit_page import make_page_text

TEXT = """\
---
title: Genes  # as we say it
authors: [Ann Lee, J. Doe, Eve Roe]
date: 2019-01-01
doi: 10.5555/1
---
Body.
"""
MORE = ["Ann Lee", "Jane Doe", "New Person", "Eve Roe"]


def change(page: Page, key: str, new: Value, **more: object) -> Change:
    """Return a change of a key as it stands on the page."""
    made = Change(
        key, (key,), "replace", "review", page.get(key), new, "they differ", baseline_value=f"record's {key}"
    )
    return replace(made, **more)  # type: ignore[arg-type]


DATES = (Alternative("2019-05-01", "print 2019-05-01"), Alternative("2019-06-01", "issued 2019-06-01"))


def plan(path: str = "a.md", *, text: str = TEXT, is_new: bool = True) -> Plan:
    """Return a page with two texts and a list that differ, and one change that cannot be made."""
    page = read_page(path, text)
    changes = (
        change(page, "title", "Genomes", is_new=is_new),
        change(page, "authors", MORE, is_new=is_new),
        change(page, "date", "2019-03-04", is_new=is_new, alternatives=DATES),
        change(page, "abstract", "Text.", status="refused", refused_because="an alias", is_new=is_new),
    )
    return Plan(
        page,
        page.text,
        doi="10.5555/1",
        source="crossref",
        source_name="Crossref",
        changes=changes,
        looked_up=True,
    )


def typed(review: Review, word: str) -> Review:
    """Return the review after these keys."""
    for key in word:
        review = press(review, key)
    return review


def result(word: str, *outcomes: Outcome) -> list[Outcome]:
    """Return what is carried out after these keys, on one page unless told otherwise."""
    given_outcomes = outcomes or (plan(),)
    return apply_answers(given_outcomes, typed(begin(given_outcomes), word))


def changed(*lines: tuple[str, str]) -> str:
    """Return the page's text with these lines in the place of those."""
    text = TEXT
    for old, new in lines:
        assert old in text
        text = text.replace(old, new)
    return text


TITLE = ("title: Genes ", "title: Genomes ")
AUTHORS = ("[Ann Lee, J. Doe, Eve Roe]", "[Ann Lee, Jane Doe, New Person, Eve Roe]")
RESPELLED = ("J. Doe", "Jane Doe")
DATE = ("2019-01-01", "2019-03-04")


@pytest.mark.parametrize(
    ("word", "text", "kept"),
    [
        pytest.param("nnn", TEXT, (), id="no to all"),
        pytest.param("ynn", changed(TITLE), (), id="yes to one"),
        pytest.param("yyy", changed(TITLE, AUTHORS, DATE), (), id="yes to each"),
        pytest.param("a", changed(TITLE, AUTHORS, DATE), (), id="all of this page"),
        pytest.param("na", changed(AUTHORS, DATE), (), id="no, then all the rest"),
        pytest.param("yd", changed(TITLE), (), id="yes, then done with the page"),
        pytest.param("kyk", changed(AUTHORS), ("title", "date"), id="keep mine twice"),
        pytest.param("yq", changed(TITLE), (), id="quit: what was answered counts"),
        pytest.param("yunnn", TEXT, (), id="undo takes the answer back"),
        pytest.param("yksuuuynn", changed(TITLE), (), id="undo, as often as one likes"),
        pytest.param("y?oxyn", changed(TITLE, AUTHORS), (), id="a key that decides nothing is not an answer"),
        pytest.param("YNK", changed(TITLE), ("date",), id="a capital letter answers for one field alone"),
        pytest.param("nsynn", changed(RESPELLED), (), id="split: one part of the list"),
        pytest.param("nsyyn", changed(AUTHORS), (), id="split: both parts are the whole"),
        pytest.param("nskkn", TEXT, ("authors",), id="split: keep both as they are"),
        pytest.param("nsyq", changed(RESPELLED), (), id="split and quit half-way: the rest is open"),
        pytest.param("nsyuuyn", changed(AUTHORS), (), id="undo the split"),
        pytest.param("nn2y", changed(("2019-01-01", "2019-06-01")), (), id="another date of the record"),
        pytest.param("nn11y", changed(("2019-01-01", "2019-03-04")), (), id="the record's first date again"),
        pytest.param("nn22Y", changed(("2019-01-01", "2019-03-04")), (), id="and for the whole field"),
        pytest.param("nn21y", changed(("2019-01-01", "2019-05-01")), (), id="the last date chosen counts"),
        pytest.param("nn2uy", changed(DATE), (), id="undo leads back to the record's first date"),
        pytest.param("nn3y", changed(DATE), (), id="a number without a date is not an answer"),
        pytest.param(
            "nn2Yy", changed(("2019-01-01", "2019-06-01")), (), id="a chosen value is not for the whole field"
        ),
        pytest.param("ssnsnnn", TEXT, (), id="nothing to split is not an answer"),
    ],
)
def test_answers(word: str, text: str, kept: tuple[str, ...]) -> None:
    [outcome] = result(word)
    assert isinstance(outcome, Plan)
    assert outcome.after == text
    assert tuple(change.field for change in outcome.changes if change.status == "kept") == kept


def test_only_answered_pages_are_written_and_failures_are_named() -> None:
    failed = Failed("f.md", "not UTF-8")
    outcomes = (Skipped("s.md", "why"), plan("a.md"), failed, plan("b.md"))
    assert result("q", *outcomes) == [failed]
    assert [outcome.path for outcome in result("y", *outcomes)] == ["a.md", "f.md"]
    assert [outcome.path for outcome in result("ady", *outcomes)] == ["a.md", "f.md", "b.md"]
    assert begin(()).question is None


@pytest.mark.parametrize(
    ("word", "titles", "asked"),
    [
        pytest.param("Y", ["Genomes", "Genomes", "Genes"], ["authors", "date"] * 2, id="yes"),
        pytest.param("N", ["Genes"] * 3, ["authors", "date"] * 2, id="not now"),
        pytest.param("K", ["Genes"] * 3, ["authors", "date"] * 2, id="keep mine"),
        pytest.param("nY", ["Genes"] * 3, ["date", "title", "date"], id="yes to another field"),
    ],
)
def test_a_capital_letter_answers_for_a_field_on_every_page(
    word: str, titles: list[str], asked: list[str]
) -> None:
    outcomes = (plan("a.md"), plan("b.md"), replace(plan("c.md"), identity="doubt"))
    review = typed(begin(outcomes), word)
    left = list(review.questions[len(review.answers) :])
    assert [question.change.field for question in left if question.plan.path != "c.md"] == asked
    in_doubt = [question.change.field for question in left if question.plan.path == "c.md"]
    assert in_doubt == [name for name in REMEMBERED if "Y" in word or name != "title"]
    pages = {each.path: each for each in apply_answers(outcomes, review) if isinstance(each, Plan)}
    after = [
        read_page("a.md", pages[path].after) if path in pages else outcomes[0].page
        for path in "a.md b.md c.md".split()
    ]
    assert [page.get("title") for page in after] == titles


def test_yes_to_a_field_writes_no_invented_day_unseen() -> None:
    invented = replace(plan("b.md").changes[2], needs_answer=True)
    other = plan("b.md")
    outcomes = (plan("a.md"), replace(other, changes=(*other.changes[:2], invented, *other.changes[3:])))
    review = typed(begin(outcomes), "nnY")
    left = [(one.plan.path, one.change.field) for one in review.questions[len(review.answers) :]]
    assert left == [("b.md", name) for name in ("title", "authors", "date")]


def propose(text: Value, word: str = "") -> Review:
    """Return the review with a value of one's own for the change that these keys lead to."""
    return propose_value(typed(begin((plan(),)), word), text, "typed")


def test_a_value_of_ones_own_is_shown_written_and_not_asked_about_again() -> None:
    review = propose("Genes and us")
    assert review.question is not None
    assert (review.question.asked.old, review.question.asked.new) == ("Genes", "Genes and us")
    assert "Y" not in keys(review)
    [outcome] = apply_answers((plan(),), typed(review, "ynn"))
    assert isinstance(outcome, Plan)
    assert outcome.after == changed(("title: Genes ", "title: Genes and us "))
    line = make_next_baseline(written(outcome), "10.5555/1", None)
    assert line is not None
    assert line.fields == {"title": "record's title"}


def test_a_value_of_ones_own_decides_nothing_by_itself() -> None:
    review = propose("Genes and us")
    assert apply_answers((plan(),), typed(review, "q")) == []
    assert typed(review, "u") == begin((plan(),))


def test_the_value_of_the_page_is_not_proposed() -> None:
    with pytest.raises(Refused, match="the page already has this value; press k to keep it"):
        propose("Genes")


@pytest.mark.parametrize(
    ("word", "offered"),
    [
        pytest.param("", "ynkeadYNKpoq?", id="the first question"),
        pytest.param("y", "ynkeadYNKspouq?", id="a list with two differences can be split, an answer undone"),
        pytest.param("ysy", "ynkadYNKpouq?", id="a part is not split again"),
        pytest.param("a", "", id="the end"),
        pytest.param("q", "", id="after quitting"),
    ],
)
def test_only_what_does_something_is_offered(word: str, offered: str) -> None:
    assert keys(typed(begin((plan(),)), word)) == offered


def test_without_a_doi_there_is_nothing_to_open() -> None:
    assert "o" not in keys(begin((replace(plan(), doi=""),)))


def test_a_part_is_shown_alone() -> None:
    review = typed(begin((plan(),)), "ns")
    assert [question.asked.new for question in review.questions[1:3]] == [
        ["Ann Lee", "Jane Doe", "Eve Roe"],
        ["Ann Lee", "J. Doe", "New Person", "Eve Roe"],
    ]


def test_neighbours_that_were_respelled_are_parts_of_their_own() -> None:
    page = read_page("a.md", TEXT)
    respelled = change(page, "authors", ["Ann M. Lee", "Jane Doe", "Eva Roe"])
    review = begin((Plan(page, page.text, changes=(respelled,)),))
    assert len(press(review, "s").questions) == 3


def test_a_list_whose_parts_cannot_be_written_alone_is_not_split() -> None:
    noted = read_page("a.md", TEXT.replace("date:", "author_notes: [a, b, c]\ndate:"))
    review = begin((Plan(noted, noted.text, changes=(change(noted, "authors", MORE),)),))
    assert "s" not in keys(review)


REMEMBERED = ("title", "authors", "date")


def written(outcome: Outcome) -> Plan:
    """Return a plan as it is after its page was written."""
    assert isinstance(outcome, Plan)
    return replace(
        outcome,
        changes=tuple(
            replace(change, status="written") if change.status == "selected" else change
            for change in outcome.changes
        ),
    )


@pytest.mark.parametrize(
    ("word", "settled", "shown"),
    [
        pytest.param(
            "ynk", {"title", "date"}, {"authors", "abstract"}, id="yes and keep settle, no does not"
        ),
        pytest.param("yq", {"title"}, {"abstract"}, id="a change without a question stays news"),
        pytest.param(
            "nsykn", {"authors"}, {"title", "date", "abstract"}, id="all parts answered settle a list"
        ),
        pytest.param("nsynn", set(), {*REMEMBERED, "abstract"}, id="a part left open does not"),
    ],
)
def test_what_is_remembered(word: str, settled: set[str], shown: set[str]) -> None:
    line = make_next_baseline(written(result(word)[0]), "10.5555/1", None)
    assert line is not None
    assert set(line.fields) == settled
    assert all(line.fields[name] == f"record's {name}" for name in settled)
    assert set(line.shown) == shown


def test_what_an_earlier_apply_has_shown_stays_shown_when_it_is_not_asked_about() -> None:
    [outcome] = result("yq", plan(is_new=False))
    line = make_next_baseline(written(outcome), "10.5555/1", None)
    assert line is not None
    assert set(line.shown) == {"authors", "date", "abstract"}


@given(st.text("ynakdYNKsouq?z12", max_size=25), st.integers(1, 3))
def test_whatever_is_typed_the_pages_hold_what_was_chosen(word: str, pages: int) -> None:
    outcomes = tuple(plan(f"{number}.md") for number in range(pages))
    review = typed(begin(outcomes), word)
    assert len(review.answers) <= len(review.questions)
    for outcome in apply_answers(outcomes, review):
        assert isinstance(outcome, Plan)
        selected = [change for change in outcome.changes if change.status == "selected"]
        kept = [change for change in outcome.changes if change.status == "kept"]
        assert outcome.after == make_page_text(outcome.page, selected)
        assert not any(change.refused_because for change in (*selected, *kept))
        assert not {change.field for change in selected if change.baseline_value} & {
            change.field for change in kept
        }


@given(st.text("ynakdYNKsu1", max_size=20))
def test_undoing_everything_leads_back_to_the_beginning(word: str) -> None:
    first = begin((plan("a.md"), plan("b.md")))
    review = typed(first, word)
    if review.question is not None:
        assert typed(review, "u" * len(word)) == first


@given(st.text("ynakdYNKs1", max_size=20))
def test_the_end_of_the_input_says_yes_to_nothing(word: str) -> None:
    outcomes = (plan("a.md"), plan("b.md"))
    review = typed(begin(outcomes), word)
    assert apply_answers(outcomes, press(review, "q")) == apply_answers(outcomes, review)


NAMES = st.lists(
    st.sampled_from(["Ann Lee", "A. Lee", "Lee, Ann", "Jo Doe", "J. Doe", "admin", ""]), max_size=6
)


@given(NAMES, NAMES)
def test_the_parts_of_a_list_are_together_the_whole_change(old: list[str], new: list[str]) -> None:
    items: list[Value] = [*old]
    for start, end, instead in sorted(find_hunks(old, new), key=lambda hunk: hunk[:2], reverse=True):
        items[start:end] = instead
    assert items == new
