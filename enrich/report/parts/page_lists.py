"""One entry for all pages that were skipped, or that failed, for one reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from enrich.model.plan import Failed, Outcome, Skipped
from enrich.model.report import Display
from enrich.report.parts.ansi import paint
from enrich.report.parts.entry_text import STYLES, format_failure, wrap_words
from enrich.report.parts.safe_text import escape_hidden, escape_line

_NAMED = 3  # pages that a line names before it counts the rest


def name_paths(paths: Sequence[str], most: int = _NAMED) -> str:
    """Return the first few paths and how many more there are."""
    more = f" and {len(paths) - most} more (-v lists them)" if len(paths) > most else ""
    return ", ".join(map(escape_hidden, paths[:most])) + more


def format_failures(outcomes: Sequence[Outcome], display: Display) -> Iterator[list[str]]:
    """Yield the lines of each failure; pages that failed for the same reason are one entry."""
    groups: dict[tuple[str, int], list[Failed]] = defaultdict(list)
    for outcome in outcomes:
        if isinstance(outcome, Failed):
            groups[outcome.error, outcome.line].append(outcome)
    for failed in groups.values():
        if len(failed) > 1 and not failed[0].line:
            paths = [outcome.path for outcome in failed]
            text = f"{escape_line(failed[0].error)}: {_name_pages(paths, full=display.verbose > 0)}"
            yield _format_label("failed", "error", text, display)
        else:
            yield from (format_failure(outcome, display) for outcome in failed)


def format_skipped(outcomes: Sequence[Outcome], display: Display) -> list[str]:
    """Return a line for each reason that pages were skipped for, none in a quiet report."""
    if display.verbose < 0:
        return []
    return [
        line
        for text in list_skipped(outcomes, full=display.verbose > 0)
        for line in _format_label("skipped", "note", text, display)
    ]


def list_skipped(outcomes: Sequence[Outcome], *, full: bool, prefix: str = "") -> Iterator[str]:
    """Yield each reason with its skipped pages, their paths after `prefix`; with `full` all of them."""
    groups: dict[str, list[str]] = defaultdict(list)
    for outcome in outcomes:
        if isinstance(outcome, Skipped):
            groups[escape_line(outcome.reason)].append(prefix + outcome.path)
    return (f"{reason}: {_name_pages(paths, full=full)}" for reason, paths in groups.items())


def _name_pages(paths: Sequence[str], *, full: bool) -> str:
    return name_paths(paths, len(paths) if full else _NAMED)


def _format_label(label: str, style: str, text: str, display: Display) -> list[str]:
    first, *rest = wrap_words(f"{label}: {text}", display.width)
    return [paint(label, STYLES[style], color=display.color) + first.removeprefix(label), *rest]
