"""What a run comes to: the counts, and everything that an output format may print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from enrich.model.plan import Failed, Outcome, Plan, Skipped


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts under a report; `changed` and `written` count pages."""

    pages: int = 0
    with_doi: int = 0
    fetched: int = 0
    cached: int = 0
    changed: int = 0
    written: int = 0
    findings: int = 0
    skipped: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """Everything an output format may print; `hint` is the next command to type.

    `site` is the site's name, `prefix` the way from the git root to it (`website/`, or `""`), `command`
    what `apply` would be typed as, `refused_decisions` what of a decisions file was not done, and why.
    """

    tool: str
    outcomes: tuple[Outcome, ...]
    summary: Summary
    hint: str = ""
    notes: tuple[str, ...] = ()
    site: str = ""
    prefix: str = ""
    command: str = "enrich apply"
    refused_decisions: tuple[str, ...] = ()


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
