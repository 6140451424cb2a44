"""Works from disk instead of the network: JSON files, JSON lines, or a folder of them."""

from __future__ import annotations

import gzip
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from enrich.errors import EnrichError, UsageError
from enrich.fetcher.cache.cache_file import SIDE_FILES, make_folder
from enrich.fetcher.records import record_shapes
from enrich.fetcher.records.containers import Flaw, Piece, parts
from enrich.fetcher.records.index import MOST_ALIKE, Entry, Place, Problems, Progress, Shelf, open_shelf
from enrich.fetcher.sources import json_fields
from enrich.model.work import Found, Work

SUFFIXES = (".json", ".jsonl", ".json.gz", ".jsonl.gz")
DATABASE = "records.sqlite"
# Below this, files are read anew in every run, and nothing is written. What is packed counts for more.
SMALL, PACKED = 32 * 2**20, 4


class Heap(Mapping[str, Place]):
    """The places of records that are few enough to be kept in mind; of several, the last counts."""

    def __init__(self) -> None:
        """Begin with none."""
        self._by_doi: dict[str, Place] = {}
        self._by_alias: dict[str, Place] = {}
        self._by_title: dict[str, dict[str, None]] = {}

    def put(self, entry: Entry, file: Path) -> None:
        """Note where a record stands."""
        place = (file, entry.start, entry.length) if entry.packed is None else entry.packed
        self._by_doi[entry.names[0]] = place
        self._by_alias.update(dict.fromkeys(entry.names[1:], place))
        if entry.title:
            self._by_title.setdefault(entry.title, {})[entry.names[0]] = None

    def alike(self, title: str) -> list[str]:
        """Return the DOIs of records with a title."""
        return list(self._by_title.get(title, ()))[:MOST_ALIKE]

    def __getitem__(self, name: str) -> Place:
        return self._by_doi[name] if name in self._by_doi else self._by_alias[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_doi.keys() | self._by_alias.keys())

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True, slots=True)
class Records:
    """Records by lower-cased DOI, alias and title; `problems` names what could not be read."""

    places: Shelf | Heap
    problems: tuple[str, ...] = ()

    def find(self, doi: str, *, keep_record: bool = False) -> Found | None:
        """Return the record of a DOI (of several, the last that was read); None if there is none."""
        for leaf in record_shapes.leaves(self._value(doi.lower())):
            work = record_shapes.to_work(leaf)
            if work is not None and doi.lower() in (work.doi, *work.aliases):
                record = json_fields.mapping(leaf) if keep_record else {}
                return Found(work, "records", cached=True, record=record)
        return None

    def titled(self, title: str) -> tuple[Work, ...]:
        """Return the articles that have this title, markup, case and punctuation aside."""
        key = record_shapes.title_key(title)
        try:
            found = [self.find(doi) for doi in self.places.alike(key)] if key else []
        except sqlite3.Error:
            return ()
        return tuple(one.work for one in found if one is not None)

    def close(self) -> None:
        """Close the index, if it is in a file."""
        if isinstance(self.places, Shelf):
            self.places.close()

    def _value(self, doi: str) -> object:
        try:
            place = self.places.get(doi)
            return json.loads(_load(place)) if place else None
        except (OSError, ValueError, sqlite3.Error):
            return None  # the file is not what it was when its records were noted


def open_records(
    path: Path,
    cache_dir: Path | None = None,
    *,
    make_folder: Callable[[Path], object] = make_folder,
    progress: Progress = lambda _done, _of: None,
    small: int = SMALL,
) -> Records:
    """Return the records of a file or folder; UsageError if there is none that can be read.

    Where they are many, an index of them is made, once, in the cache folder; `progress` is told how
    many files of how many are done.
    """
    files = _files(path)
    if sum(map(_weight, files)) < small:
        records = _in_memory(files)
    else:
        records = _on_shelf(files, cache_dir, make_folder, progress)
    if next(iter(records.places), None) is None:
        records.close()
        why = f" ({records.problems[0]})" if records.problems else ""
        raise UsageError(f"no record of a work in {path}{why}")
    return records


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


def _is_packed(file: Path) -> bool:
    return file.suffix.lower() == ".gz"


def _weight(file: Path) -> int:
    return file.stat().st_size * (PACKED if _is_packed(file) else 1)


def _in_memory(files: list[Path]) -> Records:
    places = Heap()
    problems = Problems()
    for file in files:
        for entry in _entries(file):
            if isinstance(entry, str):
                problems.add(entry)
            else:
                places.put(entry, file)
    return Records(places, problems.told)


def _on_shelf(
    files: list[Path], cache_dir: Path | None, make_folder: Callable[[Path], object], progress: Progress
) -> Records:
    unkept = ""
    if cache_dir is not None:
        try:
            make_folder(cache_dir)
            shelf, problems = _shelved(cache_dir / DATABASE, files, progress)
            return Records(shelf, problems.told)
        except (OSError, sqlite3.Error, EnrichError) as error:
            unkept = f"the index of the records is not kept: {error}"
    shelf, problems = open_shelf(None, files, _entries, progress)
    return Records(shelf, (unkept, *problems.told) if unkept else problems.told)


def _shelved(database: Path, files: list[Path], progress: Progress) -> tuple[Shelf, Problems]:
    try:
        return open_shelf(database, files, _entries, progress)
    except sqlite3.OperationalError:
        raise  # locked, or not to be written: that says nothing about what is in it
    except sqlite3.DatabaseError:
        for suffix in SIDE_FILES:  # a broken index is worth nothing
            database.with_name(database.name + suffix).unlink(missing_ok=True)
        return open_shelf(database, files, _entries, progress)


def _entries(file: Path) -> Iterator[Entry | str]:
    """Yield where the records of a file stand, and what cannot be read."""
    try:
        with _opened(file) as stream:
            for part in parts(stream, lines=".jsonl" in file.name.lower()):
                if isinstance(part, Flaw):
                    yield f"{file}:{part.line}: {part.reason}"
                else:
                    yield from _of_piece(file, part)
    except (OSError, EOFError, zlib.error) as error:
        yield f"{file}: {getattr(error, 'strerror', None) or error}"


def _opened(file: Path) -> IO[bytes]:
    return gzip.open(file) if _is_packed(file) else file.open("rb")  # type: ignore[return-value]


def _of_piece(file: Path, piece: Piece) -> Iterator[Entry | str]:
    packed = zlib.compress(piece.text, 1) if _is_packed(file) else None
    for leaf in record_shapes.leaves(piece.value):
        names = record_shapes.names(leaf)
        if not all(map(str.isascii, names)):
            names = record_shapes.names(next(record_shapes.leaves(json.loads(piece.text))))
        if names:
            yield Entry(names, piece.start, len(piece.text), packed, record_shapes.article_title(leaf))
        else:
            yield f"{file}:{piece.line}: neither a Crossref nor a DataCite record with a DOI"


def _load(place: Place) -> bytes:
    if isinstance(place, bytes):
        return zlib.decompress(place)
    path, offset, length = place
    with path.open("rb") as file:
        file.seek(offset)
        return file.read(length)
