"""The folded lines of the Markdown report about skipped pages: each reason with its pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from enrich.model.plan import Outcome, Plan, Skipped
from enrich.report.parts.labels import GENERATED
from enrich.report.parts.markdown_entries import format_message
from enrich.report.parts.markdown_folded import name_many_pages


def format_skipped_pages(outcomes: Sequence[Outcome]) -> list[str]:
    """Return a line for each reason, with the pages that were skipped for it."""
    paths: dict[str, list[str]] = defaultdict(list)
    for outcome in outcomes:
        if reason := _find_reason(outcome):
            paths[reason].append(outcome.path)
    return [f"- {name_many_pages(same)}: {format_message(reason)}\n" for reason, same in paths.items()]


def drop_skip_notes(outcomes: Sequence[Outcome]) -> Iterator[Outcome]:
    """Yield the outcomes without the findings that only say why a page was skipped."""
    for outcome in outcomes:
        if isinstance(outcome, Plan) and outcome.skipped_because:
            kept = tuple(finding for finding in outcome.findings if finding.code != GENERATED)
            yield replace(outcome, findings=kept)
        else:
            yield outcome


def _find_reason(outcome: Outcome) -> str:
    match outcome:
        case Skipped():
            return outcome.reason
        case Plan():
            return outcome.skipped_because
        case _:
            return ""
