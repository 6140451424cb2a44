"""The index of many records: made once, for what is new only, whole or not at all."""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from enrich.errors import UsageError
from enrich.fetcher.access import Access
from enrich.fetcher.lookup import Lookup
from enrich.fetcher.records import reader as module
from enrich.fetcher.records.index import MOST_PROBLEMS, IndexEntry
from enrich.fetcher.records.reader import Records, open_records
from enrich.model.work import Found
from tests.support.stand_in import dataset, work


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the files that are read from now on."""
    names: list[str] = []
    entries = module._read_entries

    def noted(file: Path) -> Iterator[IndexEntry | str]:
        names.append(file.name)
        yield from entries(file)

    monkeypatch.setattr(module, "_read_entries", noted)
    return names


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "records"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps({"items": [work(f"10.1/a{n}") for n in range(50)]}), "utf-8")
    lines = "\n".join(json.dumps(dataset(f"10.2/b{n}")) for n in range(50))
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    (folder / "c.jsonl").write_text(json.dumps(work("10.1/c", aliases=["10.1/old"])) + "\noops\n", "utf-8")
    return folder


def opened(folder: Path, cache: Path | None = None) -> Records:
    return open_records(folder, cache, small=0)


def volumes(records: Records, *dois: str) -> list[str | None]:
    with closing(records):
        return [found.work.volume if (found := records.find_record(doi)) else None for doi in dois]


def test_a_shelf_is_made_once(folder: Path, tmp_path: Path, read: list[str]) -> None:
    for times in range(3):
        with closing(opened(folder, tmp_path / "cache")) as records:
            assert len(records.places) == 102
            assert all(records.find_record(name) for name in records.places)
            assert records.find_record("10.1/none") is None
            assert records.problems == (f"{folder / 'c.jsonl'}:2: not JSON: Expecting value",)
        assert read == ["a.json", "b.jsonl.gz", "c.jsonl"], times
    assert sorted(path.name for path in (tmp_path / "cache").iterdir()) == ["records.sqlite"]


def test_only_what_is_new_is_read(folder: Path, tmp_path: Path, read: list[str]) -> None:
    cache = tmp_path / "cache"
    opened(folder, cache).close()
    read.clear()
    (folder / "c.jsonl").write_text(json.dumps(work("10.1/a7", volume="9")), "utf-8")
    (folder / "d.json").write_text(json.dumps(work("10.1/d", volume="4")), "utf-8")
    (folder / "a.json").touch()
    (folder / "b.jsonl.gz").unlink()
    assert volumes(opened(folder, cache), "10.1/a7", "10.1/d", "10.1/c", "10.1/old", "10.2/b1") == [
        "9", "4", None, None, None,
    ]  # fmt: skip
    assert read == ["a.json", "c.jsonl", "d.json"]
    with closing(sqlite3.connect(cache / "records.sqlite")) as connection:
        assert connection.execute("SELECT count(*) FROM files").fetchone() == (3,)
        assert connection.execute("SELECT count(*) FROM places").fetchone() == (52,)


def test_only_what_was_asked_for_is_seen(folder: Path, tmp_path: Path) -> None:
    """Two collections on one shelf, and a record that is in both."""
    other = tmp_path / "other.json"
    other.write_text(json.dumps([work("10.1/a7", volume="5"), work("10.1/x", volume="6")]), "utf-8")
    cache = tmp_path / "cache"
    for _ in range(2):
        assert volumes(opened(folder, cache), "10.1/a7", "10.1/x") == ["", None]
        assert volumes(opened(other, cache), "10.1/a7", "10.1/x") == ["5", "6"]


def test_small_ones_are_read_anew_and_nothing_is_written(folder: Path, tmp_path: Path) -> None:
    with Lookup(Access(), open_records(folder, tmp_path / "cache")) as lookup:
        assert isinstance(lookup.look_up(["10.1/a1"])["10.1/a1"], Found)
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize("content", [b"no database " * 500, b"", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_broken_index_is_made_anew(content: bytes, folder: Path, tmp_path: Path, read: list[str]) -> None:
    (tmp_path / "records.sqlite").write_bytes(content)
    for _ in range(2):
        assert volumes(opened(folder, tmp_path), "10.1/a1") == [""]
    assert len(read) == 3


def test_an_older_layout_is_made_anew(folder: Path, tmp_path: Path, read: list[str]) -> None:
    with closing(sqlite3.connect(tmp_path / "records.sqlite")) as connection:
        connection.executescript("PRAGMA user_version = 77; CREATE TABLE places (x); CREATE TABLE files (y);")
    assert volumes(opened(folder, tmp_path), "10.1/a1") == [""]
    assert volumes(opened(folder, tmp_path), "10.1/a1") == [""]
    assert len(read) == 3


def test_where_none_can_be_kept_it_is_said(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with closing(opened(folder, tmp_path / "file" / "cache")) as records:
        assert records.problems[0].startswith("the index of the records could not be saved: ")
        assert records.find_record("10.2/b7")
    with closing(opened(folder)) as records:
        assert len(records.problems) == 1
        assert records.find_record("10.2/b7")


def test_an_interrupt_leaves_no_half_a_file(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = module._read_entries

    def interrupted(file: Path) -> Iterator[IndexEntry | str]:
        for count, entry in enumerate(entries(file)):
            if file.name == "b.jsonl.gz" and count == 20:
                raise KeyboardInterrupt
            yield entry

    with monkeypatch.context() as patch:
        patch.setattr(module, "_read_entries", interrupted)
        with pytest.raises(KeyboardInterrupt):
            opened(folder, tmp_path)
    with closing(sqlite3.connect(tmp_path / "records.sqlite")) as connection:
        assert connection.execute("SELECT count(*) FROM places").fetchone() == (50,)
    with closing(opened(folder, tmp_path)) as records:
        assert len(records.places) == 102


def test_many_problems_are_not_all_kept(folder: Path, tmp_path: Path) -> None:
    (folder / "c.jsonl").write_text("3\n" * 1000, "utf-8")
    for _ in range(2):
        with closing(opened(folder, tmp_path)) as records:
            assert len(records.problems) == MOST_PROBLEMS + 1
            assert records.problems[-1] == "and 980 more like these"


def test_nothing_to_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[]", "utf-8")
    with pytest.raises(UsageError, match="no record of a work in "):
        opened(tmp_path / "a.json", tmp_path / "cache")


def test_a_link_or_a_relative_path_is_the_same_file(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: list[str]
) -> None:
    opened(folder, tmp_path).close()
    monkeypatch.chdir(tmp_path)
    assert volumes(opened(Path("records"), tmp_path), "10.1/a1") == [""]
    assert len(read) == 3


PROGRAM = """
import sys
from pathlib import Path
from enrich.fetcher.records.reader import open_records
records = open_records(Path(sys.argv[1]), Path(sys.argv[2]), small=0)
print(len(records.places), all(records.find_record(name) for name in records.places))
records.close()
"""


def test_two_processes_make_one_shelf(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl.gz"
    lines = "\n".join(json.dumps(work(f"10.1/{n}", abstract=os.urandom(400).hex())) for n in range(4000))
    path.write_bytes(gzip.compress(lines.encode()))
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, path, tmp_path / "cache"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    assert [run.communicate(timeout=60) for run in runs] == [("4000 True\n", "")] * 2
    with closing(sqlite3.connect(tmp_path / "cache" / "records.sqlite")) as connection:
        assert connection.execute("SELECT count(*) FROM places").fetchone() == (4000,)


def test_a_database_of_another_program_stays_as_it_is(folder: Path, tmp_path: Path) -> None:
    database = tmp_path / "cache" / "records.sqlite"
    database.parent.mkdir()
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE files (name TEXT)")
    before = database.read_bytes()
    with closing(opened(folder, database.parent)) as records:
        assert len(records.places) == 102
        assert "belongs to another program" in records.problems[0]
    assert database.read_bytes() == before


def test_a_file_that_is_no_database_is_renamed(folder: Path, tmp_path: Path) -> None:
    database = tmp_path / "records.sqlite"
    database.write_bytes(b"my own notes" * 1000)
    with closing(opened(folder, tmp_path)) as records:
        assert len(records.places) == 102
    assert (tmp_path / "records.sqlite.broken").read_bytes() == b"my own notes" * 1000
