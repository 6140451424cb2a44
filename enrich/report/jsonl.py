"""The report as JSON lines: one page object a line, then the summary."""

from __future__ import annotations

from enrich.model.report import Report
from enrich.report.parts.json_page import page_object, summary_object
from enrich.report.parts.safe_text import json_text


def render(report: Report, *, color: bool = False, verbose: int = 0) -> str:  # noqa: ARG001 - one signature for all
    """Return the lines; colour and verbosity change nothing in data."""
    objects = [page_object(outcome) for outcome in report.outcomes]
    lines = [json_text(each) for each in (*objects, {"summary": summary_object(report.summary)})]
    return "\n".join(lines) + "\n"
