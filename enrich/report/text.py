"""The report for a person at a terminal: what is new on each page, why, and what to type next."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from enrich.model.plan import Change, Failed, Finding, Outcome, Plan, Skipped
from enrich.model.report import Report
from enrich.report.parts.ansi import paint
from enrich.report.parts.entry_text import format_entry, format_failure
from enrich.report.parts.labels import (
    describe_reported,
    format_counts,
    is_shown_in_full,
    iterate_findings,
    name_source,
)
from enrich.report.parts.safe_text import escape_hidden, escape_line

# A line that only such a report has: by it `--output` knows that it may replace the file.
EARLIER_REPORT = re.compile(
    r"^(?:https://doi\.org/\S+ \((?:Crossref|DataCite|records on disk).*\)|\d+ pages?, \d+ with a DOI.*"
    r"|.+: (?:failed|shown before): .+|.+: (?:error|warning|note)\[[a-z-]+\] .+)$",
    re.MULTILINE,
)

_RANKS = {"error": 0, "warning": 2, "note": 3}
_CHANGE_RANK = 1
# A note that so many pages share is said once for all of them, with the first few by name.
_SHARED = 10
_NAMED = 3
# That nobody was to be asked is never remembered, so it is said as briefly as can be.
_PASSING = "lookup-failed"


def render(report: Report, *, color: bool = False, verbose: int = 0) -> str:
    """Return the text: `verbose` 1 unfolds what is old or shared, -1 leaves out all that is no news."""
    shared = frozenset() if verbose > 0 else _shared_notes(report.outcomes)
    fresh_first = sorted(report.outcomes, key=lambda outcome: not _has_news(outcome, shared))
    blocks = [_page(outcome, shared, color=color, verbose=verbose) for outcome in fresh_first]
    silent = {_PASSING} if verbose < 0 else set()
    blocks += [
        _shared(report.outcomes, shared - silent, color=color),
        _old(report.outcomes, shared, verbose=verbose),
    ]
    blocks += [_skipped(report.outcomes, color=color, verbose=verbose)]
    blocks += [
        [format_failure(outcome, color=color)] for outcome in report.outcomes if isinstance(outcome, Failed)
    ]
    if verbose >= 0:
        blocks.append(_closing(report, color=color))
    return "".join("\n".join(lines) + "\n" for lines in _spaced([block for block in blocks if block]))


def _spaced(blocks: list[list[str]]) -> Iterator[list[str]]:
    for index, block in enumerate(blocks):
        yield ["", *block] if index else block


def _page(outcome: Outcome, shared: frozenset[str], *, color: bool, verbose: int) -> list[str]:
    """Return the lines of a page: where the record is, what is new by its weight, what is old."""
    if isinstance(outcome, Skipped):
        return []
    entries = _entries(outcome, shared, verbose=verbose)
    lines = [
        line for entry in entries for line in format_entry(outcome.path, entry, color=color, full=verbose > 0)
    ]
    if not lines:
        return []
    heading = [_heading(outcome, color=color)] if outcome.doi else []
    return heading + lines + _format_reported_line(outcome, shared, verbose=verbose)


def _format_reported_line(outcome: Plan | Failed, shared: frozenset[str], *, verbose: int) -> list[str]:
    """Return the one line on what an earlier `apply` has shown; when quiet, on errors alone."""
    names = "" if verbose > 0 else describe_reported(outcome, shared, only_errors=verbose < 0)
    return [f"{escape_hidden(outcome.path)}: shown before: {escape_line(names)}"] if names else []


def _old(outcomes: Sequence[Outcome], shared: frozenset[str], *, verbose: int) -> list[str]:
    """Return the lines of the pages that have nothing new to say."""
    return [
        line
        for outcome in outcomes
        if not isinstance(outcome, Skipped) and not _has_news(outcome, shared)
        for line in _format_reported_line(outcome, shared, verbose=verbose)
    ]


def _heading(outcome: Plan | Failed, *, color: bool) -> str:
    named = name_source(outcome)
    return paint(
        f"https://doi.org/{escape_line(outcome.doi)}" + (f" ({named})" if named else ""), "dim", color=color
    )


def _entries(outcome: Plan | Failed, shared: frozenset[str], *, verbose: int) -> list[Change | Finding]:
    entries: list[Change | Finding] = [*outcome.changes, *outcome.findings]
    left_out = shared | ({_PASSING} if verbose < 0 else set())
    wanted = [
        entry for entry in entries if (verbose > 0 or is_shown_in_full(entry)) and not _is_in(entry, left_out)
    ]
    return sorted(wanted, key=lambda entry: (not is_shown_in_full(entry), _rank(entry), entry.line))


def _rank(entry: Change | Finding) -> int:
    return _CHANGE_RANK if isinstance(entry, Change) else _RANKS[entry.severity]


def _has_news(outcome: Outcome, shared: frozenset[str]) -> bool:
    return not isinstance(outcome, Skipped) and any(
        map(is_shown_in_full, _entries(outcome, shared, verbose=0))
    )


def _is_in(entry: Change | Finding, shared: frozenset[str]) -> bool:
    return isinstance(entry, Finding) and entry.severity == "note" and entry.code in shared


def _notes(outcomes: Sequence[Outcome], *, fresh: bool) -> dict[str, list[str]]:
    """Return the pages of each note; `fresh` leaves out what an earlier `apply` has shown."""
    pages: dict[str, list[str]] = defaultdict(list)
    for outcome in outcomes:
        for finding in () if isinstance(outcome, Skipped) else outcome.findings:
            if finding.severity == "note" and (finding.is_new or not fresh):
                pages[finding.code].append(outcome.path)
    return pages


def _shared_notes(outcomes: Sequence[Outcome]) -> frozenset[str]:
    return frozenset(
        code
        for code, pages in _notes(outcomes, fresh=False).items()
        if len(pages) > (1 if code == _PASSING else _SHARED)
    )


def _shared(outcomes: Sequence[Outcome], shared: frozenset[str], *, color: bool) -> list[str]:
    """Return a line for each note that many pages share, and what it says where that is the same for all."""
    pages = _notes(outcomes, fresh=True)
    lines: list[str] = []
    for code in sorted(shared & pages.keys()):
        label = paint(f"note[{code}]", "cyan", color=color)
        lines.append(f"{label} on {len(pages[code])} pages: {_named(pages[code])}")
        messages = {
            one.message for one in iterate_findings(outcomes) if one.code == code and one.severity == "note"
        }
        lines += [f"    {escape_line(message)}" for message in messages if len(messages) == 1]
    return lines


def _named(paths: Sequence[str], most: int = _NAMED) -> str:
    """Return the first few paths and how many more there are."""
    more = f" and {len(paths) - most} more (-v names them)" if len(paths) > most else ""
    return ", ".join(map(escape_hidden, paths[:most])) + more


def _skipped(outcomes: Sequence[Outcome], *, color: bool, verbose: int) -> list[str]:
    """Return one line for each reason that pages were skipped for; when quiet, nothing."""
    if verbose < 0:
        return []
    pages: dict[str, list[str]] = defaultdict(list)
    for outcome in outcomes:
        if isinstance(outcome, Skipped):
            pages[escape_line(outcome.reason)].append(outcome.path)
    most = max(map(len, pages.values()), default=0) if verbose > 0 else _NAMED
    return [
        f"{paint('skipped', 'cyan', color=color)}: {reason}: {_named(paths, most)}"
        for reason, paths in pages.items()
    ]


def _closing(report: Report, *, color: bool) -> list[str]:
    lines = [paint(format_counts(report), "bold", color=color)]
    steps = [escape_hidden(step) for step in report.hint.splitlines()]
    return lines + [f"{'      ' if index else 'Next: '}{step}" for index, step in enumerate(steps)]
