"""Services that fail: the lookup gives the reason, caches nothing unsound and soon ends."""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from enrich.fetcher.cache.cache_file import describe_file
from enrich.fetcher.lookup import Lookup
from enrich.model.work import Found, Unanswered, Unsupported
from tests.support import wire
from tests.support.clock import FakeTime
from tests.support.stand_in import Call, StandIn, dataset, work
from tests.support.wire import FAULTS, serving

DOIS = [f"10.1000/w{n}" for n in range(90)]
DATA = "10.5281/zenodo.1"


@pytest.fixture
def service() -> Iterator[StandIn]:
    stand_in = StandIn(works={doi: work(doi) for doi in DOIS}, datacite={DATA: dataset(DATA)})
    with serving(stand_in):
        yield stand_in


@pytest.mark.parametrize("fault", FAULTS)
def test_a_service_that_always_fails_leaves_reasons_and_no_cached_record(
    fault: str, service: StandIn, tmp_path: Path
) -> None:
    time = FakeTime()
    began, service.pause = time.now, time.sleep
    service.fault = lambda _: fault
    with Lookup(service.access(tmp_path), clock=time.clock()) as lookup:
        answers = lookup.look_up(DOIS[:45])  # two list calls; single calls if the service rejects them
    assert [answer.offline for answer in answers.values() if isinstance(answer, Unanswered)] == [False] * 45
    assert all("127.0.0.1" not in repr(answer) for answer in answers.values())
    assert time.now - began < 120
    assert describe_file(tmp_path / "http.sqlite").records == 0
    assert_healthy(service, time, tmp_path)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_service_that_fails_now_and_then_gives_no_wrong_record(
    fault: str, service: StandIn, tmp_path: Path
) -> None:
    time = FakeTime()
    service.pause = time.sleep
    service.fault = lambda call: fault if call.number % 5 == 2 else None
    service.works |= {(doi := f"10.1000/a,{n}"): work(doi) for n in range(20)}
    # Without an e-mail address calls run one at a time: several would each move this clock.
    with Lookup(service.access(tmp_path), clock=time.clock()) as lookup:
        answers = lookup.look_up([*service.works, DATA])
    for doi, answer in answers.items():
        assert isinstance(answer, (Found, Unanswered))
        assert not isinstance(answer, Found) or answer.work.doi == doi
    given_up_at_once = fault == "429-hour"
    assert given_up_at_once or sum(isinstance(answer, Found) for answer in answers.values()) > 30
    assert_healthy(service, time, tmp_path)


def assert_healthy(service: StandIn, time: FakeTime, cache: Path) -> None:
    service.fault = lambda _: None
    with Lookup(service.access(cache), clock=time.clock()) as lookup:
        answers = lookup.look_up([*service.works, DATA])
    assert {doi: answer.work.doi for doi, answer in answers.items() if isinstance(answer, Found)} == {
        doi: doi for doi in [*service.works, DATA]
    }


def test_a_run_gives_up_on_an_unreachable_service_within_a_minute(tmp_path: Path) -> None:
    time = FakeTime()
    began = time.now
    with serving(StandIn()) as gone:
        pass
    with Lookup(gone.access(tmp_path, mailto="you@lab.org"), clock=time.clock()) as lookup:
        answers = lookup.look_up(f"10.1000/{n}" for n in range(5000))
    given_up = "gave up on Crossref for this run: the connection to Crossref failed"
    assert set(answers.values()) <= {
        Unanswered(given_up),
        Unanswered("the connection to Crossref failed"),
    }
    assert time.now - began < 60


@pytest.mark.parametrize("mailto", ["", "you@lab.org"])
@pytest.mark.parametrize("fault", ["slow", "headers", "trickle", "reset", "429-seconds", "429-hour", "503"])
def test_1000_pages_do_not_each_wait_for_a_failing_service(
    fault: str, mailto: str, service: StandIn, tmp_path: Path
) -> None:
    time = FakeTime()
    began, service.pause = time.now, time.sleep
    service.fault = lambda _: fault
    with Lookup(service.access(tmp_path, mailto=mailto), clock=time.clock()) as lookup:
        answers = lookup.look_up(f"10.1000/{n}" for n in range(1000))  # 25 list calls, each with retries
    assert all(isinstance(answer, Unanswered) for answer in answers.values())
    # Three calls that wait at the same time move this clock three times as far.
    assert time.now - began < (360 if mailto else 120)
    assert len(service.calls) <= 14


def test_a_body_that_trickles_is_abandoned_and_requested_again(service: StandIn) -> None:
    time = FakeTime()
    began, service.pause = time.now, time.sleep
    service.fault = lambda call: "trickle" if call.number == 0 else None
    with Lookup(service.access(), clock=time.clock()) as lookup:
        assert isinstance(lookup.look_up(DOIS[:1])[DOIS[0]], Found)
    assert 30 < time.now - began < 60
    with service.idle:  # the connection is closed, so the stand-in stops writing
        assert service.idle.wait_for(lambda: not service.open_calls, timeout=10)


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        pytest.param("registry", None, id="the register: Crossref names the agency instead"),
        pytest.param("datacite", "DataCite answered with status 503", id="DataCite"),
        pytest.param("single", "Crossref answered with status 503", id="Crossref, for single works"),
    ],
)
def test_a_failing_service_is_named_unless_another_can_answer(
    broken: str, reason: str | None, service: StandIn
) -> None:
    service.fault = lambda call: "503" if call.kind == broken else None
    with Lookup(service.access(), clock=FakeTime().clock()) as lookup:
        answer = lookup.look_up([DATA])[DATA]
    if reason is None:
        assert isinstance(answer, Found)
        assert service.asked("agency") == [f"/works/{DATA}/agency"]
    else:
        assert answer == Unanswered(reason)


def test_a_registered_doi_without_a_record_is_unsupported(service: StandIn) -> None:
    service.agencies = {"10.1000/new": "Crossref", "10.5281/new": "DataCite"}
    with Lookup(service.access(), clock=FakeTime().clock()) as lookup:
        assert lookup.look_up(service.agencies) == {
            "10.1000/new": Unsupported("Crossref", lacks_record=True),
            "10.5281/new": Unsupported("DataCite", lacks_record=True),
        }


@pytest.mark.parametrize(
    ("fault", "least"),
    [
        pytest.param("429", 1.0, id="without a Retry-After"),
        pytest.param("429-seconds", 7.0, id="with seconds"),
        pytest.param("429-date", 5.0, id="with a date"),
    ],
)
def test_a_429_makes_the_whole_run_wait(fault: str, least: float, service: StandIn) -> None:
    time = FakeTime()
    when: dict[int, float] = {}

    def first_fails(call: Call) -> str | None:
        when[call.number] = time.now
        return fault if call.number == 0 else None

    service.fault = first_fails
    with Lookup(service.access(), clock=time.clock()) as lookup:
        answers = lookup.look_up(DOIS)
    assert all(isinstance(answer, Found) for answer in answers.values())
    assert when[1] - when[0] >= least
    assert when[2] - when[1] > 1.5  # half as fast as a list call a second


def test_a_loop_of_aliases_ends_with_a_reason(service: StandIn) -> None:
    service.aliases = {"10.1000/a": "10.1000/b", "10.1000/b": "10.1000/a"}
    with Lookup(service.access(), clock=FakeTime().clock()) as lookup:
        assert lookup.look_up(["10.1000/a"])["10.1000/a"] == Unanswered(
            "the service redirected enrich in a loop"
        )


def test_a_large_answer_just_before_the_deadline_is_used(service: StandIn, tmp_path: Path) -> None:
    time = FakeTime()
    service.pause = time.sleep
    service.fault = lambda call: "late" if call.number == 0 else None
    with Lookup(service.access(tmp_path), clock=time.clock()) as lookup:
        answers = lookup.look_up(DOIS[:40])
    assert all(isinstance(answer, Found) for answer in answers.values())
    assert len(service.calls) == 1


BOMBS: Mapping[str, Callable[[], bytes]] = {
    "spaces": lambda: b"[" + b" " * 40 * 2**20 + b"]",
    "small objects": lambda: b"[" + b"{}," * 4_000_000 + b"{}]",
    "small lists": lambda: b"[" + b"[]," * 4_000_000 + b"[]]",
    "one wide text": lambda: '["\U0001f600'.encode() + b"a" * 11 * 2**20 + b'"]',
}
PEAK = """
import sys
from enrich.fetcher.access import Access
from enrich.fetcher.lookup import Lookup
from tests.support.clock import FakeTime
access = Access(dict.fromkeys(("crossref", "datacite", "doi"), sys.argv[1]), mailto="you@lab.org")
with Lookup(access, clock=FakeTime().clock()) as lookup:
    answers = lookup.look_up([f"10.1000/w{n}" for n in range(90)] + [f"10.1000/a,{n}" for n in range(9)])
status = dict(line.split(":") for line in open("/proc/self/status"))
print(len(answers), int(status["VmHWM"].split()[0]) // 1024)
"""


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="the system does not report the peak of memory"
)
@pytest.mark.parametrize("kind", BOMBS)
def test_decompression_bombs_take_at_most_300_mb(
    kind: str, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = gzip.compress(BOMBS[kind](), 1)
    monkeypatch.setattr(wire, "packed_spaces", lambda: packed)
    service.fault = lambda _: "bomb"
    run = subprocess.run(
        [sys.executable, "-c", PEAK, service.url], capture_output=True, text=True, check=True
    )
    answers, megabytes = map(int, run.stdout.split())
    assert answers == 99
    assert megabytes <= 300


EARLY_END = """
import sys
from enrich.fetcher.access import Access
from enrich.fetcher.lookup import Lookup
access = Access(dict.fromkeys(("crossref", "datacite", "doi"), sys.argv[1]), mailto="you@lab.org")
with Lookup(access) as lookup:
    groups = ([f"10.1000/w{n}" for n in range(start, start + 40)] for start in range(0, 400, 40))
    next(lookup.look_up_ahead(groups))
    print("a first answer", flush=True)
    raise SystemExit(7)
"""


@pytest.mark.parametrize("fault", ["slow", "429-hour"])
def test_a_run_that_ends_early_waits_for_no_call(fault: str, service: StandIn) -> None:
    """Python waits for the threads of concurrent.futures at its end, so enrich must end their calls."""
    service.fault = lambda call: None if "w0," in call.target else fault
    command = [sys.executable, "-c", EARLY_END, service.url]
    run = subprocess.run(command, check=False, capture_output=True, text=True, timeout=20)
    assert (run.returncode, run.stdout) == (7, "a first answer\n"), run.stderr
