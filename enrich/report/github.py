"""The report for a GitHub job: annotations on the lines of the pages, and a summary for the job's page.

markdown.py makes the text of the pull request.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-an-error-message
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from enrich.model.plan import Change, Failed, Finding, Outcome
from enrich.model.report import PLAIN, Display, Report
from enrich.report.markdown import fit_document
from enrich.report.parts.ansi import wrap_diff
from enrich.report.parts.ended_findings import drop_ended_findings
from enrich.report.parts.labels import (
    describe_change,
    format_counts,
    is_shown_in_full,
    label_change,
    select_evidence,
)
from enrich.report.parts.page_lists import list_skipped
from enrich.report.parts.papers import PaperEntry, group_by_paper
from enrich.report.parts.safe_text import escape_hidden, escape_line
from enrich.report.parts.shared_findings import (
    FindingKey,
    collect_shared_findings,
    find_shared_keys,
    is_shared,
)
from enrich.report.parts.word_diff import diff_words, shorten_pieces
from enrich.text.count_noun import count_noun

# By this text `--output` recognises an earlier report, which it may replace.
EARLIER_REPORT = re.compile(
    r"\A::(?:notice|warning|error) .*title=enrich |^\d+ pages?, \d+ with a DOI", re.MULTILINE
)

Command = Literal["error", "warning", "notice"]

MOST_ANNOTATIONS = 10  # of a step; GitHub drops all others without a word
MOST_SUMMARY = 1024 * 1024  # bytes of a step
_LONGEST = 1_000  # characters of a message

_COMMANDS: dict[str, Command] = {"error": "error", "warning": "warning", "note": "notice"}
# The order in which annotations get their places.
_RANKS = (
    "failed",
    "error",
    "needs review",
    "warning",
    "cannot be written",
    "reported before",
    "safe",
    "written",
    "kept",
    "note",
)


@dataclass(frozen=True, slots=True)
class _Annotation:
    """A message about a line of a file."""

    rank: int
    """Its rank; annotations with lower ranks come first."""
    command: Command
    """The command to the runner: `error`, `warning` or `notice`."""
    path: str
    """The path of the file from the site's root."""
    line: int
    """The line, 0 for the whole file."""
    title: str
    """Its title: the field of a change, or the code of a finding."""
    message: str
    """The message."""


def render(report: Report, display: Display = PLAIN) -> str:
    """Return the annotations, the most severe first, then the number of those that GitHub would drop."""
    report = drop_ended_findings(report)
    annotations = sorted(_build_annotations(report, full=display.verbose > 0), key=lambda each: each.rank)
    lines = [_format_command(report.prefix, annotation) for annotation in annotations[:MOST_ANNOTATIONS]]
    if len(annotations) > MOST_ANNOTATIONS:
        lines.append(_describe_rest(len(annotations) - MOST_ANNOTATIONS, display))
    if display.verbose >= 0:
        full, prefix = display.verbose > 0, report.prefix
        skipped = list_skipped(report.outcomes, full=full, prefix=prefix)
        lines += [f"skipped: {text}" for text in skipped]
        lines.append(format_counts(report))
    return "".join(f"{line}\n" for line in lines)


def _describe_rest(count: int, display: Display) -> str:
    """Return where the messages are that GitHub would drop."""
    if not display.has_job_summary:
        return f"{count} more; `--format text` shows all of them"
    return f"{count} more {'is' if count == 1 else 'are'} in the summary of this job"


def render_job_summary(report: Report, *, room: int = MOST_SUMMARY) -> str:
    """Return the Markdown for the job's page in at most `room` bytes."""
    return fit_document(report, most=room, measure=lambda text: len(text.encode("utf-8", "surrogateescape")))


def _build_annotations(report: Report, *, full: bool) -> Iterator[_Annotation]:
    for outcome in report.outcomes:
        if isinstance(outcome, Failed):
            message = f"failed: {outcome.error}"
            yield _Annotation(0, "error", outcome.path, outcome.line, "failed", message)
    shared = find_shared_keys(report.outcomes)
    shown = [shown for paper in group_by_paper(report.outcomes) for shown in paper.entries]
    for one in shown:
        if not is_shared(one.entry, shared) and (full or is_shown_in_full(one.entry)):
            yield _annotate_entry(one)
    yield from _annotate_shared(report, shared)
    yield from () if full else _annotate_reported(shown, report.prefix)


def _annotate_reported(entries: Sequence[PaperEntry], prefix: str) -> Iterator[_Annotation]:
    """Yield one annotation, on no page, that names the errors that an earlier run reported."""
    names = [
        f"{prefix}{shown.outcome.path}: {shown.entry.code}"
        for shown in entries
        if isinstance(shown.entry, Finding) and shown.entry.severity == "error" and not shown.entry.is_new
    ]
    if names:
        subject = (
            "1 error reported before is" if len(names) == 1 else f"{len(names)} errors reported before are"
        )
        message = f"{subject} still open: {'; '.join(names)}"
        yield _Annotation(_RANKS.index("reported before"), "notice", "", 0, "reported before", message)


def _annotate_shared(report: Report, shared: frozenset[FindingKey]) -> Iterator[_Annotation]:
    """Yield one annotation for each finding that many pages share; it is on a page if only one has it."""
    for finding in collect_shared_findings(report.outcomes, shared):
        pages = "" if finding.is_alone else f" on {count_noun(len(finding.paths), 'page')}"
        message = f"{finding.code}{pages}: {finding.message}"
        rank, command = _RANKS.index(finding.severity), _COMMANDS[finding.severity]
        path = finding.paths[0] if finding.is_alone else ""
        yield _Annotation(rank, command, path, finding.line, finding.code, message)


def _annotate_entry(shown: PaperEntry) -> _Annotation:
    entry = shown.entry
    if isinstance(entry, Change):
        return _annotate_change(shown.outcome, entry)
    evidence = select_evidence(entry)
    message = f"{entry.code}: {entry.message}" + (f" ({evidence})" if evidence else "")
    rank, command = _RANKS.index(entry.severity), _COMMANDS[entry.severity]
    return _Annotation(rank, command, shown.outcome.path, entry.line, entry.code, message)


def _annotate_change(outcome: Outcome, change: Change) -> _Annotation:
    label = label_change(change)
    words = wrap_diff(shorten_pieces(diff_words(change.old, change.new)), width=_LONGEST, color=False)
    refused = [f"why not: {change.refused_because}"] * (change.status == "refused")
    reasons = filter(None, [*refused, change.reason])
    message = "; ".join([f"{label}: {describe_change(change)}: {' '.join(words)}", *reasons])
    command: Command = "warning" if label == "needs review" else "notice"
    return _Annotation(
        _RANKS.index(label), command, change.file or outcome.path, change.line, change.field, message
    )


def _format_command(prefix: str, annotation: _Annotation) -> str:
    """Return the log command on one line; text from outside comes last in it."""
    place = {
        "file": escape_hidden(prefix + annotation.path) if annotation.path else "",
        "line": str(annotation.line) if annotation.line else "",
    }
    properties = {**place, "title": f"enrich {escape_line(annotation.title)}"}
    encoded = ",".join(f"{name}={_encode_property(value)}" for name, value in properties.items() if value)
    text = escape_line(annotation.message)
    text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"
    return f"::{annotation.command} {encoded}::{_encode_data(text)}"


def _encode_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _encode_property(text: str) -> str:
    return _encode_data(text).replace(":", "%3A").replace(",", "%2C")
