"""Links to DOIs, the only links of any report: each is built from a valid DOI."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from enrich.model.page import Doi
from enrich.text.doi import parse_doi

_ADDRESS = re.compile(r"https://doi\.org/[^\s“”„\"'<>]+")


def build_doi_url(typed: str) -> str:
    """Return the address of a DOI, `""` for any other text."""
    doi = parse_doi(typed)
    return f"https://doi.org/{quote(doi.bare, safe='/')}" if isinstance(doi, Doi) else ""


def link_dois(text: str) -> Iterator[tuple[str, str]]:
    """Yield the pieces of a text, each with the address of its link, or `""`."""
    if text.startswith("10.") and (url := build_doi_url(text)):
        yield text, url
        return
    end = 0
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(".,;:!?")
        url = build_doi_url(address)
        if not url:
            continue
        if text[end : found.start()]:
            yield text[end : found.start()], ""
        yield address, url
        end = found.start() + len(address)
    if text[end:]:
        yield text[end:], ""
