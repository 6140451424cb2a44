"""The state of a publication in the HTML report."""

from __future__ import annotations

from enrich.model.plan import Failed, Outcome, Plan, Skipped
from enrich.report.parts.candidate_text import list_open_candidates
from enrich.report.parts.labels import label_change
from enrich.report.parts.shared_findings import FAILED_LOOKUP

# The state of a publication, the most severe first, in the words of the report.
STATES = {
    "failed": "not read or written",
    "error": "with an error",
    "you": "waiting for you",
    "safe": "safe changes only",
    "done": "settled by this run",
    "same": "in order",
    "none": "not compared",
    "skipped": "skipped",
}


def decide_page_state(outcome: Outcome) -> str:
    """Return the state of a page, one of `STATES`."""
    if isinstance(outcome, Failed | Skipped):
        return "failed" if isinstance(outcome, Failed) else "skipped"
    labels = set(map(label_change, outcome.changes))
    severities = {finding.severity for finding in outcome.findings if finding.code != FAILED_LOOKUP}
    if "error" in severities:
        return "error"
    has_likely_doi = any(one.verdict == "unsure" for one in list_open_candidates(outcome))
    if "warning" in severities or labels & {"needs review", "cannot be written"} or has_likely_doi:
        return "you"
    if labels:
        return "safe" if "safe" in labels else "done"
    if isinstance(outcome, Plan) and outcome.skipped_because:
        return "skipped"
    return "same" if isinstance(outcome, Plan) and outcome.source else "none"
