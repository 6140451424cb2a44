"""What a run comes to: the counts, and everything that an output format may print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from enrich.model.plan import Failed, Outcome, Plan, Skipped


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts of a report."""

    pages: int = 0
    """Pages under the given paths."""
    with_doi: int = 0
    """Pages with a DOI."""
    fetched: int = 0
    """Pages whose record was requested."""
    cached: int = 0
    """Pages whose record came without a request."""
    changed: int = 0
    """Pages with at least one change, proposed or written."""
    written: int = 0
    """Pages that were written."""
    findings: int = 0
    """Findings on all pages."""
    skipped: int = 0
    """Pages that were left alone."""
    failed: int = 0
    """Pages that could not be read or written."""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that an output format may print."""

    tool: str
    """The program and its version."""
    outcomes: tuple[Outcome, ...]
    """What became of each page."""
    summary: Summary
    """The counts."""
    hint: str = ""
    """The commands to type next, one a line."""
    notes: tuple[str, ...] = ()
    """What concerns the run as a whole, one line each."""
    site: str = ""
    """The name of the site."""
    prefix: str = ""
    """The path from the git root to the site: `website/`, or `""`."""
    command: str = "enrich apply"
    """What to type to apply the report's proposals."""
    refused_decisions: tuple[str, ...] = ()
    """What of a file of decisions was not done, and why, one line each."""


def summarise(outcomes: Sequence[Outcome]) -> Summary:
    """Return the counts under a report."""
    plans = [outcome for outcome in outcomes if isinstance(outcome, Plan)]
    return Summary(
        pages=len(outcomes),
        with_doi=sum(bool(one.doi) for one in outcomes if not isinstance(one, Skipped)),
        fetched=sum(one.source is not None and not one.cached for one in plans),
        cached=sum(one.source is not None and one.cached for one in plans),
        changed=sum(bool(one.changes) for one in plans),
        written=sum(any(change.status == "written" for change in one.changes) for one in plans),
        findings=sum(len(one.findings) for one in outcomes if not isinstance(one, Skipped)),
        skipped=sum(isinstance(one, Skipped) for one in outcomes),
        failed=sum(isinstance(one, Failed) for one in outcomes),
    )
