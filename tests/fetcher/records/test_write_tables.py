"""Parquet made of records: the same works come out, whatever else is in the files."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb
import pytest

from enrich.errors import PageError, UsageError
from enrich.fetcher.records.duckdb_connection import INSTALL, Resources
from enrich.fetcher.records.memory_records import collect_records
from enrich.fetcher.records.reader import open_records
from enrich.fetcher.records.record_files import DAMAGED, MOST_PROBLEMS, NO_RECORD, NOT_GZIP, read_records
from enrich.fetcher.records.record_shapes import list_dois, make_title_key
from enrich.fetcher.records.staged_records import HALF_PAIR, NumberedFile, StagedRecords
from enrich.fetcher.records.write_tables import Wanted, WrittenRecords, build_folder, select_records
from enrich.model.work import Found
from tests.fetcher.sources.test_crossref import FULL
from tests.fetcher.sources.test_datacite import FULL as FULL_DATA
from tests.support.sample import ROOT
from tests.support.stand_in import dataset, work

FEW = Resources("500MB", 2)
A, B, C = work("10.1000/a"), work("10.1000/B", aliases=["10.1000/OLD"]), work("10.1000/c", volume="Ü")
TITLE = "Plankton blooms beneath thinning summer ice"


def build(sources: Sequence[Path], out: Path) -> WrittenRecords:
    return build_folder(sources, out, FEW, lambda *_: None)


def select(sources: Sequence[Path], wanted: Wanted, out: Path) -> WrittenRecords:
    return select_records(sources, wanted, out, FEW, lambda *_: None)


def write_lines(path: Path, *records: Mapping[str, Any] | str) -> Path:
    lines = (line if isinstance(line, str) else json.dumps(line) for line in records)
    text = "\n".join(lines).encode("utf-8", "surrogatepass")
    path.write_bytes(gzip.compress(text) if path.suffix == ".gz" else text)
    return path


def find_all(path: Path, dois: Sequence[str]) -> Mapping[str, Found]:
    with closing(open_records(path)) as records:
        return records.find_records(dois)


def list_rows(path: Path) -> list[tuple[Any, ...]]:
    return duckdb.read_parquet(str(path)).fetchall()


@pytest.mark.parametrize(
    "records",
    [
        pytest.param([A, B, C], id="ordinary ones"),
        pytest.param([FULL], id="one with every key of Crossref's"),
        pytest.param([FULL_DATA, dataset("10.5281/zenodo.1")], id="DataCite's"),
        pytest.param([{"doi": "10.1000/a", "message": A}, {"items": [B, C]}], id="in wrappers"),
        pytest.param([[A, [B]]], id="in lists"),
        pytest.param([work("10.1000/é–β", title=["Ä"]), work("10.1000/a b"), A], id="odd DOIs"),
        pytest.param([{**A, "reference": [{"key": "1"}], "x": None, "n": 10**40}], id="with references"),
        pytest.param([{**A, "title": "as text"}, {**B, "title": ["", TITLE]}], id="odd titles"),
        pytest.param([{**A, "volume": "a\0b"}], id="a NUL in a text"),
        pytest.param(['{"DOI": "10.1000/x", "DOI": "10.1000/y", "type": "book"}'], id="a key twice"),
    ],
)  # fmt: skip
def test_works_are_the_same_whatever_they_went_through(records: list[Any], tmp_path: Path) -> None:
    sources = write_containers(tmp_path / "in", records)
    expected = {doi: found for source in sources for doi, found in read_in_memory(source).items()}
    build([tmp_path / "in"], tmp_path / "built")
    select([tmp_path / "in"], Wanted(list(expected)), tmp_path / "one.parquet")
    select([tmp_path / "built"], Wanted(list(expected)), tmp_path / "two.parquet")
    build([tmp_path / "one.parquet"], tmp_path / "again")
    for path in ("built", "one.parquet", "two.parquet", "again"):
        assert find_all(tmp_path / path, list(expected)) == expected, path


def write_containers(folder: Path, records: Sequence[Mapping[str, Any] | str]) -> list[Path]:
    """Write the records to a file of every kind, in each under DOIs of its own."""
    folder.mkdir()
    texts = [each if isinstance(each, str) else json.dumps(each) for each in records]
    files = [folder / name for name in ("r.jsonl", "r.jsonl.gz", "r.json")]
    for number, file in enumerate(files, 1):
        own = [re.sub(r"\b10\.(?=\d{4}/)", f"10.{number}", text) for text in texts]
        write_lines(file, *(own if "jsonl" in file.name else ['{"items": [' + ",".join(own) + "]}"]))
    return files


def read_in_memory(path: Path) -> Mapping[str, Found]:
    with closing(open_records(path)) as records:
        parts = [getattr(part, "value", None) for part in read_records(path)]
        names = [name for part in parts for name in list_dois(part)]
        found = records.find_records(names)
        assert names
        assert list(found) == list(dict.fromkeys(names))
        return found


def test_the_folder_has_what_is_documented(tmp_path: Path) -> None:
    article = work("10.1000/z", title=[TITLE], reference=[{"key": "1"}], type="journal-article")
    source = write_lines(tmp_path / "r.jsonl", article, B, A)
    assert build([source], tmp_path / "built").works == 3
    rows = list_rows(tmp_path / "built/works/*.parquet")
    assert [doi for doi, _ in rows] == ["10.1000/a", "10.1000/b", "10.1000/z"]
    assert "reference" not in json.loads(rows[-1][1])
    assert list_rows(tmp_path / "built/aliases.parquet") == [("10.1000/old", "10.1000/b")]
    assert (make_title_key(TITLE), "10.1000/z") in list_rows(tmp_path / "built/titles.parquet")
    assert json.loads((tmp_path / "built/sources.json").read_bytes())["works"] == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["built", "r.jsonl"]


def test_the_last_of_two_records_counts(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    first = write_lines(tmp_path / "x/b.jsonl", *({**A, "volume": str(number)} for number in range(5)))
    write_lines(tmp_path / "x/a.jsonl", {**A, "volume": "a"}, {**B, "volume": "a"})
    second = write_lines(tmp_path / "y.jsonl.gz", {**B, "volume": "y"}, "{")
    for number, (sources, volumes) in enumerate((
        ([tmp_path / "x"], ("4", "a")), ([tmp_path / "x", second], ("4", "y")),
        ([second, tmp_path / "x"], ("4", "a")), ([first, tmp_path / "x/a.jsonl"], ("a", "a")),
    )):  # fmt: skip
        build(sources, tmp_path / f"built{number}")
        found = find_all(tmp_path / f"built{number}", ["10.1000/a", "10.1000/b"])
        assert tuple(answer.work.volume for answer in found.values()) == volumes


def test_a_doi_precedes_an_alias(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "r.jsonl", A, {**B, "aliases": ["10.1000/a", "10.1000/old"]}, C)
    build([source], tmp_path / "built")
    select([source], Wanted(["10.1000/old", "10.1000/a"]), tmp_path / "some.parquet")
    for path in ("built", "some.parquet"):
        found = find_all(tmp_path / path, ["10.1000/A", "10.1000/old"])
        assert [answer.work.doi for answer in found.values()] == ["10.1000/a", "10.1000/b"]


def test_records_are_found_by_doi_alias_and_title(tmp_path: Path) -> None:
    article = work("10.1000/t", title=[f"<i>{TITLE}</i>!"], type="journal-article")
    other = work("10.1000/u", title=[TITLE], type="book")
    source = write_lines(tmp_path / "r.jsonl", A, B, C, article, other)
    wanted = Wanted(["10.1000/a", "10.1000/old", "10.1000/none"], [make_title_key(TITLE), ""])
    build([source], tmp_path / "built")
    for number, path in enumerate((source, tmp_path / "built")):
        assert select([path], wanted, tmp_path / f"{number}.parquet").works == 3
        with closing(open_records(tmp_path / f"{number}.parquet")) as records:
            found = records.find_records(["10.1000/a", "10.1000/old", "10.1000/c"])
            assert [answer.work.doi for answer in found.values()] == ["10.1000/a", "10.1000/b"]
            assert [each.doi for each in records.find_by_titles([TITLE])[TITLE]] == ["10.1000/t"]


def test_the_works_of_a_person_are_found(tmp_path: Path) -> None:
    person = {"family": "Ness", "ORCID": "https://orcid.org/0000-0002-1825-0097"}
    source = write_lines(tmp_path / "r.jsonl", {**A, "author": [person]}, {**B, "abstract": person["ORCID"]})
    build([source], tmp_path / "built")
    for path in (source, tmp_path / "built"):
        with closing(open_records(path)) as records:
            assert [work.doi for work in records.find_works_of("0000-0002-1825-0097")] == ["10.1000/a"]


def test_a_table_with_dois_and_records_only_is_read(tmp_path: Path) -> None:
    rows = [(record["DOI"].lower(), json.dumps(record)) for record in (A, B)]
    dois, records = ([row[column] for row in rows] for column in (0, 1))
    target = str(tmp_path / "own.parquet")
    duckdb.execute("COPY (SELECT unnest(?) AS doi, unnest(?) AS record) TO ?", [dois, records, target])
    assert find_all(tmp_path / "own.parquet", ["10.1000/old"])["10.1000/old"].work.doi == "10.1000/b"


DEEP = '{"DOI": "10.1000/deep", "x": ' + "[" * 100_000 + "]" * 100_000 + "}"


@pytest.mark.parametrize("name", ["r.jsonl", "r.jsonl.gz"])
def test_broken_lines_are_named_and_the_others_kept(name: str, tmp_path: Path) -> None:
    latin = b'{"DOI": "10.1000/\xe9"}'
    lines = [
        json.dumps(A),
        '{"DOI": ',
        "",
        "3",
        '{"DOI": "10.1000/s\\ud800"}',
        '{"title": ["x"]}',
        "\0",
        DEEP,
    ]
    lines += ["\r", json.dumps(B) + "\r"]
    content = b"\xef\xbb\xbf" + "\n".join(lines).encode() + b"\n" + latin
    (tmp_path / name).write_bytes(gzip.compress(content) if name.endswith("gz") else content)
    write_lines(tmp_path / "s.jsonl", C)
    done = build([tmp_path], tmp_path / "built")
    assert done.works == 3
    (problem,) = done.problems
    assert [message.removeprefix(f"{tmp_path}/{name}:") for message in problem.first] == [
        "2: not JSON: Expecting value", f"4: {NO_RECORD}", f"5: {HALF_PAIR}", f"6: {NO_RECORD}",
        "7: not JSON: Expecting value", "8: nested too deeply", "11: not UTF-8: invalid continuation byte",
    ]  # fmt: skip
    assert list(find_all(tmp_path / "built", ["10.1000/a", "10.1000/b", "10.1000/c"])) == [
        "10.1000/a", "10.1000/b", "10.1000/c",
    ]  # fmt: skip


def test_only_the_first_broken_lines_are_named(tmp_path: Path) -> None:
    done = build([write_lines(tmp_path / "r.jsonl", *("3",) * 100, A)], tmp_path / "built")
    (problem,) = done.problems
    assert (done.works, problem.count, len(problem.first)) == (1, 100, MOST_PROBLEMS)


@pytest.mark.parametrize(
    ("content", "works", "reason"),
    [
        pytest.param(gzip.compress("\n".join([json.dumps(A), json.dumps(B), "x" * 99]).encode())[:-12], 3,
                     DAMAGED, id="cut"),
        pytest.param(b"", 1, DAMAGED, id="empty"),
        pytest.param(b"not packed", 1, NOT_GZIP, id="not packed"),
    ],
)  # fmt: skip
def test_a_broken_gz_is_read_as_far_as_it_goes(
    content: bytes, works: int, reason: str, tmp_path: Path
) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(content)
    write_lines(tmp_path / "b.jsonl.gz", C)
    done = build([tmp_path], tmp_path / "built")
    assert done.works == works
    assert any(reason in message for problem in done.problems for message in problem.messages)


def test_a_line_of_20_mb_is_read(tmp_path: Path) -> None:
    long = {**A, "abstract": "x" * 20_000_000}
    for name, more in (("fast", ()), ("slow", ("{",))):
        build([write_lines(tmp_path / f"{name}.jsonl", B, long, *more)], tmp_path / name)
        assert len(find_all(tmp_path / name, ["10.1000/a"])["10.1000/a"].work.abstract) == 20_000_000


def test_files_with_names_like_patterns_are_read(tmp_path: Path) -> None:
    for name in ("a*.jsonl", "[b].jsonl", "it's.jsonl"):
        write_lines(tmp_path / name, work(f"10.1000/{ord(name[0])}"))
    assert build([tmp_path], tmp_path / "built").works == 3


@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_an_existing_file_is_not_replaced(kind: str, tmp_path: Path) -> None:
    source, out = write_lines(tmp_path / "r.jsonl", A), tmp_path / "out.parquet"
    if kind == "file":
        out.touch()
    elif kind == "folder":
        out.mkdir()
    else:
        out.symlink_to(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="exists already"):
        build([source], out)
    with pytest.raises(UsageError, match="exists already"):
        select([source], Wanted(["10.1000/a"]), out)


def test_a_failed_run_leaves_no_files(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "r.jsonl", A)

    def interrupt(stage: str, _done: int, _of: int) -> None:
        raise KeyboardInterrupt(stage)

    with pytest.raises(KeyboardInterrupt):
        build_folder([source], tmp_path / "built", FEW, interrupt)
    with pytest.raises(UsageError, match="no record"):
        select([source], Wanted(["10.1000/none"]), tmp_path / "none.parquet")
    with pytest.raises(UsageError, match="no such file"):
        build([tmp_path / "none"], tmp_path / "built")
    assert list(tmp_path.iterdir()) == [source]


ENDING = """
import os, signal, sys, threading
from enrich.cli.console import raise_on_interrupt
from enrich.fetcher.records.duckdb_connection import Resources, explain_duckdb_errors, fetch_rows, open_duckdb
number, threads, query = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
connection = open_duckdb(Resources(threads=threads))
is_read = threading.Event()
def send():
    is_read.wait()
    os.kill(os.getpid(), number)
signal.signal(number, lambda *_: None)
threading.Thread(target=send, daemon=True).start()
try:
    with raise_on_interrupt(), explain_duckdb_errors("x"):
        is_read.set()
        fetch_rows(connection, query)
except KeyboardInterrupt as ended:
    print(ended.number)
print(fetch_rows(connection, "SELECT 42"))
"""
COUNT = "SELECT count(*) FROM range(4000000000000) AS rows WHERE rows.range % 7 = 3"


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another thing on Windows")
@pytest.mark.parametrize("threads", [1, 2, 8])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_query_at_once(number: int, threads: int) -> None:
    command = [sys.executable, "-c", ENDING, str(int(number)), str(threads), COUNT]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == f"{int(number)}\n[(42,)]\n"


HOLDING = """
import sys
from pathlib import Path
from enrich.fetcher.records.stage_folder import open_stage_folder
with open_stage_folder(Path(sys.argv[1])) as folder:
    (folder / "made").mkdir()
    print(folder, flush=True)
    sys.stdin.read()
"""


def test_what_a_killed_run_left_is_removed_by_the_next(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "r.jsonl", A)
    command = [sys.executable, "-c", HOLDING, str(tmp_path / "built")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        folder = Path(process.stdout.readline().rstrip("\n"))
        build([source], tmp_path / "first")
        assert folder.is_dir()  # of a run that still goes on
        process.kill()
    build([source], tmp_path / "second")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first", "r.jsonl", "second"]


@pytest.mark.parametrize(
    ("name", "files"),
    [
        pytest.param(".enrich-x~", ["stage.lock", "notes.md"], id="with another file in it"),
        pytest.param(".enrich-x~", ["staged"], id="without a lock"),
        pytest.param(".enrich-x~", [], id="an empty folder"),
        pytest.param(".enrich-x", ["stage.lock"], id="another end of the name"),
        pytest.param("enrich-x~", ["stage.lock"], id="another beginning"),
    ],
)
def test_a_folder_that_is_not_surely_a_killed_run_s_stays(
    name: str, files: Sequence[str], tmp_path: Path
) -> None:
    folder = tmp_path / name
    folder.mkdir()
    for file in files:
        (folder / file).write_text("mine", encoding="utf-8")
    build([write_lines(tmp_path / "r.jsonl", A)], tmp_path / "built")
    assert sorted(path.name for path in folder.iterdir()) == sorted(files)


@pytest.mark.skipif(sys.platform == "win32", reason="links of Unix")
@pytest.mark.parametrize("part", ["the folder", "the lock"])
def test_no_link_is_followed_to_a_killed_run_s_folder(part: str, tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / ".enrich-x~"
    outside.mkdir()
    (outside / "stage.lock").write_text("mine", encoding="utf-8")
    if part == "the folder":
        folder.symlink_to(outside)
    else:
        folder.mkdir()
        (folder / "stage.lock").symlink_to(outside / "stage.lock")
    build([write_lines(tmp_path / "r.jsonl", A)], tmp_path / "built")
    assert (outside / "stage.lock").read_text(encoding="utf-8") == "mine"
    assert os.path.lexists(folder)


def test_after_an_interrupt_no_file_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interrupted query ends like one that a broken file ended; then each file would be read by itself."""
    sources = [write_lines(tmp_path / f"{name}.jsonl", A) for name in "abc"]
    queries: list[int] = []

    def interrupt(_: object, __: object, batch: Sequence[object]) -> set[str]:
        queries.append(len(batch))
        raise duckdb.InterruptException("INTERRUPT Error: Interrupted!")

    monkeypatch.setattr(StagedRecords, "_copy_fields", interrupt)
    with pytest.raises(PageError, match="Interrupted"):
        build([tmp_path], tmp_path / "built")
    assert queries == [3]
    assert sorted(tmp_path.iterdir()) == sources


def test_after_an_interrupt_no_more_lines_are_read(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        staged = StagedRecords(connection, tmp_path, is_stopped=True)
        staged.add_files([NumberedFile(0, write_lines(tmp_path / "a.json", A))], 1, lambda *_: None)
    assert staged.read_slowly == []


def test_a_full_disk_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", fill)
    with pytest.raises(PageError, match="the disk is full"):
        build([write_lines(tmp_path / "r.jsonl", A)], tmp_path / "built")
    assert [path.name for path in tmp_path.iterdir()] == ["r.jsonl"]


def test_without_duckdb_the_error_has_the_command_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "duckdb", None)
    source = write_lines(tmp_path / "r.jsonl", A)
    with pytest.raises(UsageError) as error:
        build([source], tmp_path / "built")
    assert INSTALL in str(error.value)
    with pytest.raises(UsageError, match="need DuckDB"):
        open_records(source, small=0)
    with closing(open_records(source)) as records:
        assert records.find_records(["10.1000/a"])


@pytest.mark.parametrize("content", [b"", b"PAR1", b"no Parquet at all"])
def test_a_file_that_is_not_parquet_is_an_error(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.parquet").write_bytes(content)
    with pytest.raises(UsageError, match="cannot be read"):
        open_records(tmp_path / "x.parquet")


@pytest.mark.slow
@pytest.mark.corpus
def test_real_works_are_the_same_whatever_they_went_through(corpus: Path, tmp_path: Path) -> None:
    """Every second work goes into a folder, the others into a file, and into both what has aliases."""
    lines = [line for name in ("works", "datacite") for line in read_lines(corpus / f"{name}.jsonl.gz")]
    aliased = [line for line in lines if b'"aliases"' in line]
    halves = [tmp_path / "half.jsonl.gz", tmp_path / "other.jsonl"]
    halves[0].write_bytes(gzip.compress(b"".join(lines[::2] + aliased), 1))
    halves[1].write_bytes(b"".join(lines[1::2] + aliased))
    parts: Any = [[getattr(part, "value", None) for part in read_records(half)] for half in halves]
    values = [*chain(*parts)]
    known = collect_records(values)
    build(halves[:1], tmp_path / "built")
    select(halves[1:], Wanted([*known]), tmp_path / "some.parquet")
    made = [list_rows(tmp_path / name) for name in ("built/works/*.parquet", "some.parquet")]
    assert all(rows == sorted(rows) for rows in made)
    assert all(len(rows) > 3000 for rows in made)
    lean = [{key: each for key, each in value.items() if key != "reference"} for value in values]
    found = {row[0]: json.loads(row[1]) for rows in made for row in rows}
    assert found == {list_dois(value)[0]: value for value in lean}
    for part, path in zip(parts, ("built", "some.parquet"), strict=True):
        own = [list_dois(value) for value in part]
        aliases = [alias for dois in own for alias in dois[1:]]
        some = [*aliases, *(dois[0] for dois in own[::20])]
        assert aliases
        assert find_all(tmp_path / path, some) == known.find_records(some)


def read_lines(file: Path) -> list[bytes]:
    return gzip.decompress(file.read_bytes()).splitlines(keepends=True)
