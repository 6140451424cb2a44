"""Leave findings out of a report if a change of the same page makes them superfluous."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from enrich.model.plan import Change, Finding, Outcome, Skipped
from enrich.model.report import Report

_PROPOSED = {"proposed", "selected"}


def drop_ended_findings(report: Report) -> Report:
    """Return the report without each finding whose change was written, or shows all that the finding says."""
    return replace(report, outcomes=list_lasting_outcomes(report.outcomes))


def list_lasting_outcomes(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """Return the outcomes without such findings."""
    return tuple(map(_drop_of_page, outcomes))


def list_lasting_findings(findings: Iterable[Finding], changes: Iterable[Change]) -> tuple[Finding, ...]:
    """Return the findings that neither a written nor a proposed change makes superfluous."""
    by_field: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_field[change.field].append(change)
    return tuple(
        finding
        for finding in findings
        if not any(_makes_superfluous(change, finding) for change in by_field[finding.ended_by])
    )


def _makes_superfluous(change: Change, finding: Finding) -> bool:
    """Return whether a change ended a finding, or shows it; not if only the finding is news."""
    is_proposed = change.status in _PROPOSED and (change.is_new or not finding.is_new)
    return change.status == "written" or (finding.repeats_change and is_proposed)


def _drop_of_page(outcome: Outcome) -> Outcome:
    if isinstance(outcome, Skipped) or not outcome.findings:
        return outcome
    kept = list_lasting_findings(outcome.findings, outcome.changes)
    return outcome if len(kept) == len(outcome.findings) else replace(outcome, findings=kept)
