"""Print how a decision came about: field by field, from the record as deposited to the verdict."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from enrich.model.explanation import Explanation, Row
from enrich.report.parts.labels import SOURCES
from enrich.report.parts.safe_text import escape_line

_WIDTH = 96
# Enough of an abstract to see what was made of it.
_LONGEST = 600


def format_explanation(explained: Explanation) -> str:
    """Return the explanation of one DOI on one page as text."""
    said = [SOURCES.get(explained.source, ""), "" if explained.source == "records" else explained.answer]
    heading = [
        f"https://doi.org/{escape_line(explained.doi)}",
        f"page: {escape_line(explained.path) or 'no page under the given paths has this DOI'}",
        f"record: {escape_line(', '.join(filter(None, said)))}",
    ]
    blocks = [heading, *(list(_row(row)) for row in explained.rows)]
    blocks += [
        [f"{finding.severity}[{finding.code}] {escape_line(finding.message)}"]
        + [f"    see: {escape_line(finding.evidence)}"] * bool(finding.evidence)
        for finding in explained.findings
    ]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _row(row: Row) -> Iterator[str]:
    yield f"{escape_line(row.field)}: {escape_line(row.verdict)}"
    cleaned = "" if row.cleaned == row.raw else row.cleaned
    values = {
        "as deposited": row.raw,
        "cleaned": cleaned,
        "on the page": row.page,
        "last agreed": row.base,
    }
    shown: set[str] = set()
    for name, value in values.items():
        if value:
            yield from _value(name, "the same" if value in shown else value)
            shown.add(value)
    if row.rule:
        yield from textwrap.wrap(
            f"rule: {escape_line(row.rule)}", _WIDTH, initial_indent="    ", subsequent_indent="    "
        )


def _value(name: str, value: str) -> Iterator[str]:
    text = escape_line(value)
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]} … ({len(text)} characters)"
    # The bar keeps a line of the record's text from standing at the start of a log line.
    yield from textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=f"    {name:12} | ",
        subsequent_indent=f"    {'':12} | ",
        break_long_words=False,
        break_on_hyphens=False,
    ) or [f"    {name:12} |"]
