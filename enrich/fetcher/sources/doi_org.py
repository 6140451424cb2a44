"""Find the agency that registered a DOI: from doi.org, or from Crossref's API if doi.org fails."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import unquote

from enrich.errors import RecordError
from enrich.fetcher.sources import json_fields
from enrich.fetcher.sources.source import Service, Source, quote_doi
from enrich.model.work import Work

# How doi.org says that a DOI does not exist: https://www.doi.org/factsheets/DOIProxy.html
NOWHERE = ("doi does not exist", "invalid doi", "unknown")
LONGEST_LABEL = 40  # characters of an agency's label

_LISTABLE = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s,]+", re.ASCII)


def connect_register(base: str) -> Source:
    """Return the register of agencies, which has no works but accepts several DOIs at once.

    https://www.doi.org/doi-handbook/HTML/which-ra_-service.html: "a single DOI name or a list of DOI
    names separated by commas".
    """
    return Source(
        name="doi",
        label="doi.org",
        address=f"{base}/ra",
        batch_query=lambda dois: f"/{','.join(map(quote_doi, dois))}",
        supports_batch=lambda doi: bool(_LISTABLE.fullmatch(doi)),
        unwrap_record=_find_entry_record,
        unwrap_records=_list_register_entries,
        as_single_response=_wrap_entry,
        dois_of=_list_register_dois,
        read_work=_refuse_work,
    )


def make_agency_url(base: str, doi: str) -> str:
    """Return the address at Crossref that names a DOI's agency, even if it is another one."""
    return f"{base}/works/{quote_doi(doi)}/agency"


def find_agency_mismatch(url: str, body: object) -> str:
    """Return why a reply does not name the agency of the requested DOI; `""` if it does."""
    if read_agency(body) is None:
        return "its answer names no agency"
    named = json_fields.read_text(_find_entry(body).get("DOI")).lower()
    path = unquote(url).lower().removesuffix("/agency")
    return "" if not named or path.endswith(f"/{named}") else "its answer is about another DOI"


def read_agency(body: object) -> str | None:
    """Return the agency's label, such as `DataCite`; `""` if the DOI does not exist; None if unreadable."""
    entry = _find_entry(body)
    agency = json_fields.read_mapping(entry.get("agency"))
    label = json_fields.read_text(entry.get("RA") or agency.get("label") or agency.get("id"))
    if label:
        return label[:LONGEST_LABEL]
    return "" if json_fields.read_text(entry.get("status")).lower().startswith(NOWHERE) else None


def _find_entry(body: object) -> Mapping[str, object]:
    """Return the part of a reply from doi.org or Crossref that is about the DOI."""
    entries = json_fields.read_mappings(body)
    return entries[0] if entries else json_fields.read_mapping(json_fields.read_mapping(body).get("message"))


def _find_entry_record(body: object) -> Mapping[str, object] | None:
    return _find_entry(body) if read_agency(body) is not None else None


def _list_register_entries(body: object) -> list[Mapping[str, object]] | None:
    readable = [entry for entry in json_fields.read_mappings(body) if read_agency([entry]) is not None]
    return readable if isinstance(body, list) else None


def _wrap_entry(record: Mapping[str, object]) -> Sequence[Mapping[str, object]]:
    return [record]


def _list_register_dois(record: Mapping[str, object]) -> frozenset[str]:
    return frozenset({json_fields.read_doi(record.get("DOI"))} - {""})


def _refuse_work(_: Mapping[str, object]) -> Work:
    raise RecordError("a register has no works")


SERVICE = Service(
    name="doi",
    label="doi.org",
    url="https://doi.org",
    connect=connect_register,
    rate=lambda _kind, _has_address, _has_token: (10, 1),  # doi.org documents no limit
    is_register=True,
)
