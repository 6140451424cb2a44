"""Read one field of a record's JSON; a value of the wrong type counts as absent."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from itertools import takewhile

from enrich.model.work import PartialDate
from enrich.text.doi import has_dot_segment, parse_linked_doi

# What publishers deposit in place of a missing value; Ovid writes `&NA;` for a missing name.
NO_TEXT = frozenset({"&NA;", "&na;"})
NO_NUMBER = NO_TEXT | {"n/a", "n/a-n/a", "na-na", "no-no", "null", "null-null", "-", "–"}
MOST_TEXTS = 40  # of a list: no work has more titles or journals, and enrich compares each with each
FIRST_YEAR, LAST_YEAR = 1000, 2100  # records have the years 3021 and "0000"

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_ORCID = re.compile(r"(?:https?://(?:www\.)?orcid\.org/)?((?:\d{4}-){3}\d{3}[\dX])/?", re.IGNORECASE)
_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ][\d:.,+Z -]*)?", re.ASCII)


def read_text(value: object) -> str:
    """Return a string with each run of white space as one space; `""` for anything else."""
    if not isinstance(value, str):
        return ""
    tidy = " ".join(value.split())
    if not tidy.isascii():  # most texts are ASCII, and this check is faster than the search
        tidy = _LONE_SURROGATE.sub("\ufffd", tidy)
    return "" if tidy in NO_TEXT else tidy


def read_abstract(value: object) -> str:
    """Return a text as `read_text` does, but keep two spaces within a line, where a word may be missing."""
    lines = value.splitlines() if isinstance(value, str) else ()
    return " ".join(filter(None, map(_tidy_line, lines)))


def _tidy_line(line: str) -> str:
    return "  ".join(filter(None, map(read_text, line.split("  "))))


def read_number(value: object) -> str:
    """Return a volume, issue or page as deposited; `""` for the usual placeholders."""
    tidy = read_text(value)
    return "" if tidy.lower() in NO_NUMBER else tidy


def read_name(value: object) -> str:
    """Return a part of a name; `""` if it has no letter."""
    tidy = read_text(value)
    return tidy if any(map(str.isalpha, tidy)) else ""


def read_texts(value: object) -> tuple[str, ...]:
    """Return the texts among the first `MOST_TEXTS` entries of a list, without empty ones."""
    return tuple(filter(None, map(read_text, value[:MOST_TEXTS]))) if isinstance(value, list) else ()


def read_mapping(value: object) -> Mapping[str, object]:
    """Return a mapping as it is; an empty mapping for anything else."""
    return value if isinstance(value, dict) else {}


def read_mappings(value: object) -> list[Mapping[str, object]]:
    """Return the mappings of a list."""
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def read_doi(value: object) -> str:
    """Return the DOI of a record in lower case, `""` for anything else."""
    tidy = read_text(value).lower()
    return tidy if tidy.startswith("10.") and "/" in tidy and not has_dot_segment(tidy) else ""


def read_linked_doi(value: object) -> str:
    """Return the DOI of another work in lower case, by the rules for a DOI on a page."""
    return parse_linked_doi(read_text(value))


def read_identifier(kind: str, value: object) -> str:
    """Return an identifier; one of the kind `doi` in lower case, or `""` if it is not a DOI."""
    return read_linked_doi(value) if kind == "doi" else read_text(value)


def read_dois(value: object) -> tuple[str, ...]:
    """Return the DOIs of a list in lower case."""
    return tuple(filter(None, map(read_doi, value))) if isinstance(value, list) else ()


def read_orcid(value: object) -> str:
    """Return an ORCID iD without the address around it; `""` for anything else."""
    found = _ORCID.fullmatch(read_text(value))
    return found[1].upper() if found else ""


def read_date_parts(value: object) -> PartialDate | None:
    """Return Crossref's `{"date-parts": [[2024, 4, 29]]}` as a date, up to its first impossible part."""
    lists = read_mapping(value).get("date-parts")
    first = lists[0] if isinstance(lists, list) and lists else None
    if not isinstance(first, list):
        return None
    return make_partial_date(*takewhile(lambda part: type(part) is int, first[:3]))


def read_iso_date(value: object) -> PartialDate | None:
    """Return `2024`, `2024-04` or `2024-04-29` (a time may follow) as a date; None for a range."""
    found = _ISO_DATE.fullmatch(read_text(value))
    return make_partial_date(*(int(part) for part in found.groups() if part)) if found else None


def read_year(value: object) -> PartialDate | None:
    """Return a year, which may be a number or a text, as a date."""
    return make_partial_date(value) if type(value) is int else read_iso_date(value)


def make_partial_date(year: int | None = None, month: int = 0, day: int = 0) -> PartialDate | None:
    """Return the date up to its first impossible part; None for an impossible year."""
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if not 1 <= month <= 12:
        return PartialDate(year)
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return PartialDate(year, month)
    return PartialDate(year, month, day)
