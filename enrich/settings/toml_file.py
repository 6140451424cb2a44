"""Read `enrich.toml`: its values by dotted name, its [[ignore]] tables, and the line of each."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from enrich.errors import UsageError, describe_os_error
from enrich.model.page import Doi
from enrich.model.plan import Ignore
from enrich.settings.option_table import Option, did_you_mean
from enrich.text.doi import parse_doi

NAME = "enrich.toml"
TABLES = ("fields", "pages", "theme")
_IGNORE_TEXTS = ("path", "doi", "field", "code", "reason")

_HEADER = re.compile(r"\s*\[{1,2}\s*([^\[\]#]+?)\s*\]{1,2}\s*(?:#.*)?$")


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """An `enrich.toml` as read: `label` is what it is called in messages."""

    label: str = NAME
    folder: Path = Path()
    text: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    ignores: tuple[Mapping[str, Any], ...] = ()

    def at(self, name: str, number: int = 0) -> str:
        """Return where a dotted name stands: `enrich.toml:7`."""
        line = self.line(name, number)
        return f"{self.label}:{line}" if line else self.label

    def line(self, name: str, number: int = 0) -> int:
        """Return the line of a dotted name, in the [[table]] of that number, or 0.

        What has no line of its own (in an inline table, or missing) has its parent's.
        """
        rows = [row for row in _rows(self.text) if not number or row[2] == number]
        exact = next((count for count, found, _ in rows if found == name), 0)
        return exact or next((count for count, found, _ in rows if name.startswith(f"{found}.")), 0)


def read_file(path: Path | None) -> ConfigFile:
    """Return a configuration file's values; raise UsageError with the line if it is no TOML."""
    if path is None:
        return ConfigFile()
    import tomllib

    label = path.name if path.name == NAME else str(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
        data = tomllib.loads(text)
    except OSError as error:
        raise UsageError(f"{label}: cannot be read: {describe_os_error(error)}") from None
    except tomllib.TOMLDecodeError as error:
        raise UsageError(_syntax(label, text, str(error))) from None
    except RecursionError:
        raise UsageError(f"{label}: nested too deep") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{label}:{line}: not UTF-8") from None
    ignores = data.pop("ignore", [])
    file = ConfigFile(label, path.parent, text, dict(_flat(data)))
    if not isinstance(ignores, list) or not all(isinstance(item, dict) for item in ignores):
        raise UsageError(f"{file.at('ignore')}: 'ignore' must be tables, each under its own [[ignore]]")
    return ConfigFile(label, path.parent, text, file.values, tuple(ignores))


def refuse_unknown(file: ConfigFile, options: Mapping[str, Option]) -> None:
    """Raise UsageError for a key that is no option, and for a secret in a file made to be committed."""
    for name in file.values:
        option = options.get(name)
        if name in TABLES:
            raise UsageError(f"{file.at(name)}: '{name}' must be a table: [{name}]")
        if option is None:
            raise UsageError(f"{file.at(name)}: {_unknown(name, options)}")
        if not option.in_file:
            raise UsageError(f"{file.at(name)}: '{name}' is a secret: set {option.variable} instead")


def ignores(file: ConfigFile, fields: Collection[str], codes: Collection[str] = ()) -> Iterator[Ignore]:
    """Yield the [[ignore]] tables; raise UsageError for one that cannot be followed.

    Without `codes`, that of a finding may be any.
    """
    for number, table in enumerate(file.ignores):
        keys = (*_IGNORE_TEXTS, "until")
        for key in table:
            if key not in keys:
                where = file.at(f"ignore.{key}", number)
                raise UsageError(f"{where}: unknown key '{key}'{did_you_mean(key, keys)}")
        try:
            _known("code", table.get("code"), codes)
            yield _ignore(table, fields, file.line("ignore", number))
        except _BadValueError as error:
            raise UsageError(f"{file.at(error.name, number)}: {error}") from None


class _BadValueError(ValueError):
    """A value of an [[ignore]], and the name it stands under."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


def _ignore(table: Mapping[str, Any], fields: Collection[str], line: int) -> Ignore:
    texts = {key: table.get(key, "") for key in _IGNORE_TEXTS}
    for key, value in texts.items():
        if not isinstance(value, str):
            raise _BadValueError(f"ignore.{key}", f"'{key}' must be a text in quotes")
    if not any(texts[key].strip() for key in ("path", "doi", "field", "code")):
        raise _BadValueError("ignore", "an [[ignore]] needs a path, doi, field or code")
    _known("field", texts["field"], fields)
    doi = parse_doi(texts.pop("doi"))
    if doi is not None and not isinstance(doi, Doi):
        raise _BadValueError("ignore.doi", f"'doi' is no DOI: {doi.reason}")
    return Ignore(doi=doi.key if doi else "", until=_day(table.get("until")), line=line, **texts)


def _known(what: str, word: object, known: Collection[str]) -> None:
    """Raise an error for a field or code that does not exist."""
    if isinstance(word, str) and word and known and word not in known:
        raise _BadValueError(f"ignore.{what}", f"there is no {what} '{word}'{did_you_mean(word, known)}")


def _day(value: object) -> dt.date | None:
    """Return a day, written as a TOML date or as a text."""
    try:
        if isinstance(value, dt.datetime):
            return value.date()
        return dt.date.fromisoformat(value) if isinstance(value, str) else _date(value)
    except ValueError:
        raise _BadValueError("ignore.until", "'until' must be a day: 2027-01-31") from None


def _date(value: object) -> dt.date | None:
    if value is None or isinstance(value, dt.date):
        return value
    raise ValueError(value)


def _unknown(name: str, options: Mapping[str, Option]) -> str:
    """Return what is wrong with a name that is no option, and what was probably meant."""
    table, _, word = name.rpartition(".") if name.partition(".")[0] in TABLES else ("", "", name)
    homes = [other.rpartition(".")[0] for other in options if other.endswith(f".{word}")]
    if homes and not table:
        return f"unknown key '{word}'; it belongs under [{homes[0]}]"
    known = [
        other.removeprefix(f"{table}.") for other in options if other.startswith(f"{table}.") or not table
    ]
    top = [*(other for other in known if "." not in other or table), *(() if table else (*TABLES, "ignore"))]
    return f"unknown key '{word}'{did_you_mean(word, top)}"


def _flat(data: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    """Yield the values by dotted name; `cite.bib = …` in [fields] need not be quoted."""
    for key, value in data.items():
        if isinstance(value, dict) and (prefix or key in TABLES):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _syntax(label: str, text: str, message: str) -> str:
    """Return a TOML error the way all errors are cited: the line first."""
    found = re.search(r"\(at line (\d+), column \d+\)", message)
    line = found[1] if found else str(max(1, len(text.splitlines())))
    what = message.partition(" (at ")[0]
    return f"{label}:{line}: not TOML: {what[:1].lower()}{what[1:]}"


def _rows(text: str) -> Iterator[tuple[int, str, int]]:
    """Yield the line and dotted name of every header and key, and how many such headers came before."""
    table, seen = "", Counter[str]()
    for count, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = _unquoted(header[1])
            yield count, table, seen[table]
            seen[table] += 1
        elif "=" in line:
            key = _unquoted(line.partition("=")[0])
            yield count, f"{table}.{key}" if table else key, seen[table] - 1 if table else 0


def _unquoted(key: str) -> str:
    """Return a dotted key as it is looked up: `fields."cite.bib"` is `fields.cite.bib`."""
    return re.sub(r"[\s\"']", "", key)
