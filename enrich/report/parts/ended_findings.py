"""Leave out of a report the findings that a change of the same run has ended."""

from __future__ import annotations

from dataclasses import replace

from enrich.model.plan import Outcome, Skipped
from enrich.model.report import Report


def drop_ended_findings(report: Report) -> Report:
    """Return the report without the findings whose change was written."""
    return replace(report, outcomes=tuple(map(_drop_of_page, report.outcomes)))


def _drop_of_page(outcome: Outcome) -> Outcome:
    if isinstance(outcome, Skipped) or not outcome.findings:
        return outcome
    written = {change.field for change in outcome.changes if change.status == "written"}
    kept = tuple(finding for finding in outcome.findings if finding.ended_by not in written)
    return outcome if len(kept) == len(outcome.findings) else replace(outcome, findings=kept)
