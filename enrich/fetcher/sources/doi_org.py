"""Which agency a DOI is registered with: doi.org knows, and Crossref's API where doi.org fails."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import unquote

from enrich.errors import RecordError
from enrich.fetcher.sources import json_fields
from enrich.fetcher.sources.source import Source, quoted
from enrich.model.work import Work

# What doi.org says instead of an agency: https://www.doi.org/factsheets/DOIProxy.html
NOWHERE = ("doi does not exist", "invalid doi", "unknown")
LONGEST_LABEL = 40

_LISTABLE = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s,]+", re.ASCII)


def source(base: str) -> Source:
    """Return the register of agencies: it has no works, but takes several DOIs at once.

    https://www.doi.org/doi-handbook/HTML/which-ra_-service.html: "a single DOI name or a list of DOI
    names separated by commas".
    """
    return Source(
        name="doi.org",
        label="doi.org",
        address=f"{base}/ra",
        list_tail=lambda dois: f"/{','.join(map(quoted, dois))}",
        may_be_listed=lambda doi: bool(_LISTABLE.fullmatch(doi)),
        record_of=_record_of,
        records_of=_records_of,
        body_of=_body_of,
        names_of=_names_of,
        to_work=_no_work,
    )


def agency_url(base: str, doi: str) -> str:
    """Return the address of the same question at Crossref, which answers for all agencies too."""
    return f"{base}/works/{quoted(doi)}/agency"


def complaint(url: str, body: object) -> str:
    """Return why an answer about one DOI cannot be an agency, `""` if it can."""
    if agency_of(body) is None:
        return "its answer names no agency"
    named = json_fields.text(_entry(body).get("DOI")).lower()
    path = unquote(url).lower().removesuffix("/agency")
    return "" if not named or path.endswith(f"/{named}") else "its answer is about another DOI"


def agency_of(body: object) -> str | None:
    """Return the agency's label (`DataCite`), `""` if the DOI does not exist, None if unreadable."""
    entry = _entry(body)
    agency = json_fields.mapping(entry.get("agency"))
    label = json_fields.text(entry.get("RA") or agency.get("label") or agency.get("id"))
    if label:
        return label[:LONGEST_LABEL]
    return "" if json_fields.text(entry.get("status")).lower().startswith(NOWHERE) else None


def _entry(body: object) -> Mapping[str, object]:
    """Return the part of either service's answer that is about the DOI."""
    entries = json_fields.mappings(body)
    return entries[0] if entries else json_fields.mapping(json_fields.mapping(body).get("message"))


def _record_of(body: object) -> Mapping[str, object] | None:
    return _entry(body) if agency_of(body) is not None else None


def _records_of(body: object) -> list[Mapping[str, object]] | None:
    readable = [entry for entry in json_fields.mappings(body) if agency_of([entry]) is not None]
    return readable if isinstance(body, list) else None


def _body_of(record: Mapping[str, object]) -> Sequence[Mapping[str, object]]:
    return [record]


def _names_of(record: Mapping[str, object]) -> frozenset[str]:
    return frozenset({json_fields.doi(record.get("DOI"))} - {""})


def _no_work(_: Mapping[str, object]) -> Work:
    raise RecordError("a register has no works")
