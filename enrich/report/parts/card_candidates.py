"""List the DOIs that may be the publication's own, for a card of the HTML report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from enrich.report.parts.candidate_text import describe_candidate, explain_candidate, list_open_candidates
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


def build_card_candidates(paper: Paper) -> Iterator[CardCandidate]:
    """Yield the DOIs that need a person's decision."""
    for outcome in paper.outcomes:
        for one in list_open_candidates(outcome):
            text = tuple(link_dois(escape_line(describe_candidate(one))))
            yield CardCandidate(one.verdict, text, escape_line(explain_candidate(one)))
