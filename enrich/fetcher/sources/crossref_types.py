"""Find the real type of Crossref's posted content, and of articles on preprint servers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from enrich.fetcher.sources import json_fields

POSTED = "posted-content"
# https://www.crossref.org/documentation/schema-library/markup-guide-record-types/posted-content-includes-preprints/
# The type of posted content by its subtype; other subtypes (blog, letter …) become `other`.
_BY_SUBTYPE: Mapping[str, str] = {
    "": POSTED,
    "preprint": POSTED,
    "working_paper": POSTED,
    "report": "report",
    "dissertation": "dissertation",
}
# Servers that deposit, or once deposited, preprints as journal articles: SSRN, Nature Precedings, PeerJ
# Preprints, the working papers of banks.
_SERVER_DOI = re.compile(r"10\.2139/ssrn\.|10\.1038/npre\.|10\.7287/peerj\.preprints\.")
_SERVER_NAME = re.compile(
    r"rxiv\b|\bssrn\b|\bprecedings\b|(?<!polymer )\bpreprints\b|\bworking papers?\b", re.IGNORECASE
)


def read_crossref_type(message: Mapping[str, object], doi: str) -> tuple[str, str]:
    """Return the type and subtype of a work; `other` if no theme has a type for it, as at DataCite."""
    kind, subtype = json_fields.read_text(message.get("type")), json_fields.read_text(message.get("subtype"))
    if kind == "journal-article" and _is_on_server(message, doi, subtype):
        return POSTED, "preprint"
    return (_BY_SUBTYPE.get(subtype, "other"), subtype) if kind == POSTED else (kind, subtype)


def _is_on_server(message: Mapping[str, object], doi: str, subtype: str) -> bool:
    """Return whether an article is on a preprint server; only such a server gives a `posted` date."""
    if subtype == "preprint" or message.get("posted") or _SERVER_DOI.match(doi):
        return True
    return any(map(_SERVER_NAME.search, json_fields.read_texts(message.get("container-title"))))
