"""The report as JSON lines: one page object per line, then the summary."""

from __future__ import annotations

import re

from enrich.model.report import Display, Report
from enrich.report.parts.json_page import build_page_object, build_summary_object
from enrich.report.parts.safe_text import format_json

# By this text `--output` recognises an earlier report, which it may replace.
EARLIER_REPORT = re.compile(r'^\{"summary": \{"pages": \d+, "with_doi": ', re.MULTILINE)


def render(report: Report, _display: Display | None = None) -> str:
    """Return the lines; the display settings do not apply to data."""
    objects = [build_page_object(outcome) for outcome in report.outcomes]
    lines = [format_json(each) for each in (*objects, {"summary": build_summary_object(report.summary)})]
    return "\n".join(lines) + "\n"
