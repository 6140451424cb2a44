"""Read the records of a Parquet file one by one, and recognise a folder that `enrich records build` made."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from enrich.errors import UsageError
from enrich.fetcher.parse_json import parse_large_json
from enrich.fetcher.records.duckdb_connection import is_plain_name, quote_names
from enrich.fetcher.records.record_files import NO_RECORD, Part, RawRecord, ReadError
from enrich.fetcher.records.record_shapes import list_dois

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

WORKS, ALIASES, TITLES, SOURCES = "works", "aliases.parquet", "titles.parquet", "sources.json"
_AT_A_TIME = 1000
_LARGEST = 64 * 1024 * 1024  # bytes of sources.json, a list of files


def is_table(path: Path) -> bool:
    """Return whether a file is, by its name, a Parquet file."""
    return path.suffix.lower() == ".parquet"


def is_table_file(path: Path) -> bool:
    """Return whether a path leads to a Parquet file."""
    return is_table(path) and os.path.isfile(path)  # noqa: PTH113 - Path.is_file raises for a forbidden folder


def is_built_folder(path: Path) -> bool:
    """Return whether a folder is a built one: `enrich records build` made it."""
    return os.path.isfile(path / SOURCES) and os.path.isdir(path / WORKS)  # noqa: PTH112, PTH113 - as above


def read_left_out(folder: Path) -> list[str]:
    """Return the messages about the parts of the sources that are missing from a built folder."""
    return [text for text in _read_sources(folder, "left_out") if isinstance(text, str)]


def read_source_names(folder: Path) -> list[str]:
    """Return the names of the files from which a folder was built."""
    entries = _read_sources(folder, "sources")
    return [str(entry["file"]) for entry in entries if isinstance(entry, dict) and "file" in entry]


def _read_sources(folder: Path, key: str) -> list[object]:
    try:
        with (folder / SOURCES).open("rb") as file:
            data = json.loads(file.read(_LARGEST))
    except (OSError, ValueError, RecursionError):
        return []
    value = data.get(key) if isinstance(data, dict) else None
    return value if isinstance(value, list) else []


def list_work_tables(folder: Path) -> list[Path]:
    """Return the Parquet files with a built folder's works; raise UsageError if one is not a regular file."""
    works = sorted((folder / WORKS).glob("*.parquet"))
    for file in (*works, folder / ALIASES, folder / TITLES):
        if os.path.lexists(file) and not os.path.isfile(file):  # noqa: PTH113 - as above
            raise UsageError(
                f"{file} is not a regular file; make the folder again with `enrich records build`"
            )
    return works


def read_table(cursor: DuckDBPyConnection, file: Path) -> Iterator[Part]:
    """Yield a Parquet file's records, and an error for each row that cannot be used; raise nothing."""
    import duckdb

    if not is_plain_name(file):
        yield ReadError(0, "DuckDB would read the name as a pattern; rename the file")
        return
    try:
        rows = cursor.execute(f"SELECT record FROM read_parquet({quote_names([file])})")
        number = 0
        while some := rows.fetchmany(_AT_A_TIME):
            for (text,) in some:
                number += 1
                yield _parse_row(number, text)
    except duckdb.Error as error:
        yield ReadError(0, str(error).strip().partition("\n")[0])


def _parse_row(number: int, text: object) -> Part:
    try:
        record = parse_large_json(text) if isinstance(text, str) else None
    except (ValueError, RecursionError) as error:
        return ReadError(number, f"not JSON: {error}")
    return RawRecord(number, record) if list_dois(record) else ReadError(number, NO_RECORD)
