"""Read the cache file straight from SQLite, thousands of records at a time.

requests-cache writes the file (http/response_cache.py). An entry is a line of JSON about the response, then
its body: not a pickle, which could run code. This module does not import requests, so a run that finds
everything in the cache does not load it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from enrich.fetcher.own_database import list_tables, open_own_database, refuse_links, set_aside
from enrich.fetcher.parse_json import parse_json
from enrich.fetcher.sources.source import REDIRECTS, Reply

DAY = 86_400
LIFE, LIFE_OF_404, LIFE_OF_SEARCH, LIFE_WHEN_STALE = 7 * DAY, DAY, 30 * DAY, 90 * DAY
# The version of the layout of an entry; enrich renames a file with another version.
LAYOUT = 1
BUSY_SECONDS = 10.0
# Old versions of SQLite accept 999 variables in a statement.
MOST_KEYS = 500
# The statuses that the cache keeps, and the latest time that a date can express (the year 9999).
KEPT = frozenset({200, 404, 410}) | REDIRECTS
LATEST = 253_402_300_799
# The errors that the decoder raises for a damaged entry, which counts as missing.
UNSOUND = (ValueError, TypeError, KeyError, RecursionError)
# requests-cache also makes the second table, which enrich does not use.
TABLES, MORE_TABLES = frozenset({"responses"}), frozenset({"redirects"})


@dataclass(frozen=True, slots=True)
class CacheInfo:
    """The content of a cache file."""

    records: int = 0
    """The number of replies."""
    size: int = 0
    """The bytes on disk."""
    oldest: float | None = None
    """The time of the oldest reply, in seconds since 1970; None without replies."""


@dataclass(frozen=True, slots=True)
class EntryHead:
    """The first line of an entry."""

    status: int
    """The HTTP status: one of `KEPT`."""
    created: float
    """The time at which the service answered, in seconds since 1970."""
    location: str
    """The target of a redirect, `""` for other responses."""


def encode_entry(status: int, created: float, location: str, body: bytes) -> bytes:
    """Return a response as the cache file stores it."""
    head = {"status": status, "created": round(created), "location": location}
    return json.dumps(head).encode() + b"\n" + body


def decode_entry(url: str, value: object, *, stale: bool = False) -> Reply:
    """Return the reply in an entry; raise an UNSOUND error for a damaged entry."""
    head = decode_head(value)
    body = parse_json(value.partition(b"\n")[2]) if isinstance(value, bytes) and head.status == 200 else None
    return Reply(url, head.status, body, head.location, cached=True, stale=stale, created=head.created)


def decode_head(value: object) -> EntryHead:
    """Return the first line of an entry; raise as `decode_entry` does."""
    if not isinstance(value, bytes):  # bytes(10**12) would fill the memory
        raise TypeError("no bytes")
    head = json.loads(value.partition(b"\n")[0])
    status, created, location = head["status"], head["created"], head["location"]
    if status not in KEPT or not isinstance(location, str) or not 0 <= created <= LATEST:
        raise ValueError("not a response that enrich keeps")
    return EntryHead(int(status), float(created), location)


def read_replies(path: Path, urls: Sequence[str], now: float, *, stale: bool = False) -> dict[str, Reply]:
    """Return the fresh replies to these addresses (with `stale`, the expired ones too).

    A missing file has no replies. Raise sqlite3.DatabaseError if the file cannot be read.
    """
    if not path.is_file():
        refuse_links(path)
        return {}
    oldest = now - (LIFE_WHEN_STALE if stale else 0)
    wanted, found = frozenset(urls), dict[str, Reply]()
    with closing(_open(path)) as connection:
        rows = _select_rows(connection, urls, oldest) if _has_responses(connection) else ()
        for key, value, expires in rows:
            if key not in wanted:  # the index is damaged, and leads to another row
                continue
            try:
                found[key] = decode_entry(key, value, stale=expires <= now)
            except UNSOUND:
                continue  # a damaged entry counts as missing, so the record is requested again
    return found


def _open(path: Path) -> sqlite3.Connection:
    return open_own_database(path, BUSY_SECONDS, required=TABLES, allowed=MORE_TABLES)


def _has_responses(connection: sqlite3.Connection) -> bool:
    return _read_version(connection) == LAYOUT and list_tables(connection) >= TABLES


def _read_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _select_rows(
    connection: sqlite3.Connection, urls: Sequence[str], oldest: float
) -> Iterator[tuple[str, bytes, float]]:
    for start in range(0, len(urls), MOST_KEYS):
        keys = urls[start : start + MOST_KEYS]
        marks = ",".join("?" * len(keys))
        query = f"SELECT key, value, expires FROM responses WHERE key IN ({marks}) AND expires > ?"  # noqa: S608
        yield from connection.execute(query, (*keys, oldest))


def make_ready(path: Path) -> str:
    """Make a writable cache file; rename an unusable one, and return a message about it.

    Raise OSError or sqlite3.Error if enrich can write no cache there.
    """
    try:
        usable = _claim(path)
    except sqlite3.OperationalError:
        raise  # locked or write-protected: its content may be fine
    except sqlite3.DatabaseError:
        usable = False
    if usable:
        return ""
    aside = set_aside(path)
    _claim(path)
    return describe_set_aside(path, aside)


def describe_set_aside(path: Path, aside: Path) -> str:
    """Return the message about a cache file that was renamed."""
    return f"the cache {path.name} could not be used; enrich renamed it to {aside.name} and began a new one"


def _claim(path: Path) -> bool:
    with closing(_open(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        empty = connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None
        if empty:
            connection.execute(f"PRAGMA user_version = {LAYOUT}")
        connection.execute("COMMIT")
        return empty or _read_version(connection) == LAYOUT


def describe_file(path: Path) -> CacheInfo:
    """Describe a cache file; raise sqlite3.DatabaseError if it cannot be read."""
    if not path.is_file():
        return CacheInfo()
    with closing(_open(path)) as connection:
        if not _has_responses(connection):
            return CacheInfo(size=path.stat().st_size)
        heads = (row[0] for row in connection.execute("SELECT substr(value, 1, 2000) FROM responses"))
        created = [when for head in heads if (when := _read_created(head)) is not None]
        records = connection.execute("SELECT count(*) FROM responses").fetchone()[0]
    return CacheInfo(int(records), path.stat().st_size, min(created, default=None))


def _read_created(head: object) -> float | None:
    try:
        return decode_head(head).created
    except UNSOUND:
        return None


def clear_entries(path: Path, urls: Sequence[str] | None = None) -> int:
    """Delete the responses to these addresses, or all; return their number."""
    if not path.is_file():
        return 0
    with closing(_open(path)) as connection:
        if not _has_responses(connection):
            return 0
        if urls is None:
            gone = connection.execute("DELETE FROM responses").rowcount
        else:
            rows = [(url,) for url in urls]
            gone = connection.executemany("DELETE FROM responses WHERE key = ?", rows).rowcount
        connection.execute("VACUUM")
    return gone
