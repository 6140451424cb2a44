"""The JSON Schema of `enrich.toml`, for editors: made from the table of options.

https://json-schema.org/draft/2020-12; Taplo and Even Better TOML read it for TOML files.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from enrich.reconciler.fields.policies import default_policies
from enrich.settings.option_table import Option, Reader, count, flag, options, texts
from enrich.settings.option_table import choices as several
from enrich.settings.toml_file import TABLES

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_OF_READER: Mapping[Reader, Schema] = {
    flag: {"type": "boolean"},
    count: {"type": "integer", "minimum": 0, "maximum": 2},
}
_ABOUT_TABLES = {
    "fields": "What is done with each field.",
    "pages": "Which pages are read.",
    "theme": "How pages are written, where enrich cannot tell from the site.",
}
_ABOUT_IGNORES = {
    "path": "The page, or a folder of pages, from the site's root; * stands for anything.",
    "doi": "The page's DOI.",
    "field": "The field whose changes are not to be proposed.",
    "code": "The finding that is not to be reported.",
    "reason": "Why: for whoever reads this file next.",
    "until": "The last day on which this holds: 2027-01-31.",
}


def schema(codes: Collection[str]) -> Schema:
    """Return the schema; `codes` are those of the findings."""
    rows = [option for option in options() if option.in_file]
    tables = {name: _table(_ABOUT_TABLES[name], _rows(rows, f"{name}.")) for name in TABLES}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "enrich.toml",
        **_table("The settings of enrich for one Hugo site.", _rows(rows, "")),
        "properties": {**_rows(rows, ""), **tables, "ignore": _ignores(codes)},
    }


def _table(about: str, properties: Mapping[str, Schema]) -> Schema:
    return {"description": about, "type": "object", "additionalProperties": False, "properties": properties}


def _rows(rows: Collection[Option], prefix: str) -> dict[str, Schema]:
    """Return the options of one table; those of the others have a dot more."""
    found = {
        option.name.removeprefix(prefix): _option(option)
        for option in rows
        if option.name.startswith(prefix) and (prefix or option.name.partition(".")[0] not in TABLES)
    }
    # `cite.bib`, quoted or not: without quotes it is a table to TOML.
    dotted = {name.partition("."): value for name, value in found.items() if "." in name}
    return found | {
        first: _table(value["description"], {rest: value}) for (first, _, rest), value in dotted.items()
    }


def _option(option: Option) -> Schema:
    """Return what an option may be, what it does, and what holds without it."""
    value = _OF_READER.get(option.read, _TEXT)
    if option.choices:
        value = {"type": "string", "enum": [*option.choices]}
    if option.read in {texts, several}:
        value = {"type": "array", "items": value, "uniqueItems": True}
    default = [*option.default] if isinstance(option.default, tuple) else option.default
    return {"description": option.help, **value, **({} if default in (None, "") else {"default": default})}


def _ignores(codes: Collection[str]) -> Schema:
    known = {"field": [*default_policies()], "code": sorted(codes)}
    properties = {
        key: {"description": about, **_TEXT, **({"enum": known[key]} if key in known else {})}
        for key, about in _ABOUT_IGNORES.items()
    }
    # A date of TOML's own is handed to the schema as a text.
    item = _table("One thing that is not to be reported.", properties)
    selecting = [{"required": [key]} for key in ("path", "doi", "field", "code")]
    return {
        "description": "What is not to be reported.",
        "type": "array",
        "items": {**item, "anyOf": selecting},
    }
