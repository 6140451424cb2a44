"""Keep in `quiet.sqlite`, a file in the cache folder, what makes the next run faster.

One table has a digest of each quiet page (steps/quiet_pages.py), the other the parsed front matter of each
page. A run that cannot use the file parses and compares every page again.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Literal, TypeAlias

from enrich.fetcher.cache.cache_file import MOST_KEYS
from enrich.fetcher.own_database import NotOurFile, list_tables, open_own_database

NAME = "quiet.sqlite"
PATIENCE = 1.0  # seconds to wait while another run writes
Table: TypeAlias = Literal["quiet_pages", "front_matters"]
_LAYOUT = {
    "quiet_pages": "CREATE TABLE quiet_pages (page BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID",
    "front_matters": "CREATE TABLE front_matters (page BLOB PRIMARY KEY, value BLOB)",
}
_LONGEST_KEY = 32  # bytes
_FIRST = frozenset({"quiet_pages"})  # a file of an earlier version has no other table


def read_remembered(folder: Path, table: Table, pages: Sequence[bytes]) -> Mapping[bytes, bytes]:
    """Return the values of these pages in a table, by page; none if the file cannot be used."""
    file = folder / NAME
    if not file.is_file():
        return {}
    with suppress(sqlite3.Error, OSError), closing(_open_file(file)) as connection:
        return dict(_select_values(connection, table, pages))
    return {}


def _select_values(
    connection: sqlite3.Connection, table: Table, pages: Sequence[bytes]
) -> Iterator[tuple[bytes, bytes]]:
    for start in range(0, len(pages), MOST_KEYS):
        some = pages[start : start + MOST_KEYS]
        marks = ",".join("?" * len(some))
        rows = connection.execute(f"SELECT page, value FROM {table} WHERE page IN ({marks})", some)  # noqa: S608
        yield from ((page, value) for page, value in rows if isinstance(value, bytes))


def keep_remembered(folder: Path, table: Table, values: Mapping[bytes, bytes]) -> None:
    """Write the values of pages, if the cache folder exists; do nothing if that fails."""
    file = folder / NAME
    if not folder.is_dir():
        return
    with suppress(sqlite3.Error, OSError):
        try:
            _write_values(file, table, values)
        except sqlite3.OperationalError:
            raise  # locked, write-protected, or not ours
        except sqlite3.DatabaseError:
            file.unlink()
            _write_values(file, table, values)


def forget_other_pages(folder: Path, site: bytes, pages: Collection[bytes]) -> None:
    """Delete the rows of pages that a site no longer has; do nothing if that fails.

    `pages` are the keys of the site's pages, all of which begin with `site`.
    """
    file = folder / NAME
    if file.is_file():
        with suppress(sqlite3.Error, OSError):
            _forget_others(file, site, pages)


def _forget_others(file: Path, site: bytes, pages: Collection[bytes]) -> None:
    with closing(_open_file(file, patience=0)) as connection:  # if another run writes, leave it to a later
        gone = {table: _select_others(connection, table, site, pages) for table in _LAYOUT}
    if any(gone.values()):
        _delete_rows(file, gone)


def _select_others(
    connection: sqlite3.Connection, table: str, site: bytes, pages: Collection[bytes]
) -> list[tuple[bytes]]:
    """Return the keys of a site's rows for pages other than these."""
    query = f"SELECT page FROM {table} WHERE page >= ? AND page < ?"  # noqa: S608
    rows = connection.execute(query, (site, site + b"\xff" * _LONGEST_KEY))
    return [(page,) for (page,) in rows if page not in pages]


def _delete_rows(file: Path, gone: Mapping[str, Sequence[tuple[bytes]]]) -> None:
    with _begin_writing(file) as connection:
        for table, keys in gone.items():
            connection.executemany(f"DELETE FROM {table} WHERE page = ?", keys)  # noqa: S608
    with closing(_open_file(file)) as connection:
        connection.execute("VACUUM")


def make_quiet_file(folder: Path) -> None:
    """Make the file if a cache folder lacks it, so that later writes do not change the folder."""
    if not (folder / NAME).exists():
        keep_remembered(folder, "quiet_pages", {})


def measure_quiet_file(folder: Path) -> int:
    """Return the size of the file in bytes, 0 without one."""
    file = folder / NAME
    return file.stat().st_size if file.is_file() and not file.is_symlink() else 0


def delete_quiet_file(folder: Path) -> None:
    """Delete the file, so that the next run compares all pages; raise NotOurFile if it is not ours."""
    file = folder / NAME
    if not os.path.lexists(file):
        return
    try:
        _open_file(file).close()
    except NotOurFile:
        raise
    except sqlite3.Error:
        pass  # damaged or locked, but it can be deleted
    file.unlink()


def _open_file(file: Path, patience: float = PATIENCE) -> sqlite3.Connection:
    """Return a connection to our file; raise sqlite3.DatabaseError for a damaged file or another layout."""
    connection = open_own_database(file, patience, required=_FIRST, allowed=_LAYOUT.keys())
    if list_tables(connection) and _read_layout(connection) != [*_LAYOUT.values()]:
        connection.close()
        raise sqlite3.DatabaseError("another layout")
    return connection


def _read_layout(connection: sqlite3.Connection) -> list[str]:
    query = "SELECT sql FROM sqlite_master WHERE type != 'index'"
    return [text for (text,) in connection.execute(query)]


def _write_values(file: Path, table: Table, values: Mapping[bytes, bytes]) -> None:
    with _begin_writing(file) as connection:
        if not list_tables(connection):
            for statement in _LAYOUT.values():
                connection.execute(statement)
        connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", values.items())  # noqa: S608


@contextmanager
def _begin_writing(file: Path) -> Iterator[sqlite3.Connection]:
    """Open the file for one transaction, of which another run sees all or nothing."""
    with closing(_open_file(file)) as connection:
        connection.execute("PRAGMA journal_mode = MEMORY")  # no file beside it; a damaged one is made again
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("COMMIT")
