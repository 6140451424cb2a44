"""The cache file: what is in it, what is made of a broken one, what can be told and cleared."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from enrich.fetcher import store
from enrich.fetcher.lookup import Lookup
from enrich.fetcher.services import services
from enrich.work import Found
from tests.fetcher.clock import FakeTime
from tests.fetcher.standin import StandIn, work
from tests.fetcher.wire import serving

DOIS = [f"10.1000/w{n}" for n in range(60)]


@pytest.fixture
def service() -> Iterator[StandIn]:
    with serving(StandIn(works={doi: work(doi) for doi in DOIS})) as stand_in:
        yield stand_in


def look_up(service: StandIn, cache: Path | None, dois: list[str] = DOIS) -> tuple[int, tuple[str, ...]]:
    """Return how many answers were found, and the notes."""
    with Lookup(service.access(cache), clock=FakeTime().clock()) as lookup:
        answers = lookup.answers(dois)
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
    assert any("it is kept as http.sqlite.broken, and a new one was begun" in note for note in notes)
    assert (tmp_path / "http.sqlite.broken").read_bytes() == broken
    service.calls.clear()
    assert look_up(service, tmp_path) == (60, ())
    assert service.calls == []


def test_an_empty_file_is_as_good_as_none(service: StandIn, tmp_path: Path) -> None:
    (tmp_path / "http.sqlite").touch()
    assert look_up(service, tmp_path) == (60, ())


def test_where_there_can_be_no_cache_the_run_does_without(service: StandIn, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    found, notes = look_up(service, tmp_path / "file" / "cache")
    assert found == 60
    assert len(notes) == 1
    assert notes[0].startswith("the answers of this run are not kept: ")


def test_a_damaged_entry_is_asked_for_again(service: StandIn, tmp_path: Path) -> None:
    look_up(service, tmp_path)
    with sqlite3.connect(tmp_path / "http.sqlite") as connection:
        connection.execute("UPDATE responses SET value = substr(value, 1, 80) WHERE key LIKE '%w7'")
        connection.execute("UPDATE responses SET value = 'x' WHERE key LIKE '%w8'")
    connection.close()
    service.calls.clear()
    assert look_up(service, tmp_path) == (60, ())
    assert [target.count("doi:") for target in service.asked()] == [2]


def test_making_the_cache_keeps_it_out_of_git(service: StandIn, tmp_path: Path) -> None:
    look_up(service, tmp_path / "cache", DOIS[:1])
    assert (tmp_path / "cache" / ".gitignore").read_text(encoding="utf-8") == "*.sqlite*\n"
    (tmp_path / "cache" / ".gitignore").write_text("mine", encoding="utf-8")
    look_up(service, tmp_path / "cache", DOIS[1:2])
    assert (tmp_path / "cache" / ".gitignore").read_text(encoding="utf-8") == "mine"


def test_the_long_list_of_references_is_not_kept(service: StandIn, tmp_path: Path) -> None:
    service.works[DOIS[0]] = work(DOIS[0], reference=[{"key": "ref1"}])
    service.works["10.1000/a,b"] = work("10.1000/a,b", reference=[{"key": "ref1"}])
    look_up(service, tmp_path, [DOIS[0], DOIS[1], "10.1000/a,b"])
    assert b"ref1" not in (tmp_path / "http.sqlite").read_bytes()


def test_what_is_in_it_and_clearing_it(service: StandIn, tmp_path: Path) -> None:
    path = tmp_path / "http.sqlite"
    assert store.info(path) == store.CacheInfo()
    assert store.clear(path) == 0
    look_up(service, tmp_path)
    told = store.info(path)
    assert told.records == 60
    assert told.oldest == pytest.approx(FakeTime().now, abs=100)
    assert told.size == path.stat().st_size
    urls = services(service.access()).urls_of(DOIS[0])
    assert [store.clear(path, urls), store.clear(path), store.info(path).records] == [1, 59, 0]


def test_two_runs_share_a_cache(service: StandIn, tmp_path: Path) -> None:
    results: list[tuple[int, tuple[str, ...]]] = []
    threads = [
        Thread(target=lambda: results.append(look_up(service, tmp_path)), daemon=True) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert results == [(60, ()), (60, ())]
    assert store.info(tmp_path / "http.sqlite").records == 60
