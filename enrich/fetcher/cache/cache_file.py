"""The cache file, read straight from SQLite: thousands of records in a run that asks nobody.

requests-cache writes the file (http.py). An entry is a line of JSON about the answer, then its
body: no pickle, which would let a cache file run code. Nothing here needs requests, so that a run
that finds everything here does not load it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from enrich.fetcher.sources.source import Reply

DAY = 86_400
LIFE, LIFE_OF_404, LIFE_OF_SEARCH, LIFE_WHEN_STALE = 7 * DAY, DAY, 30 * DAY, 90 * DAY
# The layout of an entry; a file with another number is set aside.
LAYOUT = 1
BUSY_SECONDS = 10.0
# SQLite takes 999 variables in a statement, in old versions.
MOST_KEYS = 500
SIDE_FILES = ("", "-journal", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class CacheInfo:
    """What is in a cache file: answers, bytes on disk, and when the oldest was kept (seconds)."""

    records: int = 0
    size: int = 0
    oldest: float | None = None


def encode(status: int, created: float, location: str, body: bytes) -> bytes:
    """Return an answer as the cache file has it."""
    head = {"status": status, "created": round(created), "location": location}
    return json.dumps(head).encode() + b"\n" + body


def decode(url: str, value: bytes, *, stale: bool = False) -> Reply:
    """Return an answer as it stands in the cache file; ValueError or KeyError if it is damaged."""
    line, _, body = bytes(value).partition(b"\n")
    head = json.loads(line)
    content = json.loads(body) if head["status"] == 200 else None
    return Reply(
        url=url,
        status=int(head["status"]),
        body=content,
        location=str(head["location"]),
        cached=True,
        stale=stale,
        created=float(head["created"]),
    )


def life_of(status: int) -> int:
    """Return for how many seconds an answer is fresh."""
    return LIFE_OF_404 if status in (404, 410) else LIFE


def read(path: Path, urls: Sequence[str], now: float, *, stale: bool = False) -> dict[str, Reply]:
    """Return the fresh answers to these addresses (with `stale`, the outlived ones too).

    A file that is not there has none. Raises sqlite3.DatabaseError if it cannot be read.
    """
    if not path.is_file():
        return {}
    oldest = now - (LIFE_WHEN_STALE if stale else 0)
    found: dict[str, Reply] = {}
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as connection:
        if not _has_answers(connection):
            return {}
        for key, value, expires in _rows(connection, urls, oldest):
            try:
                found[key] = decode(key, value, stale=expires <= now)
            except (ValueError, TypeError, KeyError, RecursionError):
                continue  # a damaged entry is one that is not there: it is asked for again
    return found


def _has_answers(connection: sqlite3.Connection) -> bool:
    query = "SELECT 1 FROM sqlite_master WHERE name = 'responses'"
    return _layout(connection) == LAYOUT and connection.execute(query).fetchone() is not None


def _layout(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _rows(
    connection: sqlite3.Connection, urls: Sequence[str], oldest: float
) -> Iterator[tuple[str, bytes, float]]:
    for start in range(0, len(urls), MOST_KEYS):
        keys = urls[start : start + MOST_KEYS]
        marks = ",".join("?" * len(keys))
        query = f"SELECT key, value, expires FROM responses WHERE key IN ({marks}) AND expires > ?"  # noqa: S608
        yield from connection.execute(query, (*keys, oldest))


def make_folder(folder: Path) -> None:
    """Make a folder for a cache, with a .gitignore for it; OSError is left to the caller."""
    folder.mkdir(parents=True, exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*.sqlite*\n", encoding="utf-8")


def make_ready(path: Path) -> str:
    """Make a cache file that can be written, setting an unusable one aside; return what was done.

    Raises OSError or sqlite3.Error if there can be no cache in that place.
    """
    try:
        usable = _claim(path)
    except sqlite3.OperationalError:
        raise  # locked, or not to be written: that says nothing about what is in it
    except sqlite3.DatabaseError:
        usable = False
    if usable:
        return ""
    aside = set_aside(path)
    _claim(path)
    return told_aside(path, aside)


def told_aside(path: Path, aside: Path) -> str:
    """Return what to say of a cache file that was renamed."""
    return f"the cache {path.name} could not be used; it is kept as {aside.name}, and a new one was begun"


def _claim(path: Path) -> bool:
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        empty = connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None
        if empty:
            connection.execute(f"PRAGMA user_version = {LAYOUT}")
        connection.execute("COMMIT")
        return empty or _layout(connection) == LAYOUT


def set_aside(path: Path) -> Path:
    """Rename a cache file, and what SQLite keeps beside it; return its new name."""
    aside = path.with_name(f"{path.name}.broken")
    for suffix in SIDE_FILES:
        beside = path.with_name(path.name + suffix)
        if beside.exists():
            beside.replace(aside.with_name(aside.name + suffix))
    return aside


def info(path: Path) -> CacheInfo:
    """Return what is in a cache file; sqlite3.DatabaseError if it cannot be read."""
    if not path.is_file():
        return CacheInfo()
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as connection:
        if not _has_answers(connection):
            return CacheInfo(size=path.stat().st_size)
        heads = (row[0] for row in connection.execute("SELECT substr(value, 1, 2000) FROM responses"))
        created = [when for head in heads if (when := _created(head)) is not None]
        records = connection.execute("SELECT count(*) FROM responses").fetchone()[0]
    return CacheInfo(int(records), path.stat().st_size, min(created, default=None))


def _created(head: bytes) -> float | None:
    try:
        return float(json.loads(bytes(head).partition(b"\n")[0])["created"])
    except (ValueError, TypeError, KeyError):
        return None


def clear(path: Path, urls: Sequence[str] | None = None) -> int:
    """Forget the answers to these addresses, or all; return how many."""
    if not path.is_file():
        return 0
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
        if not _has_answers(connection):
            return 0
        if urls is None:
            gone = connection.execute("DELETE FROM responses").rowcount
        else:
            rows = [(url,) for url in urls]
            gone = connection.executemany("DELETE FROM responses WHERE key = ?", rows).rowcount
        connection.execute("VACUUM")
    return gone
