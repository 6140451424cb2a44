"""Print one change or finding for a person: its place, its label, the words that differ, the reason."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from enrich.model.plan import Candidate, Change, Failed, Finding
from enrich.model.report import Display
from enrich.report.parts.ansi import paint, wrap_diff
from enrich.report.parts.candidate_text import explain_candidate
from enrich.report.parts.labels import describe_change, label_change, select_evidence
from enrich.report.parts.papers import PaperEntry
from enrich.report.parts.safe_text import escape_hidden, escape_line
from enrich.report.parts.shared_findings import SharedFinding
from enrich.report.parts.word_diff import diff_words, shorten_pieces
from enrich.text.candidate_line import describe_candidate

STYLES = {
    "written": "green",
    "safe": "green",
    "needs review": "yellow",
    "cannot be written": "magenta",
    "kept": "cyan",
    "error": "red",
    "warning": "yellow",
    "note": "cyan",
    "certain": "green",
    "unsure": "yellow",
    "no": "magenta",
}
_INDENT = "    "
# A line that begins with `::` is a command to the runner of a GitHub job, so `::` stays on the line of the
# word before it.
_GLUED = "\u00a0::"


def format_entry(shown: PaperEntry, display: Display) -> Iterator[str]:
    """Yield the lines of a change or finding; with `verbose`, a long value is complete."""
    entry, path = shown.entry, shown.outcome.path
    also = [_format_place(other, line) for other, line in shown.also]
    if isinstance(entry, Finding):
        label = f"{entry.severity}[{entry.code}]"
        yield from _format_first_line(path, entry.line, label, entry.severity, entry.message, display)
        yield from _wrap_detail("also on", ", ".join(also), display.width)
        yield from _wrap_detail("see", select_evidence(entry), display.width)
        return
    path, label = entry.file or path, label_change(entry)
    yield from _format_first_line(path, entry.line, f"{label}:", label, describe_change(entry), display)
    yield from _wrap_detail("also on", ", ".join(also), display.width)
    yield from _format_values(entry, display)
    yield from _wrap_detail("why not", entry.refused_because, display.width)
    yield from _wrap_detail("why", entry.reason, display.width)


def format_candidate(path: str, candidate: Candidate, display: Display) -> Iterator[str]:
    """Yield the lines of a DOI that may be the page's own."""
    text, verdict = describe_candidate(candidate), candidate.verdict
    yield from _format_first_line(path, 0, f"{verdict}:", verdict, text, display)
    yield from _wrap_detail("why", explain_candidate(candidate), display.width)


def format_failure(outcome: Failed, display: Display) -> list[str]:
    """Return the lines of a page that could not be read or written."""
    return [*_format_first_line(outcome.path, outcome.line, "failed:", "error", outcome.error, display)]


def format_single_finding(finding: SharedFinding, display: Display) -> Iterator[str]:
    """Yield the lines of a finding of one page among those of many."""
    label, [path] = f"{finding.severity}[{finding.code}]", finding.paths
    yield from _format_first_line(path, finding.line, label, finding.severity, finding.message, display)


def wrap_words(text: str, width: int, *, indent: str = "", hanging: str = _INDENT) -> list[str]:
    """Return the text in lines of at most `width` columns; break no word, begin no line with `::`."""
    lines = textwrap.wrap(
        text.replace(" ::", _GLUED),
        max(width, len(hanging) + 1),
        initial_indent=indent,
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace(_GLUED, " ::") for line in lines]


def _format_first_line(
    path: str, line: int, label: str, style: str, text: str, display: Display
) -> Iterator[str]:
    """Yield `path:line: label text`, wrapped and then coloured, because escape sequences take no column."""
    place = f"{_format_place(path, line)}:"
    first, *rest = wrap_words(f"{place} {label} {escape_line(text)}", display.width) or [place]
    if display.color and first.startswith(f"{place} {label}"):
        words = first.removeprefix(f"{place} {label}")
        bare = label.removesuffix(":")
        first = f"{paint(place[:-1], 'bold', color=True)}: {paint(bare, STYLES[style], color=True)}"
        first += label.removeprefix(bare) + words
    yield first
    yield from rest


def _format_place(path: str, line: int) -> str:
    return escape_hidden(path) + (f":{line}" if line else "")


def _format_values(change: Change, display: Display) -> Iterator[str]:
    """Yield the words that differ, each line after a bar, so that none of them begins a line of a log."""
    pieces = diff_words(change.old, change.new)
    pieces = pieces if display.verbose > 0 else shorten_pieces(pieces)
    for line in wrap_diff(pieces, width=display.width - len(_INDENT) - 2, color=display.color):
        yield f"{_INDENT}| {line}"


def _wrap_detail(name: str, text: str, width: int) -> list[str]:
    """Return the lines of a detail under an entry; none if its text is empty."""
    shown = escape_line(text)
    return wrap_words(f"{name}: {shown}", width, indent=_INDENT, hanging=_INDENT * 2) if shown else []
