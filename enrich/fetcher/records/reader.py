"""Read works from disk instead of the network: JSON files, JSON lines, or a folder of them."""

from __future__ import annotations

import gzip
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from enrich.errors import EnrichError, UsageError
from enrich.fetcher.own_database import set_aside
from enrich.fetcher.parse_json import parse_json
from enrich.fetcher.records import record_shapes
from enrich.fetcher.records.containers import RawRecord, ReadError, read_parts
from enrich.fetcher.records.index import (
    MOST_ALIKE,
    IndexEntry,
    Progress,
    ReadProblems,
    RecordLocation,
    SqliteIndex,
    open_index,
)
from enrich.model.work import Found, Work

SUFFIXES = (".json", ".jsonl", ".json.gz", ".jsonl.gz")
DATABASE = "records.sqlite"
# Bytes up to which every run reads the files again and writes no index; compressed files count four times.
SMALL, PACKED = 32 * 2**20, 4


class MemoryIndex(Mapping[str, RecordLocation]):
    """The locations of a few records, in memory; the last of duplicates counts."""

    def __init__(self) -> None:
        """Start empty."""
        self._by_doi: dict[str, RecordLocation] = {}
        self._by_alias: dict[str, RecordLocation] = {}
        self._by_title: dict[str, dict[str, None]] = {}

    def add_entry(self, entry: IndexEntry, file: Path) -> None:
        """Add the location of a record."""
        place = (file, entry.start, entry.length) if entry.packed is None else entry.packed
        self._by_doi[entry.names[0]] = place
        self._by_alias.update(dict.fromkeys(entry.names[1:], place))
        if entry.title:
            self._by_title.setdefault(entry.title, {})[entry.names[0]] = None

    def find_by_title(self, title: str) -> list[str]:
        """Return the DOIs of the articles with a title."""
        return list(self._by_title.get(title, ()))[:MOST_ALIKE]

    def __getitem__(self, name: str) -> RecordLocation:
        return self._by_doi[name] if name in self._by_doi else self._by_alias[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_doi.keys() | self._by_alias.keys())

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True, slots=True)
class Records:
    """Records by lower-case DOI, alias and title."""

    places: SqliteIndex | MemoryIndex
    """The index of the records."""
    problems: tuple[str, ...] = ()
    """Messages about the parts that could not be read."""

    def find_record(self, doi: str) -> Found | None:
        """Return the record of a DOI, of duplicates the last; None if there is none."""
        for leaf in record_shapes.unwrap_records(self._load_value(doi.lower())):
            work = record_shapes.read_work(leaf)
            if work is not None and doi.lower() in (work.doi, *work.aliases):
                return Found(work, "records", cached=True)
        return None

    def find_by_title(self, title: str) -> tuple[Work, ...]:
        """Return the articles with this title, whatever its markup, case and punctuation."""
        key = record_shapes.make_title_key(title)
        try:
            found = [self.find_record(doi) for doi in self.places.find_by_title(key)] if key else []
        except sqlite3.Error:
            return ()
        return tuple(one.work for one in found if one is not None)

    def find_by_title_or_start(self, title: str) -> tuple[Work, ...]:
        """Return the articles with this title, or with what is before its subtitle."""
        start, colon, _ = title.partition(":")
        return self.find_by_title(title) + (self.find_by_title(start) if colon else ())

    def find_works_of(self, orcid: str) -> tuple[Work, ...]:
        """Return the works that name a person by this ORCID iD."""
        works = {found.work for doi in self.places if (found := self.find_record(doi))}
        return tuple(work for work in works if any(one.orcid == orcid for one in work.contributors))

    def close(self) -> None:
        """Close the index, if it is in a file."""
        if isinstance(self.places, SqliteIndex):
            self.places.close()

    def _load_value(self, doi: str) -> object:
        try:
            place = self.places.get(doi)
            return parse_json(_load_record(place)) if place else None
        except (OSError, ValueError, RecursionError, sqlite3.Error, zlib.error):
            return None  # the file has changed since its records were indexed


def open_records(
    path: Path,
    cache_dir: Path | None = None,
    *,
    make_folder: Callable[[Path], object] = lambda folder: folder.mkdir(parents=True, exist_ok=True),
    progress: Progress = lambda _done, _of: None,
    small: int = SMALL,
) -> Records:
    """Return the records of a file or folder; raise UsageError if none can be read.

    Large files get an index in the cache folder, made once. `progress` gets the number of files done
    and of all files.
    """
    files = _list_files(path)
    if sum(map(_estimate_size, files)) < small:
        records = _index_in_memory(files)
    else:
        records = _index_on_disk(files, cache_dir, make_folder, progress)
    if next(iter(records.places), None) is None:
        records.close()
        why = f" ({records.problems[0]})" if records.problems else ""
        raise UsageError(f"--records: no record of a work in {path}{why}; name another file or folder")
    return records


def _list_files(path: Path) -> list[Path]:
    if path.is_dir():
        return [file for file in sorted(path.rglob("*")) if file.is_file() and _is_readable(file)]
    if not path.exists():
        raise UsageError(f"--records: there is no such file or folder: {path}")
    if not _is_readable(path):
        raise UsageError(f"--records reads {', '.join(SUFFIXES)} files or a folder of these, not {path}")
    return [path]


def _is_readable(file: Path) -> bool:
    return file.name.lower().endswith(SUFFIXES) and not file.name.startswith(".")


def _is_compressed(file: Path) -> bool:
    return file.suffix.lower() == ".gz"


def _estimate_size(file: Path) -> int:
    return file.stat().st_size * (PACKED if _is_compressed(file) else 1)


def _index_in_memory(files: list[Path]) -> Records:
    places = MemoryIndex()
    problems = ReadProblems()
    for file in files:
        for entry in _read_entries(file):
            if isinstance(entry, str):
                problems.add(entry)
            else:
                places.add_entry(entry, file)
    return Records(places, problems.messages)


def _index_on_disk(
    files: list[Path], cache_dir: Path | None, make_folder: Callable[[Path], object], progress: Progress
) -> Records:
    unkept = ""
    if cache_dir is not None:
        try:
            make_folder(cache_dir)
            index, problems = _open_or_rebuild(cache_dir / DATABASE, files, progress)
            return Records(index, problems.messages)
        except (OSError, sqlite3.Error, EnrichError) as error:
            unkept = f"the index of the records could not be saved: {error}"
    index, problems = open_index(None, files, _read_entries, progress)
    return Records(index, (unkept, *problems.messages) if unkept else problems.messages)


def _open_or_rebuild(
    database: Path, files: list[Path], progress: Progress
) -> tuple[SqliteIndex, ReadProblems]:
    try:
        return open_index(database, files, _read_entries, progress)
    except sqlite3.OperationalError:
        raise  # locked or write-protected: its content may be fine
    except sqlite3.DatabaseError:
        set_aside(database)  # damaged, or no database at all
        return open_index(database, files, _read_entries, progress)


def _read_entries(file: Path) -> Iterator[IndexEntry | str]:
    """Yield the locations of a file's records, and a message for each part that cannot be read."""
    try:
        with _open_stream(file) as stream:
            for part in read_parts(stream, lines=".jsonl" in file.name.lower()):
                if isinstance(part, ReadError):
                    yield f"{file}:{part.line}: {part.reason}"
                else:
                    yield from _index_record(file, part)
    except (OSError, EOFError, zlib.error) as error:
        yield f"{file}: {getattr(error, 'strerror', None) or error}"


def _open_stream(file: Path) -> IO[bytes]:
    return gzip.open(file) if _is_compressed(file) else file.open("rb")  # type: ignore[return-value]


def _index_record(file: Path, piece: RawRecord) -> Iterator[IndexEntry | str]:
    packed = zlib.compress(piece.text, 1) if _is_compressed(file) else None
    for leaf in record_shapes.unwrap_records(piece.value):
        names = record_shapes.list_dois(leaf)
        if not all(map(str.isascii, names)):
            names = record_shapes.list_dois(next(record_shapes.unwrap_records(parse_json(piece.text))))
        if names:
            yield IndexEntry(
                names, piece.start, len(piece.text), packed, record_shapes.make_article_key(leaf)
            )
        else:
            yield f"{file}:{piece.line}: neither a Crossref nor a DataCite record with a DOI"


def _load_record(place: RecordLocation) -> bytes:
    if isinstance(place, bytes):
        return zlib.decompress(place)
    path, offset, length = place
    with path.open("rb") as file:
        file.seek(offset)
        return file.read(length)
