"""DataCite: a DOI's attributes as a `Work`, and the addresses that its API answers under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from enrich.errors import RecordError
from enrich.fetcher.sources import json_fields
from enrich.fetcher.sources.datacite_types import work_type
from enrich.fetcher.sources.source import Source
from enrich.model.work import Dates, Licence, Link, PartialDate, Person, Relation, Work

# Codes for an obligatory field that is left out (schema 4.6, appendix 3), and what people type.
_CODE = re.compile(r"\(?:\(?(?:un\w\w|null|none|tba|etal)\)?|\[?s\.\s?[ln]\.\]?", re.IGNORECASE)
_NOBODY = frozenset({"unknown", "unpublished", "none", "n/a", "not available", "anonymous"})
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")

# Lucene's own characters are escaped one by one; `<` and `>` cannot be, nor what ends a value.
_LUCENE = re.compile(r'([+\-=&|!(){}\[\]^"~*?:\\/])')
_LISTABLE = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s<>,]+", re.ASCII)


def to_work(record: Mapping[str, object]) -> Work:
    """Return what a DataCite record (or its attributes) says; RecordError if there is no DOI."""
    if not isinstance(record, Mapping):
        raise RecordError("the record is not a mapping")
    attributes = json_fields.mapping(record.get("attributes")) or record
    doi = json_fields.doi(attributes.get("doi")) or json_fields.doi(record.get("id"))
    if not doi:
        raise RecordError("the record has no DOI")
    get = attributes.get
    container = json_fields.mapping(get("container"))
    journal = _journal(container)
    kind, subtype = work_type(json_fields.mapping(get("types")), doi, in_journal=bool(journal))
    publisher = _publisher(get("publisher"))
    titles = json_fields.mappings(get("titles"))
    preprint = kind == "posted-content"
    return Work(
        doi=doi,
        type=kind,
        agency="datacite",
        subtype=subtype,
        titles=_titles(titles, "") + _titles(titles, "TranslatedTitle"),
        subtitles=_titles(titles, "Subtitle"),
        contributors=tuple(filter(None, map(_person, json_fields.mappings(get("creators"))))),
        container_titles=journal,
        # A preprint's server is its publisher here; Crossref has it as the institution.
        institutions=(publisher,) if preprint and publisher else (),
        dates=_dates(attributes, posted=preprint),
        abstract=_abstract(get("descriptions")),
        volume=json_fields.number(container.get("volume")),
        issue=json_fields.number(container.get("issue")),
        page=_pages(container),
        publisher=publisher,
        identifiers=_identifiers(get("alternateIdentifiers")),
        issns=_issns(container),
        relations=tuple(_relations(get("relatedIdentifiers"))),
        licences=_licences(get("rightsList")),
        links=tuple(Link(url) for url in json_fields.texts(get("contentUrl"))),
        language=json_fields.text(get("language")),
    )


def _known(value: object) -> str:
    tidy = json_fields.text(value)
    return "" if _CODE.fullmatch(tidy) else tidy


def _somebody(value: object) -> str:
    tidy = json_fields.name(_known(value))
    return "" if tidy.lower() in _NOBODY else tidy


def _journal(container: Mapping[str, object]) -> tuple[str, ...]:
    # The others, `Series` and `DataRepository`, are collections of a repository.
    title = _known(container.get("title"))
    return (title,) if title and container.get("type") in ("Journal", "Book Series") else ()


def _issns(container: Mapping[str, object]) -> tuple[str, ...]:
    issn = json_fields.text(container.get("identifier")) if container.get("identifierType") == "ISSN" else ""
    return (issn,) if issn else ()


def _publisher(value: object) -> str:
    # A mapping since schema 4.5, and only where it was asked for.
    return _somebody(value.get("name") if isinstance(value, dict) else value)


def _titles(titles: Sequence[Mapping[str, object]], kind: str) -> tuple[str, ...]:
    wanted = (entry.get("title") for entry in titles if json_fields.text(entry.get("titleType")) == kind)
    return tuple(filter(None, map(_known, wanted)))


def _person(entry: Mapping[str, object]) -> Person | None:
    whole, family = _somebody(entry.get("name")), _somebody(entry.get("familyName"))
    given = json_fields.name(entry.get("givenName"))  # "S.L." are initials here, and no code for nothing
    personal = entry.get("nameType") == "Personal"
    if personal and not family and whole.count(", ") == 1:
        family, given = map(json_fields.name, whole.split(", "))
    orcid = next(filter(None, map(_orcid, json_fields.mappings(entry.get("nameIdentifiers")))), "")
    if family or (personal and given):
        return Person(family=family, given=given, orcid=orcid)
    return Person(literal=whole, orcid=orcid) if whole else None


def _orcid(identifier: Mapping[str, object]) -> str:
    return json_fields.orcid(identifier.get("nameIdentifier"))


def _dates(attributes: Mapping[str, object], *, posted: bool) -> Dates:
    dates: dict[str, PartialDate] = {}
    for entry in json_fields.mappings(attributes.get("dates")):
        date = json_fields.iso_date(entry.get("date"))
        if date is not None:
            dates.setdefault(json_fields.text(entry.get("dateType")), date)
    year = attributes.get("publicationYear")
    issued = dates.get("Issued") or json_fields.iso_date(str(year) if type(year) is int else year)
    available = dates.get("Available")
    return Dates(posted=available, issued=issued) if posted else Dates(online=available, issued=issued)


def _abstract(value: object) -> str:
    abstracts = (entry for entry in json_fields.mappings(value) if entry.get("descriptionType") == "Abstract")
    return next(filter(None, (_known(entry.get("description")) for entry in abstracts)), "")


def _pages(container: Mapping[str, object]) -> str:
    ends = json_fields.number(container.get("firstPage")), json_fields.number(container.get("lastPage"))
    return "-".join(dict.fromkeys(filter(None, ends)))


def _identifiers(value: object) -> tuple[str, ...]:
    identifiers = (
        json_fields.text(entry.get("alternateIdentifier")) for entry in json_fields.mappings(value)
    )
    return tuple(filter(None, identifiers))


def _relations(value: object) -> Iterator[Relation]:
    for entry in json_fields.mappings(value):
        kind = _CAMEL.sub("-", json_fields.text(entry.get("relationType"))).lower()
        id_type = json_fields.text(entry.get("relatedIdentifierType")).lower()
        target = json_fields.text(entry.get("relatedIdentifier"))
        if target:
            yield Relation(kind, id_type, target.lower() if id_type == "doi" else target)


def _licences(value: object) -> tuple[Licence, ...]:
    urls = (json_fields.text(entry.get("rightsUri")) for entry in json_fields.mappings(value))
    return tuple(Licence(url) for url in urls if url)


def source(base: str) -> Source:
    """Return DataCite's API at an address as a source of works."""
    return Source(
        name="datacite",
        label="DataCite",
        address=f"{base}/dois",
        list_tail=_list_tail,
        may_be_listed=lambda doi: bool(_LISTABLE.fullmatch(doi)),
        record_of=_record_of,
        records_of=_records_of,
        body_of=_body_of,
        names_of=names_of,
        to_work=to_work,
    )


def _list_tail(dois: Sequence[str]) -> str:
    wanted = " OR ".join(_LUCENE.sub(r"\\\1", doi) for doi in dois)
    return f"?query={quote(f'doi:({wanted})', safe='/:()', errors='replace')}&page%5Bsize%5D={len(dois)}"


def _record_of(body: object) -> Mapping[str, object] | None:
    data = json_fields.mapping(body).get("data")
    return data if isinstance(data, dict) else None


def _records_of(body: object) -> list[Mapping[str, object]] | None:
    data = json_fields.mapping(body).get("data")
    return json_fields.mappings(data) if isinstance(data, list) else None


def _body_of(record: Mapping[str, object]) -> Mapping[str, object]:
    # `xml` is the same record once more, in base64.
    attributes = json_fields.mapping(record.get("attributes"))
    return {"data": {**record, "attributes": {key: attributes[key] for key in attributes if key != "xml"}}}


def names_of(record: Mapping[str, object]) -> frozenset[str]:
    """Return the DOIs, in lower case, that a record answers for."""
    attributes = json_fields.mapping(record.get("attributes"))
    return frozenset({json_fields.doi(attributes.get("doi")) or json_fields.doi(record.get("id"))} - {""})
