"""The exit codes, and the choice of one for a report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from enrich.model.plan import Finding
    from enrich.model.report import Report

OK, NEWS, LOOKUP_FAILED, PAGE_FAILED = 0, 1, 3, 4


def choose_exit_code(report: Report, *, act: bool, exit_zero: bool) -> int:
    """Return the exit code of a run: 4 before 3 before 1; only a check exits with 1."""
    from enrich.model.plan import Failed
    from enrich.report.parts.labels import iterate_changes, iterate_findings

    findings = list(iterate_findings(report.outcomes))
    if any(isinstance(outcome, Failed) for outcome in report.outcomes):
        return PAGE_FAILED
    if has_failed_lookup(findings):
        return LOOKUP_FAILED
    is_news = any(change.is_new for change in iterate_changes(report.outcomes)) or any(
        finding.severity == "error" or (finding.severity == "warning" and finding.is_new)
        for finding in findings
    )
    return NEWS if is_news and not act and not exit_zero else OK


def has_failed_lookup(findings: Iterable[Finding]) -> bool:
    """Return whether a service did not answer; what `--offline` or `--records` lacks is only a note."""
    return any(finding.code == "lookup-failed" and finding.severity != "note" for finding in findings)
