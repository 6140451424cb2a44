"""Many sites planned with Spark on one core and on two: seconds of each, and how often faster two are."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

import duckdb

from tests.support.made_site import page, record

ROOT = Path(__file__).parents[1]
PAGES, PARTS = 25, 8  # pages of a site, and files of the table of pages


def write_tables(folder: Path, sites: int) -> None:
    """Write the tables of pages and of records that `examples/spark_sites.py` reads."""
    for name in ("pages", "works"):
        (folder / name).mkdir()
    numbers = range(sites * PAGES)
    works = [(str(work["DOI"]), json.dumps(work)) for work in map(record, numbers)]
    files = [
        (f"site{number // PAGES:05d}", f"content/publication/{number}.md", page(number).encode())
        for number in numbers
    ]
    with duckdb.connect() as connection:
        write_parts(connection, folder / "works", "doi VARCHAR, record VARCHAR", works)
        write_parts(connection, folder / "pages", "site VARCHAR, path VARCHAR, data BLOB", files)


def write_parts(
    connection: duckdb.DuckDBPyConnection, folder: Path, columns: str, rows: Sequence[tuple[object, ...]]
) -> None:
    """Write rows as Parquet files of about one size."""
    for part in range(PARTS):
        connection.execute(f"CREATE OR REPLACE TABLE t ({columns})")
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO t VALUES ({marks})", rows[part::PARTS])  # noqa: S608
        connection.execute(f"COPY t TO '{folder}/{part}.parquet'")


def time_run(folder: Path, cores: int) -> float:
    """Return how many seconds the example takes on so many cores."""
    words = [
        sys.executable,
        str(ROOT / "examples/spark_sites.py"),
        *map(str, (folder / "pages", folder / "works")),
    ]
    master = {
        "PYSPARK_SUBMIT_ARGS": f"--master local[{cores}] pyspark-shell",
        "PYSPARK_PYTHON": sys.executable,
    }
    start = monotonic()
    subprocess.run(
        [*words, str(folder / f"out{cores}")],
        env={**os.environ, **master, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )  # fmt: skip
    return monotonic() - start


def main(sites: int = 400) -> None:
    """Print the seconds of so many sites on one core and on two."""
    with tempfile.TemporaryDirectory() as name:
        write_tables(Path(name), sites)
        one, two = (time_run(Path(name), cores) for cores in (1, 2))
    print(f"{sites * PAGES} pages: one core {one:.1f} s, two {two:.1f} s, {one / two:.2f} times")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
