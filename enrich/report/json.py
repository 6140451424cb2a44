"""The report as one JSON document, schema 1."""

from __future__ import annotations

from enrich.model.report import Report
from enrich.report.parts.json_page import page_object, summary_object
from enrich.report.parts.safe_text import json_text


def render(report: Report, *, color: bool = False, verbose: int = 0) -> str:  # noqa: ARG001 - one signature for all
    """Return the document; colour and verbosity change nothing in data."""
    document = {
        "schema": 1,
        "tool": report.tool,
        "summary": summary_object(report.summary),
        "pages": [page_object(outcome) for outcome in report.outcomes],
    }
    return json_text(document, indent=2) + "\n"
