"""The date of a publication."""

from __future__ import annotations

import re
from collections.abc import Iterator

from enrich.errors import Refused
from enrich.model.page import Value
from enrich.model.plan import Alternative, Change
from enrich.model.work import Dates, PartialDate, Work
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.field_comparison import FieldComparison, Texts, is_empty
from enrich.reconciler.fields.field import Field
from enrich.reconciler.mending import narrows_date
from enrich.reconciler.partial_dates import (
    dates_agree,
    describe_dates,
    explain_future_date,
    format_date_like,
    is_ahead_of_issue,
    is_readable_date,
    list_date_readings,
    list_dates,
    name_dates,
    propose_date,
    read_date,
)

_IS_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_PLACEHOLDERS = (PartialDate(1970, 1, 1), PartialDate(1900, 1, 1))  # the zero of clocks and of spreadsheets
_IS_CUT = re.compile(r"\s*\d{4}(?:-\d{1,2})?\s*")


def compare_date(comparison: Comparison, work: Work) -> Iterator[FieldComparison]:
    """Yield the date: equal to any date of the work, or to a day before an issue known by its month."""
    proposed = propose_date(work.dates)
    forms = tuple(map(str, list_dates(work.dates)))
    path, local = comparison.place("date")
    new = format_date_like(proposed, local) if proposed else None
    yield FieldComparison(
        "date", path, local, new, forms, forms,
        is_equal=_is_same_date,
        is_verbatim=_is_first_date,
        record_unchanged=lambda base, now: bool(now) and now[0] in base,
        is_mended=narrows_date,
        empty=is_empty(local),
        needs_review_because=explain_future_date(
            proposed, comparison.page.get("publishdate"), comparison.rules.today
        )
        or _explain_precision(proposed, local)
        or _explain_placeholder_date(proposed),
        alternatives=_list_alternatives(work.dates, new, local),
        needs_answer=bool(_explain_precision(proposed, local)),
    )  # fmt: skip


def _explain_precision(date: PartialDate | None, local: Value) -> str:
    """Return why a date needs an answer if its day is invented and a date was typed, else `""`."""
    is_invented = date is not None and not date.day and read_date(local) is not None
    return f"the record has only {date}; Hugo needs a day, so this is the first one" if is_invented else ""


def _explain_placeholder_date(date: PartialDate | None) -> str:
    """Return why a day needs review if many programs write it for an unknown date, else `""`."""
    return f"many programs write {date} if they do not know the date" if date in _PLACEHOLDERS else ""


def _is_same_date(value: Value, texts: Texts) -> bool:
    known = [date for text in texts if (date := read_date(text))]
    return any(
        is_ahead_of_issue(local, known) or any(dates_agree(local, date) for date in known)
        for local in list_date_readings(value)
    )


def _is_first_date(value: Value, texts: Texts) -> bool:
    local, first = read_date(value), read_date(texts[0]) if texts else None
    # The first of a month may be meant as that day, so the page has more than the record's month.
    typed = local is not None and local.day == 1 and local.month != 1
    return _is_same_date(value, texts[:1]) and not (
        typed and first is not None and first.day not in {None, 1}
    )


def normalise_date(comparison: Comparison) -> Iterator[Change]:
    """Yield the change that replaces a year or a month alone, which Hugo misreads, by a day."""
    path, local = comparison.place("date")
    typed = read_date(local)
    if (
        comparison.work is None
        or typed is None
        or is_readable_date(local)
        or not _IS_CUT.fullmatch(str(local))
    ):
        return
    dates = [date for date in list_dates(comparison.work.dates) if _lies_in(date, typed)]
    if not dates or comparison.is_kept(*path):
        return
    is_safe = comparison.is_same and comparison.rules.policies.get("date") != "propose"
    yield Change(
        field="date",
        path=path,
        kind="normalise",
        level="safe" if is_safe else "review",
        old=local,
        new=format_date_like(dates[0], local),
        reason=f"Hugo does not read {local} as a day; {describe_dates(comparison.work.dates)}",
        baseline_value=str(local),
    )


def read_typed_date(typed: str, change: Change) -> Value:
    """Return a typed day as the page writes dates; raise Refused if it is not a day of the calendar."""
    date = read_date(typed.strip()) if _IS_DAY.fullmatch(typed.strip()) else None
    if date is None:
        raise Refused("type a day of the calendar, as in 2019-03-04")
    return format_date_like(date, change.new)


def _list_alternatives(dates: Dates, proposed: Value, local: Value) -> tuple[Alternative, ...]:
    """Return the record's other dates, each once; only an empty key takes one without a day."""
    found: dict[str, Alternative] = {}
    for name, date in name_dates(dates).items():
        value = format_date_like(date, local)
        if date.day is not None or is_empty(local):
            found.setdefault(value, Alternative(value, f"{name} {date}"))
    return tuple(one for value, one in found.items() if value not in (proposed, local))


def _lies_in(date: PartialDate, typed: PartialDate) -> bool:
    """Return whether a record's date lies in the year or the month that is typed."""
    return date.year == typed.year and typed.month in {None, date.month}


FIELD = Field(
    name="date",
    policy="fill",
    after=("authors", "author_notes"),
    compare=compare_date,
    read_record=lambda work: list_dates(work.dates),
    normalise=normalise_date,
    read_typed=read_typed_date,
)
