"""Print one change or finding for a person: where, what, the words that differ, why."""

from __future__ import annotations

from collections.abc import Iterator

from enrich.model.plan import Change, Failed, Finding
from enrich.report.parts.ansi import paint, wrap_diff
from enrich.report.parts.labels import describe_change, label_change
from enrich.report.parts.safe_text import escape_hidden, escape_line
from enrich.report.parts.word_diff import diff_words, shorten_pieces

WIDTH = 96
STYLES = {
    "written": "green",
    "safe": "green",
    "needs review": "yellow",
    "refused": "magenta",
    "kept": "cyan",
    "error": "red",
    "warning": "yellow",
    "note": "cyan",
}


def format_entry(path: str, entry: Change | Finding, *, color: bool, full: bool) -> Iterator[str]:
    """Yield the lines of an entry of this page; `full` leaves nothing out of a long text."""
    where = paint(escape_hidden(path) + (f":{entry.line}" if entry.line else ""), "bold", color=color)
    if isinstance(entry, Finding):
        code = paint(f"{entry.severity}[{entry.code}]", STYLES[entry.severity], color=color)
        yield f"{where}: {code} {escape_line(entry.message)}"
        if entry.evidence:
            yield f"    see: {escape_line(entry.evidence)}"
        return
    label = paint(label_change(entry), STYLES[label_change(entry)], color=color)
    yield f"{where}: {label}: {escape_line(describe_change(entry))}"
    pieces = diff_words(entry.old, entry.new)
    for line in wrap_diff(pieces if full else shorten_pieces(pieces), width=WIDTH, color=color):
        yield f"    | {line}"
    if entry.status == "refused":
        yield f"    cannot be written: {escape_line(entry.refused_because)}"
    if entry.reason:
        yield f"    why: {escape_line(entry.reason)}"


def format_failure(outcome: Failed, *, color: bool) -> str:
    """Return the line of a page that could not be read or written."""
    where = paint(
        escape_hidden(outcome.path) + (f":{outcome.line}" if outcome.line else ""), "bold", color=color
    )
    return f"{where}: {paint('failed', 'red', color=color)}: {escape_line(outcome.error)}"
