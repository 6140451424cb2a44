"""Processes with one cache folder share the limits; a run goes on if it cannot lock the folder's files."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from enrich.fetcher.http.rate import Rate
from enrich.fetcher.http.shared_pace import LONGEST_WAIT, PLACE_POLL_SECONDS
from enrich.fetcher.http.shared_pace_file import SharedPaceFile, Turn
from enrich.fetcher.lookup import Lookup
from tests.support.clock import FakeTime
from tests.support.sample import ROOT
from tests.support.stand_in import StandIn, work
from tests.support.wire import serving

RATE, LISTS = Rate(10), "crossref list"
PROGRAM = """
import sys
from collections.abc import Iterator
from pathlib import Path
from enrich.fetcher.access import Access
from enrich.fetcher.lookup import Lookup
from enrich.model.work import Found
url, cache, *dois = sys.argv[1:]
urls = dict.fromkeys(("crossref", "datacite", "doi"), url)
with Lookup(Access(urls=urls, token="a token", cache_dir=Path(cache))) as lookup:
    found = sum(isinstance(answer, Found) for answer in lookup.look_up(dois).values())
    print(found, *lookup.notes)
"""


TAKEN: list[Turn] = []


@pytest.fixture(autouse=True)
def _end_turns() -> Iterator[None]:
    yield
    for turn in TAKEN:
        turn.end()
    TAKEN.clear()


def take_turn(file: SharedPaceFile, channel: str, rate: Rate, gap: float, most: int) -> Turn:
    """Return the next turn of a call; the turn ends with the test, if not before."""
    TAKEN.append(file.take_turn(channel, rate, gap, most))
    return TAKEN[-1]


def make_files(folder: Path, time: FakeTime) -> tuple[SharedPaceFile, SharedPaceFile]:
    """Return the file as two processes use it."""
    return SharedPaceFile(folder, "crossref", time.clock()), SharedPaceFile(folder, "crossref", time.clock())


def test_the_call_of_one_process_delays_that_of_another(tmp_path: Path) -> None:
    time = FakeTime()
    one, other = make_files(tmp_path, time)
    first = take_turn(one, LISTS, RATE, RATE.gap, 3)
    assert first.seconds_left == 0
    assert take_turn(other, LISTS, RATE, RATE.gap, 3).seconds_left == pytest.approx(RATE.gap)
    assert take_turn(other, "crossref single", RATE, RATE.gap, 3).seconds_left == 0
    time.sleep(RATE.gap)
    assert take_turn(other, LISTS, RATE, RATE.gap, 3).seconds_left == 0


def test_calls_in_flight_never_exceed_the_limit(tmp_path: Path) -> None:
    time = FakeTime()
    one, other = make_files(tmp_path, time)
    turns = []
    for file in (one, other):
        turns.append(take_turn(file, LISTS, RATE, RATE.gap, 2))
        time.sleep(1)
    assert [turn.seconds_left for turn in turns] == [0, 0]
    assert take_turn(one, LISTS, RATE, RATE.gap, 2).seconds_left == PLACE_POLL_SECONDS
    turns[1].end()
    assert take_turn(one, LISTS, RATE, RATE.gap, 2).seconds_left == 0


def test_a_429_pauses_all_processes(tmp_path: Path) -> None:
    time = FakeTime()
    one, other = make_files(tmp_path, time)
    one.pause(LISTS, 5)
    assert take_turn(other, LISTS, RATE, RATE.gap, 3).seconds_left == pytest.approx(5)
    time.sleep(5)
    take_turn(other, LISTS, RATE, RATE.gap, 3).end()
    assert take_turn(one, LISTS, RATE, RATE.gap, 3).seconds_left == pytest.approx(2 * RATE.gap)


def test_a_slower_rate_announced_to_one_process_slows_all(tmp_path: Path) -> None:
    time = FakeTime()
    one, other = make_files(tmp_path, time)
    one.follow_rate(LISTS, Rate(1, 2))
    take_turn(other, LISTS, RATE, RATE.gap, 3).end()
    assert take_turn(one, LISTS, RATE, RATE.gap, 3).seconds_left == pytest.approx(Rate(1, 2).gap)


def test_a_call_waits_until_a_full_interval_ends(tmp_path: Path) -> None:
    time, rate = FakeTime(), Rate(3)
    one, other = make_files(tmp_path, time)
    for file in (one, other, one):
        take_turn(file, LISTS, rate, 0.0, 3).end()
        file.record_duration(LISTS, 0.0, rate)
        time.sleep(rate.gap)
    assert 0 <= take_turn(other, LISTS, rate, 0.0, 3).seconds_left <= 1


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"\xff", b"[]", b"3", b"[" * 100_000, b'{"crossref list": 3}',
        b'{"crossref list": {"next": "soon"}}',
        b'{"crossref list": {"started": [1e999, -1, "x", null, true], "slowness": NaN, "gap": -1}}',
        b'{"crossref list": {"next": 1e999, "slowness": 1e9, "gap": 1e9, "fastest": []}}',
        b'{"crossref list": {"next": %s, "started": [%s]}}' % ((b"9" * 400,) * 2),
    ],
)  # fmt: skip
def test_no_content_of_the_file_makes_a_call_wait_too_long(content: bytes, tmp_path: Path) -> None:
    time = FakeTime()
    (tmp_path / "limits-crossref.lock").write_bytes(content)
    one, _ = make_files(tmp_path, time)
    left = take_turn(one, LISTS, RATE, RATE.gap, 3).seconds_left
    assert 0 <= left <= LONGEST_WAIT
    time.sleep(left)
    assert take_turn(one, LISTS, RATE, RATE.gap, 3).seconds_left <= LONGEST_WAIT
    assert one.trouble == ""
    assert isinstance(json.loads((tmp_path / "limits-crossref.lock").read_bytes() or b"{}"), dict)


@pytest.mark.parametrize("kind", ["a link", "a folder", "no folder"])
def test_a_file_that_cannot_be_locked_adds_a_note_and_delays_no_call(kind: str, tmp_path: Path) -> None:
    time = FakeTime()
    folder = tmp_path / "cache"
    if kind != "no folder":
        folder.mkdir()
    if kind == "a link":
        (folder / "limits-crossref.lock").symlink_to(tmp_path / "elsewhere")
    if kind == "a folder":
        (folder / "limits-crossref.lock").mkdir()
    one, _ = make_files(folder, time)
    for _ in range(2):
        assert take_turn(one, LISTS, RATE, RATE.gap, 3).seconds_left == 0
    assert one.trouble.startswith("runs at the same time cannot share the services' limits: ")
    assert not (tmp_path / "elsewhere").exists()


def test_a_run_notes_that_its_limits_are_not_shared(tmp_path: Path) -> None:
    service = StandIn(works={"10.1000/a": work("10.1000/a")})
    (tmp_path / "limits-crossref.lock").mkdir()
    with serving(service), Lookup(service.access(tmp_path), clock=FakeTime().clock()) as lookup:
        assert lookup.look_up(["10.1000/a"])
        assert [note for note in lookup.notes if "cannot share" in note]


def test_four_processes_with_one_cache_folder_together_keep_the_limits(tmp_path: Path) -> None:
    dois = [[f"10.1000/{run},{number}" for number in range(12)] for run in range(4)]
    works = {doi: work(doi) for some in dois for doi in some}
    service = StandIn(works=works, rates={"single": 150, "list": 150, "together": 3})
    with serving(service):
        words = [sys.executable, "-c", PROGRAM, service.url, str(tmp_path)]
        runs = [
            subprocess.Popen([*words, *some], cwd=ROOT, stdout=subprocess.PIPE, text=True) for some in dois
        ]
        assert [run.communicate()[0] for run in runs] == ["12\n"] * 4
    assert service.refused == 0
    assert service.most_at_once <= 3
    assert len(service.calls) == 48
