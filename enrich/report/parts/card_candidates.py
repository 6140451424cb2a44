"""List the DOIs that may be the publication's own, for a card of the HTML report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from enrich.model.plan import Candidate, Outcome, Plan
from enrich.report.parts.candidate_text import describe_candidate, explain_candidate, list_open_candidates
from enrich.report.parts.card_rows import list_plan_decisions
from enrich.report.parts.doi_links import link_dois
from enrich.report.parts.papers import Paper
from enrich.report.parts.safe_text import escape_line


@dataclass(frozen=True, slots=True)
class CardCandidate:
    """A DOI that may be the publication's own."""

    verdict: str
    """Whether it is, in a word."""
    text: tuple[tuple[str, str], ...]
    """Its DOI, title, authors, journal and year in pieces, each with the address it links to, or `""`."""
    reasons: str
    """The reasons for and against it."""
    page: int = -1
    """The page's place in the data of decisions, -1 if nobody can decide on this DOI here."""
    number: int = -1
    """The place of the DOI among the decisions on the page, -1 likewise."""
    name: str = ""
    """The DOI on one line."""


def build_card_candidates(paper: Paper, numbers: Mapping[str, int]) -> Iterator[CardCandidate]:
    """Yield the DOIs that need a person's decision."""
    for outcome in paper.outcomes:
        for one in list_open_candidates(outcome):
            text = tuple(link_dois(escape_line(describe_candidate(one))))
            number = _find_number(outcome, one)
            page = numbers.get(outcome.path, -1) if number >= 0 else -1
            reasons, name = escape_line(explain_candidate(one)), escape_line(one.doi)
            yield CardCandidate(one.verdict, text, reasons, page, number, name)


def _find_number(outcome: Outcome, candidate: Candidate) -> int:
    """Return the place of the change to a candidate among the page's decisions, -1 if it is not offered."""
    offers = outcome.offers if isinstance(outcome, Plan) else ()
    decisions = list_plan_decisions(outcome) if isinstance(outcome, Plan) else []
    places = {id(decided[0]): place for place, decided in enumerate(decisions)}
    offered = (offer for offer in offers if offer.baseline_value == candidate.doi)
    return next((places.get(id(offer), -1) for offer in offered), -1)
