"""Read `enrich.toml`: the values by dotted key, the [[ignore]] tables, and the line of each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from enrich.errors import SettingsFileError, UsageError, describe_os_error
from enrich.settings.option import Given, Option, suggest_word

FILE_NAME = "enrich.toml"
# The tables of the file, each with the text that schema, starter file and documents print.
TABLES = {
    "fields": "What to do with each field. fill: write what is missing, follow the record where you did not "
    "edit the value, ask about the rest. propose: write nothing without asking. overwrite: always "
    "write the record's value. keep: leave the field alone.",
    "pages": "Which pages enrich reads.",
    "people": "Whose works `enrich new` looks for.",
    "theme": "How the theme writes pages, if enrich detects it wrongly.",
}

_MOST_BYTES = 1024 * 1024  # of a device or another program's data, enrich reads no more
# The two most frequent mistakes: Python's message, and words that lead to the mistake.
_NO_END = "the quotation mark at the end of a text is missing"
_SYNTAX_REASONS = {
    "Invalid value": 'invalid value; write text in quotes, as in mailto = "you@example.org"',
    **dict.fromkeys(("Illegal character '\\n'", "Unterminated string", 'Expected "\'"'), _NO_END),
}
_HEADER = re.compile(r"\s*\[{1,2}\s*([^\[\]#]+?)\s*\]{1,2}\s*(?:#.*)?$")
# The characters that TOML escapes in a string and JSON does not: https://toml.io/en/v1.0.0#string
_UNPRINTABLE = re.compile(r"[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """An `enrich.toml` as it was read; an empty one if the site has none."""

    label: str = FILE_NAME
    """The name of the file in messages."""
    text: str = ""
    """The whole text."""
    values: Mapping[str, object] = field(default_factory=dict)
    """The values by dotted key."""
    ignores: tuple[Mapping[str, Any], ...] = ()
    """The [[ignore]] tables."""

    def locate(self, key: str, number: int = 0) -> str:
        """Return the place of a dotted key for messages: `enrich.toml:7`."""
        line = self.find_line(key, number)
        return f"{self.label}:{line}" if line else self.label

    def find_line(self, key: str, number: int = 0) -> int:
        """Return the line of a dotted key, in the [[table]] with that number; 0 if it is not known.

        A key without a line of its own (missing, or in an inline table) has the line of its parent.
        """
        rows = [row for row in _list_lines(self.text) if not number or row[2] == number]
        exact = next((line for line, name, _ in rows if name == key), 0)
        return exact or next((line for line, name, _ in rows if key.startswith(f"{name}.")), 0)


def find_config(root: Path, named: Path | None = None) -> ConfigFile:
    """Return the named file, else the site's own, if there is one; raise UsageError if it cannot be read."""
    path = named or root / FILE_NAME
    label = FILE_NAME if path.name == FILE_NAME else str(path)
    try:
        return parse_config(_read_file_text(path, label), label)
    except (FileNotFoundError, NotADirectoryError):
        if named:
            raise UsageError(f"{named}: this configuration file does not exist") from None
        return ConfigFile()
    except (OSError, ValueError) as error:
        reason = describe_os_error(error) if isinstance(error, OSError) else str(error)
        raise SettingsFileError(f"{label}: cannot be read: {reason}") from None


def parse_config(text: str, label: str = FILE_NAME) -> ConfigFile:
    """Return the values of a configuration; raise UsageError with the line if it is not TOML."""
    import tomllib

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsFileError(_describe_syntax(label, text, str(error))) from None
    except RecursionError:
        raise SettingsFileError(f"{label}: the tables are nested too deeply") from None
    except ValueError:  # Python refuses to read an integer of thousands of digits
        raise SettingsFileError(f"{label}: not TOML: a number is too long") from None
    ignores = data.pop("ignore", [])
    file = ConfigFile(label, text, dict(_flatten(data)))
    if not isinstance(ignores, list) or not all(isinstance(item, dict) for item in ignores):
        raise SettingsFileError(
            f"{file.locate('ignore')}: 'ignore' must be tables, each under its own [[ignore]]"
        )
    return ConfigFile(label, text, file.values, tuple(ignores))


def read_values(file: ConfigFile, options: Sequence[Option]) -> dict[str, object]:
    """Return the file's values by the option's key; raise UsageError for a key or value that is refused."""
    table = {option.key: option for option in options}
    return {
        key: read_given(_find_option(file, key, table), Given(value, file.locate(key)))
        for key, value in file.values.items()
    }


def read_given(option: Option, given: Given) -> object:
    """Return the value of an option; raise UsageError that names the place if it cannot be accepted."""
    try:
        return option.read(option, given)
    except ValueError as error:
        kind = UsageError if given.is_text else SettingsFileError
        raise kind(_locate_error(option, given, str(error))) from None


def _locate_error(option: Option, given: Given, error: str) -> str:
    """Return an error with its place; a flag or a variable is itself the name of the option."""
    if given.where in {option.flag, option.variable}:
        return given.where + error.removeprefix(f"'{option.key}'")
    return f"{given.where}: {error}"


def format_key(key: str) -> str:
    """Return a dotted key as TOML: `fields."cite.bib"`."""
    table, _, name = key.partition(".")
    return f"{table}.{format_toml(name)}" if "." in name else key


def format_toml(value: object) -> str:
    """Return a value as TOML: a path as its text, None as an empty text."""
    import json

    if isinstance(value, bool | int):
        return json.dumps(value)
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(format_toml, value))}]"
    text = json.dumps("" if value is None else str(value), ensure_ascii=False)
    return _UNPRINTABLE.sub(_escape_character, text)


def _read_file_text(path: Path, label: str) -> str:
    """Return the text of a regular file; raise UsageError, OSError or ValueError otherwise."""
    if path.exists() and not path.is_file():  # a device or a pipe may have no end
        raise SettingsFileError(f"{label}: cannot be read: not a regular file")
    with path.open("rb") as stream:
        content = stream.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise SettingsFileError(f"{label}: cannot be read: larger than {_MOST_BYTES // 1024} KB")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise SettingsFileError(f"{label}:{line}: not UTF-8; save the file as UTF-8") from None


def _find_option(file: ConfigFile, key: str, table: Mapping[str, Option]) -> Option:
    """Return the option of a key; raise UsageError if there is none, or if no file may set it."""
    where, option = file.locate(key), table.get(key)
    if key in TABLES:
        raise SettingsFileError(f"{where}: '{key}' must be a table: [{key}]")
    if option is None:
        raise SettingsFileError(f"{where}: {_describe_unknown_key(key, [*table])}")
    if not option.in_file:
        instead = " or ".join(filter(None, (option.flag, option.variable)))
        raise SettingsFileError(
            f"{where}: '{key}' cannot be set in a site's file; delete this line and use {instead}"
        )
    return option


def _describe_unknown_key(key: str, known: Sequence[str]) -> str:
    """Return the message about an unknown key, with its right table or the most similar key."""
    table, _, word = key.rpartition(".") if key.partition(".")[0] in TABLES else ("", "", key)
    homes = [name.rpartition(".")[0] for name in known if name.endswith(f".{word}")]
    if homes and not table:
        return f"unknown key '{word}'; it belongs under [{homes[0]}]"
    if table:
        alike = [name.removeprefix(f"{table}.") for name in known if name.startswith(f"{table}.")]
    else:
        alike = [*(name for name in known if "." not in name), *TABLES, "ignore"]
    return f"unknown key '{word}'{suggest_word(word, alike)}"


def _flatten(data: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    """Yield the values by dotted key; `cite.bib = …` in [fields] need not be quoted."""
    for key, value in data.items():
        if isinstance(value, dict) and (prefix or key in TABLES):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _describe_syntax(label: str, text: str, message: str) -> str:
    """Return a TOML error with its line first, as in all other errors."""
    place = re.search(r"\(at line (\d+), column \d+\)", message)
    line = place[1] if place else str(max(1, len(text.splitlines())))
    reason = message.partition(" (at ")[0]
    reason = _SYNTAX_REASONS.get(reason, f"{reason[:1].lower()}{reason[1:]}")
    return f"{label}:{line}: not TOML: {reason}"


def _list_lines(text: str) -> Iterator[tuple[int, str, int]]:
    """Yield the line and dotted key of every header and key, and the number of its [[table]]."""
    table, counts = "", Counter[str]()
    for line, content in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(content):
            table = _unquote(header[1])
            yield line, table, counts[table]
            counts[table] += 1
        elif "=" in content:
            key = _unquote(content.partition("=")[0])
            yield line, f"{table}.{key}" if table else key, counts[table] - 1 if table else 0


def _unquote(key: str) -> str:
    """Return a dotted key without quotes and spaces: `fields."cite.bib"` is `fields.cite.bib`."""
    return re.sub(r"[\s\"']", "", key)


def _escape_character(match: re.Match[str]) -> str:
    code = ord(match[0])
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else f"\\u{code:04x}"
