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


def unwrap_wrappers(value: object) -> Iterator[object]:
    """Yield what is inside the wrappers and lists around records."""
    if isinstance(value, list):
        for entry in value:
            yield from unwrap_wrappers(entry)
        return
    wrapper = next((key for key in WRAPPERS if key in json_fields.read_mapping(value)), None)
    if wrapper is None or is_record(value):
        yield value
    else:
        yield from unwrap_wrappers(json_fields.read_mapping(value)[wrapper])


def is_single_record(value: object) -> bool:
    """Return whether there is one record, at most, in a value."""
    inside = unwrap_wrappers(value)
    next(inside, None)
    return next(inside, None) is None


def is_record(value: object) -> bool:
    """Return whether a value is a record of Crossref's or DataCite's."""
    return _is_crossref(value) or _is_datacite(value)


def list_dois(leaf: object) -> tuple[str, ...]:
    """Return a record's DOI and then its aliases, in lower case; none where it has no DOI."""
    fields = json_fields.read_mapping(leaf)
    if _is_crossref(leaf):
        doi, aliases = json_fields.read_doi(fields.get("DOI")), json_fields.read_dois(fields.get("aliases"))
        return (doi, *aliases) if doi else ()
    if not _is_datacite(leaf):
        return ()
    return tuple(datacite.list_datacite_dois(fields if "attributes" in fields else {"attributes": fields}))


def make_article_key(leaf: object) -> str:
    """Return what an article is found by beside its DOI, `""` for a record of anything else."""
    fields = json_fields.read_mapping(leaf)
    is_article = json_fields.read_text(fields.get("type")) in crossref.ARTICLES
    titles = json_fields.read_texts(fields.get("title")) if is_article else ()
    return make_title_key(titles[0]) if titles else ""


def make_title_key(title: str) -> str:
    """Return a title's ASCII letters and digits, `""` where they are too few to tell works apart."""
    letters = _NOT_IN_KEY.sub("", title).lower()
    return letters[:LONGEST_KEY] if len(letters) >= SHORTEST_KEY else ""


def read_work(leaf: object) -> Work | None:
    """Return what a record says; None for what is none."""
    if not is_record(leaf):
        return None
    try:
        mapped = crossref.read_crossref_work if _is_crossref(leaf) else datacite.read_datacite_work
        return mapped(json_fields.read_mapping(leaf))
    except RecordError:
        return None


def _is_crossref(value: object) -> bool:
    return "DOI" in json_fields.read_mapping(value)


def _is_datacite(value: object) -> bool:
    fields = json_fields.read_mapping(value)
    return isinstance(fields.get("attributes"), dict) or ("doi" in fields and "titles" in fields)
