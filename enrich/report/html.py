"""The report as one page for the browser: everything in it, nothing asked of the network."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from itertools import groupby

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from enrich.model.report import Report
from enrich.report.parts.charts import bars, columns, ring
from enrich.report.parts.labels import changes, counts, label, plural
from enrich.report.parts.page_cards import STATES, cards, proposals, tag
from enrich.report.parts.safe_text import json_text, one_line, visible
from enrich.report.parts.templates import template

# In a data block only these could end it or begin another; JSON means the same with their escapes.
_IN_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def render(report: Report, *, color: bool = False, verbose: int = 0) -> str:  # noqa: ARG001 - one signature for all
    """Return the page; colour and verbosity are the browser's and the reader's matter."""
    shown = cards(report.outcomes)
    script, style = template("report.js"), template("report.css")
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
            site=one_line(report.site) or "this site",
            counts=counts(report),
            groups=[
                (state, STATES[state], list(group))
                for state, group in groupby(shown, lambda card: card.state)
            ],
            ring=ring(shown),
            bars=bars(shown),
            years=columns(shown),
            fields=sorted(
                {one.field for one in changes(report.outcomes) if label(one) in {"safe", "needs you"}}
            ),
            dates=sorted({card.year for card in shown if card.year}, reverse=True),
        )
    )


def _data(report: Report) -> str:
    """Return what the script needs to know, as JSON that cannot end its element."""
    pages = list(proposals(report.outcomes))
    text = json_text({"tool": report.tool, "command": report.command, "pages": pages})
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
        loader=FunctionLoader(template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"one_line": one_line, "visible": visible, "plural": plural, "tag": tag}
    return environment
