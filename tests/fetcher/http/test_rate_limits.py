"""Pacing: the documented rates, the headers in all their spellings, what a 429 does."""

from __future__ import annotations

from email.utils import formatdate
from time import time

import pytest

from enrich.fetcher.access import Access
from enrich.fetcher.http.rate import MARGIN, Rate, count_allowed_at_once, get_documented_rate, read_rate
from enrich.fetcher.http.rate_limits import ConcurrencyLimit, RateLimiter
from enrich.fetcher.http.retries import (
    MOST_FAILURES,
    Circuit,
    CircuitOpenError,
    PermanentError,
    TransientError,
    call_with_retries,
    parse_retry_after,
)
from enrich.fetcher.sources import crossref
from enrich.fetcher.sources.source import CallKind
from tests.support.clock import FakeTime

PUBLIC, POLITE, PLUS = Access(), Access(mailto="a@b.org"), Access(token="t")  # noqa: S106  # an example

LIMIT, INTERVAL, POOL = "x-rate-limit-limit", "x-rate-limit-interval", "x-api-pool"


@pytest.mark.parametrize(
    ("access", "single", "lists", "together"),
    [
        pytest.param(PUBLIC, 5, 1, 1, id="public"),
        pytest.param(POLITE, 10, 3, 3, id="polite"),
        pytest.param(PLUS, 150, 150, 3, id="plus"),
    ],
)
def test_the_documented_rates(access: Access, single: int, lists: int, together: int) -> None:
    assert get_documented_rate(crossref.SERVICE, "single", access) == Rate(single)
    assert get_documented_rate(crossref.SERVICE, "list", access) == Rate(lists)
    assert count_allowed_at_once(access) == together


@pytest.mark.parametrize(
    ("headers", "kind", "rate"),
    [
        pytest.param({LIMIT: "10", INTERVAL: "1s"}, "single", Rate(10), id="usual"),
        pytest.param({"x-ratelimit-limit": "3", INTERVAL: "1s"}, "list", Rate(3), id="once"),
        pytest.param({"x-rate-limit": "5"}, "single", Rate(5), id="bare, without an interval"),
        pytest.param({LIMIT: "5", INTERVAL: "500ms"}, "single", Rate(5, 0.5), id="milliseconds"),
        pytest.param({LIMIT: "9", POOL: "polite-single"}, "list", None, id="the other pool's"),
        pytest.param({LIMIT: "9", POOL: "polite-array"}, "single", None, id="the lists' pool"),
        pytest.param({LIMIT: "9", POOL: "polite"}, "list", Rate(9), id="an old pool"),
        pytest.param({}, "single", None, id="none"),
        pytest.param({LIMIT: "0"}, "single", None, id="nought"),
        pytest.param({LIMIT: "lots"}, "single", None, id="a word"),
        pytest.param({LIMIT: "5", INTERVAL: "soon"}, "single", None, id="no interval"),
        pytest.param({LIMIT: "9" * 5000}, "single", None, id="a rate of 5,000 digits"),
        pytest.param({LIMIT: "1e400"}, "single", None, id="an infinite rate"),
        pytest.param(
            {LIMIT: "5", INTERVAL: "9" * 5000 + "s"}, "list", None, id="an interval of 5,000 digits"
        ),
    ],
)
def test_the_rate_in_the_headers(headers: dict[str, str], kind: CallKind, rate: Rate | None) -> None:
    assert read_rate(headers, kind) == rate


def starts(limiter: RateLimiter, time: FakeTime, count: int) -> list[float]:
    """Return when so many calls in a row may start, from now."""
    began, times = time.now, []
    for _ in range(count):
        while (left := limiter.seconds_left()) > 0:
            time.sleep(left)
        times.append(round(limiter.start_call() - began, 3))
    return times


@pytest.mark.parametrize("told", ["9" * 5000, "1e400", "0", "-1", "two"])
def test_a_nonsensical_number_of_calls_at_once_changes_nothing(told: str) -> None:
    time = FakeTime()
    limit = ConcurrencyLimit(2, time.clock())
    limit.follow_headers({"x-concurrency-limit": told})
    limiter = RateLimiter(Rate(10), "single", time.clock())
    with limit.hold_place(limiter, no_check), limit.hold_place(limiter, no_check):
        assert round(time.now - limiter.start_call(), 3) == 0


def no_check() -> None:
    """Let every call start."""


def test_calls_are_spaced_evenly() -> None:
    time = FakeTime()
    assert starts(RateLimiter(Rate(2), "list", time.clock()), time, 4) == [0, 0.55, 1.1, 1.65]


def test_who_may_have_been_late_counts_as_late() -> None:
    """The first call has a connection to make: it reaches the service together with the second."""
    time = FakeTime()
    limiter, began, times = RateLimiter(Rate(3), "list", time.clock()), time.now, []
    for took in (0.3, 0.05, 0.05, 0.05, 0.05):
        while (left := limiter.seconds_left()) > 0:
            time.sleep(left)
        started = limiter.start_call()
        times.append(round(started - began, 2))
        time.sleep(took)
        limiter.record_duration(started)
    assert times == [0, 0.37, 0.73, 1.25, 1.62]


def test_a_slow_service_slows_the_calls_only_briefly() -> None:
    time = FakeTime()
    limiter, began = RateLimiter(Rate(3), "list", time.clock()), time.now
    for number in range(30):
        while (left := limiter.seconds_left()) > 0:
            time.sleep(left)
        started = limiter.start_call()
        time.now += 0.05 if number % 2 else 3.0
        limiter.record_duration(started)
        time.now = started
    assert (time.now - began) / (29 / 3) < 1.26


def test_a_limiter_follows_the_headers_down_and_up() -> None:
    time = FakeTime()
    limiter = RateLimiter(Rate(10), "single", time.clock())
    limiter.follow_headers({"x-rate-limit-limit": "5"})
    assert starts(limiter, time, 2) == [0, 0.22]
    limiter.follow_headers({"x-rate-limit-limit": "50"})
    time.sleep(1)
    assert starts(limiter, time, 2) == [0, 0.022]


def test_a_list_exceeds_the_documented_rate_only_if_its_own_pool_allows_it() -> None:
    time = FakeTime()
    limiter = RateLimiter(Rate(3), "list", time.clock())
    limiter.follow_headers({"x-rate-limit-limit": "10", "x-api-pool": "polite"})
    assert starts(limiter, time, 2)[1] == pytest.approx(MARGIN / 3, abs=0.001)
    limiter.follow_headers({"x-rate-limit-limit": "10", "x-api-pool": "polite-array"})
    time.sleep(1)
    assert starts(limiter, time, 2)[1] == pytest.approx(MARGIN / 10, abs=0.001)


def test_a_429_slows_everybody_and_is_forgotten_slowly() -> None:
    time = FakeTime()
    limiter = RateLimiter(Rate(10), "single", time.clock())
    limiter.pause(7)
    assert starts(limiter, time, 2) == [7, 7.22]
    for _ in range(20):
        limiter.follow_headers({})
    time.sleep(1)
    assert starts(limiter, time, 2) == [0, 0.11]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        pytest.param(None, None, id="none"),
        pytest.param("7", 7.0, id="seconds"),
        pytest.param(formatdate(time() - 500, usegmt=True), 0.0, id="a date gone by"),
        pytest.param("soon", None, id="a word"),
        pytest.param("", None, id="nothing"),
        pytest.param("-3", None, id="less than nothing"),
        pytest.param("1e400", None, id="more than a float can hold"),
        pytest.param("9" * 5000, None, id="5,000 digits"),
        pytest.param("Sun, 15 Jun 99999999 15:06:45 GMT", None, id="a year of eight digits"),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert parse_retry_after(value) == seconds


def test_a_retry_after_that_is_a_date() -> None:
    assert parse_retry_after(formatdate(time() + 50, usegmt=True)) == pytest.approx(50, abs=5)


def test_waits_are_doubled_and_a_wish_for_quiet_is_honoured() -> None:
    time = FakeTime()
    faults = iter([TransientError("503"), TransientError("429", pause=9), TransientError("503")])

    def call() -> str:
        for fault in faults:
            raise fault
        return "there"

    assert call_with_retries(call, time.clock()) == "there"
    assert sum(time.slept) == 0.5 + 9 + 2.0


def test_a_wait_ends_when_the_service_is_given_up() -> None:
    time = FakeTime()

    def call() -> str:
        raise TransientError("429", pause=3600)

    def check() -> None:
        if time.slept[3:]:
            raise CircuitOpenError("for this run")

    with pytest.raises(CircuitOpenError):
        call_with_retries(call, time.clock(), check)
    assert sum(time.slept) < 5


def test_only_temporary_faults_are_retried() -> None:
    calls = []

    def call() -> None:
        calls.append(1)
        raise PermanentError("403")

    with pytest.raises(PermanentError):
        call_with_retries(call, FakeTime().clock())
    assert len(calls) == 1


def test_a_circuit_opens_after_ten_failures_in_a_row() -> None:
    time = FakeTime()
    circuit = Circuit("Crossref", time.clock())
    for _ in range(3):
        for _ in range(MOST_FAILURES - 1):
            circuit.record_failure(TransientError("503"), time.now)
        circuit.raise_if_open()
        circuit.record_success()
    for _ in range(MOST_FAILURES):
        circuit.record_failure(TransientError("Crossref answered with status 503"), time.now)
    with pytest.raises(CircuitOpenError, match=r"gave up on Crossref for this run: .* status 503"):
        circuit.raise_if_open()


def test_a_circuit_opens_when_too_much_time_is_lost() -> None:
    time = FakeTime()
    circuit = Circuit("Crossref", time.clock())
    for _ in range(2):
        started = time.now
        time.sleep(50)
        circuit.record_failure(TransientError("slow"), started)
    with pytest.raises(CircuitOpenError):
        circuit.raise_if_open()


def test_time_without_calls_is_not_lost() -> None:
    time = FakeTime()
    circuit = Circuit("Crossref", time.clock())
    for _ in range(MOST_FAILURES - 1):
        circuit.record_failure(TransientError("503"), time.now)
        time.sleep(100)
    circuit.raise_if_open()


def test_who_asks_for_long_quiet_is_left_alone() -> None:
    time = FakeTime()
    circuit = Circuit("Crossref", time.clock())
    circuit.record_failure(TransientError("429", pause=3600), time.now)
    with pytest.raises(CircuitOpenError):
        circuit.raise_if_open()
