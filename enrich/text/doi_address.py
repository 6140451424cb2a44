"""Write the address of a DOI as reports print it."""

from __future__ import annotations

from urllib.parse import quote

_KEPT = "/:;(),[]@!$*+=&~"  # signs that no program takes for the end of an address


def format_doi_address(doi: str) -> str:
    """Return the address of a DOI; `<`, `>`, `#`, `?` and `%`, as in a SICI, are percent-encoded."""
    return f"https://doi.org/{quote(doi, safe=_KEPT, errors='replace')}"
