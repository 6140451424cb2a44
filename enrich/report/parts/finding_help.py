"""The explanations of a report's findings, for the HTML page, which cannot run `enrich explain`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from enrich.model.report import Report
from enrich.report.parts.inline_html import render_code
from enrich.report.parts.safe_text import escape_line

_LABEL = re.compile(r"([A-Z][\w'` -]{2,40}):\s")


@dataclass(frozen=True, slots=True)
class FindingHelp:
    """The explanation of a finding's code."""

    code: str
    """The code."""
    paragraphs: tuple[tuple[Markup, Markup], ...]
    """Label (`What to do`, or `""`) and text of each paragraph."""


def explain_findings(report: Report) -> list[FindingHelp]:
    """Return the explanations of all codes in the report, in the order of the codes."""
    return [
        FindingHelp(escape_line(code), tuple(map(_split_label, _split_paragraphs(code, text))))
        for code, text in sorted(report.explanations.items())
        if text
    ]


def _split_paragraphs(code: str, text: str) -> list[str]:
    """Return the paragraphs without the heading; a line that begins with a label begins a paragraph."""
    body = text.partition("\n\n")[2] if text.startswith(f"{code} (") else text
    parts = re.split(r"\n\s*\n|\n(?=[A-Z][\w'` -]{2,40}:\s)", body)
    return [escape_line(part) for part in parts if part.strip()]


def _split_label(paragraph: str) -> tuple[Markup, Markup]:
    label = _LABEL.match(paragraph)
    text = paragraph[label.end() :] if label else paragraph
    return render_code(label[1] if label else ""), render_code(text)
