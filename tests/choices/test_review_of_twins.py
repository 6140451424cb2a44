"""Reviewing translations: what they have in common is asked about once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from enrich.choices.answered_plans import apply_answers
from enrich.choices.interactive import begin, list_twins, number_question, propose_value
from enrich.choices.question import Review
from enrich.cli.review import ask_questions
from enrich.front_matter.page_text import read_page
from enrich.model.page import Value
from enrich.model.plan import Plan
from enrich.model.twin_changes import are_twins, list_change_parts
from tests.choices.test_interactive import MORE, TEXT, change, plan, typed

EN, DE = "content/publication/a/index.md", "content/publication/a/index.de.md"
BOTH = (plan(EN), plan(DE))
ALL = ["title", "authors", "date"]
OTHER_DATE = plan(DE, text=TEXT.replace("2019-01-01", "2018-01-01"))


def list_values(plans: tuple[Plan, ...], review: Review, key: str) -> list[Value]:
    """Return the value of a key on each page once the answers are carried out."""
    done = {one.path: one.after for one in apply_answers(plans, review) if isinstance(one, Plan)}
    return [read_page(one.path, done.get(one.path, one.page.text)).get(key) for one in plans]


def list_taken(plans: tuple[Plan, ...], review: Review) -> list[tuple[str, ...]]:
    """Return the fields that are written on each page."""
    done = {one.path: one for one in apply_answers(plans, review) if isinstance(one, Plan)}
    pages = [read_page(one.path, done[one.path].after if one.path in done else TEXT) for one in plans]
    old = [one.page for one in plans]
    return [
        tuple(key for key in ("title", "authors", "date") if page.get(key) != before.get(key))
        for page, before in zip(pages, old, strict=True)
    ]


@pytest.mark.parametrize(
    ("word", "taken"),
    [
        pytest.param("ynn", ("title",), id="yes to one"),
        pytest.param("nyn", ("authors",), id="no, then yes"),
        pytest.param("yyy", ("title", "authors", "date"), id="yes to each"),
        pytest.param("kkk", (), id="keep mine"),
        pytest.param("a", ("title", "authors", "date"), id="all of the page"),
        pytest.param("yd", ("title",), id="yes, then done with the page"),
        pytest.param("Ynn", ("title",), id="yes to the field"),
        pytest.param("yuya", ("title", "authors", "date"), id="undo takes both answers back"),
    ],
)
def test_an_answer_is_for_all_translations(word: str, taken: tuple[str, ...]) -> None:
    review = typed(begin(BOTH), word)
    assert review.question is None
    assert list_taken(BOTH, review) == [taken, taken]


@pytest.mark.parametrize(
    ("other", "left"),
    [
        pytest.param(OTHER_DATE, ["date"], id="another value on the page"),
        pytest.param(plan("content/publication/b/index.md"), ALL, id="another page"),
        pytest.param(replace(plan(DE), doi="10.5555/2"), ALL, id="another DOI"),
        pytest.param(replace(plan(DE), identity="doubt"), ALL, id="in doubt"),
    ],
)
def test_another_question_is_asked_about_each_page(other: Plan, left: list[str]) -> None:
    review = typed(begin((plan(EN), other)), "nnn")
    assert [question.change.field for question in review.questions[len(review.answers) :]] == left


NOTED = plan(DE, text=TEXT.replace("date:", "author_notes: [a, b, c]\ndate:"))


@pytest.mark.parametrize(
    ("other", "word", "authors"),
    [
        pytest.param(plan(DE), "nsynn", [["Ann Lee", "Jane Doe", "Eve Roe"]] * 2, id="the first part"),
        pytest.param(
            plan(DE), "nsnyn", [["Ann Lee", "J. Doe", "New Person", "Eve Roe"]] * 2, id="the second part"
        ),
        pytest.param(plan(DE), "nsyyn", [MORE] * 2, id="both parts"),
        pytest.param(plan(DE), "nsyususyyn", [MORE] * 2, id="split again after an undo"),
        pytest.param(
            plan(DE, text=TEXT.replace("J. Doe", "John Doe")),
            "nsynnnn",
            [["Ann Lee", "Jane Doe", "Eve Roe"], ["Ann Lee", "John Doe", "Eve Roe"]],
            id="another list on the other page",
        ),
        pytest.param(
            NOTED,
            "nsynnn",
            [["Ann Lee", "Jane Doe", "Eve Roe"], ["Ann Lee", "J. Doe", "Eve Roe"]],
            id="a list that cannot be split on the other page",
        ),
    ],
)
def test_the_parts_of_a_list_are_for_all_translations(other: Plan, word: str, authors: list[Value]) -> None:
    plans = (plan(EN), other)
    review = typed(begin(plans), word)
    assert review.question is None
    assert list_values(plans, review, "authors") == authors


@pytest.mark.parametrize(
    ("other", "steps", "key", "values"),
    [
        pytest.param(plan(DE), ["", "Our genes", "ynn"], "title", ["Our genes"] * 2, id="a title"),
        pytest.param(plan(DE), ["n", ["Bo Hale"], "yn"], "authors", [["Bo Hale"]] * 2, id="names"),
        pytest.param(plan(DE), ["", "Our genes", "nnn"], "title", ["Genes"] * 2, id="not accepted"),
        pytest.param(plan(DE), ["", "Our genes", "uynn"], "title", ["Genomes"] * 2, id="undone"),
        pytest.param(plan(DE), ["nn2y"], "date", ["2019-06-01"] * 2, id="another value of the record"),
        pytest.param(
            OTHER_DATE,
            ["nn", "2019-07-01", "yn"],
            "date",
            ["2019-07-01", "2018-01-01"],
            id="another value on the other page",
        ),
        pytest.param(
            NOTED,
            ["n", ["Bo Hale"], "ynn"],
            "authors",
            [["Bo Hale"], ["Ann Lee", "J. Doe", "Eve Roe"]],
            id="a value that the other page cannot have",
        ),
    ],
)
def test_a_value_of_ones_own_is_for_all_translations(
    other: Plan, steps: list[Value], key: str, values: list[Value]
) -> None:
    """The second step is the value; the others are keys."""
    plans = (plan(EN), other)
    review = typed(begin(plans), str(steps[0]))
    if len(steps) > 1:
        review = typed(propose_value(review, steps[1], "typed"), str(steps[2]))
    assert review.question is None
    assert list_values(plans, review, key) == values


def test_a_question_names_the_other_pages(capsys: pytest.CaptureFixture[str]) -> None:
    ask_questions(begin(BOTH), color=False, full=False, read=lambda: "")
    shown = capsys.readouterr().out
    assert f"    also on: {DE}\n" in shown
    assert "(1/3) Write these 2 together?" in shown
    assert [twin.plan.path for twin in list_twins(begin(BOTH), begin(BOTH).questions[0])] == [DE]


@pytest.mark.parametrize(
    ("plans", "word", "numbers"),
    [
        pytest.param(BOTH, "", (1, 3), id="three changes on two translations are three questions"),
        pytest.param(BOTH, "y", (2, 3), id="one answer for both is one question"),
        pytest.param(BOTH, "yn", (3, 3), id="the last"),
        pytest.param((plan(EN), plan("content/publication/b/index.md")), "y", (2, 6), id="two papers"),
    ],
)
def test_translations_share_the_number_of_a_question(
    plans: tuple[Plan, ...], word: str, numbers: tuple[int, int]
) -> None:
    assert number_question(typed(begin(plans), word)) == numbers


@pytest.mark.parametrize(
    ("path", "other", "are"),
    [
        (EN, DE, True),
        ("content/en/publication/a.md", "content/de/publication/a.md", True),
        ("content/publication/a.md", "content/publication/a.pt-br.md", True),
        (EN, EN, False),
        (EN, "content/publication/b/index.md", False),
        ("content/publication/a.md", "content/papers/a.md", False),
    ],
)
def test_translations_have_one_name(path: str, other: str, are: bool) -> None:
    assert are_twins(plan(path), plan(other)) is are


EMPTY: tuple[Value, ...] = (None, "", [])


def test_an_empty_value_is_none() -> None:
    page = read_page("a.md", TEXT)
    fill = change(page, "abstract", "Text.", kind="fill")
    same = [replace(fill, old=old) for old in EMPTY]
    assert len({str(list_change_parts(one)) for one in same}) == 1
    assert list_change_parts(replace(fill, old="0")) != list_change_parts(fill)
