"""Works from disk instead of the network: JSON files, JSON lines, or a folder of them."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TypeAlias

from enrich.errors import RecordError, UsageError
from enrich.fetcher import crossref, datacite, lenient
from enrich.work import Found, Work

SUFFIXES = (".json", ".jsonl", ".json.gz", ".jsonl.gz")
# What is wrapped around a record: an API's answer, the public data file, a line of a collection.
WRAPPERS = ("message", "data", "items")
MOST_PROBLEMS = 20

# Where a record stands: a line of a file that can be entered anywhere, or the record itself, packed.
Place: TypeAlias = "tuple[Path, int, int] | bytes"


@dataclass(frozen=True, slots=True)
class Records:
    """Records by lower-cased DOI and alias; `problems` names what could not be read."""

    places: Mapping[str, Place]
    problems: tuple[str, ...] = ()

    def find(self, doi: str, *, keep_record: bool = False) -> Found | None:
        """Return the record of a DOI (of several, the last that was read); None if there is none."""
        for leaf in _leaves(self._value(doi.lower())):
            work = _to_work(leaf)
            if work is not None and doi.lower() in (work.doi, *work.aliases):
                record = lenient.mapping(leaf) if keep_record else {}
                return Found(work, "records", cached=True, record=record)
        return None

    def _value(self, doi: str) -> object:
        place = self.places.get(doi)
        try:
            return json.loads(_load(place)) if place else None
        except (OSError, ValueError):
            return None  # the file is not what it was when its records were noted


@dataclass(slots=True)
class _Index:
    places: dict[str, Place] = field(default_factory=dict)
    aliases: dict[str, Place] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def add(self, leaf: object, place: Place, where: str) -> None:
        """Note where a record stands; what is none is a problem, the others are used."""
        doi, aliases = _names(leaf)
        if not doi:
            self.problems.append(f"{where}: neither a Crossref nor a DataCite record with a DOI")
            return
        self.places[doi] = place
        self.aliases.update(dict.fromkeys(aliases, place))


def open_records(path: Path) -> Records:
    """Return the records of a file or folder; UsageError if there is none that can be read."""
    index = _Index()
    for file in _files(path):
        try:
            _read_lines(file, index) if ".jsonl" in file.name.lower() else _read_whole(file, index)
        except (OSError, EOFError, zlib.error) as error:
            index.problems.append(f"{file}: {getattr(error, 'strerror', None) or error}")
    if not index.places:
        why = f" ({index.problems[0]})" if index.problems else ""
        raise UsageError(f"no record of a work in {path}{why}")
    return Records({**index.aliases, **index.places}, _shortened(index.problems))


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return [file for file in sorted(path.rglob("*")) if file.is_file() and _is_readable(file)]
    if not path.exists():
        raise UsageError(f"no such file or folder of records: {path}")
    if not _is_readable(path):
        raise UsageError(f"records are read from {', '.join(SUFFIXES)} or a folder of these: {path}")
    return [path]


def _is_readable(file: Path) -> bool:
    return file.name.lower().endswith(SUFFIXES) and not file.name.startswith(".")


def _opened(file: Path) -> IO[bytes]:
    return gzip.open(file) if file.suffix.lower() == ".gz" else file.open("rb")  # type: ignore[return-value]


def _read_lines(file: Path, index: _Index) -> None:
    packed = file.suffix.lower() == ".gz"
    offset = 0
    with _opened(file) as lines:
        for count, line in enumerate(lines, start=1):
            if line.strip():
                place = zlib.compress(line, 1) if packed else (file, offset, len(line))
                _add_all(line, place, f"{file}:{count}", index)
            offset += len(line)


def _add_all(line: bytes, place: Place, where: str, index: _Index) -> None:
    try:
        for leaf in _leaves(json.loads(line)):
            index.add(leaf, place, where)
    except (ValueError, RecursionError) as error:
        index.problems.append(f"{where}: {_why(error)}")


def _read_whole(file: Path, index: _Index) -> None:
    with _opened(file) as stream:
        content = stream.read()
    try:
        for leaf in _leaves(json.loads(content)):
            index.add(leaf, zlib.compress(json.dumps(leaf).encode(), 1), str(file))
    except (ValueError, RecursionError) as error:
        line = f":{error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        index.problems.append(f"{file}{line}: {_why(error)}")


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg}"
    return "nested too deeply" if isinstance(error, RecursionError) else f"not JSON: {error}"


def _load(place: Place) -> bytes:
    if isinstance(place, bytes):
        return zlib.decompress(place)
    path, offset, length = place
    with path.open("rb") as file:
        file.seek(offset)
        return file.read(length)


def _leaves(value: object) -> Iterator[object]:
    """Yield what is inside the wrappers and lists around records."""
    if isinstance(value, list):
        for entry in value:
            yield from _leaves(entry)
        return
    wrapper = next((key for key in WRAPPERS if key in lenient.mapping(value)), None)
    if wrapper is None or _is_record(value):
        yield value
    else:
        yield from _leaves(lenient.mapping(value)[wrapper])


def _is_record(value: object) -> bool:
    return _is_crossref(value) or _is_datacite(value)


def _is_crossref(value: object) -> bool:
    return "DOI" in lenient.mapping(value)


def _is_datacite(value: object) -> bool:
    fields = lenient.mapping(value)
    return isinstance(fields.get("attributes"), dict) or ("doi" in fields and "titles" in fields)


def _names(leaf: object) -> tuple[str, tuple[str, ...]]:
    """Return a record's DOI and its aliases; `""` where it has no DOI."""
    if _is_crossref(leaf):
        fields = lenient.mapping(leaf)
        return lenient.doi(fields.get("DOI")), lenient.dois(fields.get("aliases"))
    work = _to_work(leaf)
    return (work.doi, work.aliases) if work else ("", ())


def _to_work(leaf: object) -> Work | None:
    if not _is_record(leaf):
        return None
    try:
        to_work = crossref.to_work if _is_crossref(leaf) else datacite.to_work
        return to_work(lenient.mapping(leaf))
    except RecordError:
        return None


def _shortened(problems: list[str]) -> tuple[str, ...]:
    more = len(problems) - MOST_PROBLEMS
    return (*problems[:MOST_PROBLEMS], *([f"and {more} more like these"] if more > 0 else []))
