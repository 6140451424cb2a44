"""Build the page object of the JSON formats, version 1, which is published, so that keys are only added."""

from __future__ import annotations

from dataclasses import asdict
from typing import Literal, assert_never

from enrich.model.page import to_plain_value
from enrich.model.plan import Candidate, Change, Failed, Finding, Outcome, Plan, Skipped
from enrich.model.report import Summary
from enrich.report.parts.safe_text import format_value
from enrich.text.page_doi import page_doi

Status = Literal["changed", "same", "skipped", "failed"]


def decide_page_status(outcome: Outcome) -> Status:
    """Return the outcome of a page, in one word."""
    match outcome:
        case Plan():
            if outcome.skipped_because:
                return "skipped"
            return "changed" if outcome.changes else "same"
        case Skipped():
            return "skipped"
        case Failed():
            return "failed"
        case _:
            assert_never(outcome)


def build_page_object(outcome: Outcome) -> dict[str, object]:
    """Return the page as the JSON formats print it; docs/json.md has every key."""
    doi = "" if isinstance(outcome, Skipped) else outcome.doi
    changes = () if isinstance(outcome, Skipped) else outcome.changes
    findings = () if isinstance(outcome, Skipped) else outcome.findings
    page = outcome.page if isinstance(outcome, Plan) else None
    candidates = outcome.candidates if isinstance(outcome, Plan) else ()
    return {
        "path": outcome.path,
        "title": format_value(page.get("title")) or None if page else None,
        "doi": doi or None,
        "doi_from": _find_doi_key(outcome) if doi else None,
        "identity": outcome.identity if isinstance(outcome, Plan) else None,
        "source": outcome.source if isinstance(outcome, Plan) else None,
        "status": decide_page_status(outcome),
        "changes": [_build_change_object(change) for change in changes],
        "findings": [_build_finding_object(finding) for finding in findings],
        "candidates": [_build_candidate_object(one) for one in candidates],
        "error": describe_error(outcome),
    }


def _find_doi_key(outcome: Outcome) -> str | None:
    """Return the key of the page's DOI as the page spells it, None without one."""
    own = page_doi(outcome.page) if isinstance(outcome, Plan) else None
    path = own.taken_from or own.path if own else None
    return ".".join(path) if path else None


def build_summary_object(summary: Summary) -> dict[str, int]:
    """Return the counts by their names."""
    return asdict(summary)


def describe_error(outcome: Outcome) -> str | None:
    """Return why a page was skipped or failed, with the line if known; None for other pages."""
    match outcome:
        case Plan():
            return outcome.skipped_because or None
        case Skipped():
            return outcome.reason
        case Failed():
            return f"line {outcome.line}: {outcome.error}" if outcome.line else outcome.error
        case _:
            assert_never(outcome)


def _build_change_object(change: Change) -> dict[str, object]:
    added: dict[str, object] = {}
    if change.status == "refused":
        added["refused"] = change.refused_because
    if change.file:
        added["file"] = change.file
    if change.set_name:
        added["set"] = change.set_name
    if change.status == "kept":
        added["kept"] = True
    return {
        "field": change.field,
        "key": change.key,
        "line": change.line or None,
        "kind": change.kind,
        "level": change.level,
        "old": to_plain_value(change.old),
        "new": to_plain_value(change.new),
        "reason": change.reason,
        "news": change.is_new,
        "written": change.status == "written",
        **added,
    }


def _build_candidate_object(candidate: Candidate) -> dict[str, object]:
    return {
        "doi": candidate.doi,
        "title": candidate.title,
        "authors": list(candidate.authors),
        "year": candidate.year,
        "type": candidate.type,
        "container": candidate.container,
        "from": candidate.origin,
        "verdict": candidate.verdict,
        "reasons": list(candidate.reasons),
    }


def _build_finding_object(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "line": finding.line or None,
        "message": finding.message,
        "evidence": finding.evidence,
        "news": finding.is_new,
    }
