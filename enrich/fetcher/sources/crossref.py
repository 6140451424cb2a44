"""Crossref: a work message as a `Work`, and the addresses that its API answers under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from enrich.errors import RecordError
from enrich.fetcher.sources import json_fields
from enrich.fetcher.sources.source import MOST_DOIS, Source, quoted
from enrich.model.work import Dates, Licence, Link, Person, Relation, Update, Work

# Of these the editors stand where other works have authors. An article's or a chapter's editors
# handled or collected it: they are nobody's co-authors.
EDITED = frozenset(
    {"book", "book-series", "book-set", "edited-book", "monograph", "proceedings", "reference-book"}
)

# What a preprint becomes.
ARTICLES = frozenset({"journal-article", "proceedings-article"})

# What a batch may name: one malformed DOI fails the whole call, and a comma ends a filter value.
_LISTABLE = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s,]+", re.ASCII)

_ET_AL = re.compile(r"(?:^|[\s,;]+)et\.?\s+al\b.*$", re.IGNORECASE)


def to_work(message: Mapping[str, object]) -> Work:
    """Return what a work message says; RecordError if it is no mapping or has no DOI."""
    if not isinstance(message, Mapping):
        raise RecordError("the record is not a mapping")
    doi = json_fields.doi(message.get("DOI"))
    if not doi:
        raise RecordError("the record has no DOI")
    get = message.get
    return Work(
        doi=doi,
        type=json_fields.text(get("type")),
        subtype=json_fields.text(get("subtype")),
        titles=json_fields.texts(get("title")),
        subtitles=json_fields.texts(get("subtitle")),
        contributors=_contributors(message),
        container_titles=json_fields.texts(get("container-title")),
        container_titles_short=json_fields.texts(get("short-container-title")),
        institutions=_institutions(get("institution")),
        group_title=json_fields.text(get("group-title")),
        dates=_dates(message),
        abstract=json_fields.text(get("abstract")),
        volume=json_fields.number(get("volume")),
        issue=json_fields.number(get("issue")),
        page=json_fields.number(get("page")),
        article_number=json_fields.number(get("article-number")),
        publisher=json_fields.text(get("publisher")),
        identifiers=json_fields.texts(get("alternative-id")),
        issns=json_fields.texts(get("ISSN")),
        aliases=json_fields.dois(get("aliases")),
        relations=tuple(_relations(get("relation"))),
        updated_by=_updates(get("updated-by")),
        update_to=_updates(get("update-to")),
        licences=_licences(get("license")),
        links=_links(get("link")),
        language=json_fields.text(get("language")),
    )


def _contributors(message: Mapping[str, object]) -> tuple[Person, ...]:
    people = _people(message.get("author"))
    edited = not people and json_fields.text(message.get("type")) in EDITED
    return _people(message.get("editor")) if edited else people


def _people(value: object) -> tuple[Person, ...]:
    return tuple(filter(None, map(_person, json_fields.mappings(value))))


def _part(value: object) -> str:
    """Return a part of a name without what is none: a comma at its end, "et al."."""
    return _ET_AL.sub("", json_fields.name(value)).strip(" ,;")


def _person(entry: Mapping[str, object]) -> Person | None:
    family, given = _part(entry.get("family")), _part(entry.get("given"))
    literal = "" if family or given else _part(entry.get("name"))
    if not (family or given or literal):
        return None
    return Person(
        family=family,
        given=given,
        suffix=json_fields.name(entry.get("suffix")),
        literal=literal,
        orcid=json_fields.orcid(entry.get("ORCID")),
    )


def _institutions(value: object) -> tuple[str, ...]:
    # A list since 2021, an object before.
    entries = [value] if isinstance(value, dict) else value
    return tuple(
        filter(None, (json_fields.name(entry.get("name")) for entry in json_fields.mappings(entries)))
    )


def _dates(message: Mapping[str, object]) -> Dates:
    return Dates(
        online=json_fields.date_parts(message.get("published-online")),
        print=json_fields.date_parts(message.get("published-print")),
        posted=json_fields.date_parts(message.get("posted")),
        issued=json_fields.date_parts(message.get("issued")),
        approved=json_fields.date_parts(message.get("approved")),
    )


def _relations(value: object) -> Iterator[Relation]:
    for kind, targets in json_fields.mapping(value).items():
        for target in json_fields.mappings(targets):
            id_type, identifier = json_fields.text(target.get("id-type")), json_fields.text(target.get("id"))
            if identifier:
                yield Relation(kind, id_type, identifier.lower() if id_type == "doi" else identifier)


def _updates(value: object) -> tuple[Update, ...]:
    return tuple(
        Update(
            type=json_fields.text(entry.get("type")),
            doi=json_fields.doi(entry.get("DOI")),
            source=json_fields.text(entry.get("source")),
            label=json_fields.text(entry.get("label")),
            date=json_fields.date_parts(entry.get("updated")),
        )
        for entry in json_fields.mappings(value)
        if json_fields.text(entry.get("type"))
    )


def _licences(value: object) -> tuple[Licence, ...]:
    return tuple(
        Licence(url, json_fields.text(entry.get("content-version")))
        for entry in json_fields.mappings(value)
        if (url := json_fields.text(entry.get("URL")))
    )


def _links(value: object) -> tuple[Link, ...]:
    return tuple(
        Link(url, json_fields.text(entry.get("content-type")))
        for entry in json_fields.mappings(value)
        if (url := json_fields.text(entry.get("URL")))
    )


def source(base: str) -> Source:
    """Return Crossref's API at an address as a source of works."""
    return Source(
        name="crossref",
        label="Crossref",
        address=f"{base}/works",
        list_tail=_list_tail,
        may_be_listed=lambda doi: bool(_LISTABLE.fullmatch(doi)),
        record_of=_record_of,
        records_of=_records_of,
        body_of=_body_of,
        names_of=names_of,
        to_work=to_work,
        enough=MOST_DOIS,
    )


def _list_tail(dois: Sequence[str]) -> str:
    # The key is repeated: `doi:A|B` finds nothing, with 200. Without `rows` only 20 come back.
    wanted = ",".join(f"doi:{quoted(doi)}" for doi in dois)
    return f"?filter={wanted}&rows={len(dois)}"


def _record_of(body: object) -> Mapping[str, object] | None:
    message = json_fields.mapping(body).get("message")
    return message if isinstance(message, dict) and "DOI" in message else None


def _records_of(body: object) -> list[Mapping[str, object]] | None:
    items = json_fields.mapping(json_fields.mapping(body).get("message")).get("items")
    return json_fields.mappings(items) if isinstance(items, list) else None


def _body_of(record: Mapping[str, object]) -> Mapping[str, object]:
    # The list of references is more than half of a record, and nothing here reads it.
    lean = {key: value for key, value in record.items() if key != "reference"}
    return {"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": lean}


def names_of(record: Mapping[str, object]) -> frozenset[str]:
    """Return the DOIs, in lower case, that a record answers for."""
    return frozenset({json_fields.doi(record.get("DOI")), *json_fields.dois(record.get("aliases"))} - {""})
