"""List the DOIs that may be the publication's own, for a card of the HTML report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from enrich.model.plan import Candidate, Outcome, Plan
from enrich.model.twin_changes import identify_twins
from enrich.report.parts.candidate_text import explain_candidate, list_open_candidates
from enrich.report.parts.card_rows import list_plan_decisions
from enrich.report.parts.doi_links import link_dois
from enrich.report.parts.papers import Paper
from enrich.report.parts.safe_text import escape_line
from enrich.text.candidate_line import describe_candidate


@dataclass(frozen=True, slots=True)
class CardCandidate:
    """A DOI that may be the publication's own."""

    verdict: str
    """Whether it is its own, in one word."""
    text: tuple[tuple[str, str], ...]
    """DOI, title, authors, journal and year in pieces, each with the address of its link, or `""`."""
    reasons: str
    """The reasons for and against it."""
    name: str
    """The DOI on one line."""
    paths: tuple[str, ...]
    """The pages that it may belong to."""
    key: str
    """Its places in the data of decisions, `0.1 4.1`; `""` if the page offers no decision on it."""


def build_card_candidates(paper: Paper, numbers: Mapping[str, int]) -> Iterator[CardCandidate]:
    """Yield the DOIs that need a decision; a DOI that translations share comes once."""
    shared: dict[tuple[str, Candidate, bool], list[tuple[str, str]]] = {}
    for outcome in paper.outcomes:
        twins = identify_twins(outcome) if isinstance(outcome, Plan) else outcome.path
        for one in list_open_candidates(outcome):
            number = _find_number(outcome, one)
            key = f"{numbers[outcome.path]}.{number}" if number >= 0 else ""
            shared.setdefault((twins, one, bool(key)), []).append((outcome.path, key))
    for (_, one, _), places in shared.items():
        yield CardCandidate(
            verdict=one.verdict,
            text=tuple(link_dois(escape_line(describe_candidate(one)))),
            reasons=escape_line(explain_candidate(one)),
            name=escape_line(one.doi),
            paths=tuple(path for path, _ in places),
            key=" ".join(key for _, key in places if key),
        )


def _find_number(outcome: Outcome, candidate: Candidate) -> int:
    """Return the place of a candidate's change among the page's decisions, -1 if it is not offered."""
    offers = outcome.offers if isinstance(outcome, Plan) else ()
    decisions = list_plan_decisions(outcome) if isinstance(outcome, Plan) else []
    places = {id(decided[0]): place for place, decided in enumerate(decisions)}
    offered = (offer for offer in offers if offer.baseline_value == candidate.doi)
    return next((places.get(id(offer), -1) for offer in offered), -1)
