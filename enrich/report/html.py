"""The report as one page for the browser: it contains everything and loads nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby

from enrich.model.plan import Failed
from enrich.model.report import Display, Report
from enrich.report.parts.charts import build_bars, build_ring, build_year_columns
from enrich.report.parts.ended_findings import drop_ended_findings
from enrich.report.parts.finding_help import explain_findings
from enrich.report.parts.html_page import render_html_page
from enrich.report.parts.labels import format_counts
from enrich.report.parts.overview import count_open_changes
from enrich.report.parts.page_cards import build_cards, list_proposals
from enrich.report.parts.page_state import STATES
from enrich.report.parts.safe_text import escape_line
from enrich.report.parts.shared_findings import collect_shared_findings, find_shared_keys

# By this text `--output` recognises an earlier report, which it may replace.
EARLIER_REPORT = re.compile(r'<meta name="generator" content="enrich ')


def render(report: Report, _display: Display | None = None) -> str:
    """Return the page; the display settings do not apply, because the browser chooses colours and width."""
    report = drop_ended_findings(report)
    files = [one for one in report.outcomes if isinstance(one, Failed) and not one.is_page]
    counts, report = format_counts(report), _select_pages(report)
    shared = find_shared_keys(report.outcomes)
    cards = build_cards(report.outcomes, shared)
    pages = list(list_proposals(report.outcomes))
    return render_html_page(
        "report",
        tool=report.tool,
        data={"tool": report.tool, "command": report.command, "pages": pages},
        count=len(cards),
        report=report,
        site=escape_line(report.site) or "this site",
        counts=counts,
        files=files,
        total=len(cards),
        groups=[(state, list(group)) for state, group in groupby(cards, lambda card: card.state)],
        names=STATES,
        ring=build_ring(cards),
        bars=build_bars(cards),
        years=build_year_columns(cards),
        shared=[*collect_shared_findings(report.outcomes, shared)],
        help=explain_findings(report),
        fields=sorted(count_open_changes(report.outcomes).items()),
        dates=sorted({card.year for card in cards if card.year}, reverse=True),
    )


def _select_pages(report: Report) -> Report:
    """Return the report without the files that are not pages."""
    pages = (one for one in report.outcomes if not isinstance(one, Failed) or one.is_page)
    return replace(report, outcomes=tuple(pages))
