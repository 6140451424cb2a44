"""The words for a DOI that may be a page's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from enrich.model.declined_dois import list_declined_dois, list_reported_dois
from enrich.model.plan import Candidate, Outcome, Plan
from enrich.text.doi_address import format_doi_address
from enrich.text.quotation import quote_title

_MOST_NAMES = 3
_LONGEST_TITLE = 200  # characters


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


def describe_candidate(candidate: Candidate) -> str:
    """Return the candidate's DOI as an address, its title, authors, journal and year on one line."""
    title = quote_title(candidate.title[:_LONGEST_TITLE]) if candidate.title else "without a title"
    names = ", ".join(candidate.authors[:_MOST_NAMES])
    more = len(candidate.authors) - _MOST_NAMES
    people = f" by {names}{f' and {more} more' if more > 0 else ''}" if names else ""
    place = ", ".join(filter(None, (candidate.container, str(candidate.year or ""))))
    return f"{format_doi_address(candidate.doi)} {title}{people}{f' ({place})' if place else ''}"


def explain_candidate(candidate: Candidate) -> str:
    """Return the reasons for and against the candidate."""
    origin = "elsewhere on the page; " if candidate.origin == "page" else ""
    return f"{origin}{'; '.join(candidate.reasons)}"
