"""Records from disk: every shape and container, and the messages about broken ones."""

from __future__ import annotations

import errno
import gzip
import json
import shutil
from contextlib import closing
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from enrich.errors import PageError, UsageError, describe_os_error
from enrich.fetcher.access import Access
from enrich.fetcher.lookup import Lookup
from enrich.fetcher.records import write_tables
from enrich.fetcher.records.reader import SMALL, open_records
from enrich.fetcher.records.record_files import DAMAGED, MOST_PROBLEMS, NOT_GZIP
from enrich.fetcher.records.records import Records
from enrich.fetcher.sources.crossref import read_crossref_work
from enrich.model.work import Found, Unanswered
from tests.support.stand_in import dataset, work


def find_one(records: Records, doi: str) -> Found | None:
    """Return the record of one DOI."""
    return records.find_records([doi]).get(doi.lower())


A, B, DATA = "10.1000/a", "10.1000/b", "10.5281/zenodo.1"
ONE, TWO, SET = work(A.upper()), work(B, aliases=["10.1000/OLD"]), dataset(DATA)
SINGLE = {"status": "ok", "message-type": "work", "message": ONE}
LIST = {"status": "ok", "message-type": "work-list", "message": {"total-results": 2, "items": [ONE, TWO]}}


every_shape = pytest.mark.parametrize(
    ("value", "dois"),
    [
        pytest.param(ONE, {A}, id="a work message"),
        pytest.param(SINGLE, {A}, id="an API's answer"),
        pytest.param(LIST, {A, B}, id="an API's list"),
        pytest.param({"items": [ONE, TWO]}, {A, B}, id="the public data file"),
        pytest.param([ONE, SINGLE, {"items": [TWO]}], {A, B}, id="a list of these"),
        pytest.param({"doi": A, "source": "x", "message": ONE}, {A}, id="a line of a collection"),
        pytest.param(SET, {DATA}, id="a DataCite record"),
        pytest.param(SET["attributes"], {DATA}, id="its attributes alone"),
        pytest.param({"data": SET}, {DATA}, id="DataCite's answer"),
        pytest.param({"data": [SET]}, {DATA}, id="DataCite's list"),
        pytest.param({"doi": DATA, "data": SET}, {DATA}, id="a line of a DataCite collection"),
        pytest.param([ONE, SET], {A, DATA}, id="both"),
    ],
)
SUFFIXES = (".json", ".jsonl", ".json.gz", ".jsonl.gz", ".JSON")


@every_shape
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_shape_of_record_is_read_from_every_kind_of_file(
    value: object, dois: set[str], suffix: str, tmp_path: Path
) -> None:
    write_container(tmp_path / f"records{suffix}", value)
    with closing(open_records(tmp_path / f"records{suffix}")) as records:
        assert_found(records, dois, has_old=B in dois)


@every_shape
def test_every_shape_of_record_is_read_with_duckdb(value: object, dois: set[str], tmp_path: Path) -> None:
    """Read all kinds of files at once, each with DOIs of its own, because to start DuckDB takes longest."""
    for number, suffix in enumerate(SUFFIXES):
        write_container(tmp_path / f"records{number}{suffix}", value, f"10.{number}")
    with closing(open_records(tmp_path, small=0)) as records:
        for number in range(len(SUFFIXES)):
            own = {doi.replace("10.", f"10.{number}") for doi in dois}
            assert_found(records, own, has_old=B in dois, prefix=f"10.{number}")


def write_container(path: Path, value: object, prefix: str = "10.") -> None:
    content = json.dumps(value, indent=None if ".jsonl" in path.name else 1).replace("10.", prefix).encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)


def assert_found(records: Records, dois: set[str], *, has_old: bool, prefix: str = "10.") -> None:
    assert records.problems == ()
    for doi in dois:
        found = find_one(records, doi.upper())
        assert found is not None
        assert (found.work.doi, found.source, found.cached) == (doi, "records", True)
    assert find_one(records, f"{prefix}1000/none") is None
    assert (find_one(records, f"{prefix}1000/old") is not None) is has_old


def test_every_line_of_a_file_of_json_lines_is_read(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    lines = [json.dumps(work(f"10.1000/{n}", volume=f"Ü{n}"), ensure_ascii=False) for n in range(50)]
    path.write_bytes("\ufeff".encode() + "\r\n\r\n".join(lines).encode())
    records = open_records(path)
    assert [found.work.volume for n in range(50) if (found := find_one(records, f"10.1000/{n}"))] == [
        f"Ü{n}" for n in range(50)
    ]


def test_the_last_record_of_a_doi_counts_and_a_doi_precedes_an_alias(tmp_path: Path) -> None:
    path = tmp_path / "records.json"
    path.write_text(json.dumps([work(A), work(A, volume="2"), work(B, aliases=[A])]), encoding="utf-8")
    for small in (SMALL, 0):
        with closing(open_records(path, small=small)) as records:
            found = find_one(records, A)
        assert found is not None
        assert found.work.volume == "2"


def test_broken_records_are_named_and_the_others_used(tmp_path: Path) -> None:
    good = json.dumps(ONE)
    deep = "[" * 100_000 + "]" * 100_000
    lines = [good, '{"DOI": ', "", "3", '{"DOI": 3}', '{"title": ["x"]}', deep, json.dumps(TWO)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "b.json").write_text('{\n"items": [\n', encoding="utf-8")
    (tmp_path / "c.json.gz").write_bytes(b"not packed")
    (tmp_path / "d.jsonl.gz").write_bytes(gzip.compress(json.dumps(SET).encode())[:-10])
    (tmp_path / "e.json").write_bytes(b'{"DOI": "10.1000/\xff"}')
    (tmp_path / ".hidden.json").write_text("{", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("{", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "f.json").write_text(json.dumps(work("10.1000/f")), encoding="utf-8")
    for small in (SMALL, 0):
        with closing(open_records(tmp_path, small=small)) as records:
            assert_broken_ones_are_named(records, tmp_path)


def assert_broken_ones_are_named(records: Records, tmp_path: Path) -> None:
    assert all(find_one(records, doi) for doi in (A, B, "10.1000/f"))
    no_record = "neither a Crossref nor a DataCite record with a DOI"
    assert [problem.removeprefix(f"{tmp_path}/") for problem in records.problems] == [
        "a.jsonl:2: not JSON: Expecting value",
        f"a.jsonl:4: {no_record}",
        f"a.jsonl:5: {no_record}",
        f"a.jsonl:6: {no_record}",
        "a.jsonl:7: nested too deeply",
        "b.json:3: not JSON: Expecting value",
        f"c.json.gz: {NOT_GZIP}",
        f"d.jsonl.gz: {DAMAGED}",
        "e.json:1: not UTF-8: invalid start byte",
    ]


BROKEN = {
    "a list that is not closed": ('{"x": [', "1, "),
    "a text that is not closed": ('{"x": "', "ab "),
    "quotes": ('{"x": "', '\\\\" '),
    "spaces": ("[1,", "   "),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_the_time_for_a_broken_line_grows_no_faster_than_the_line(kind: str, tmp_path: Path) -> None:
    head, unit = BROKEN[kind]
    file, seconds = tmp_path / "r.jsonl", []
    for size in (100_000, 800_000):  # units; a quadratic reader takes 64 times as long, or never ends
        file.write_text(f"{json.dumps(ONE)}\n{head}{unit * size}\n{json.dumps(TWO)}\n", encoding="utf-8")
        taken = []
        for _ in range(2):
            began = process_time()
            with closing(open_records(file)) as records:
                taken.append(process_time() - began)
                assert find_one(records, B) is not None
        seconds.append(min(taken))
    assert seconds[1] < 30 * seconds[0] + 0.1


@pytest.mark.parametrize(
    ("count", "others"), [(100, "80 more lines like these"), (MOST_PROBLEMS + 1, "1 more line like these")]
)
def test_the_first_problems_are_described_and_the_others_counted(
    count: int, others: str, tmp_path: Path
) -> None:
    (tmp_path / "a.jsonl").write_text("3\n" * count + json.dumps(ONE), encoding="utf-8")
    problems = open_records(tmp_path).problems
    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[-1] == f"{tmp_path / 'a.jsonl'}: {others}"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        pytest.param("none.json", None, "--records: .*: no such file or folder", id="not there"),
        pytest.param("records.csv", "x", "--records reads .json", id="another kind of file"),
        pytest.param("empty.json", "", "no record of a work in ", id="empty"),
        pytest.param("list.json", "[]", "no record of a work in ", id="an empty list"),
        pytest.param("broken.jsonl", "{", "not JSON", id="only broken ones"),
    ],
)
def test_nothing_to_read_is_an_error(name: str, content: str | None, message: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        open_records(tmp_path / name)


def test_a_folder_without_records_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no record of a work in "):
        open_records(tmp_path)


def test_with_records_no_service_is_called(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(TWO), encoding="utf-8")
    with Lookup(Access(), open_records(tmp_path)) as lookup:
        answers = lookup.look_up([B.upper(), "10.1000/old", A])
    assert list(answers) == [B, "10.1000/old", A]
    found = answers["10.1000/old"]
    assert isinstance(found, Found)
    assert found.work == read_crossref_work(TWO)
    assert answers[A] == Unanswered(
        "the files under --records do not have its record; add it, or run without --records", offline=True
    )


def test_a_doi_with_letters_beyond_ascii_is_found(tmp_path: Path) -> None:
    odd = "10.1000/é–\N{GREEK SMALL LETTER BETA}"
    for ascii_only in (True, False):
        text = json.dumps({"items": [work(odd.upper()), ONE]}, ensure_ascii=ascii_only)
        (tmp_path / "a.json").write_text(text, encoding="utf-8")
        found = find_one(open_records(tmp_path / "a.json"), odd)
        assert found is not None
        assert found.work.doi == odd


def test_a_small_file_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(ONE), encoding="utf-8")
    records = open_records(path)
    path.unlink()
    assert find_one(records, A) is not None


def test_large_records_that_cannot_be_used_leave_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temp = tmp_path / "temp"
    temp.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temp))
    (tmp_path / "r.jsonl").write_text("3\n" * 10, encoding="utf-8")
    (tmp_path / "cache").write_text("a file", encoding="utf-8")
    for cache in (None, tmp_path / "cache"):
        with pytest.raises(UsageError, match="no record"):
            open_records(tmp_path / "r.jsonl", cache, small=1)
        assert list(temp.iterdir()) == []


def test_parquet_is_not_kept_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text('{"DOI": "10.1000/a"}\n', encoding="utf-8")
    outside, cache = tmp_path / "outside", tmp_path / "cache"
    outside.mkdir()
    cache.mkdir()
    (cache / "parquet").symlink_to(outside)
    records = open_records(tmp_path / "r.jsonl", cache, small=1)
    assert list(records.find_records(["10.1000/a"])) == ["10.1000/a"]
    assert any("parquet is a link" in problem for problem in records.problems)
    records.close()
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("when", ["_open_stage", "_move_into_place"])
def test_two_runs_at_once_use_the_folder_of_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    """Another run makes the same folder before this one begins to, or before it has moved its own there."""
    file, cache = tmp_path / "r.jsonl", tmp_path / "cache"
    file.write_text('{"DOI": "10.1000/a"}\n', encoding="utf-8")
    original = getattr(write_tables, when)

    def be_late(*arguments: Any) -> Any:  # noqa: ANN401 - passes on what it gets
        monkeypatch.setattr(write_tables, when, original)
        open_records(file, cache, small=1).close()
        return original(*arguments)

    monkeypatch.setattr(write_tables, when, be_late)
    with closing(open_records(file, cache, small=1)) as records:
        assert list(records.find_records(["10.1000/a"])) == ["10.1000/a"]
        assert records.problems == ()
    [built] = (cache / "parquet").iterdir()
    assert {path.name for path in built.iterdir()} >= {"works", "sources.json"}


@pytest.mark.parametrize("is_folder", [True, False])
def test_something_else_in_the_place_of_the_folder_is_named(tmp_path: Path, is_folder: bool) -> None:
    file, cache = tmp_path / "r.jsonl", tmp_path / "cache"
    file.write_text('{"DOI": "10.1000/a"}\n', encoding="utf-8")
    open_records(file, cache, small=1).close()
    [built] = (cache / "parquet").iterdir()
    shutil.rmtree(built)
    if is_folder:
        built.mkdir()
    else:
        built.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError) as error:
        open_records(file, cache, small=1)
    assert str(error.value) == f"{built} is in the way of a folder that enrich makes; remove it"
    assert [path.name for path in (cache / "parquet").iterdir()] == [built.name]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES])
def test_parquet_that_cannot_be_kept_is_made_for_this_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """The disk of the site is full; that of temporary files is not."""
    file, cache, temp = tmp_path / "r.jsonl", tmp_path / "cache", tmp_path / "temp"
    file.write_text('{"DOI": "10.1000/a"}\n', encoding="utf-8")
    temp.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temp))
    original = write_tables._copy_works

    def copy_works(connection: Any, target: Path, *more: Any) -> int:  # noqa: ANN401 - passes on what it gets
        if target.is_relative_to(cache):
            raise OSError(number, "refused")
        return original(connection, target, *more)

    monkeypatch.setattr(write_tables, "_copy_works", copy_works)
    with closing(open_records(file, cache, small=1)) as records:
        assert list(records.find_records(["10.1000/a"])) == ["10.1000/a"]
        [note] = records.problems
    assert note.startswith("the records cannot be kept as Parquet for the next run: ")
    assert note.endswith(describe_os_error(OSError(number, "refused")))
    assert list(temp.iterdir()) == []
    assert list((cache / "parquet").iterdir()) == []


def test_a_full_disk_for_temporary_files_ends_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, temp = tmp_path / "r.jsonl", tmp_path / "temp"
    file.write_text('{"DOI": "10.1000/a"}\n', encoding="utf-8")
    temp.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temp))

    def copy_works(*_: object) -> int:
        raise OSError(errno.ENOSPC, "refused")

    monkeypatch.setattr(write_tables, "_copy_works", copy_works)
    with pytest.raises(PageError, match="cannot be written: the disk is full"):
        open_records(file, tmp_path / "cache", small=1)
    assert list(temp.iterdir()) == []


RECORD = '{"DOI": "10.1000/a"}'
MANY = {f"{kind}/{number}.txt": "" for kind in "ab" for number in range(20)}


@pytest.mark.parametrize(
    ("names", "is_found"),
    [
        pytest.param(["a/r.json", *MANY], False, id="a home folder"),
        pytest.param([*MANY], False, id="no record at all"),
        pytest.param(["z/r.json", *MANY], False, id="records behind many other files"),
        pytest.param([*MANY, *(f".cache/{number}.json" for number in range(40))], False, id="hidden folders"),
        pytest.param([*MANY, *(f"a/{number}.json" for number in range(20))], True, id="a third are records"),
        pytest.param([f"{number}.json" for number in range(80)], True, id="many records"),
        pytest.param([f"{number // 9}/{number}.jsonl" for number in range(80)], True, id="in many folders"),
        pytest.param(["r.json", *[*MANY][:18]], True, id="few other files"),
        pytest.param(["r.json", *(f".git/{number}" for number in range(80))], True, id="a repository"),
        pytest.param([f"{number}.JSON" for number in range(80)], True, id="names in capitals"),
    ],
)
def test_a_folder_of_other_files_is_not_searched_to_its_end(
    names: list[str], is_found: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("enrich.fetcher.records.record_files.LOOKED_AT", 20)
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(MANY.get(name, RECORD), encoding="utf-8")
    if not is_found:
        with pytest.raises(UsageError, match=r"is not a folder of records: of the first \d+ files .*; name "):
            open_records(tmp_path)
    else:
        assert [*open_records(tmp_path).find_records(["10.1000/a"])] == ["10.1000/a"]


@pytest.mark.parametrize("name", ["/", "/.", "link", "link/.."])
def test_the_whole_disk_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/")
    with pytest.raises(UsageError, match="is the whole disk; name the folder with the records"):
        open_records(tmp_path / name)
