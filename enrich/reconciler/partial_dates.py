"""Compare dates of different precision, and choose which date of a work to propose."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence

from enrich.model.page import Value
from enrich.model.work import Dates, PartialDate

_ISO = re.compile(r"\s*(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?![\d-])")
_SPELLED = re.compile(r"\s*(?:[A-Z][a-z]{2}, )?(\d{2}) ([A-Z][a-z]{2}) (\d{4})\b")
_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# Midnight in zones from UTC+14 to UTC+1, as UTC has it.
_EASTERN_MIDNIGHT = re.compile(
    r"[T ](?:1\d|2[0-3]):(?:00|15|30|45):00(?:\.0+)?\s?(?:Z|[+-]00:?00(?:\s?(?:UTC|GMT))?|UTC|GMT)\s*$"
)
# A time west of Greenwich with its offset: "18:00:00-06:00" is midnight in UTC.
_WITH_OFFSET = re.compile(r"[T ](\d\d):(\d\d):00(?:\.0+)?\s?-(\d\d):?(\d\d)(?:\s[A-Z]{3,4})?\s*$")
_DAY = 24 * 60  # minutes

# What Hugo reads as a day: https://github.com/spf13/cast (time formats), tried with 0.149 and 0.168.
_READABLE = re.compile(
    r"\s*(?:\d{4}-\d{2}-\d{2}"
    r"(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?"
    r"| \d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2}| [+-]\d{2}:?\d{2}| [+-]\d{4} [A-Z]{3,4})?)?"
    r"|\d{2} [A-Z][a-z]{2} \d{4}"
    r"|[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} (?:[A-Z]{3,4}|[+-]\d{4}))\s*"
)


def read_date(value: Value) -> PartialDate | None:
    """Return a page's value as a date, None if it is not a possible date."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    if found := _SPELLED.match(str(value)):
        month = _MONTHS.index(found[2]) if found[2] in _MONTHS else 0
        date = PartialDate(int(found[3]), month, int(found[1]))
    elif found := _ISO.match(str(value)):
        date = PartialDate(*(int(part) if part else None for part in found.groups()))  # type: ignore[arg-type]
    else:
        return None
    return date if is_possible_date(date) else None


def list_date_readings(value: Value) -> tuple[PartialDate, ...]:
    """Return the day of a value, and the next one if its time may be midnight in another zone.

    Content management systems write local midnight in UTC: `2023-03-03T22:00:00Z` is 4 March in Helsinki.
    Others write midnight of UTC in the local zone: `2023-03-03T19:00:00-05:00` is 4 March in UTC.
    """
    date = read_date(value)
    if date is None:
        return ()
    if not (isinstance(value, str) and _is_midnight_elsewhere(value)) or date.month is None or not date.day:
        return (date,)
    if (date.year, date.month, date.day) == (9999, 12, 31):
        return (date,)  # the calendar's last day
    after = dt.date(date.year, date.month, date.day) + dt.timedelta(days=1)
    return (date, PartialDate(after.year, after.month, after.day))


def _is_midnight_elsewhere(value: str) -> bool:
    """Return whether a time is midnight of the next day in a zone east of it."""
    if found := _WITH_OFFSET.search(value):
        hours, minutes, behind_hours, behind_minutes = map(int, found.groups())
        return (hours + behind_hours) * 60 + minutes + behind_minutes == _DAY
    return bool(_EASTERN_MIDNIGHT.search(value))


def is_readable_date(value: Value) -> bool:
    """Return whether Hugo reads a value as the intended day."""
    return isinstance(value, str) and bool(_READABLE.fullmatch(value)) and read_date(value) is not None


def is_possible_date(date: PartialDate) -> bool:
    """Return whether the calendar has this date."""
    if date.month is None:
        return 1 <= date.year <= 9999
    if not 1 <= date.month <= 12 or not 1 <= date.year <= 9999:
        return False
    return date.day is None or 1 <= date.day <= calendar.monthrange(date.year, date.month)[1]


def list_dates(dates: Dates) -> tuple[PartialDate, ...]:
    """Return every date of a work, the proposed one first, each once."""
    proposed = propose_date(dates)
    known = (dates.online, dates.print, dates.posted, dates.issued, dates.approved)
    return tuple(dict.fromkeys(date for date in (proposed, *known) if date is not None))


def describe_dates(dates: Dates) -> str:
    """Return a work's dates in words: "online 2020-05-04, print 2020-12"."""
    known = name_dates(dates)
    if len(set(known.values())) < len(known) and "issued" in known:
        del known["issued"]  # the earliest of the others, nearly always
    return ", ".join(f"{name} {date}" for name, date in known.items())


def name_dates(dates: Dates) -> dict[str, PartialDate]:
    """Return the dates that a work has, by the name of each."""
    named = {name: getattr(dates, name) for name in ("online", "print", "posted", "issued", "approved")}
    return {name: date for name, date in named.items() if date}


def propose_date(dates: Dates) -> PartialDate | None:
    """Return the most precise date of the record's earliest year; of equally precise dates the earlier.

    Never take the day from a later year: a back issue of 1997 may be put online in 2013. The approval of a
    thesis never makes the year, unless there is no other date.
    """
    known = (dates.online, dates.print, dates.posted, dates.issued, dates.approved)
    stated = [date for date in known[:-1] if date] or [date for date in known if date]
    first_year = min((date.year for date in stated), default=0)
    candidates = [date for date in known if date and date.year == first_year]
    return min(candidates, key=lambda date: (-_precision(date), _in_order(date)), default=None)


def explain_future_date(date: PartialDate | None, published: Value, today: dt.date) -> str:
    """Return why a date needs review: before it, Hugo publishes no page without a `publishDate`."""
    if date is None or read_date(published) is not None or _first_day(date) <= today:
        return ""
    return "it is in the future, and Hugo does not publish the page until then"


def _first_day(date: PartialDate) -> dt.date:
    return dt.date(date.year, date.month or 1, date.day or 1)


def dates_agree(local: PartialDate, remote: PartialDate) -> bool:
    """Return whether two dates agree at the coarser precision of the two.

    A local 1 January agrees with any date of its year, the first of another month with any of that
    month: importers and people write it if they know no more (762 and 496 of 2,693 pages).
    """
    if local.year != remote.year:
        return False
    if (local.month, local.day) == (1, 1) or local.month is None or remote.month is None:
        return True
    if local.month != remote.month:
        return False
    return local.day in {None, 1} or remote.day is None or local.day == remote.day


def is_ahead_of_issue(local: PartialDate, remote: Sequence[PartialDate]) -> bool:
    """Return whether a day lies before the month of an issue, in its year: the day of online publication.

    For many papers the record has only the issue, without a day. It cannot correct such a day.
    """
    issue = min(remote, key=_in_order, default=None)
    if issue is None or issue.month is None or local.month is None or any(date.day for date in remote):
        return False
    return bool(local.day) and local.year == issue.year and local.month < issue.month


def format_date_like(date: PartialDate, local: Value) -> str:
    """Return a date as it is written into a page: with a day, and with the page's time if it had one."""
    iso = str(PartialDate(date.year, date.month or 1, date.day or 1))
    tail = re.match(r"\s*\d{4}-\d{1,2}-\d{1,2}([T ].*)$", local) if isinstance(local, str) else None
    return iso + tail[1].rstrip() if tail else iso


def _in_order(date: PartialDate) -> tuple[int, int, int]:
    return (date.year, date.month or 0, date.day or 0)


def _precision(date: PartialDate) -> int:
    return (date.month is not None) + (date.day is not None)
