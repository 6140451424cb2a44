"""Name the work of a DOI that may be a page's own."""

from __future__ import annotations

from enrich.model.plan import Candidate
from enrich.text.doi_address import format_doi_address
from enrich.text.quotation import quote_title

_MOST_NAMES = 3
_LONGEST_TITLE = 200  # characters


def describe_candidate(candidate: Candidate) -> str:
    """Return the candidate's DOI as an address, its title, authors, journal and year on one line."""
    title = quote_title(candidate.title[:_LONGEST_TITLE]) if candidate.title else "without a title"
    names = ", ".join(candidate.authors[:_MOST_NAMES])
    more = len(candidate.authors) - _MOST_NAMES
    people = f" by {names}{f' and {more} more' if more > 0 else ''}" if names else ""
    place = ", ".join(filter(None, (candidate.container, str(candidate.year or ""))))
    return f"{format_doi_address(candidate.doi)} {title}{people}{f' ({place})' if place else ''}"
