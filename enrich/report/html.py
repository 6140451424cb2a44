"""The report as one page for the browser: it contains everything and loads nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from functools import cache
from itertools import groupby

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from enrich.model.report import Display, Report
from enrich.report.parts.charts import build_bars, build_ring, build_year_columns
from enrich.report.parts.ended_findings import drop_ended_findings
from enrich.report.parts.finding_help import explain_findings
from enrich.report.parts.inline_html import render_code, render_inline
from enrich.report.parts.labels import count_noun, format_counts, is_open_change, iterate_changes
from enrich.report.parts.page_cards import build_cards, list_proposals, make_tag
from enrich.report.parts.page_state import STATES
from enrich.report.parts.safe_text import escape_hidden, escape_line, format_json
from enrich.report.parts.shared_findings import collect_shared_findings, find_shared_keys
from enrich.report.parts.templates import read_template

# By this text `--output` recognises an earlier report, which it may replace.
EARLIER_REPORT = re.compile(r'<meta name="generator" content="enrich ')

# In a data block only these could end it or begin another; in JSON their escapes mean the same.
_SCRIPT_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}
# No script and style but ours, no address but data.
_POLICY = (
    "default-src 'none'; script-src 'sha256-{script}'; style-src 'sha256-{style}'; img-src data:;"
    " base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)


def render(report: Report, _display: Display | None = None) -> str:
    """Return the page; the browser chooses the colours and unfolds the cards."""
    report = drop_ended_findings(report)
    shared = find_shared_keys(report.outcomes)
    cards = build_cards(report.outcomes, shared)
    script, style = read_template("report.js"), read_template("report.css")
    open_changes = filter(is_open_change, iterate_changes(report.outcomes))
    template = _load_environment().get_template("report.html")
    return template.render(
        policy=_POLICY.format(script=_hash_text(script), style=_hash_text(style)),
        script=Markup(script),  # noqa: S704 - both are files of ours
        style=Markup(style),  # noqa: S704
        data=Markup(_format_data(report)),  # noqa: S704 - escaped just there
        report=report,
        site=escape_line(report.site) or "this site",
        counts=format_counts(report),
        total=len(cards),
        groups=[(state, list(group)) for state, group in groupby(cards, lambda card: card.state)],
        names=STATES,
        ring=build_ring(cards),
        bars=build_bars(cards),
        years=build_year_columns(cards),
        shared=[*collect_shared_findings(report.outcomes, shared)],
        help=explain_findings(report),
        fields=sorted(Counter(change.field for change in open_changes).items()),
        dates=sorted({card.year for card in cards if card.year}, reverse=True),
    )


def _format_data(report: Report) -> str:
    """Return the data for the script, as JSON that cannot end its element."""
    pages = list(list_proposals(report.outcomes))
    text = format_json({"tool": report.tool, "command": report.command, "pages": pages})
    for letter, escape in _SCRIPT_ESCAPES.items():
        text = text.replace(letter, escape)
    return text


def _hash_text(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


@cache
def _load_environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(read_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "escape_line": escape_line,
        "escape_hidden": escape_hidden,
        "count_noun": count_noun,
        "make_tag": make_tag,
        "inline": render_inline,
        "render_code": render_code,
    }
    return environment
