"""Pacing: the gaps between calls, how headers change them, and what a 429 does."""

from __future__ import annotations

import pytest

from enrich.fetcher.http.call_pacing import ConcurrencyLimit, RateLimiter
from enrich.fetcher.http.rate import MARGIN, Rate
from tests.support.clock import FakeTime


def list_starts(limiter: RateLimiter, time: FakeTime, count: int) -> list[float]:
    """Return when each of `count` calls may start, in seconds from now."""
    began, times = time.now, []
    for _ in range(count):
        while (left := limiter.seconds_left()) > 0:
            time.sleep(left)
        times.append(round(limiter.start_call() - began, 3))
    return times


@pytest.mark.parametrize("announced", ["9" * 5000, "1e400", "0", "-1", "two"])
def test_a_nonsensical_number_of_calls_in_flight_changes_nothing(announced: str) -> None:
    time = FakeTime()
    limit = ConcurrencyLimit(2, time.clock())
    limit.follow_headers({"x-concurrency-limit": announced})
    limiter = RateLimiter(Rate(10), "single", time.clock())
    with limit.hold_place(limiter, allow_call), limit.hold_place(limiter, allow_call):
        assert round(time.now - limiter.start_call(), 3) == 0


def allow_call() -> None:
    """Let every call start."""


def test_calls_are_spaced_evenly() -> None:
    time = FakeTime()
    assert list_starts(RateLimiter(Rate(2), "list", time.clock()), time, 4) == [0, 0.55, 1.1, 1.65]


def test_the_interval_of_a_slow_call_starts_later() -> None:
    """The first call has to open a connection: it may reach the service as late as the second."""
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


def test_the_rate_follows_the_headers_down_and_up() -> None:
    time = FakeTime()
    limiter = RateLimiter(Rate(10), "single", time.clock())
    limiter.follow_headers({"x-rate-limit-limit": "5"})
    assert list_starts(limiter, time, 2) == [0, 0.22]
    limiter.follow_headers({"x-rate-limit-limit": "50"})
    time.sleep(1)
    assert list_starts(limiter, time, 2) == [0, 0.022]


def test_list_calls_exceed_the_documented_rate_only_if_the_header_names_their_pool() -> None:
    time = FakeTime()
    limiter = RateLimiter(Rate(3), "list", time.clock())
    limiter.follow_headers({"x-rate-limit-limit": "10", "x-api-pool": "polite"})
    assert list_starts(limiter, time, 2)[1] == pytest.approx(MARGIN / 3, abs=0.001)
    limiter.follow_headers({"x-rate-limit-limit": "10", "x-api-pool": "polite-array"})
    time.sleep(1)
    assert list_starts(limiter, time, 2)[1] == pytest.approx(MARGIN / 10, abs=0.001)


def test_a_429_pauses_the_calls_and_their_rate_recovers_slowly() -> None:
    time = FakeTime()
    limiter = RateLimiter(Rate(10), "single", time.clock())
    limiter.pause(7)
    assert list_starts(limiter, time, 2) == [7, 7.22]
    for _ in range(20):
        limiter.follow_headers({})
    time.sleep(1)
    assert list_starts(limiter, time, 2) == [0, 0.11]
