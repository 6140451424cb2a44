"""Findings about the date of a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from enrich.reconciler.comparison import Comparison
from enrich.reconciler.field_comparison import is_empty
from enrich.reconciler.findings.registry import Message, register_page_rule
from enrich.reconciler.partial_dates import is_readable_date, read_date

_DATE_KEYS = ("date", "publishdate", "lastmod", "expirydate")  # of the front matter, in lower case


@register_page_rule("date-future", "warning", ended_by="date")
def check_date_future(comparison: Comparison) -> Iterator[Message]:
    """The date is in the future, so Hugo does not publish the page yet.

    Why it matters: the page is missing from the site until that day.
    Example: `content/publication/smith2019/index.md:7: warning[date-future] Hugo does not publish this page
    before 2027-01-01; correct the date or set publishDate to a past day`
    What to do: correct the date, or set `publishDate` to a past day.
    What `apply` does: nothing to this date. If the record's date is in the future, its change needs review,
    unless the page has a `publishDate`.
    Source: https://gohugo.io/content-management/front-matter/
    """
    published = read_date(comparison.page.get("publishdate"))
    shown_from = published or read_date(comparison.page.get("date"))
    if shown_from is None or shown_from.day is None or shown_from.month is None:
        return
    day = dt.date(shown_from.year, shown_from.month, shown_from.day)
    if day > comparison.rules.today:
        text = (
            f"Hugo does not publish this page before {day}; correct the date or set publishDate to a past day"
        )
        yield Message(text, comparison.line("publishdate" if published else "date"), evidence=str(day))


@register_page_rule("date-invalid", "warning", ended_by="date")
def check_date_invalid(comparison: Comparison) -> Iterator[Message]:
    """Hugo cannot read `date`, `publishDate`, `lastmod` or `expiryDate` as a day.

    It reads `date: 2024` as a number of seconds; `"2024"`, `2024-04` and `2016-04-31` stop the build.

    Why it matters: the page shows the year 1970, or Hugo does not build the site at all.
    Example: `content/publication/smith2019/index.md:7: warning[date-invalid] Hugo cannot read the date 2024
    as a day; write it as YYYY-MM-DD`
    What to do: write the whole day: 2024-01-01 if you know only the year.
    What `apply` does: if `date` is only a year or a month, it writes the day that the record has in that year
    or month. It changes no other form, and none of the other keys.
    Source: https://gohugo.io/functions/time/astime/
    """
    for key in _DATE_KEYS:
        value = comparison.page.get(key)
        if not is_empty(value) and not is_readable_date(value):
            name = ".".join(comparison.page.find(key) or (key,))
            text = f"Hugo cannot read the {name} {value} as a day; write it as YYYY-MM-DD"
            yield Message(text, comparison.line(key), evidence=str(value), outlives_changes=key != "date")
