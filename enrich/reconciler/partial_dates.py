"""When two dates say the same, and which date of a work is proposed."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from enrich.model.page import Value
from enrich.model.work import Dates, PartialDate

_ISO = re.compile(r"\s*(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?![\d-])")
_SPELLED = re.compile(r"\s*(?:[A-Z][a-z]{2}, )?(\d{2}) ([A-Z][a-z]{2}) (\d{4})\b")
_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# What Hugo reads as a day: https://github.com/spf13/cast (time formats), tried with 0.149 and 0.168.
_READABLE = re.compile(
    r"\s*(?:\d{4}-\d{2}-\d{2}"
    r"(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?"
    r"| \d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2}| [+-]\d{2}:?\d{2}| [+-]\d{4} [A-Z]{3,4})?)?"
    r"|\d{2} [A-Z][a-z]{2} \d{4}"
    r"|[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} (?:[A-Z]{3,4}|[+-]\d{4}))\s*"
)


def read_date(value: Value) -> PartialDate | None:
    """Return the date that a page's value says, None where it says none (an impossible one too)."""
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


def is_readable_date(value: Value) -> bool:
    """Return whether Hugo reads a value as the day that it says."""
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
    named = {name: getattr(dates, name) for name in ("online", "print", "posted", "issued", "approved")}
    known = {name: str(date) for name, date in named.items() if date}
    if len(set(known.values())) < len(known) and "issued" in known:
        del known["issued"]  # the earliest of the others, nearly always
    return ", ".join(f"{name} {date}" for name, date in known.items())


def propose_date(dates: Dates) -> PartialDate | None:
    """Return the earliest of online, print and posted that has a day, else the most precise other."""
    with_day = [date for date in (dates.online, dates.print, dates.posted) if date and date.day]
    if with_day:
        return min(with_day, key=_in_order)
    others = [date for date in (dates.issued, dates.approved) if date]
    others = others or [date for date in (dates.online, dates.print, dates.posted) if date]
    return max(others, key=_precision) if others else None


def explain_future_date(date: PartialDate | None, published: Value, today: dt.date) -> str:
    """Return why a date wants a look: Hugo leaves a page out until its day, if `publishDate` is not set."""
    if date is None or read_date(published) is not None or _first_day(date) <= today:
        return ""
    return "it lies in the future, and Hugo leaves the page out until then"


def _first_day(date: PartialDate) -> dt.date:
    return dt.date(date.year, date.month or 1, date.day or 1)


def dates_agree(local: PartialDate, remote: PartialDate) -> bool:
    """Return whether two dates say the same at the coarser precision of the two.

    A local 1 January agrees with any date of its year, the first of another month with any of that
    month: importers and people write it where they knew no more (762 and 496 of 2,693 pages).
    """
    if local.year != remote.year:
        return False
    if (local.month, local.day) == (1, 1) or local.month is None or remote.month is None:
        return True
    if local.month != remote.month:
        return False
    return local.day in {None, 1} or remote.day is None or local.day == remote.day


def format_date_like(date: PartialDate, local: Value) -> str:
    """Return a date as it is written into a page: with a day, and with the time that stood there."""
    iso = str(PartialDate(date.year, date.month or 1, date.day or 1))
    tail = re.match(r"\s*\d{4}-\d{1,2}-\d{1,2}([T ].*)$", local) if isinstance(local, str) else None
    return iso + tail[1].rstrip() if tail else iso


def _in_order(date: PartialDate) -> tuple[int, int, int]:
    return (date.year, date.month or 0, date.day or 0)


def _precision(date: PartialDate) -> int:
    return (date.month is not None) + (date.day is not None)
