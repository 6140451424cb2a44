"""The report as one JSON document, schema 1."""

from __future__ import annotations

import re

from enrich.model.report import Display, Report
from enrich.report.parts.json_page import build_page_object, build_summary_object
from enrich.report.parts.safe_text import format_json

# By this text `--output` recognises an earlier report, which it may replace.
EARLIER_REPORT = re.compile(r'\A\{\s*"schema": \d+,\s*"tool": "enrich ')


def render(report: Report, _display: Display | None = None) -> str:
    """Return the document; the display settings do not apply to data."""
    document = {
        "schema": 1,
        "tool": report.tool,
        "summary": build_summary_object(report.summary),
        "pages": [build_page_object(outcome) for outcome in report.outcomes],
    }
    return format_json(document, indent=2) + "\n"
