"""Processes with one cache folder share the limits; a folder that cannot be locked is no error."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from enrich.fetcher.http.rate import Rate
from enrich.fetcher.http.shared_pace import LONGEST_WAIT, PLACE_POLL_SECONDS
from enrich.fetcher.http.shared_pace_file import SharedLimits, Turn
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


def take(limits: SharedLimits, channel: str, rate: Rate, gap: float, most: int) -> Turn:
    """Return the next turn of a call; it ends with the test, or before."""
    TAKEN.append(limits.take_turn(channel, rate, gap, most))
    return TAKEN[-1]


def make_limits(folder: Path, time: FakeTime) -> tuple[SharedLimits, SharedLimits]:
    """Return the limits as two processes see them."""
    return SharedLimits(folder, "crossref", time.clock()), SharedLimits(folder, "crossref", time.clock())


def test_the_call_of_one_process_delays_that_of_another(tmp_path: Path) -> None:
    time = FakeTime()
    one, other = make_limits(tmp_path, time)
    with_place = take(one, LISTS, RATE, RATE.gap, 3)
    assert with_place.seconds_left == 0
    assert take(other, LISTS, RATE, RATE.gap, 3).seconds_left == pytest.approx(RATE.gap)
    assert take(other, "crossref single", RATE, RATE.gap, 3).seconds_left == 0
    time.sleep(RATE.gap)
    assert take(other, LISTS, RATE, RATE.gap, 3).seconds_left == 0


def test_calls_in_flight_never_exceed_the_limit(tmp_path: Path) -> None:
    time = FakeTime()
    one, other = make_limits(tmp_path, time)
    turns = []
    for limits in (one, other):
        turns.append(take(limits, LISTS, RATE, RATE.gap, 2))
        time.sleep(1)
    assert [turn.seconds_left for turn in turns] == [0, 0]
    assert take(one, LISTS, RATE, RATE.gap, 2).seconds_left == PLACE_POLL_SECONDS
    turns[1].end()
    assert take(one, LISTS, RATE, RATE.gap, 2).seconds_left == 0


def test_a_429_concerns_all_processes(tmp_path: Path) -> None:
    time = FakeTime()
    one, other = make_limits(tmp_path, time)
    one.pause(LISTS, 5)
    assert take(other, LISTS, RATE, RATE.gap, 3).seconds_left == pytest.approx(5)
    time.sleep(5)
    take(other, LISTS, RATE, RATE.gap, 3).end()
    assert take(one, LISTS, RATE, RATE.gap, 3).seconds_left == pytest.approx(2 * RATE.gap)


def test_a_slower_rate_that_one_process_hears_of_counts_for_all(tmp_path: Path) -> None:
    time = FakeTime()
    one, other = make_limits(tmp_path, time)
    one.follow_rate(LISTS, Rate(1, 2))
    take(other, LISTS, RATE, RATE.gap, 3).end()
    assert take(one, LISTS, RATE, RATE.gap, 3).seconds_left == pytest.approx(Rate(1, 2).gap)


def test_an_interval_that_is_full_is_waited_for(tmp_path: Path) -> None:
    time, rate = FakeTime(), Rate(3)
    one, other = make_limits(tmp_path, time)
    for limits in (one, other, one):
        take(limits, LISTS, rate, 0.0, 3).end()
        limits.record_duration(LISTS, 0.0, rate)
        time.sleep(rate.gap)
    assert 0 <= take(other, LISTS, rate, 0.0, 3).seconds_left <= 1


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
def test_whatever_the_file_says_the_wait_is_bounded(content: bytes, tmp_path: Path) -> None:
    time = FakeTime()
    (tmp_path / "limits-crossref.lock").write_bytes(content)
    one, _ = make_limits(tmp_path, time)
    left = take(one, LISTS, RATE, RATE.gap, 3).seconds_left
    assert 0 <= left <= LONGEST_WAIT
    time.sleep(left)
    assert take(one, LISTS, RATE, RATE.gap, 3).seconds_left <= LONGEST_WAIT
    assert one.trouble == ""
    assert isinstance(json.loads((tmp_path / "limits-crossref.lock").read_bytes() or b"{}"), dict)


@pytest.mark.parametrize("kind", ["a link", "a folder", "no folder"])
def test_a_folder_that_cannot_be_locked_costs_a_note_only(kind: str, tmp_path: Path) -> None:
    time = FakeTime()
    folder = tmp_path / "cache"
    if kind != "no folder":
        folder.mkdir()
    if kind == "a link":
        (folder / "limits-crossref.lock").symlink_to(tmp_path / "elsewhere")
    if kind == "a folder":
        (folder / "limits-crossref.lock").mkdir()
    one, _ = make_limits(folder, time)
    for _ in range(2):
        assert take(one, LISTS, RATE, RATE.gap, 3).seconds_left == 0
    assert one.trouble.startswith("runs at the same time cannot share the services' limits: ")
    assert not (tmp_path / "elsewhere").exists()


def test_a_run_notes_that_its_limits_are_not_shared(tmp_path: Path) -> None:
    service = StandIn(works={"10.1000/a": work("10.1000/a")})
    (tmp_path / "limits-crossref.lock").mkdir()
    with serving(service), Lookup(service.access(tmp_path), clock=FakeTime().clock()) as lookup:
        assert lookup.look_up(["10.1000/a"])
        assert [note for note in lookup.notes if "cannot share" in note]


def test_processes_with_one_cache_folder_keep_to_the_limits_together(tmp_path: Path) -> None:
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
