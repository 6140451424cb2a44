"""Which titles are the same in another form, and how far two titles agree."""

from __future__ import annotations

import pytest

from enrich.reconciler.title_forms import is_same_title, list_title_forms
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
