"""Make the JSON Schema of `enrich.toml` for editors, from the table of options.

The version is https://json-schema.org/draft/2020-12; Taplo and Even Better TOML read it for TOML files.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from enrich.settings.accepted_words import list_field_names
from enrich.settings.collect_options import list_options
from enrich.settings.ignore_tables import IGNORE_KEYS, SELECTING_KEYS
from enrich.settings.option import Option
from enrich.settings.readers import MOST_COUNTED, MOST_VERBOSE, read_positive
from enrich.settings.toml_file import TABLES

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_SWITCH: Schema = {"type": "boolean"}
_LEVEL: Schema = {"type": "integer", "minimum": 0, "maximum": MOST_VERBOSE}
_COUNT: Schema = {"type": "integer", "minimum": 1, "maximum": MOST_COUNTED}
_LIST: Schema = {"type": "array", "uniqueItems": True}


def build_schema(codes: Collection[str]) -> Schema:
    """Return the schema; `codes` are those of the findings."""
    options = [option for option in list_options() if option.in_file]
    top = [option for option in options if option.key.partition(".")[0] not in TABLES]
    tables = {
        name: _describe_table(text, _describe_options(options, f"{name}.")) for name, text in TABLES.items()
    }
    properties = {**_describe_options(top, ""), **tables, "ignore": _describe_ignores(codes)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "enrich.toml",
        **_describe_table("The settings of enrich for one Hugo site.", properties),
    }


def _describe_table(text: str, properties: Mapping[str, Schema]) -> Schema:
    return {"description": text, "type": "object", "additionalProperties": False, "properties": properties}


def _describe_options(options: Iterable[Option], prefix: str) -> dict[str, Schema]:
    """Return the options of one table by their names in it."""
    named = {
        option.key.removeprefix(prefix): _describe_option(option)
        for option in options
        if option.key.startswith(prefix)
    }
    # `cite.bib`, quoted or not: without quotes it is a table to TOML.
    dotted = {name.partition("."): value for name, value in named.items() if "." in name}
    return named | {
        first: _describe_table(value["description"], {rest: value})
        for (first, _, rest), value in dotted.items()
    }


def _describe_option(option: Option) -> Schema:
    """Return the schema of an option: its description, values and default."""
    default = [*option.default] if isinstance(option.default, tuple) else option.default
    shown = {} if default in (None, "") else {"default": default}
    return {"description": option.help, **_describe_value(option), **shown}


def _describe_value(option: Option) -> Schema:
    item = {"type": "string", "enum": [*option.choices]} if option.choices else _TEXT
    if option.is_repeatable:
        return {**_LIST, "items": item}
    if option.is_switch:
        return _SWITCH
    if option.read is read_positive:
        return _COUNT
    return _LEVEL if option.is_counted else item


def _describe_ignores(codes: Collection[str]) -> Schema:
    names = {"field": [*list_field_names()], "code": sorted(codes)}
    # Editors give a TOML date to the schema as text.
    properties = {
        key: {"description": text, **_TEXT, **({"enum": names[key]} if key in names else {})}
        for key, text in IGNORE_KEYS.items()
    }
    item = _describe_table("One thing that enrich does not report.", properties)
    return {
        "description": "What enrich does not report, one table each.",
        "type": "array",
        "items": {**item, "anyOf": [{"required": [key]} for key in SELECTING_KEYS]},
    }
