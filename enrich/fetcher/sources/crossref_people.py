"""Read the people of a Crossref message: its authors, or the editors of a book."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from enrich.fetcher.sources import json_fields
from enrich.fetcher.sources.placeholders import is_nobody
from enrich.model.work import Person

# The types whose editors count as authors. Editors of an article or a chapter only handled or collected it.
EDITED = frozenset(
    {"book", "book-series", "book-set", "edited-book", "monograph", "proceedings", "reference-book"}
)

_NAMES = ("given", "family", "name")
_PERSON_KEYS = ("family", "given", "name", "suffix", "ORCID")
_LONGEST_KEPT = 200  # characters of a person's texts; the cache of people holds no longer ones
# What publishers deposit as the given name of a group: "for the", with the family name "Harbour Study Group".
_FOR_GROUP = re.compile(
    r"(?:and |on behalf of |for )*(?:for|on behalf of|and)(?: (?:the|all))?", re.IGNORECASE
)
_ET_AL = re.compile(r"(?:^|[\s,;])et\.?\s+al\b.*$", re.IGNORECASE)


def read_contributors(message: Mapping[str, object]) -> tuple[Person, ...]:
    """Return the authors of a work, or the editors of an edited book, in the order of the record."""
    people = _read_people(message.get("author"))
    edited = not people and json_fields.read_text(message.get("type")) in EDITED
    return _read_people(message.get("editor")) if edited else people


def _read_people(value: object) -> tuple[Person, ...]:
    return tuple(filter(None, map(_read_contributor, json_fields.read_mappings(value))))


def has_et_al(value: object) -> bool:
    """Return whether the last author is, or ends in, "et al."."""
    last = json_fields.read_mappings(value)[-1:]
    return any(_ET_AL.search(json_fields.read_name(entry.get(key))) for entry in last for key in _NAMES)


def _read_contributor(entry: Mapping[str, object]) -> Person | None:
    texts = [value if isinstance(value := entry.get(key), str) else "" for key in _PERSON_KEYS]
    is_usual = sum(map(len, texts)) <= _LONGEST_KEPT
    return _make_person(*texts) if is_usual else _make_person.__wrapped__(*texts)


@lru_cache(maxsize=4096)
def _make_person(family: str, given: str, name: str, suffix: str, orcid: str) -> Person | None:
    """Return a contributor, None for a placeholder; cached, because a site's records repeat people."""
    family, given = _clean_name_part(family), _clean_name_part(given)
    literal = "" if family or given else _clean_name_part(name)
    if _FOR_GROUP.fullmatch(given):
        family, given, literal = "", "", family
    if is_nobody(f"{given} {family}{literal}".strip()) or not (family or given or literal):
        return None
    return Person(
        family=family,
        given=given,
        suffix=json_fields.read_name(suffix),
        literal=literal,
        orcid=json_fields.read_orcid(orcid),
    )


def _clean_name_part(value: str) -> str:
    """Return a part of a name without a final comma or "et al."."""
    return _ET_AL.sub("", json_fields.read_name(value)).strip(" ,;")
