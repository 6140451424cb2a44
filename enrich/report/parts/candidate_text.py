"""The DOIs that may be a page's own and are open, and the reasons for and against each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from enrich.model.declined_dois import list_declined_dois, list_reported_dois
from enrich.model.plan import Candidate, Outcome, Plan


def list_open_candidates(outcome: Outcome) -> tuple[Candidate, ...]:
    """Return the candidates that need a decision; a certain one is a change, others may be declined."""
    if not isinstance(outcome, Plan):
        return ()
    answers = {
        str(change.baseline_value): change.status for change in outcome.changes if change.field == "doi"
    }
    if "written" in answers.values():
        return ()
    declined = {doi for doi, status in answers.items() if status == "kept"}
    declined.update(list_declined_dois(outcome.baseline))
    return tuple(one for one in outcome.candidates if one.verdict != "certain" and one.doi not in declined)


def select_searched(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, Candidate]]:
    """Yield each open candidate that a search has found and that is news, after the path of its page."""
    for outcome in outcomes:
        reported = list_reported_dois(outcome.baseline) if isinstance(outcome, Plan) else ()
        for candidate in list_open_candidates(outcome):
            if candidate.origin == "search" and candidate.doi not in reported:
                yield outcome.path, candidate


def explain_candidate(candidate: Candidate) -> str:
    """Return the reasons for and against the candidate."""
    origin = "elsewhere on the page; " if candidate.origin == "page" else ""
    return f"{origin}{'; '.join(candidate.reasons)}"
