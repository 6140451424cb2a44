"""Keep a digest of each quiet page in the cache folder: `quiet.sqlite`, which holds nothing else.

A run without this file, or with one that it cannot use, compares every page again.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from enrich.fetcher.cache.cache_file import MOST_KEYS
from enrich.fetcher.own_database import NotOurFile, list_tables, open_own_database

NAME = "quiet.sqlite"
PATIENCE = 1.0  # seconds to wait for another run that writes its digests
_TABLE = "CREATE TABLE quiet_pages (page BLOB PRIMARY KEY, digest BLOB) WITHOUT ROWID"
_KEEP = "INSERT OR REPLACE INTO quiet_pages VALUES (?, ?)"


def read_digests(folder: Path, pages: Sequence[bytes]) -> Mapping[bytes, bytes]:
    """Return the digests of these pages in a cache folder's file; none if the file cannot be used."""
    file = folder / NAME
    if not file.is_file():
        return {}
    with suppress(sqlite3.Error, OSError), closing(_open_file(file)) as connection:
        return dict(_select_digests(connection, pages))
    return {}


def _select_digests(connection: sqlite3.Connection, pages: Sequence[bytes]) -> Iterator[tuple[bytes, bytes]]:
    for start in range(0, len(pages), MOST_KEYS):
        some = pages[start : start + MOST_KEYS]
        marks = ",".join("?" * len(some))
        rows = connection.execute(f"SELECT page, digest FROM quiet_pages WHERE page IN ({marks})", some)  # noqa: S608
        yield from ((page, digest) for page, digest in rows if isinstance(digest, bytes))


def keep_digests(folder: Path, digests: Mapping[bytes, bytes]) -> None:
    """Add digests to the file of a cache folder that exists; nothing depends on whether that works."""
    file = folder / NAME
    if not folder.is_dir():
        return
    with suppress(sqlite3.Error, OSError):
        try:
            _write_digests(file, digests)
        except sqlite3.OperationalError:
            raise  # locked, write-protected, or not ours
        except sqlite3.DatabaseError:
            file.unlink()
            _write_digests(file, digests)


def make_quiet_file(folder: Path) -> None:
    """Make the file if a cache folder lacks it: a run that only adds to it leaves the folder as it is."""
    if not (folder / NAME).exists():
        keep_digests(folder, {})


def delete_digests(folder: Path) -> None:
    """Delete the file, so that the next run compares every page; raise NotOurFile for another program's."""
    file = folder / NAME
    if not os.path.lexists(file):
        return
    try:
        _open_file(file).close()
    except NotOurFile:
        raise
    except sqlite3.Error:
        pass  # damaged or locked: deleting it helps all the same
    file.unlink()


def _open_file(file: Path) -> sqlite3.Connection:
    """Return a connection to our file; raise sqlite3.DatabaseError for a damaged file or another layout."""
    connection = open_own_database(file, PATIENCE, required=frozenset({"quiet_pages"}))
    if list_tables(connection) and _read_layout(connection) != [_TABLE]:
        connection.close()
        raise sqlite3.DatabaseError("another layout")
    return connection


def _read_layout(connection: sqlite3.Connection) -> list[str]:
    return [text for (text,) in connection.execute("SELECT sql FROM sqlite_master")]


def _write_digests(file: Path, digests: Mapping[bytes, bytes]) -> None:
    with _begin_writing(file) as connection:
        if not list_tables(connection):
            connection.execute(_TABLE)
        connection.executemany(_KEEP, digests.items())


@contextmanager
def _begin_writing(file: Path) -> Iterator[sqlite3.Connection]:
    """Open the file for one transaction: another run sees all of it or nothing."""
    with closing(_open_file(file)) as connection:
        connection.execute("PRAGMA journal_mode = MEMORY")  # no file beside it; a damaged one is made anew
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("COMMIT")
