"""DataCite: read a DOI's attributes as a `Work`, and build the addresses of its API."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from enrich.errors import RecordError
from enrich.fetcher.sources import json_fields
from enrich.fetcher.sources.datacite_types import translate_type
from enrich.fetcher.sources.placeholders import is_no_journal, is_nobody
from enrich.fetcher.sources.search_queries import make_creator_query, make_title_query, read_datacite_cursor
from enrich.fetcher.sources.source import CallKind, Service, Source
from enrich.model.work import Dates, Link, PartialDate, Person, Relation, Work

# The codes for a mandatory field without a value (schema 4.6, appendix 3), and what people type instead.
_CODE = re.compile(r"\(?:\(?(?:un\w\w|null|none|tba|etal)\)?|\[?s\.\s?[ln]\.\]?", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")

# Each special character of Lucene needs a backslash. Nothing escapes `<` and `>`: no batch may contain them.
_LUCENE = re.compile(r'([+\-=&|!(){}\[\]^"~*?:\\/])')
_LISTABLE = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s<>,]+", re.ASCII)


def read_datacite_work(record: Mapping[str, object]) -> Work:
    """Return a DataCite record, or its attributes, as a Work; raise RecordError if it has no DOI."""
    if not isinstance(record, Mapping):
        raise RecordError("the record is not a mapping")
    attributes = json_fields.read_mapping(record.get("attributes")) or record
    doi = json_fields.read_doi(attributes.get("doi")) or json_fields.read_doi(record.get("id"))
    if not doi:
        raise RecordError("the record has no DOI")
    get = attributes.get
    container = json_fields.read_mapping(get("container"))
    journal = _read_journal(container)
    kind, subtype = translate_type(json_fields.read_mapping(get("types")), doi, in_journal=bool(journal))
    publisher = _read_publisher(get("publisher"))
    titles = json_fields.read_mappings(get("titles"))
    preprint = kind == "posted-content"
    return Work(
        doi=doi,
        type=kind,
        agency="DataCite",
        subtype=subtype,
        titles=_read_titles(titles, "") + _read_titles(titles, "TranslatedTitle"),
        subtitles=_read_titles(titles, "Subtitle"),
        contributors=tuple(filter(None, map(_read_creator, json_fields.read_mappings(get("creators"))))),
        container_titles=journal,
        # DataCite names a preprint's server as the publisher, Crossref as the institution.
        institutions=(publisher,) if preprint and publisher else (),
        dates=_read_datacite_dates(attributes, kind),
        abstract=_find_abstract(get("descriptions")),
        volume=json_fields.read_number(container.get("volume")),
        issue=json_fields.read_number(container.get("issue")),
        page=_join_pages(container),
        publisher=publisher,
        identifiers=_read_identifiers(get("alternateIdentifiers")),
        issns=_read_issns(container),
        relations=tuple(_read_datacite_relations(get("relatedIdentifiers"))),
        links=tuple(Link(url) for url in json_fields.read_texts(get("contentUrl"))),
        language=json_fields.read_text(get("language")),
    )


def _drop_placeholder(value: object) -> str:
    tidy = json_fields.read_text(value)
    return "" if _CODE.fullmatch(tidy) else tidy


def _drop_anonymous(value: object) -> str:
    tidy = json_fields.read_name(_drop_placeholder(value))
    return "" if is_nobody(tidy) else tidy


def _read_journal(container: Mapping[str, object]) -> tuple[str, ...]:
    # A `Series` or a `DataRepository` is a collection of a repository, not a journal.
    title = _drop_placeholder(container.get("title"))
    return (
        (title,)
        if title
        and not is_no_journal(title)
        and json_fields.read_text(container.get("type")) in {"Journal", "Book Series"}
        else ()
    )


def _read_issns(container: Mapping[str, object]) -> tuple[str, ...]:
    if container.get("identifierType") != "ISSN":
        return ()
    issn = json_fields.read_text(container.get("identifier"))
    return (issn,) if issn else ()


def _read_publisher(value: object) -> str:
    # A text, or since schema 4.5 a mapping if the request asks for one.
    return _drop_anonymous(value.get("name") if isinstance(value, dict) else value)


def _read_titles(titles: Sequence[Mapping[str, object]], kind: str) -> tuple[str, ...]:
    wanted = (entry.get("title") for entry in titles if json_fields.read_text(entry.get("titleType")) == kind)
    return tuple(filter(None, map(_drop_placeholder, wanted)))


def _read_creator(entry: Mapping[str, object]) -> Person | None:
    whole, family = _drop_anonymous(entry.get("name")), _drop_anonymous(entry.get("familyName"))
    given = json_fields.read_name(entry.get("givenName"))  # "S.L." are initials here, not a code
    personal = entry.get("nameType") == "Personal"
    if personal and not family and whole.count(", ") == 1:
        family, given = map(json_fields.read_name, whole.split(", "))
    orcid = next(
        filter(None, map(_read_creator_orcid, json_fields.read_mappings(entry.get("nameIdentifiers")))), ""
    )
    if family or (personal and given):
        return Person(family=family, given=given, orcid=orcid)
    return Person(literal=whole, orcid=orcid) if whole else None


def _read_creator_orcid(identifier: Mapping[str, object]) -> str:
    return json_fields.read_orcid(identifier.get("nameIdentifier"))


def _read_datacite_dates(attributes: Mapping[str, object], kind: str) -> Dates:
    """Return the dates; a preprint was posted when `Submitted`, a thesis approved when `Accepted`."""
    earliest: dict[str, PartialDate] = {}
    for entry in json_fields.read_mappings(attributes.get("dates")):
        date, date_type = (
            json_fields.read_iso_date(entry.get("date")),
            json_fields.read_text(entry.get("dateType")),
        )
        if date is not None:
            earliest[date_type] = min(earliest.get(date_type, date), date, key=_order_dates)
    issued = earliest.get("Issued") or json_fields.read_year(attributes.get("publicationYear"))
    available, submitted = earliest.get("Available"), earliest.get("Submitted")
    if kind == "posted-content":
        return Dates(posted=submitted or available, online=available if submitted else None, issued=issued)
    approved = earliest.get("Accepted") if kind == "dissertation" else None
    return Dates(online=available, issued=issued, approved=approved)


def _order_dates(date: PartialDate) -> tuple[int, int, int]:
    """Return a sort key: within a year, the more precise date comes first."""
    return date.year, date.month or 13, date.day or 32


def _find_abstract(value: object) -> str:
    abstracts = (
        entry for entry in json_fields.read_mappings(value) if entry.get("descriptionType") == "Abstract"
    )
    return next(filter(None, (_drop_placeholder(entry.get("description")) for entry in abstracts)), "")


def _join_pages(container: Mapping[str, object]) -> str:
    ends = (
        json_fields.read_number(container.get("firstPage")),
        json_fields.read_number(container.get("lastPage")),
    )
    return "-".join(dict.fromkeys(filter(None, ends)))


def _read_identifiers(value: object) -> tuple[str, ...]:
    identifiers = (
        json_fields.read_text(entry.get("alternateIdentifier")) for entry in json_fields.read_mappings(value)
    )
    return tuple(filter(None, identifiers))


def _read_datacite_relations(value: object) -> Iterator[Relation]:
    for entry in json_fields.read_mappings(value):
        kind = _CAMEL.sub("-", json_fields.read_text(entry.get("relationType"))).lower()
        id_type = json_fields.read_text(entry.get("relatedIdentifierType")).lower()
        if target := json_fields.read_identifier(id_type, entry.get("relatedIdentifier")):
            yield Relation(kind, id_type, target)


def connect_datacite(base: str) -> Source:
    """Return DataCite's API at an address as a source of works."""
    return Source(
        name="datacite",
        label="DataCite",
        address=f"{base}/dois",
        batch_query=_make_lucene_query,
        supports_batch=lambda doi: bool(_LISTABLE.fullmatch(doi)),
        unwrap_record=_unwrap_data,
        unwrap_records=_unwrap_data_list,
        as_single_response=_wrap_data,
        dois_of=list_datacite_dois,
        read_work=read_datacite_work,
        search_query=make_title_query,
        person_query=make_creator_query,
        read_cursor=read_datacite_cursor,
    )


def _make_lucene_query(dois: Sequence[str]) -> str:
    wanted = " OR ".join(_LUCENE.sub(r"\\\1", doi) for doi in dois)
    return f"?query={quote(f'doi:({wanted})', safe='/:()', errors='replace')}&page%5Bsize%5D={len(dois)}"


def _unwrap_data(body: object) -> Mapping[str, object] | None:
    data = json_fields.read_mapping(body).get("data")
    return data if isinstance(data, dict) else None


def _unwrap_data_list(body: object) -> list[Mapping[str, object]] | None:
    data = json_fields.read_mapping(body).get("data")
    return json_fields.read_mappings(data) if isinstance(data, list) else None


def _wrap_data(record: Mapping[str, object]) -> Mapping[str, object]:
    # `xml` repeats the record in base64.
    attributes = json_fields.read_mapping(record.get("attributes"))
    return {"data": {**record, "attributes": {key: attributes[key] for key in attributes if key != "xml"}}}


def list_datacite_dois(record: Mapping[str, object]) -> frozenset[str]:
    """Return the DOIs, in lower case, of a record."""
    attributes = json_fields.read_mapping(record.get("attributes"))
    return frozenset(
        {json_fields.read_doi(attributes.get("doi")) or json_fields.read_doi(record.get("id"))} - {""}
    )


def _get_datacite_rate(_kind: CallKind, has_address: bool, _has_token: bool) -> tuple[float, float]:
    """Return the limit of 2026: https://support.datacite.org/docs/rate-limit."""
    return (1000 if has_address else 500), 300


def _is_datacite_record(value: object) -> bool:
    fields = json_fields.read_mapping(value)
    return isinstance(fields.get("attributes"), dict) or ("doi" in fields and "titles" in fields)


def _list_datacite_record_dois(record: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(list_datacite_dois(record if "attributes" in record else {"attributes": record}))


SERVICE = Service(
    name="datacite",
    label="DataCite",
    url="https://api.datacite.org",
    connect=connect_datacite,
    rate=_get_datacite_rate,
    position=1,
    agencies=frozenset({"datacite"}),
    is_record=_is_datacite_record,
    list_record_dois=_list_datacite_record_dois,
)
