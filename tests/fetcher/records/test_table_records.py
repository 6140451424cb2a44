"""Look-ups in Parquet files: many DOIs, in any order, and in several groups of rows."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from functools import cache
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.errors import RecordError, UsageError
from enrich.fetcher import known_records
from enrich.fetcher.access import Access
from enrich.fetcher.lookup import Lookup
from enrich.fetcher.records.duckdb_connection import Resources
from enrich.fetcher.records.memory_records import collect_records
from enrich.fetcher.records.reader import open_records
from enrich.fetcher.records.record_shapes import make_title_key
from enrich.fetcher.records.records import Records
from enrich.fetcher.records.write_tables import build_folder
from tests.fetcher.records.test_write_tables import write_lines
from tests.support.stand_in import work

MANY = 5000  # DuckDB writes groups of 2,048 rows: three of them
# Letters whose order in UTF-8 is another one than in UTF-16, and the marks that DOIs of old articles have.
ENDS = ("a", "z", "é", "\uffee", "\N{GOTHIC LETTER AHSA}", "(sici)1(1)<1::aid>2.0.co;2-x", "a b", "'", "$1")
RECORDS = [work(f"10.1000/{number:05d}", aliases=[f"10.1000/old.{number}"]) for number in range(MANY)]
RECORDS += [work(f"10.1000/{end}") for end in ENDS]
KNOWN = [record["DOI"] for record in RECORDS] + [f"10.1000/old.{number}" for number in range(0, MANY, 50)]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that `enrich records build` made of many records."""
    folder = tmp_path_factory.mktemp("tables")
    source = write_lines(folder / "r.jsonl", *RECORDS)
    build_folder([source], folder / "built", Resources("500MB", 1), lambda *_: None)
    return folder / "built"


@pytest.fixture(scope="module")
def tables(built: Path) -> Iterator[Records]:
    """Return that folder, opened."""
    with closing(open_records(built)) as opened:
        yield opened


@pytest.fixture(scope="module")
def in_memory() -> Records:
    """Return the same records in memory."""
    return collect_records(RECORDS)


@settings(max_examples=30, deadline=None)
@given(
    dois=st.lists(st.sampled_from([*KNOWN, "10.1000/none", "10.1000/\ud800", "", "\U0010ffff"]), max_size=30)
)
def test_tables_answer_as_memory_does(tables: Records, in_memory: Records, dois: list[str]) -> None:
    assert list(tables.find_records(dois).items()) == list(in_memory.find_records(dois).items())


def test_answers_come_in_the_order_of_the_dois(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_records, "MOST_QUERIED", 2)
    wanted = ["10.1000/z", "10.1000/04999", "10.1000/none", "10.1000/00001", "10.1000/old.7", "10.1000/a"]
    steps: list[tuple[int, int]] = []
    with Lookup(Access(), open_records(built)) as lookup:
        answers = lookup.look_up(wanted, lambda done, of: steps.append((done, of)))
    assert list(answers) == wanted
    assert steps == [(2, 6), (4, 6), (6, 6)]


ODD_VALUES = ["NULL", "1", "uuid()", r"'\xFF\xFE'::BLOB", "['x']", "{'a': 1}", "'[]'"]
TITLE = "A title of several words, long enough"
COLUMNS = {
    "works/data_0.parquet": ("doi", "record"),
    "aliases.parquet": ("alias", "doi"),
    "titles.parquet": ("title", "doi"),
    "one.parquet": ("doi", "record", "aliases", "title"),
}


def put_odd_row(file: Path, columns: tuple[str, ...], column: str, odd: str) -> None:
    """Write a row as ours with one odd value, and the same row without it if both have one type."""
    record = json.dumps(work("10.1000/a", title=[TITLE])).replace("'", "''")
    ours = {
        "doi": "'10.1000/a'",
        "record": f"'{record}'",
        "alias": "'10.1000/old'",
        "aliases": "['10.1000/old']",
        "title": f"'{make_title_key(TITLE)}'",
    }
    good, bad = (
        ", ".join(f"{values[name]} AS {name}" for name in columns) for values in (ours, {**ours, column: odd})
    )
    try:
        copy_rows(f"SELECT {bad} UNION ALL SELECT {good}", file)
    except duckdb.Error:
        copy_rows(f"SELECT {bad}", file)


@cache
def open_writer() -> duckdb.DuckDBPyConnection:
    """Return DuckDB, started once; one thread, because others would still tidy up after a failed query."""
    return duckdb.connect(config={"threads": 1})


def copy_rows(query: str, file: Path) -> None:
    """Write the rows of a query."""
    open_writer().execute(f"COPY ({query}) TO '{file}' (FORMAT parquet)")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that `enrich records build` made of one record."""
    folder = tmp_path_factory.mktemp("small")
    source = write_lines(folder / "r.jsonl", work("10.1000/a", title=[TITLE], aliases=["10.1000/old"]))
    build_folder([source], folder / "built", Resources("500MB", 1), lambda *_: None)
    return folder / "built"


@pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table, columns in COLUMNS.items() for column in columns]
)
def test_values_of_another_type_are_no_records_or_raise_a_usage_error(
    tmp_path: Path, small: Path, table: str, column: str
) -> None:
    built = shutil.copytree(small, tmp_path / "built")
    for odd in ODD_VALUES:
        put_odd_row(built / table, COLUMNS[table], column, odd)
        path = built / table if table == "one.parquet" else built
        with suppress(UsageError, RecordError), closing(open_records(path)) as tables:
            assert {*tables.find_records(["10.1000/a", "10.1000/old", ""])} <= {"10.1000/a", "10.1000/old"}
            assert {work.doi for work in tables.find_by_titles([TITLE])[TITLE]} <= {"10.1000/a"}
            assert not tables.find_works_of("0000-0002-1825-0097")


def test_duckdb_prints_no_progress_bar() -> None:
    """DuckDB turns its progress bar on in a program that has no file, such as this one."""
    code = (
        "from enrich.fetcher.records.duckdb_connection import Resources, open_duckdb;"
        "query = \"SELECT current_setting('enable_progress_bar')\";"
        "print(open_duckdb(Resources()).execute(query).fetchone())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "(False,)\n"
