"""Print the reasons of a decision, field by field, from the record's value to the decision."""

from __future__ import annotations

from collections.abc import Iterator

from enrich.model.explanation import Explanation, ExplanationRow
from enrich.model.work import RECORDS_ON_DISK
from enrich.report.parts.entry_text import wrap_words
from enrich.report.parts.labels import select_evidence
from enrich.report.parts.safe_text import escape_line
from enrich.text.doi_address import format_doi_address

_NAME = len("enrich would write")  # columns
_LONGEST = 600  # characters of a value: enough to recognise an abstract
_NO_PAGE = "no page under the given paths has this DOI"


def format_explanation(explained: Explanation, *, width: int = 100) -> str:
    """Return the explanation of one DOI on one page as text."""
    answer = "" if explained.source == RECORDS_ON_DISK else explained.answer
    record = ", ".join(filter(None, [explained.source, answer]))
    blocks = [
        [
            format_doi_address(explained.doi),
            f"page: {escape_line(explained.path) or _NO_PAGE}{_name_doi_key(explained)}",
            f"record: {escape_line(record)}",
        ]
    ]
    blocks += [[*_format_field(row, width)] for row in explained.rows]
    for finding in explained.findings:
        first = f"{finding.severity}[{finding.code}] {escape_line(finding.message)}"
        block = wrap_words(first, width)
        if evidence := select_evidence(finding):
            block += wrap_words(f"see: {escape_line(evidence)}", width, indent="    ", hanging=" " * 8)
        blocks.append(block)
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _name_doi_key(explained: Explanation) -> str:
    """Return the words after a page's path that name the key of its DOI, if that is not the DOI's own."""
    return f" (which has this DOI under {escape_line(explained.doi_key)})" if explained.doi_key else ""


def _format_field(row: ExplanationRow, width: int) -> Iterator[str]:
    yield from wrap_words(f"{escape_line(row.field)}: {escape_line(row.verdict)}", width)
    values = {
        "in the record": row.raw,
        "enrich would write": "" if row.proposed == row.raw else row.proposed,
        "on the page": row.page,
        "baseline": row.base,
    }
    printed: set[str] = set()
    for name, value in values.items():
        if value:
            yield from _format_named_value(name, "the same" if value in printed else value, width)
            printed.add(value)
    if row.rule:
        yield from wrap_words(f"rule: {escape_line(row.rule)}", width, indent="    ")


def _format_named_value(name: str, value: str, width: int) -> list[str]:
    """Return the lines of a value, each after a bar, so that no text of a record begins a line of a log."""
    text = escape_line(value)
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]} … ({len(text)} characters)"
    lines = wrap_words(text, width, indent=f"    {name:{_NAME}} | ", hanging=f"    {'':{_NAME}} | ")
    return lines or [f"    {name:{_NAME}} |"]
