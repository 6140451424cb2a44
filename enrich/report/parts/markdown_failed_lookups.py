"""The failed look-ups of the Markdown report: they say something about the run, and nobody has to decide."""

from __future__ import annotations

from enrich.model.report import Report
from enrich.report.parts.markdown_entries import format_shared_item
from enrich.report.parts.shared_findings import (
    FAILED_LOOKUPS,
    SharedFinding,
    collect_shared_findings,
    drop_retry,
)

_STEP = "the next run, or this one started again, asks again"
NO_ANSWER = f"No service answered. Nothing to do: no page and no proposal changes; {_STEP}."


def has_no_answer(report: Report) -> bool:
    """Return whether services were asked about pages and none of them answered."""
    summary = report.summary
    return bool(summary.with_doi and not summary.fetched + summary.cached and _list_failures(report))


def format_failed_lookups(report: Report, *, has_step: bool) -> list[str]:
    """Return an item for each cause, with the next step unless the report has it elsewhere."""
    end = "" if has_step else f"; {_STEP}"
    return [
        format_shared_item(failure, drop_retry(failure.message) + end) for failure in _list_failures(report)
    ]


def _list_failures(report: Report) -> list[SharedFinding]:
    return [*collect_shared_findings(report.outcomes, FAILED_LOOKUPS)]
