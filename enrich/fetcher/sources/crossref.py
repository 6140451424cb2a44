"""Crossref: read a work message as a `Work`, and build the addresses of its API."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import filterfalse

from enrich.errors import RecordError
from enrich.fetcher.sources import json_fields
from enrich.fetcher.sources.crossref_people import has_et_al, read_contributors
from enrich.fetcher.sources.crossref_types import POSTED, read_crossref_type
from enrich.fetcher.sources.placeholders import is_no_journal
from enrich.fetcher.sources.search_queries import (
    make_bibliographic_query,
    make_orcid_filter,
    read_crossref_cursor,
)
from enrich.fetcher.sources.source import MOST_DOIS, CallKind, Service, Source, quote_doi
from enrich.model.work import Dates, Link, Relation, Update, Work

# The types of article that a preprint can become.
ARTICLES = frozenset({"journal-article", "proceedings-article"})

# The DOIs that a batch may contain: one malformed DOI makes the call fail, and a comma ends a filter's value.
_LISTABLE = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s,]+", re.ASCII)


def read_crossref_work(message: Mapping[str, object]) -> Work:
    """Return a work message as a Work; raise RecordError if it is not a mapping or has no DOI."""
    if not isinstance(message, Mapping):
        raise RecordError("the record is not a mapping")
    if not (doi := json_fields.read_doi(message.get("DOI"))):
        raise RecordError("the record has no DOI")
    get = message.get
    kind, subtype = read_crossref_type(message, doi)
    containers = tuple(filterfalse(is_no_journal, json_fields.read_texts(get("container-title"))))
    return Work(
        doi=doi,
        type=kind,
        subtype=subtype,
        titles=_read_all_titles(message),
        subtitles=json_fields.read_texts(get("subtitle")),
        contributors=read_contributors(message),
        has_more_contributors=has_et_al(message.get("author")),
        container_titles=containers,
        container_titles_short=json_fields.read_texts(get("short-container-title")),
        event_acronym=json_fields.read_text(json_fields.read_mapping(get("event")).get("acronym")),
        # Old records have the name of the server where others have that of a journal.
        institutions=_read_institutions(get("institution")) or (containers if kind == POSTED else ()),
        group_title=json_fields.read_text(get("group-title")),
        dates=_read_crossref_dates(message),
        abstract=json_fields.read_abstract(get("abstract")),
        volume=json_fields.read_number(get("volume")),
        issue=json_fields.read_number(get("issue")),
        page=json_fields.read_number(get("page")),
        article_number=json_fields.read_number(get("article-number")),
        publisher=json_fields.read_text(get("publisher")),
        identifiers=json_fields.read_texts(get("alternative-id")),
        issns=json_fields.read_texts(get("ISSN")),
        isbns=json_fields.read_texts(get("ISBN")),
        aliases=json_fields.read_dois(get("aliases")),
        relations=tuple(_read_crossref_relations(get("relation"))),
        updated_by=_read_updates(get("updated-by")),
        update_to=_read_updates(get("update-to")),
        links=_read_links(get("link")),
        language=json_fields.read_text(get("language")),
    )


def _read_all_titles(message: Mapping[str, object]) -> tuple[str, ...]:
    texts = (json_fields.read_texts(message.get(key)) for key in ("title", "original-title"))
    return tuple(dict.fromkeys(title for titles in texts for title in titles))


def _read_institutions(value: object) -> tuple[str, ...]:
    # Since 2021 a list, before that an object.
    entries = json_fields.read_mappings([value] if isinstance(value, dict) else value)
    names = (json_fields.read_name(entry.get("name")) for entry in entries[: json_fields.MOST_TEXTS])
    return tuple(filter(None, names))


def _read_crossref_dates(message: Mapping[str, object]) -> Dates:
    return Dates(
        online=json_fields.read_date_parts(message.get("published-online")),
        print=json_fields.read_date_parts(message.get("published-print")),
        posted=json_fields.read_date_parts(message.get("posted")),
        issued=json_fields.read_date_parts(message.get("issued")),
        approved=json_fields.read_date_parts(message.get("approved")),
    )


def _read_crossref_relations(value: object) -> Iterator[Relation]:
    for kind, targets in json_fields.read_mapping(value).items():
        for target in json_fields.read_mappings(targets):
            id_type = json_fields.read_text(target.get("id-type"))
            if identifier := json_fields.read_identifier(id_type, target.get("id")):
                yield Relation(json_fields.read_text(kind), id_type, identifier)


def _read_updates(value: object) -> tuple[Update, ...]:
    return tuple(
        Update(
            type=json_fields.read_text(entry.get("type")),
            doi=json_fields.read_linked_doi(entry.get("DOI")),
            source=json_fields.read_text(entry.get("source")),
            label=json_fields.read_text(entry.get("label")),
            date=json_fields.read_date_parts(entry.get("updated")),
        )
        for entry in json_fields.read_mappings(value)
        if json_fields.read_text(entry.get("type"))
    )


def _read_links(value: object) -> tuple[Link, ...]:
    return tuple(
        Link(url)
        for entry in json_fields.read_mappings(value)
        if (url := json_fields.read_text(entry.get("URL")))
    )


def connect_crossref(base: str) -> Source:
    """Return Crossref's API at an address as a source of works."""
    return Source(
        name="crossref",
        label="Crossref",
        address=f"{base}/works",
        batch_query=_make_filter_query,
        supports_batch=lambda doi: bool(_LISTABLE.fullmatch(doi)),
        unwrap_record=_unwrap_message,
        unwrap_records=_unwrap_items,
        as_single_response=_wrap_message,
        dois_of=list_crossref_dois,
        read_work=read_crossref_work,
        search_query=make_bibliographic_query,
        person_query=make_orcid_filter,
        read_cursor=read_crossref_cursor,
        min_batch_size=MOST_DOIS,
    )


def _make_filter_query(dois: Sequence[str]) -> str:
    # Each DOI needs its own `doi:`, because `doi:A|B` finds nothing. Without `rows`, only 20 come back.
    wanted = ",".join(f"doi:{quote_doi(doi)}" for doi in dois)
    return f"?filter={wanted}&rows={len(dois)}"


def _unwrap_message(body: object) -> Mapping[str, object] | None:
    message = json_fields.read_mapping(body).get("message")
    return message if isinstance(message, dict) and "DOI" in message else None


def _unwrap_items(body: object) -> list[Mapping[str, object]] | None:
    items = json_fields.read_mapping(json_fields.read_mapping(body).get("message")).get("items")
    return json_fields.read_mappings(items) if isinstance(items, list) else None


def _wrap_message(record: Mapping[str, object]) -> Mapping[str, object]:
    # The references take more than half of a record, and enrich never reads them.
    lean = {key: value for key, value in record.items() if key != "reference"}
    return {"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": lean}


def list_crossref_dois(record: Mapping[str, object]) -> frozenset[str]:
    """Return the DOIs, in lower case, of a record and its aliases."""
    return frozenset(
        {json_fields.read_doi(record.get("DOI")), *json_fields.read_dois(record.get("aliases"))} - {""}
    )


def _get_crossref_rate(kind: CallKind, has_address: bool, has_token: bool) -> tuple[float, float]:
    """Return the limits since December 2025: https://www.crossref.org/documentation/retrieve-metadata/rest-api/."""
    if has_token:
        return 150, 1
    polite, public = (3, 1) if kind == "list" else (10, 5)
    return (polite if has_address else public), 1


def _is_crossref_record(value: object) -> bool:
    return "DOI" in json_fields.read_mapping(value)


def _list_crossref_record_dois(record: Mapping[str, object]) -> tuple[str, ...]:
    doi = json_fields.read_doi(record.get("DOI"))
    return (doi, *json_fields.read_dois(record.get("aliases"))) if doi else ()


SERVICE = Service(
    name="crossref",
    label="Crossref",
    url="https://api.crossref.org",
    connect=connect_crossref,
    rate=_get_crossref_rate,
    position=0,
    agencies=frozenset({"crossref"}),
    is_record=_is_crossref_record,
    list_record_dois=_list_crossref_record_dois,
)
