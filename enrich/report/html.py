"""The report as one page for the browser: everything in it, nothing asked of the network."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from itertools import groupby

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from enrich.model.report import Display, Report
from enrich.report.parts.charts import build_bars, build_ring, build_year_columns
from enrich.report.parts.labels import count_noun, format_counts, iterate_changes, label_change
from enrich.report.parts.page_cards import STATES, build_cards, list_proposals, make_tag
from enrich.report.parts.safe_text import escape_hidden, escape_line, format_json
from enrich.report.parts.templates import read_template

# By this `--output` knows that it may replace the file.
EARLIER_REPORT = re.compile(r'<meta name="generator" content="enrich ')

# In a data block only these could end it or begin another; JSON means the same with their escapes.
_IN_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def render(report: Report, _display: Display | None = None) -> str:
    """Return the page; colour and verbosity are the browser's and the reader's matter."""
    shown = build_cards(report.outcomes)
    script, style = read_template("report.js"), read_template("report.css")
    data = _data(report)
    return (
        _environment()
        .get_template("report.html")
        .render(
            policy=_policy(script, style),
            script=Markup(script),  # noqa: S704 - both are files of ours
            style=Markup(style),  # noqa: S704
            data=Markup(data),  # noqa: S704 - escaped just there
            report=report,
            site=escape_line(report.site) or "this site",
            counts=format_counts(report),
            groups=[
                (state, STATES[state], list(group))
                for state, group in groupby(shown, lambda card: card.state)
            ],
            ring=build_ring(shown),
            bars=build_bars(shown),
            years=build_year_columns(shown),
            fields=sorted(
                {
                    one.field
                    for one in iterate_changes(report.outcomes)
                    if label_change(one) in {"safe", "needs review"}
                }
            ),
            dates=sorted({card.year for card in shown if card.year}, reverse=True),
        )
    )


def _data(report: Report) -> str:
    """Return what the script needs to know, as JSON that cannot end its element."""
    pages = list(list_proposals(report.outcomes))
    text = format_json({"tool": report.tool, "command": report.command, "pages": pages})
    for letter, escape in _IN_SCRIPT.items():
        text = text.replace(letter, escape)
    return text


def _policy(script: str, style: str) -> str:
    """Return the Content-Security-Policy: this script, this style, and nothing else whatever."""
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src 'sha256-{_digest(script)}'",
            f"style-src 'sha256-{_digest(style)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(read_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "one_line": escape_line,
        "visible": escape_hidden,
        "plural": count_noun,
        "tag": make_tag,
    }
    return environment
