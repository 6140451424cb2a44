"""An index of gigabytes of records by DOI: a SQLite file in the cache folder, made once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from enrich.fetcher.own_database import open_own_database

# A record's location: a part of a file that can be read from any offset, or the record itself, compressed.
RecordLocation: TypeAlias = "tuple[Path, int, int] | bytes"
State: TypeAlias = tuple[str, int, int]  # a file's path, size and time of its last change
Progress: TypeAlias = Callable[[int, int], None]

LAYOUT = 2
TABLES = frozenset({"files", "places"})
# Another run may be indexing gigabytes: the second run waits, and then uses its index.
BUSY_SECONDS = 600.0
CACHE_KILOBYTES = 32 * 1024
MOST_PROBLEMS = 20
# Keys of a record. Several works may share a title, so its row has a DOI instead of a record, and a
# search looks at the first few.
DOI, ALIAS, TITLE = range(3)
MOST_ALIKE = 20

_TABLES = f"""
DROP TABLE IF EXISTS files;
DROP TABLE IF EXISTS places;
CREATE TABLE files (
    id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT UNIQUE, size INTEGER, modified INTEGER,
    problems INTEGER, first_problems TEXT);
CREATE TABLE places (name TEXT, kind INTEGER, file INTEGER, start INTEGER, length INTEGER, packed BLOB);
CREATE INDEX places_by_name ON places (name);
CREATE INDEX places_by_file ON places (file);
PRAGMA user_version = {LAYOUT};
"""
_FIND = """
SELECT path, start, length, packed FROM places
JOIN wanted ON wanted.file = places.file JOIN files ON files.id = places.file
WHERE name = ? ORDER BY kind, number DESC, places.rowid DESC LIMIT 1
"""
_ALIKE = f"""
SELECT DISTINCT packed FROM places JOIN wanted ON wanted.file = places.file
WHERE name = ? AND kind = {TITLE} LIMIT {MOST_ALIKE}
"""  # noqa: S608  # numbers of our own
_NAMES = f"SELECT DISTINCT name FROM places JOIN wanted ON wanted.file = places.file WHERE kind < {TITLE}"  # noqa: S608


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A record for the index."""

    names: tuple[str, ...]
    """The DOI, then its aliases."""
    start: int
    """The offset of its first byte in the file."""
    length: int
    """Its length in bytes."""
    packed: bytes | None
    """The record itself, compressed, if the file can only be read from its start."""
    title: str = ""
    """The key of its title, `""` for anything but an article."""


@dataclass(slots=True)
class ReadProblems:
    """The parts that could not be read: the first ones in words, and the number of all."""

    first: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, *problems: str, count: int = 0) -> None:
        """Add problems; `count` is their number if not all are described."""
        self.first += problems[: MOST_PROBLEMS - len(self.first)]
        self.count += count or len(problems)

    @property
    def messages(self) -> tuple[str, ...]:
        """Return the first problems and the number of the others."""
        more = self.count - len(self.first)
        return (*self.first, *([f"and {more} more like these"] if more else []))


# Reads a file: yields its records, and a message for each part that cannot be read.
Reader: TypeAlias = Callable[[Path], Iterable[IndexEntry | str]]
Row: TypeAlias = tuple[str, int, int, int, int, bytes | None]


class SqliteIndex(Mapping[str, RecordLocation]):
    """The locations of all records in some files, by DOI and alias; the last of duplicates counts."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Look up records in a database that is complete."""
        self._connection = connection

    def __getitem__(self, name: str) -> RecordLocation:
        row = self._connection.execute(_FIND, (name,)).fetchone()
        if row is None:
            raise KeyError(name)
        path, start, length, packed = row
        return (Path(path), start, length) if packed is None else bytes(packed)

    def find_by_title(self, title: str) -> list[str]:
        """Return the DOIs of the articles with a title."""
        return [bytes(doi).decode() for (doi,) in self._connection.execute(_ALIKE, (title,))]

    def __iter__(self) -> Iterator[str]:
        return (name for (name,) in self._connection.execute(_NAMES))

    def __len__(self) -> int:
        return int(self._connection.execute(f"SELECT count(*) FROM ({_NAMES})").fetchone()[0])  # noqa: S608

    def close(self) -> None:
        """Close the database."""
        self._connection.close()


def open_index(
    database: Path | None, files: Sequence[Path], read: Reader, progress: Progress
) -> tuple[SqliteIndex, ReadProblems]:
    """Return the index of these files and the problems in them; only new files are read.

    Without a database the index lasts for this run. Raise sqlite3.Error or OSError if it cannot be made.
    """
    connection = _open_database(database)
    try:
        states = {str(file.absolute()): file.stat() for file in files}
        wanted = {path: (path, state.st_size, state.st_mtime_ns) for path, state in states.items()}
        kept = {tuple(row) for row in connection.execute("SELECT path, size, modified FROM files")}
        new = [state for state in wanted.values() if state not in kept]
        if new:
            _forget_missing_files(connection)
        for count, state in enumerate(new):
            progress(count, len(new))
            _add_file(connection, state, read)
        return SqliteIndex(connection), _choose_files(connection, list(wanted.values()))
    except BaseException:
        connection.close()
        raise


def _open_database(database: Path | None) -> sqlite3.Connection:
    connection = (
        open_own_database(database, BUSY_SECONDS, required=TABLES)
        if database
        else sqlite3.connect("", isolation_level=None)
    )
    try:
        connection.execute(f"PRAGMA cache_size = -{CACHE_KILOBYTES}")
        if _read_layout(connection) != LAYOUT:
            connection.execute("BEGIN IMMEDIATE")
            with connection:
                for statement in _TABLES.split(";") if _read_layout(connection) != LAYOUT else ():
                    connection.execute(statement)
        connection.execute("CREATE TEMP TABLE wanted (file INTEGER PRIMARY KEY, number INTEGER)")
    except BaseException:
        connection.close()
        raise
    return connection


def _read_layout(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _forget_missing_files(connection: sqlite3.Connection) -> None:
    known = [path for (path,) in connection.execute("SELECT path FROM files")]
    for path in known:
        if not Path(path).exists():
            _forget_file(connection, path)


def _forget_file(connection: sqlite3.Connection, path: str) -> None:
    connection.execute("DELETE FROM places WHERE file IN (SELECT id FROM files WHERE path = ?)", (path,))
    connection.execute("DELETE FROM files WHERE path = ?", (path,))


def _add_file(connection: sqlite3.Connection, state: State, read: Reader) -> None:
    """Add a file to the index, wholly or not at all."""
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        known = "SELECT 1 FROM files WHERE path = ? AND size = ? AND modified = ?"
        if connection.execute(known, state).fetchone():
            return  # another run has added it meanwhile
        _forget_file(connection, state[0])
        insert = "INSERT INTO files (path, size, modified) VALUES (?, ?, ?)"
        number = int(connection.execute(insert, state).lastrowid or 0)
        problems = ReadProblems()
        rows = _make_rows(number, read(Path(state[0])), problems)
        connection.executemany("INSERT INTO places VALUES (?, ?, ?, ?, ?, ?)", rows)
        update = "UPDATE files SET problems = ?, first_problems = ? WHERE id = ?"
        connection.execute(update, (problems.count, json.dumps(problems.first), number))


def _make_rows(number: int, entries: Iterable[IndexEntry | str], problems: ReadProblems) -> Iterator[Row]:
    for entry in entries:
        if isinstance(entry, str):
            problems.add(entry)
            continue
        for position, name in enumerate(entry.names):
            kind = ALIAS if position else DOI
            yield name, kind, number, entry.start, entry.length, entry.packed
        if entry.title:
            yield entry.title, TITLE, number, 0, 0, entry.names[0].encode()


def _choose_files(connection: sqlite3.Connection, states: Sequence[State]) -> ReadProblems:
    """Limit look-ups to these files, the last first; return the problems in them."""
    problems = ReadProblems()
    find = "SELECT id, problems, first_problems FROM files WHERE path = ? AND size = ? AND modified = ?"
    for position, state in enumerate(states):
        number, count, first = connection.execute(find, state).fetchone()
        connection.execute("INSERT INTO wanted VALUES (?, ?)", (number, position))
        problems.add(*json.loads(first), count=count)
    return problems
