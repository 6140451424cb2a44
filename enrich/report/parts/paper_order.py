"""The order in which people see papers, entries and questions: the news first."""

from __future__ import annotations

from collections.abc import Sequence

from enrich.model.plan import Change, Finding, Outcome, Skipped
from enrich.report.parts.ended_findings import list_lasting_outcomes
from enrich.report.parts.labels import is_shown_in_full
from enrich.report.parts.papers import Paper, group_by_paper
from enrich.report.parts.shared_findings import FindingKey, find_shared_keys, is_shared

_SEVERITY_RANKS = {"error": 0, "warning": 2, "note": 3}
_CHANGE_RANK = 1


def order_papers(outcomes: Sequence[Outcome], *, full: bool) -> tuple[list[Paper], frozenset[FindingKey]]:
    """Return the papers, those with news first, and the keys of findings that many pages share.

    With `full`, no finding is shared.
    """
    shared = frozenset[FindingKey]() if full else find_shared_keys(outcomes)
    papers = group_by_paper(outcomes)
    papers.sort(key=lambda paper: not has_news(paper, shared))
    return papers, shared


def has_news(paper: Paper, shared: frozenset[FindingKey]) -> bool:
    """Return whether a paper has news of its own."""
    return any(
        is_shown_in_full(shown.entry) and not is_shared(shown.entry, shared) for shown in paper.entries
    )


def rank_entry_by_line(entry: Change | Finding) -> tuple[bool, int, int]:
    """Return the key by which a paper's entries are sorted: news, severity, line."""
    rank = _CHANGE_RANK if isinstance(entry, Change) else _SEVERITY_RANKS[entry.severity]
    return not is_shown_in_full(entry), rank, entry.line


def order_questions(outcomes: Sequence[Outcome], *, full: bool) -> dict[int, list[int]]:
    """Return the numbers of the pages and of their changes, in the order in which `check` prints both."""
    papers, _ = order_papers(list_lasting_outcomes(outcomes), full=full)
    pages = {outcome.path: page for page, outcome in enumerate(outcomes)}
    return {pages[one.path]: _order_changes(one) for paper in papers for one in paper.outcomes}


def _order_changes(outcome: Outcome) -> list[int]:
    changes = () if isinstance(outcome, Skipped) else outcome.changes
    return sorted(range(len(changes)), key=lambda number: rank_entry_by_line(changes[number]))
