"""The date of a publication."""

from __future__ import annotations

from collections.abc import Iterator

from enrich.model.page import Value
from enrich.model.work import Work
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.field_comparison import FieldComparison, Texts, is_empty
from enrich.reconciler.fields.field import Field
from enrich.reconciler.partial_dates import (
    dates_agree,
    explain_future_date,
    format_date_like,
    list_dates,
    propose_date,
    read_date,
)


def compare_date(comparison: Comparison, work: Work) -> Iterator[FieldComparison]:
    """Yield the date: the same as any date of the work, at the coarser of the two precisions."""
    proposed = propose_date(work.dates)
    forms = tuple(map(str, list_dates(work.dates)))
    path, local = comparison.place("date")
    partial = proposed is not None and proposed.day is None
    yield FieldComparison(
        "date", path, local, format_date_like(proposed, local) if proposed else None, forms, forms,
        is_equal=_is_same_date,
        is_verbatim=_is_first_date,
        record_unchanged=lambda base, now: base[:1] == now[:1],
        empty=is_empty(local),
        needs_review_because=explain_future_date(
            proposed, comparison.page.get("publishdate"), comparison.rules.today
        ),
        refused=f"the record knows no more than {proposed}" if partial and not is_empty(local) else "",
    )  # fmt: skip


def _is_same_date(value: Value, texts: Texts) -> bool:
    local = read_date(value)
    known = (read_date(text) for text in texts)
    return local is not None and any(dates_agree(local, date) for date in known if date)


def _is_first_date(value: Value, texts: Texts) -> bool:
    local, first = read_date(value), read_date(texts[0]) if texts else None
    # The first of a month may be meant as that day, so the page has more than the record's month.
    typed = local is not None and local.day == 1 and local.month != 1
    return _is_same_date(value, texts[:1]) and not (
        typed and first is not None and first.day not in {None, 1}
    )


FIELD = Field(
    name="date",
    policy="fill",
    after=("authors", "author_notes"),
    compare=compare_date,
    read_record=lambda work: list_dates(work.dates),
)
