"""What a JSON value from a file is: a record, or one of the wrappers that records come in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from enrich.errors import RecordError
from enrich.fetcher.sources import crossref, datacite, json_fields
from enrich.model.work import Work

# A tag, an entity, or what is no letter or digit of ASCII: other letters have several forms.
_NOT_IN_KEY = re.compile(r"<[^<>]*>|&#?\w{1,31};|[^A-Za-z0-9]+", re.ASCII)
SHORTEST_KEY, LONGEST_KEY = 16, 100

# What is wrapped around a record: an API's answer, the public data file, a line of a collection.
WRAPPERS = ("message", "data", "items")


def leaves(value: object) -> Iterator[object]:
    """Yield what is inside the wrappers and lists around records."""
    if isinstance(value, list):
        for entry in value:
            yield from leaves(entry)
        return
    wrapper = next((key for key in WRAPPERS if key in json_fields.mapping(value)), None)
    if wrapper is None or is_record(value):
        yield value
    else:
        yield from leaves(json_fields.mapping(value)[wrapper])


def is_one(value: object) -> bool:
    """Return whether there is one record, at most, in a value."""
    inside = leaves(value)
    next(inside, None)
    return next(inside, None) is None


def is_record(value: object) -> bool:
    """Return whether a value is a record of Crossref's or DataCite's."""
    return _is_crossref(value) or _is_datacite(value)


def names(leaf: object) -> tuple[str, ...]:
    """Return a record's DOI and then its aliases, in lower case; none where it has no DOI."""
    fields = json_fields.mapping(leaf)
    if _is_crossref(leaf):
        doi, aliases = json_fields.doi(fields.get("DOI")), json_fields.dois(fields.get("aliases"))
        return (doi, *aliases) if doi else ()
    if not _is_datacite(leaf):
        return ()
    return tuple(datacite.names_of(fields if "attributes" in fields else {"attributes": fields}))


def article_title(leaf: object) -> str:
    """Return what an article is found by beside its DOI, `""` for a record of anything else."""
    fields = json_fields.mapping(leaf)
    titles = json_fields.texts(fields.get("title")) if fields.get("type") in crossref.ARTICLES else ()
    return title_key(titles[0]) if titles else ""


def title_key(title: str) -> str:
    """Return a title's ASCII letters and digits, `""` where they are too few to tell works apart."""
    letters = _NOT_IN_KEY.sub("", title).lower()
    return letters[:LONGEST_KEY] if len(letters) >= SHORTEST_KEY else ""


def to_work(leaf: object) -> Work | None:
    """Return what a record says; None for what is none."""
    if not is_record(leaf):
        return None
    try:
        mapped = crossref.to_work if _is_crossref(leaf) else datacite.to_work
        return mapped(json_fields.mapping(leaf))
    except RecordError:
        return None


def _is_crossref(value: object) -> bool:
    return "DOI" in json_fields.mapping(value)


def _is_datacite(value: object) -> bool:
    fields = json_fields.mapping(value)
    return isinstance(fields.get("attributes"), dict) or ("doi" in fields and "titles" in fields)
