"""Read the [[ignore]] tables of `enrich.toml`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from enrich.errors import SettingsFileError
from enrich.model.ignore import Ignore
from enrich.model.page import Doi
from enrich.settings.option import suggest_word
from enrich.settings.toml_file import ConfigFile
from enrich.text.doi import parse_doi

# The keys of a table, each with the text that the schema and the documents print.
IGNORE_KEYS = {
    "path": "The page, or a folder of pages, from the site's root; * matches anything.",
    "doi": "The page's DOI.",
    "field": "The field whose changes enrich does not propose.",
    "code": "The finding that enrich does not report.",
    "reason": "The reason, for the next reader of this file.",
    "until": "The last day on which this applies, as in 2027-01-31.",
}
SELECTING_KEYS = ("path", "doi", "field", "code")


class _IgnoreError(ValueError):
    """Raised for a table with a mistake; `key` is the key to correct."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


def read_ignores(
    file: ConfigFile, fields: Collection[str], codes: Collection[str] = ()
) -> tuple[Ignore, ...]:
    """Return the [[ignore]] tables; raise UsageError with the line of a mistake.

    `fields` are the names of all fields, `codes` those of all findings; without codes any is accepted.
    """
    ignores = []
    for number, table in enumerate(file.ignores):
        try:
            ignores.append(_read_ignore(table, fields, codes, file.find_line("ignore", number)))
        except _IgnoreError as error:
            raise SettingsFileError(f"{file.locate(error.key, number)}: {error}") from None
    return tuple(ignores)


def _read_ignore(
    table: Mapping[str, Any], fields: Collection[str], codes: Collection[str], line: int
) -> Ignore:
    for key in table:
        if key not in IGNORE_KEYS:
            raise _IgnoreError(f"ignore.{key}", f"unknown key '{key}'{suggest_word(key, IGNORE_KEYS)}")
    texts = {key: _read_ignore_text(key, table.get(key, "")) for key in IGNORE_KEYS if key != "until"}
    if not any(texts[key] for key in SELECTING_KEYS):
        raise _IgnoreError("ignore", "an [[ignore]] needs a path, doi, field or code")
    _check_name("field", texts["field"], fields)
    _check_name("code", texts["code"], codes)
    doi = parse_doi(texts.pop("doi"))
    if doi is not None and not isinstance(doi, Doi):
        raise _IgnoreError("ignore.doi", f"'doi' is not a DOI: {doi.reason}")
    return Ignore(doi=doi.key if doi else "", until=_read_day(table.get("until")), line=line, **texts)


def _read_ignore_text(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise _IgnoreError(f"ignore.{key}", f"'{key}' must be text in quotes")
    return value.strip()


def _check_name(key: str, name: str, known: Collection[str]) -> None:
    """Raise an error for a field or a code that does not exist."""
    if name and known and name not in known:
        raise _IgnoreError(f"ignore.{key}", f"there is no {key} '{name}'{suggest_word(name, known)}")


def _read_day(value: object) -> dt.date | None:
    """Return a day, given as a TOML date or as text."""
    if isinstance(value, dt.datetime):
        return value.date()
    if value is None or isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        raise _IgnoreError("ignore.until", "'until' must be a day, as in 2027-01-31") from None
