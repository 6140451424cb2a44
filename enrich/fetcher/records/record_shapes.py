"""Recognise records, and wrappers around records, among the JSON values in files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from enrich.errors import RecordError
from enrich.fetcher.sources import json_fields
from enrich.fetcher.sources.crossref import ARTICLES
from enrich.fetcher.sources.registry import load_services
from enrich.fetcher.sources.source import Service, Source
from enrich.model.work import Work

# What a title key omits: tags, entities and all but ASCII letters and digits; other letters have several
# forms.
_NOT_IN_KEY = re.compile(r"<[^<>]*>|&#?\w{1,31};|[^A-Za-z0-9]+", re.ASCII)
SHORTEST_KEY, LONGEST_KEY = 16, 100  # characters

# The keys around records in an API's reply, in Crossref's public data file and in a line of a collection.
WRAPPERS = ("message", "data", "items")


def unwrap_records(value: object) -> Iterator[object]:
    """Yield the values inside wrappers and lists, which may be nested to any depth."""
    pending = [value]  # not recursive: deep nesting would exceed Python's limit
    while pending:
        entry = pending.pop()
        if isinstance(entry, list):
            pending += reversed(entry)
            continue
        fields = json_fields.read_mapping(entry)
        wrapper = next((key for key in WRAPPERS if key in fields), None)
        if wrapper is None or is_record(entry):
            yield entry
        else:
            pending.append(fields[wrapper])


def is_record(value: object) -> bool:
    """Return whether a value is a record of one of the services."""
    return _find_service(value) is not None


def list_dois(record: object) -> tuple[str, ...]:
    """Return a record's DOI and then its aliases, in lower case; none if it has no DOI."""
    service = _find_service(record)
    return service.list_record_dois(json_fields.read_mapping(record)) if service else ()


def make_article_key(record: object) -> str:
    """Return the key of an article's title; `""` if the record is not an article."""
    fields = json_fields.read_mapping(record)
    is_article = json_fields.read_text(fields.get("type")) in ARTICLES
    titles = json_fields.read_texts(fields.get("title")) if is_article else ()
    return make_title_key(titles[0]) if titles else ""


def make_title_key(title: str) -> str:
    """Return a title's first ASCII letters and digits in lower case, `""` if too few to identify a work."""
    letters = _NOT_IN_KEY.sub("", title).lower()
    return letters[:LONGEST_KEY] if len(letters) >= SHORTEST_KEY else ""


def read_work(record: object) -> Work | None:
    """Return a value as a Work; None if it is not a record or has no DOI."""
    service = _find_service(record)
    if service is None:
        return None
    try:
        return _connect_once(service.name).read_work(json_fields.read_mapping(record))
    except RecordError:
        return None


def _find_service(value: object) -> Service | None:
    return next((service for service in load_services() if service.is_record(value)), None)


@cache
def _connect_once(name: str) -> Source:
    """Return the API of a service; one for all records, because to connect takes time."""
    return next(service.connect(service.url) for service in load_services() if service.name == name)
