"""Keep a digest of each quiet page in the cache folder: `quiet.sqlite`, which holds nothing else.

A run without this file, or with one that it cannot use, compares every page again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from enrich.fetcher.own_database import open_own_database

NAME = "quiet.sqlite"
TABLES = frozenset({"quiet_pages"})
PATIENCE = 1.0  # seconds to wait for another run that writes its digests
_CREATE = "CREATE TABLE IF NOT EXISTS quiet_pages (page BLOB PRIMARY KEY, digest BLOB) WITHOUT ROWID"
_KEEP = "INSERT OR REPLACE INTO quiet_pages VALUES (?, ?)"


def read_digests(folder: Path) -> Mapping[bytes, bytes]:
    """Return the digest of each page in a cache folder's file; none if the file cannot be used."""
    file = folder / NAME
    if not file.is_file():
        return {}
    with suppress(sqlite3.Error, OSError), closing(_open_file(file)) as connection:
        rows = connection.execute("SELECT page, digest FROM quiet_pages")
        return {page: digest for page, digest in rows if isinstance(page, bytes)}
    return {}


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
            delete_digests(folder)
            _write_digests(file, digests)


def make_quiet_file(folder: Path) -> None:
    """Make the file if a cache folder lacks it: a run that only adds to it leaves the folder as it is."""
    if not (folder / NAME).exists():
        keep_digests(folder, {})


def delete_digests(folder: Path) -> None:
    """Delete the file, so that the next run compares every page; raise sqlite3.Error if it is not ours."""
    file = folder / NAME
    with suppress(FileNotFoundError):
        _refuse_others(file)
        file.unlink()


def _refuse_others(file: Path) -> None:
    """Raise NotOurFile for a link or the database of another program; a damaged file is ours."""
    try:
        _open_file(file).close()
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        return


def _open_file(file: Path) -> sqlite3.Connection:
    return open_own_database(file, PATIENCE, required=TABLES)


def _write_digests(file: Path, digests: Mapping[bytes, bytes]) -> None:
    with _begin_writing(file) as connection:
        connection.execute(_CREATE)
        connection.executemany(_KEEP, digests.items())


@contextmanager
def _begin_writing(file: Path) -> Iterator[sqlite3.Connection]:
    """Open the file for one transaction: another run sees all of it or nothing."""
    with closing(_open_file(file)) as connection:
        connection.execute("PRAGMA journal_mode = MEMORY")  # no file beside it; a damaged one is made anew
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("COMMIT")
