"""Which titles are the same in another form, and how far two titles agree."""

from __future__ import annotations

import pytest

from enrich.reconciler.title_forms import is_cut_title, is_same_title, list_title_forms
from enrich.reconciler.title_likeness import compare_titles
from tests.support.comparisons import work

TITLE = "Mooring ropes of hemp and nylon in salt water"
GERMAN = "Festmacherleinen aus Hanf und aus Nylon im Meer"


@pytest.mark.parametrize(
    ("title", "record"),
    [
        pytest.param(TITLE, f"{TITLE}: a review", id="without the subtitle"),
        pytest.param(TITLE, f"{TITLE} / {GERMAN}", id="the first of two languages"),
        pytest.param(GERMAN, f"{TITLE} / {GERMAN}", id="the second of two languages"),
        pytest.param(GERMAN, f"{TITLE} [{GERMAN}]", id="a translation in brackets"),
    ],
)
def test_the_same_title(title: str, record: str) -> None:
    assert is_same_title(title, list_title_forms(work(titles=(record,))))


@pytest.mark.parametrize(
    "record",
    [
        pytest.param(f"{TITLE}: Study 2", id="a number"),
        pytest.param(f"{TITLE}: an update", id="an update"),
        pytest.param(f"{TITLE}: supplementary material", id="a supplement"),
        pytest.param(f"{TITLE}, part II", id="a part"),
        pytest.param(f"{TITLE} / {TITLE} in the north", id="no translation"),
        pytest.param(f"{TITLE} [tables and figures]", id="brackets"),
    ],
)
def test_another_title(record: str) -> None:
    assert not is_same_title(TITLE, list_title_forms(work(titles=(record,))))


@pytest.mark.parametrize(
    ("title", "record"),
    [
        pytest.param("Kelp: a review of ropes", "Kelp", id="a colon after one word"),
        pytest.param("Reply: on kelp", "Reply", id="hardly a title"),
        pytest.param("Ropes of kelp - a review", "Ropes of kelp", id="a hyphen between spaces"),
        pytest.param("Ropes of kelp — a review", "Ropes of kelp", id="a dash"),
        pytest.param("Ropes of kelp—a review", "Ropes of kelp", id="a dash without spaces"),
        pytest.param("Ropes of kelp. A review", "Ropes of kelp", id="a full stop"),
        pytest.param("Ropes of kelp. A review", "Ropes of kelp.", id="a full stop that the record kept"),
        pytest.param("Why kelp? A review", "Why kelp?", id="a question mark"),
        pytest.param("Ropes: of kelp: a review", "Ropes: of kelp", id="the second colon"),
        pytest.param("*Ropes* of **kelp**: a review", "Ropes of kelp", id="markup"),
        pytest.param("RETRACTED: Ropes of kelp: a review", "Ropes of kelp", id="a status on the page"),
    ],
)
def test_the_record_is_cut(title: str, record: str) -> None:
    assert is_cut_title(title, list_title_forms(work(titles=(record,))))


@pytest.mark.parametrize(
    ("title", "record"),
    [
        pytest.param("Ropes of kelp: a review", "Ropes of nylon", id="another word before the colon"),
        pytest.param("Ropes of kelp and nylon", "Ropes of kelp", id="no sign"),
        pytest.param("Ropes of kelp, a review", "Ropes of kelp", id="a comma"),
        pytest.param("Ropes of sea-kelp", "Ropes of sea", id="a hyphen in a word"),
        pytest.param("Kelp.js in the browser", "Kelp", id="a full stop in a word"),
        pytest.param("Ropes of kelp: part 2", "Ropes of kelp", id="a part"),
        pytest.param("Ropes of kelp: reply to a review", "Ropes of kelp", id="a reply"),
        pytest.param("Ropes of kelp", "Ropes of kelp: a review", id="the page is shorter"),
        pytest.param("Ropes of kelp: a study", "Ropes of kelp: a review", id="another subtitle"),
        pytest.param("Ropes of kelp", "Ropes of kelp", id="equal"),
    ],
)
def test_the_record_is_not_cut(title: str, record: str) -> None:
    assert not is_cut_title(title, list_title_forms(work(titles=(record,))))


def test_a_cut_title_is_compared_with_the_record_s_subtitle() -> None:
    forms = list_title_forms(work(titles=("Kelp",), subtitles=("a review",)))
    assert not is_cut_title("Kelp: an elegy", forms)


@pytest.mark.parametrize(
    ("title", "record", "is_alike"),
    [
        pytest.param(f"{TITLE} at −20 °C", f"{TITLE} at 20 °C", False, id="a sign"),
        pytest.param(f"{TITLE} at -20 °C", f"{TITLE} at −20 °C", True, id="the same sign"),
        pytest.param(f"{TITLE} at 10-20 °C", f"{TITLE} at 10–20 °C", True, id="a range"),
        pytest.param(f"{TITLE} of 1,5 m", f"{TITLE} of 1.5 m", True, id="a decimal comma"),
        pytest.param(TITLE, f"{TITLE} 2", False, id="a sequel"),
        pytest.param(f"{TITLE} in 2019", f"{TITLE}", True, id="a year on one side"),
    ],
)
def test_numbers_are_compared_by_their_value(title: str, record: str, is_alike: bool) -> None:
    assert (compare_titles(title, (record,)) != "different") is is_alike
