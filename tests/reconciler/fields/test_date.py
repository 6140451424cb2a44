"""A year or a month alone, which Hugo misreads, becomes a day that the record knows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from enrich.model.plan import Change
from enrich.model.work import Dates, PartialDate
from enrich.reconciler.verdict import Reconciliation
from tests.support.comparisons import PAGE, WORK, judged


def find_date_change(verdict: Reconciliation) -> Change | None:
    """Return the change of the date, if there is one."""
    return next((change for change in verdict.changes if change.field == "date"), None)


@pytest.mark.parametrize(
    ("typed", "dates", "new"),
    [
        pytest.param("2024", WORK.dates, "2024-04-29", id="a year"),
        pytest.param('"2024"', WORK.dates, "2024-04-29", id="a year in quotes"),
        pytest.param("2024-05", WORK.dates, "2024-05-14", id="the month of print"),
        pytest.param("2024", Dates(online=PartialDate(2024)), "2024-01-01", id="the record knows the year"),
        pytest.param(
            "2025",
            Dates(online=PartialDate(2024, 12, 30), print=PartialDate(2025, 2)),
            "2025-02-01",
            id="the year of print",
        ),
    ],
)
def test_it_is_repaired(typed: str, dates: Dates, new: str) -> None:
    text = PAGE.replace("date: 2024-04-29", f"date: {typed}")
    change = find_date_change(judged(text, replace(WORK, dates=dates)))
    assert change is not None
    assert (change.kind, change.level, change.new) == ("normalise", "safe", new)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("date: 2024-01-01", id="an importer's first of January"),
        pytest.param("date: 2024  # enrich: keep", id="pinned"),
    ],
)
def test_nothing_is_proposed(line: str) -> None:
    assert find_date_change(judged(PAGE.replace("date: 2024-04-29", line))) is None


def test_a_day_ahead_of_an_issue_known_by_its_month_is_not_a_difference() -> None:
    text = PAGE.replace("date: 2024-04-29", "date: 2019-04-18")
    assert find_date_change(judged(text, replace(WORK, dates=Dates(print=PartialDate(2019, 9))))) is None


def test_another_year_is_not_a_repair() -> None:
    change = find_date_change(judged(PAGE.replace("date: 2024-04-29", "date: 2019")))
    assert change is not None
    assert (change.kind, change.level, change.new) == ("replace", "review", "2024-04-29")


@pytest.mark.parametrize("policy", ["propose", "keep"])
def test_the_policy_decides(policy: str) -> None:
    text = PAGE.replace("date: 2024-04-29", "date: 2024")
    change = find_date_change(judged(text, policies={"date": "propose" if policy == "propose" else "keep"}))
    assert (change and change.level) == ("review" if policy == "propose" else None)


def test_in_doubt_it_needs_review() -> None:
    text = PAGE.replace("date: 2024-04-29", "date: 2024").replace(
        "Danio rerio in H2O", "mice and of larks in air"
    )
    change = find_date_change(judged(text))
    assert change is not None
    assert change.level == "review"


@pytest.mark.parametrize(
    ("day", "level"),
    [
        (PartialDate(1970, 1, 1), "review"),
        (PartialDate(1900, 1, 1), "review"),
        (PartialDate(1970, 1, 2), "safe"),
        (PartialDate(1970), "safe"),
    ],
)
def test_the_zero_of_clocks_needs_review(day: PartialDate, level: str) -> None:
    text = PAGE.replace("date: 2024-04-29", "date: ''")
    change = find_date_change(judged(text, replace(WORK, dates=Dates(online=day))))
    assert change is not None
    assert change.level == level


@pytest.mark.parametrize("typed", ["[2024-04-29]", "{day: 2024-04-29}", "[[2019], 2020]"])
def test_a_date_that_is_a_list_or_a_mapping_stops_nothing(typed: str) -> None:
    dates = Dates(online=PartialDate(2024, 4, 29), print=PartialDate(2025, 2, 3))
    verdict = judged(PAGE.replace("date: 2024-04-29", f"date: {typed}"), replace(WORK, dates=dates))
    change = find_date_change(verdict)
    assert change is None or change.level == "review"
