"""When two dates agree, and which date is proposed."""

from __future__ import annotations

from pathlib import Path

import pytest

from enrich.model.page import Value
from enrich.model.work import Dates, PartialDate
from enrich.reconciler.partial_dates import (
    dates_agree,
    format_date_like,
    is_ahead_of_issue,
    is_readable_date,
    list_date_readings,
    propose_date,
    read_date,
)
from tests.support.hugo_site import binaries, broken

DAY = PartialDate(2024, 4, 29)


@pytest.mark.parametrize(
    ("value", "date"),
    [
        pytest.param("2024-04-29", DAY, id="a day"),
        pytest.param("2024-04-29T00:00:00Z", DAY, id="with a time"),
        pytest.param("2024-04-29 10:00:00 +02:00", DAY, id="with a time and a zone"),
        pytest.param(2024, PartialDate(2024), id="a number"),
        pytest.param("2024-04", PartialDate(2024, 4), id="a month"),
        pytest.param("2016-04-31", None, id="a day that does not exist"),
        pytest.param("2024-15-09", None, id="a month that does not exist"),
        pytest.param("2024-04-00", None, id="day zero"),
        pytest.param("in press", None, id="words"),
        pytest.param(True, None, id="a truth value"),
        pytest.param(None, None, id="nothing"),
    ],
)
def test_read(value: Value, date: PartialDate | None) -> None:
    assert read_date(value) == date


@pytest.mark.parametrize(
    ("local", "remote", "same"),
    [
        pytest.param(DAY, DAY, True, id="the same day"),
        pytest.param(DAY, PartialDate(2024, 4), True, id="the record knows the month"),
        pytest.param(DAY, PartialDate(2024), True, id="the record knows the year"),
        pytest.param(PartialDate(2024), DAY, True, id="the page knows the year"),
        pytest.param(PartialDate(2024, 1, 1), DAY, True, id="an importer's first of January"),
        pytest.param(DAY, PartialDate(2024, 1, 1), False, id="a first of January of the record's is a day"),
        pytest.param(PartialDate(2024, 4, 1), DAY, True, id="the first of its month, for a month alone"),
        pytest.param(PartialDate(2024, 5, 1), DAY, False, id="the first of another month"),
        pytest.param(DAY, PartialDate(2024, 4, 30), False, id="another day"),
        pytest.param(DAY, PartialDate(2024, 5), False, id="another month"),
        pytest.param(PartialDate(2024, 1, 1), PartialDate(2023, 12, 31), False, id="another year"),
    ],
)
def test_agree(local: PartialDate, remote: PartialDate, same: bool) -> None:
    assert dates_agree(local, remote) is same


@pytest.mark.parametrize(
    ("local", "remote", "ahead"),
    [
        pytest.param(DAY, [PartialDate(2024, 9)], True, id="a day of April, an issue of September"),
        pytest.param(DAY, [PartialDate(2024, 9), PartialDate(2024)], False, id="the record knows the year"),
        pytest.param(DAY, [PartialDate(2024, 9, 3)], False, id="the issue has a day"),
        pytest.param(DAY, [PartialDate(2024, 5, 3), PartialDate(2024, 9)], False, id="one date has a day"),
        pytest.param(DAY, [PartialDate(2024, 3)], False, id="an issue of March"),
        pytest.param(DAY, [PartialDate(2025, 1)], False, id="an issue of the next year"),
        pytest.param(PartialDate(2024, 4), [PartialDate(2024, 9)], False, id="two months"),
        pytest.param(DAY, [], False, id="no date"),
    ],
)
def test_ahead_of_issue(local: PartialDate, remote: list[PartialDate], ahead: bool) -> None:
    assert is_ahead_of_issue(local, remote) is ahead


@pytest.mark.parametrize(
    ("dates", "proposed"),
    [
        pytest.param(Dates(online=DAY, print=PartialDate(2024, 5, 14)), DAY, id="the earliest day"),
        pytest.param(
            Dates(online=PartialDate(2024), print=PartialDate(2024, 5, 14)),
            PartialDate(2024, 5, 14),
            id="that has a day",
        ),
        pytest.param(
            Dates(print=PartialDate(2024, 5), issued=PartialDate(2024, 5)),
            PartialDate(2024, 5),
            id="else issued",
        ),
        pytest.param(
            Dates(approved=PartialDate(2019, 6), issued=PartialDate(2019)),
            PartialDate(2019, 6),
            id="the most precise",
        ),
        pytest.param(
            Dates(print=PartialDate(1997, 6), online=PartialDate(2013, 5, 9), issued=PartialDate(1997, 6)),
            PartialDate(1997, 6),
            id="a back issue put online later",
        ),
        pytest.param(
            Dates(print=PartialDate(2019), online=PartialDate(2020, 1, 15)),
            PartialDate(2019),
            id="no day is borrowed from a later year",
        ),
        pytest.param(
            Dates(approved=PartialDate(2018, 6, 1), issued=PartialDate(2019)),
            PartialDate(2019),
            id="approved",
        ),
        pytest.param(Dates(), None, id="none"),
    ],
)
def test_proposed(dates: Dates, proposed: PartialDate | None) -> None:
    assert propose_date(dates) == proposed


@pytest.mark.parametrize(
    ("local", "date", "text"),
    [
        ("2015-09-01T00:00:00Z", DAY, "2024-04-29T00:00:00Z"),
        ("2015-09-01", DAY, "2024-04-29"),
        (None, PartialDate(2024, 4), "2024-04-01"),
        ("", PartialDate(2024), "2024-01-01"),
    ],
)
def test_a_name_has_the_form_of_the_others(local: Value, date: PartialDate, text: str) -> None:
    assert format_date_like(date, local) == text


FORMS = [
    "2020-05-04",
    '"2020-05-04"',
    "2020-05-04T10:00:00Z",
    '"2020-05-04T10:00:00+02:00"',
    "2020-05-04 10:00:00",
    "2020-05-04 10:00:00.5",
    "2020-05-04T10:00:00+0200",
    "2020-05-04 10:00:00 +0200",
    '"2020-05-04 10:00:00 +02:00"',
    "2020-05-04 10:00:00 +0000 UTC",
    "Mon, 04 May 2020 00:00:00 GMT",
    "04 May 2020",
    "2020-05-04T10:00",
    "2020-05-04 10:00",
    '"2020-05-04T10:00:00 +02:00"',
    "4 May 2020",
    '"May 4, 2020"',
    "2020-5-4",
    '"2020"',
    "2020-05",
    "2020-05-00",
    "2020-04-31",
    "in press",
]


@pytest.mark.skipif(not binaries(), reason="no Hugo here")
def test_a_day_for_hugo_is_a_day(tmp_path: Path) -> None:
    pages = {f"d{number}.md": f"---\ntitle: x\ndate: {form}\n---\n" for number, form in enumerate(FORMS)}
    unread = {form for number, form in enumerate(FORMS) if not is_readable_date(form.strip('"'))}
    for number, binary in enumerate(binaries()):
        failed = broken(tmp_path / str(number), pages, binary)
        assert {FORMS[int(path[1:-3])] for path in failed} == unread


@pytest.mark.parametrize(
    ("value", "days"),
    [
        pytest.param("2023-03-03T22:00:00.000Z", [3, 4], id="midnight in Helsinki"),
        pytest.param("2023-03-03T11:00:00Z", [3, 4], id="midnight in Auckland"),
        pytest.param("2023-03-03 22:00:00 +0000 UTC", [3, 4], id="midnight in Helsinki, as Go writes it"),
        pytest.param("Fri, 03 Mar 2023 23:00:00 GMT", [3, 4], id="midnight in Paris, as browsers write it"),
        pytest.param("2023-03-03T19:00:00-05:00", [3, 4], id="midnight of UTC in New York"),
        pytest.param("2023-03-03 16:00:00 -0800 PST", [3, 4], id="midnight of UTC in San Francisco"),
        pytest.param("2023-03-03T20:30:00-03:30", [3, 4], id="midnight of UTC in Saint John's"),
        pytest.param("2023-03-03T00:00:00-05:00", [3], id="midnight in New York"),
        pytest.param("2023-03-03T22:00:00+02:00", [3], id="an evening in Helsinki"),
        pytest.param("2023-03-03T22:00:00", [3], id="a time without a zone"),
        pytest.param("9999-12-31T22:00:00Z", [31], id="the calendar's last day"),
        pytest.param("2023-03-03T00:00:00Z", [3], id="midnight in UTC"),
        pytest.param("2023-03-03", [3], id="a day"),
        pytest.param("2023", [None], id="a year"),
        pytest.param("in press", [], id="words"),
    ],
)
def test_list_date_readings(value: Value, days: list[int | None]) -> None:
    assert [date.day for date in list_date_readings(value)] == days
