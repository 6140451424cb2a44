"""Which agency a DOI is registered with: doi.org knows, and Crossref's API where doi.org fails."""

from __future__ import annotations

from urllib.parse import unquote

from enrich.fetcher import lenient
from enrich.fetcher.source import quoted

# What doi.org says instead of an agency: https://www.doi.org/factsheets/DOIProxy.html
NOWHERE = ("doi does not exist", "invalid doi", "unknown")
LONGEST_LABEL = 40


def registry_url(base: str, doi: str) -> str:
    """Return doi.org's address for a DOI's agency: not counted by Crossref."""
    return f"{base}/ra/{quoted(doi)}"


def agency_url(base: str, doi: str) -> str:
    """Return the address of the same question at Crossref, which answers for all agencies too."""
    return f"{base}/works/{quoted(doi)}/agency"


def complaint(url: str, body: object) -> str:
    """Return why an answer cannot be an agency, `""` if it can."""
    if agency_of(body) is None:
        return "its answer names no agency"
    entry = _entry(body)
    named = lenient.text(entry.get("DOI")).lower()
    path = unquote(url).lower().removesuffix("/agency")
    return "" if not named or path.endswith(f"/{named}") else "its answer is about another DOI"


def agency_of(body: object) -> str | None:
    """Return the agency's label (`DataCite`), `""` if the DOI does not exist, None if unreadable."""
    entry = _entry(body)
    agency = lenient.mapping(entry.get("agency"))
    label = lenient.text(entry.get("RA") or agency.get("label") or agency.get("id"))
    if label:
        return label[:LONGEST_LABEL]
    return "" if lenient.text(entry.get("status")).lower().startswith(NOWHERE) else None


def _entry(body: object) -> dict[str, object]:
    """Return the part of either service's answer that is about the DOI."""
    entries = lenient.mappings(body)
    return dict(entries[0] if entries else lenient.mapping(lenient.mapping(body).get("message")))
