"""The report for a GitHub job: annotations on the lines of the pages, and a summary for the job's page.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-an-error-message
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from enrich.model.plan import Change, Failed, Finding, Outcome, Skipped
from enrich.model.report import Report
from enrich.report.markdown import document
from enrich.report.parts.ansi import wrap_diff
from enrich.report.parts.labels import describe_change, format_counts, is_shown_in_full, label_change
from enrich.report.parts.safe_text import escape_hidden, escape_line
from enrich.report.parts.word_diff import diff_words, shorten_pieces

# By this `--output` knows that it may replace the file.
EARLIER_REPORT = re.compile(
    r"\A::(?:notice|warning|error) .*title=enrich |^\d+ pages?, \d+ with a DOI", re.MULTILINE
)

Command = Literal["error", "warning", "notice"]

MOST_ANNOTATIONS = 10  # of a step; the rest would vanish without a word
MOST_SUMMARY = 1024 * 1024  # bytes of a step
_LONGEST = 1_000  # characters of a message

_OF_SEVERITY: dict[str, Command] = {"error": "error", "warning": "warning", "note": "notice"}
# What comes first where there is no room for all.
_RANKS = ("failed", "error", "needs review", "warning", "refused", "safe", "written", "kept", "note")


@dataclass(frozen=True, slots=True)
class _Annotation:
    rank: int
    command: Command
    path: str
    line: int
    title: str
    message: str


def render(report: Report, *, color: bool = False, verbose: int = 0) -> str:  # noqa: ARG001 - a log has its own
    """Return the annotations, the gravest first, and how many there was no room for."""
    found = [one for outcome in report.outcomes for one in _annotations(outcome, full=verbose > 0)]
    shown = sorted(found, key=lambda one: one.rank)[:MOST_ANNOTATIONS]
    lines = [_line(report.prefix, one) for one in shown]
    if len(found) > len(shown):
        lines.append(f"{len(found) - len(shown)} more are in the summary of this job")
    if verbose >= 0:
        lines.append(format_counts(report))
    return "".join(f"{line}\n" for line in lines)


def render_job_summary(report: Report, *, room: int = MOST_SUMMARY) -> str:
    """Return the Markdown for the job's page in at most so many bytes."""
    return document(report, most=room, size=lambda text: len(text.encode("utf-8", "surrogateescape")))


def _annotations(outcome: Outcome, *, full: bool) -> Iterator[_Annotation]:
    if isinstance(outcome, Skipped):
        return
    if isinstance(outcome, Failed):
        yield _Annotation(0, "error", outcome.path, outcome.line, "failed", f"failed: {outcome.error}")
    entries: Sequence[Change | Finding] = (*outcome.changes, *outcome.findings)
    for entry in entries:
        grave = isinstance(entry, Finding) and entry.severity == "error"
        if full or grave or is_shown_in_full(entry):
            yield _of_finding(outcome, entry) if isinstance(entry, Finding) else _of_change(outcome, entry)


def _of_finding(outcome: Outcome, finding: Finding) -> _Annotation:
    message = f"{finding.code}: {finding.message}"
    message += f" (see: {finding.evidence})" if finding.evidence else ""
    rank = _RANKS.index(finding.severity)
    command = _OF_SEVERITY[finding.severity]
    return _Annotation(rank, command, outcome.path, finding.line, finding.code, message)


def _of_change(outcome: Outcome, change: Change) -> _Annotation:
    state = label_change(change)
    words = wrap_diff(shorten_pieces(diff_words(change.old, change.new)), width=_LONGEST, color=False)
    why = [f"cannot be written: {change.refused_because}"] * (change.status == "refused") + [change.reason]
    message = "; ".join([f"{state}: {describe_change(change)}: {' '.join(words)}", *filter(None, why)])
    command: Command = "warning" if state == "needs review" else "notice"
    return _Annotation(_RANKS.index(state), command, outcome.path, change.line, change.field, message)


def _line(prefix: str, one: _Annotation) -> str:
    """Return the command of a log; what is not ours comes last in it, and on no line of its own."""
    place = {"file": escape_hidden(prefix + one.path), "line": str(one.line) if one.line else ""}
    properties = {**place, "title": f"enrich {escape_line(one.title)}"}
    said = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
    text = escape_line(one.message)
    text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"
    return f"::{one.command} {said}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
