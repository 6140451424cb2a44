"""Print one change or finding for a person: where, what, the words that differ, why."""

from __future__ import annotations

from collections.abc import Iterator

from enrich.model.plan import Change, Failed, Finding
from enrich.report.parts.ansi import diff_lines, paint
from enrich.report.parts.labels import label, what
from enrich.report.parts.safe_text import one_line, visible
from enrich.report.parts.word_diff import shortened, word_diff

WIDTH = 96
STYLES = {
    "written": "green",
    "safe": "green",
    "needs you": "yellow",
    "refused": "magenta",
    "kept": "cyan",
    "error": "red",
    "warning": "yellow",
    "note": "cyan",
}


def entry_lines(path: str, entry: Change | Finding, *, color: bool, full: bool) -> Iterator[str]:
    """Yield the lines of an entry of this page; `full` leaves nothing out of a long text."""
    where = paint(visible(path) + (f":{entry.line}" if entry.line else ""), "bold", color=color)
    if isinstance(entry, Finding):
        code = paint(f"{entry.severity}[{entry.code}]", STYLES[entry.severity], color=color)
        yield f"{where}: {code} {one_line(entry.message)}"
        if entry.evidence:
            yield f"    see: {one_line(entry.evidence)}"
        return
    yield f"{where}: {paint(label(entry), STYLES[label(entry)], color=color)}: {one_line(what(entry))}"
    pieces = word_diff(entry.old, entry.new)
    for line in diff_lines(pieces if full else shortened(pieces), width=WIDTH, color=color):
        yield f"    | {line}"
    if entry.status == "refused":
        yield f"    cannot be written: {one_line(entry.refused_because)}"
    if entry.reason:
        yield f"    why: {one_line(entry.reason)}"


def failed_line(outcome: Failed, *, color: bool) -> str:
    """Return the line of a page that could not be read or written."""
    where = paint(visible(outcome.path) + (f":{outcome.line}" if outcome.line else ""), "bold", color=color)
    return f"{where}: {paint('failed', 'red', color=color)}: {one_line(outcome.error)}"
