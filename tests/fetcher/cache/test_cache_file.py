"""The cache file: its content, its repair after damage, its size, and how to clear it."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from enrich.cli import main
from enrich.fetcher.cache import cache_file
from enrich.fetcher.http.response_cache import ResponseCache, ResponseTable
from enrich.fetcher.lookup import Lookup
from enrich.fetcher.own_database import open_own_database
from enrich.fetcher.sources.services import make_services
from enrich.model.work import Found, NotFound
from tests.support.clock import FakeTime
from tests.support.stand_in import StandIn, work
from tests.support.wire import serving

DOIS = [f"10.1000/w{n}" for n in range(60)]


@pytest.fixture
def service() -> Iterator[StandIn]:
    with serving(StandIn(works={doi: work(doi) for doi in DOIS})) as stand_in:
        yield stand_in


def look_up(service: StandIn, cache: Path | None, dois: list[str] = DOIS) -> tuple[int, tuple[str, ...]]:
    """Return how many answers were found, and the notes."""
    with Lookup(service.access(cache), clock=FakeTime().clock()) as lookup:
        answers = lookup.look_up(dois)
        return sum(isinstance(answer, Found) for answer in answers.values()), lookup.notes


def garbage(path: Path) -> None:
    path.write_bytes(b"this is no database, and long enough to be looked at twice" * 100)


def other_layout(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE responses (key TEXT PRIMARY KEY, value BLOB)")
    connection.close()


def cut_off(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE responses (key TEXT PRIMARY KEY, value BLOB, expires INTEGER)")
        connection.executemany(
            "INSERT INTO responses VALUES (?, ?, 9e9)", [(str(n), b"x" * 3000) for n in range(99)]
        )
    connection.close()
    path.write_bytes(path.read_bytes()[:20_000])


@pytest.mark.parametrize("break_it", [garbage, other_layout, cut_off])
def test_a_file_that_cannot_be_used_is_set_aside(break_it, service: StandIn, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    path = tmp_path / "http.sqlite"
    break_it(path)
    broken = path.read_bytes()
    found, notes = look_up(service, tmp_path)
    assert found == 60
    assert any("enrich renamed it to http.sqlite.broken and began a new one" in note for note in notes)
    assert (tmp_path / "http.sqlite.broken").read_bytes() == broken
    service.calls.clear()
    assert look_up(service, tmp_path) == (60, ())
    assert service.calls == []


def test_an_empty_file_counts_as_no_cache(service: StandIn, tmp_path: Path) -> None:
    (tmp_path / "http.sqlite").touch()
    assert look_up(service, tmp_path) == (60, ())


def test_a_run_that_cannot_keep_a_cache_finds_all_records(service: StandIn, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    found, notes = look_up(service, tmp_path / "file" / "cache")
    assert found == 60
    assert len(notes) == 1
    assert notes[0].startswith("this run cannot keep the answers, so the next one asks again: ")


def test_a_run_whose_cache_is_full_finds_all_records_and_says_so_once(
    service: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(ResponseTable, "serialize", fail)
    said = "this run cannot keep all answers, so the next one asks again: database or disk is full"
    assert look_up(service, tmp_path) == (60, (said,))


def test_a_damaged_entry_is_requested_again(service: StandIn, tmp_path: Path) -> None:
    look_up(service, tmp_path)
    with sqlite3.connect(tmp_path / "http.sqlite") as connection:
        connection.execute("UPDATE responses SET value = substr(value, 1, 80) WHERE key LIKE '%w7'")
        connection.execute("UPDATE responses SET value = 'x' WHERE key LIKE '%w8'")
    connection.close()
    service.calls.clear()
    assert look_up(service, tmp_path) == (60, ())
    assert [target.count("doi:") for target in service.asked()] == [2]


def test_the_cache_does_not_keep_references(service: StandIn, tmp_path: Path) -> None:
    service.works[DOIS[0]] = work(DOIS[0], reference=[{"key": "ref1"}])
    service.works["10.1000/a,b"] = work("10.1000/a,b", reference=[{"key": "ref1"}])
    look_up(service, tmp_path, [DOIS[0], DOIS[1], "10.1000/a,b"])
    assert b"ref1" not in (tmp_path / "http.sqlite").read_bytes()


def test_the_entries_are_counted_and_deleted(service: StandIn, tmp_path: Path) -> None:
    path = tmp_path / "http.sqlite"
    assert cache_file.describe_file(path) == cache_file.CacheInfo()
    assert cache_file.clear_entries(path) == 0
    look_up(service, tmp_path)
    info = cache_file.describe_file(path)
    assert info.records == 60
    assert info.oldest == pytest.approx(FakeTime().now, abs=100)
    assert info.size == path.stat().st_size
    urls = make_services(service.access()).list_urls_of(DOIS[0])
    assert [
        cache_file.clear_entries(path, urls),
        cache_file.clear_entries(path),
        cache_file.describe_file(path).records,
    ] == [1, 59, 0]


PROGRAM = """
import sys
from pathlib import Path
from enrich.fetcher.access import Access
from enrich.fetcher.lookup import Lookup
from enrich.model.work import Found, NotFound
from tests.support.clock import FakeTime
url, folder, first, last = sys.argv[1:]
urls = dict.fromkeys(("crossref", "datacite", "doi"), url)
access = Access(urls, mailto="you@lab.org", cache_dir=Path(folder))
with Lookup(access, clock=FakeTime().clock()) as lookup:
    answers = lookup.look_up(f"10.1000/w{n}" for n in range(int(first), int(last)))
    print(sum(isinstance(answer, Found) for answer in answers.values()), lookup.notes)
"""


def test_two_processes_share_a_cache(service: StandIn, tmp_path: Path) -> None:
    """Each writes while the other reads and writes; what both ask for is there once."""
    works = [f"10.1000/w{n}" for n in range(1000)]
    service.works |= {doi: work(doi, abstract=500 * "long ") for doi in works}
    ranges = [(0, 700), (300, 1000)]
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, service.url, str(tmp_path), str(first), str(last)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for first, last in ranges
    ]  # fmt: skip
    outputs = [run.communicate(timeout=60) for run in runs]
    assert outputs == [("700 ()\n", ""), ("700 ()\n", "")]
    assert cache_file.describe_file(tmp_path / "http.sqlite").records == 1000
    service.calls.clear()
    assert look_up(service, tmp_path, works) == (1000, ())
    assert service.calls == []


@pytest.fixture
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_file, "BUSY_SECONDS", 0.05)


def spoil_locked(path: Path) -> Callable[[], None]:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    return other.close


def spoil_gone(path: Path) -> Callable[[], None]:
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE responses")
    connection.close()
    return lambda: None


def spoil_full(path: Path) -> Callable[[], None]:
    with sqlite3.connect(path) as connection:
        connection.execute(
            "CREATE TRIGGER full BEFORE INSERT ON responses BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        )
    connection.close()
    return lambda: None


def spoil_garbage(path: Path) -> Callable[[], None]:
    size = path.stat().st_size
    path.write_bytes(b"x" * size)
    return lambda: None


@pytest.mark.usefixtures("hurry")
@pytest.mark.parametrize("spoil", [spoil_locked, spoil_gone, spoil_full, spoil_garbage])
def test_a_file_that_goes_bad_during_the_run_costs_no_answer(
    spoil: Callable[[Path], Callable[[], None]], service: StandIn, tmp_path: Path
) -> None:
    """requests-cache alone would try for ever to begin a transaction."""
    path = tmp_path / "http.sqlite"
    with Lookup(service.access(tmp_path), clock=FakeTime().clock()) as lookup:
        before = lookup.look_up(DOIS[:10])
        undo = spoil(path)
        after = lookup.look_up([*DOIS[20:], "10.1000/none"])
        notes = lookup.notes
    undo()
    assert sum(isinstance(answer, Found) for answer in (before | after).values()) == 50
    assert after["10.1000/none"] == NotFound()
    assert any(
        note.startswith("this run cannot keep all answers, so the next one asks again: ") for note in notes
    )


@pytest.mark.usefixtures("hurry")
@pytest.mark.parametrize("spoil", [spoil_locked, spoil_full])
def test_a_file_that_is_bad_from_the_start_costs_no_answer(
    spoil: Callable[[Path], Callable[[], None]], service: StandIn, tmp_path: Path
) -> None:
    look_up(service, tmp_path, DOIS[:1])
    undo = spoil(tmp_path / "http.sqlite")
    found, notes = look_up(service, tmp_path)
    undo()
    assert found == 60
    assert notes


@pytest.mark.usefixtures("hurry")
def test_a_file_that_stays_locked_is_given_up(service: StandIn, tmp_path: Path) -> None:
    path = tmp_path / "http.sqlite"
    cache_file.make_ready(path)
    undo = spoil_locked(path)
    with pytest.raises(sqlite3.Error, match="locked"):
        ResponseCache(path, make_services(service.access()), FakeTime().clock())
    undo()


@pytest.mark.parametrize("place", [4096, 3 * 4096, -3000], ids=["its second page", "the middle", "its end"])
def test_a_file_with_one_damaged_place_ends_no_run_in_a_loop(
    place: int, service: StandIn, tmp_path: Path
) -> None:
    path = tmp_path / "http.sqlite"
    look_up(service, tmp_path)
    whole = path.read_bytes()
    start = place % len(whole)
    path.write_bytes(whole[:start] + b"\xff" * min(4096, len(whole) - start) + whole[start + 4096 :])
    all_notes: list[str] = []
    for _ in range(2):  # some damage comes to light only when answers are written
        found, notes = look_up(service, tmp_path)
        assert found == 60
        all_notes += notes
    # Where only a value was hit, its answer is asked for again and nothing is set aside.
    assert any("http.sqlite" in note for note in all_notes) == (tmp_path / "http.sqlite.broken").exists()
    service.calls.clear()
    assert look_up(service, tmp_path) == (60, ())
    assert service.calls == []


def test_a_file_with_a_damaged_list_of_tables_is_replaced(service: StandIn, tmp_path: Path) -> None:
    path = tmp_path / "http.sqlite"
    look_up(service, tmp_path)
    whole = path.read_bytes()
    assert b"CREATE TABLE responses" in whole
    path.write_bytes(whole.replace(b"CREATE TABLE responses", b"CREATE TABLE r\xb7sponses"))
    found, notes = look_up(service, tmp_path)
    assert found == 60
    assert any("http.sqlite.broken" in note for note in notes)


@pytest.mark.parametrize("length", [0, 0x30, 0x32, 0x4E])
def test_an_index_with_damaged_keys_gives_no_reply_to_another_request(length: int, tmp_path: Path) -> None:
    """Before each key, in the header of its row, a byte says how long it is."""
    path, start = tmp_path / "http.sqlite", b"https://api.crossref.org/works/10.5555/"
    urls = [start.decode() + str(number) for number in range(4)]
    cache_file.make_ready(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE responses (key TEXT PRIMARY KEY, value BLOB, expires INTEGER)")
        connection.execute("CREATE INDEX expires_idx ON responses (expires)")
        rows = [(url, cache_file.encode_entry(404, 1e9, "", b""), 9_000_000_000) for url in urls]
        connection.executemany("INSERT INTO responses VALUES (?, ?, ?)", rows)
    whole = path.read_bytes()
    assert list(cache_file.read_replies(path, urls, 1e9)) == urls
    for key in re.finditer(re.escape(start), whole):
        for place in range(key.start() - 6, key.start()):
            path.write_bytes(whole[:place] + bytes([length]) + whole[place + 1 :])
            with suppress(sqlite3.DatabaseError):
                assert set(cache_file.read_replies(path, urls, 1e9)) <= {*urls}


def set_head(path: Path, head: str, body: str = "", doi: str = DOIS[0]) -> None:
    """Give one entry another first line, and another body."""
    connection = sqlite3.connect(path, isolation_level=None)
    query = "UPDATE responses SET value = ?, expires = 9e9 WHERE key LIKE ?"
    connection.execute(query, (f"{head}\n{body}".encode(), f"%{doi}"))
    connection.close()


@pytest.mark.parametrize(
    ("head", "body"),
    [
        pytest.param('{"status":200,"created":1e20,"location":""}', "{}", id="a time after the year 9999"),
        pytest.param('{"status":404,"created":NaN,"location":""}', "", id="a time that is not a number"),
        pytest.param('{"status":404,"created":-1,"location":""}', "", id="a time before 1970"),
        pytest.param('{"status":404,"created":"1","location":""}', "", id="a time as text"),
        pytest.param('{"status":1e999,"created":1,"location":""}', "", id="an endless status"),
        pytest.param('{"status":500,"created":1,"location":""}', "", id="a status that is not kept"),
        pytest.param('{"status":[],"created":1,"location":""}', "", id="a list for a status"),
        pytest.param('{"status":301,"created":1,"location":["x"]}', "", id="a list for a target"),
        pytest.param('{"status":' + "9" * 5_000 + "}", "", id="5,000 digits"),
        pytest.param("[" * 100_000, "", id="a deep nest"),
        pytest.param("[]", "", id="no mapping"),
        pytest.param(
            '{"status":200,"created":1,"location":""}', '{"message":{"DOI":"10.1/x"}}', id="another DOI"
        ),
        pytest.param('{"status":200,"created":1,"location":""}', '{"message":[]}', id="no record"),
    ],
)
def test_an_unsound_entry_counts_as_missing(head: str, body: str, service: StandIn, tmp_path: Path) -> None:
    look_up(service, tmp_path)
    set_head(tmp_path / "http.sqlite", head, body)
    service.calls.clear()
    assert cache_file.describe_file(tmp_path / "http.sqlite").records == 60
    assert look_up(service, tmp_path) == (60, ())
    assert [call.kind for call in service.calls] == ["single"]


def make_foreign(path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("CREATE TABLE songs (title TEXT)")
    connection.execute("PRAGMA user_version = 1")
    connection.close()


def link_database(path: Path) -> None:
    make_foreign(path.with_name("elsewhere.sqlite"))
    path.symlink_to(path.with_name("elsewhere.sqlite"))


def link_nowhere(path: Path) -> None:
    path.symlink_to(path.with_name("elsewhere.sqlite"))


def link_journal(path: Path) -> None:
    path.with_name("victim.txt").write_text("precious", encoding="utf-8")
    path.with_name(f"{path.name}-journal").symlink_to(path.with_name("victim.txt"))


@pytest.mark.parametrize("place", [make_foreign, link_database, link_nowhere, link_journal])
def test_another_programs_file_stays_unchanged(
    place: Callable[[Path], None], service: StandIn, tmp_path: Path
) -> None:
    place(tmp_path / "http.sqlite")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.exists()}
    found, notes = look_up(service, tmp_path)
    assert found == 60
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.exists()} == before
    assert any("belongs to another program" in note or "is a link" in note for note in notes), notes


@pytest.mark.usefixtures("hurry")
def test_a_run_waits_only_once_for_a_locked_file(
    service: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_up(service, tmp_path, DOIS[:1])
    opened: list[Path] = []

    def note_opening(path: Path, *args: Any, **options: Any) -> sqlite3.Connection:  # noqa: ANN401
        opened.append(path)
        return open_own_database(path, *args, **options)

    monkeypatch.setattr(cache_file, "open_own_database", note_opening)
    undo = spoil_locked(tmp_path / "http.sqlite")
    with Lookup(service.access(tmp_path), clock=FakeTime().clock()) as lookup:
        for start in range(0, 60, 10):
            lookup.look_up(DOIS[start : start + 10])
        notes = lookup.notes
    undo()
    assert opened.count(tmp_path / "http.sqlite") == 1
    assert notes == ("the cache http.sqlite could not be read: database is locked",)


@pytest.mark.parametrize(("lost", "records"), [(1, "1 record"), (2, "2 records")])
def test_a_record_that_the_service_lost_is_not_forgotten(
    lost: int, records: str, service: StandIn, tmp_path: Path
) -> None:
    look_up(service, tmp_path, DOIS[:3])
    for doi in DOIS[:lost]:
        del service.works[doi]
        service.agencies[doi] = "Crossref"
    access = service.access(tmp_path, refresh=True)
    with Lookup(access, clock=FakeTime().clock()) as lookup:
        assert all(isinstance(answer, Found) for answer in lookup.look_up(DOIS[:3]).values())
        note = f"used {records} from the cache that the service no longer finds; a later run asks again"
        assert lookup.notes == (note,)
    service.calls.clear()
    assert look_up(service, tmp_path, DOIS[:3]) == (3, ())
    assert service.calls == []


def test_a_cache_folder_with_a_name_that_no_system_can_write_has_no_replies(tmp_path: Path) -> None:
    odd = tmp_path / "\ud800" / "http.sqlite"
    assert cache_file.read_replies(odd, ["https://api.crossref.org/works/10.1000/a"], 0, stale=True) == {}


def test_the_command_says_how_many_answers_it_deleted(
    service: StandIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    look_up(service, tmp_path)
    before = (tmp_path / "http.sqlite").stat().st_size
    assert main.run(["cache", "clear", "--cache-dir", str(tmp_path)]) == 0
    freed = before - (tmp_path / "http.sqlite").stat().st_size
    assert capsys.readouterr().out == f"{tmp_path}\n  deleted 60 answers from http.sqlite: {freed} bytes\n"
    assert main.run(["cache", "clear", "--cache-dir", str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"{tmp_path}\n  the cache folder has nothing to delete\n"
