"""Open enrich's own SQLite files: never through a link, and never another program's database."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Set
from contextlib import suppress
from pathlib import Path

SIDE_FILES = ("", "-journal", "-wal", "-shm")
"""What the names of a database, and of the files that SQLite keeps beside it, end in."""


class NotOurFile(sqlite3.OperationalError):
    """Raised for a file that enrich must not touch; the message says why, and what to do."""


def open_own_database(
    path: Path, timeout: float, *, required: Set[str], allowed: Set[str] = frozenset()
) -> sqlite3.Connection:
    """Return a connection without implicit transactions; raise NotOurFile for a link or another program's.

    enrich's own database has all `required` tables and perhaps `allowed` ones, or no table at all.
    """
    refuse_links(path)
    connection = sqlite3.connect(path, timeout=timeout, isolation_level=None)
    connection.text_factory = _decode_text
    try:
        _refuse_foreign(path, list_tables(connection), required, allowed)
    except BaseException:
        connection.close()
        raise
    return connection


def _decode_text(data: bytes) -> str:
    """Return a text, even a damaged one, for which sqlite3 itself would raise UnicodeDecodeError."""
    return data.decode("utf-8", "replace")


def _refuse_foreign(path: Path, tables: Set[str], required: Set[str], allowed: Set[str]) -> None:
    if tables and not required <= tables <= required | allowed:
        raise NotOurFile(f"{path} belongs to another program; name another folder with --cache-dir")


def refuse_links(path: Path) -> None:
    """Raise NotOurFile if a database or one of SQLite's files beside it is a link, a pipe or a device."""
    for suffix in SIDE_FILES:
        refuse_odd_file(path.with_name(path.name + suffix))


def refuse_odd_file(file: Path) -> None:
    """Raise NotOurFile if a file exists and is a link, a pipe or a device.

    A link may come with another person's repository, and enrich would write to its target; a pipe has no end.
    """
    mode = stat.S_IFREG
    # The file may be missing: another run may delete its journal, and a system cannot write every name.
    with suppress(FileNotFoundError, NotADirectoryError, ValueError):
        mode = file.lstat().st_mode
    if stat.S_ISLNK(mode):
        raise NotOurFile(f"{file} is a link, which enrich does not follow; remove the link")
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise NotOurFile(f"{file} is not a regular file; remove it")


def list_tables(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the names of the tables, without SQLite's own; raise sqlite3.DatabaseError if damaged."""
    try:
        names = [str(name) for (name,) in connection.execute("SELECT tbl_name FROM sqlite_master")]
    except UnicodeDecodeError:  # SQLite's message about the damage cannot be decoded
        raise sqlite3.DatabaseError("the list of its tables is damaged") from None
    return frozenset(name for name in names if not name.startswith("sqlite_"))


def set_aside(path: Path) -> Path:
    """Rename a database, and SQLite's files beside it, to `*.broken`; return the database's new name."""
    aside = path.with_name(f"{path.name}.broken")
    for suffix in SIDE_FILES:
        beside = path.with_name(path.name + suffix)
        if beside.exists():
            beside.replace(aside.with_name(aside.name + suffix))
    return aside
