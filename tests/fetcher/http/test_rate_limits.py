"""Pacing: the documented rates, the headers in all their spellings, what a 429 does."""

from __future__ import annotations

import pytest

from enrich.fetcher.access import Access
from enrich.fetcher.http.rate_limits import MARGIN, Limiter, Rate, at_once, get_documented_rate, rate_in
from enrich.fetcher.http.retries import (
    MOST_FAILURES,
    Circuit,
    GivenUp,
    Passing,
    Refusal,
    retry_after,
    with_retries,
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
    assert at_once(access) == together


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
        pytest.param({LIMIT: "9" * 5_000}, "single", None, id="a number that int() refuses"),
        pytest.param({LIMIT: "5", INTERVAL: "9" * 5_000 + "s"}, "single", None, id="an endless interval"),
        pytest.param({LIMIT: "5", INTERVAL: "soon"}, "single", None, id="no interval"),
    ],
)
def test_the_rate_in_the_headers(headers: dict[str, str], kind: CallKind, rate: Rate | None) -> None:
    assert rate_in(headers, kind) == rate


def starts(limiter: Limiter, time: FakeTime, count: int) -> list[float]:
    """Return when so many calls in a row may start, from now."""
    began, times = time.now, []
    for _ in range(count):
        while (left := limiter.left()) > 0:
            time.sleep(left)
        times.append(round(limiter.start() - began, 3))
    return times


def test_calls_are_spaced_evenly() -> None:
    time = FakeTime()
    assert starts(Limiter(Rate(2), "list", time.clock()), time, 4) == [0, 0.55, 1.1, 1.65]


def test_who_may_have_been_late_counts_as_late() -> None:
    """The first call has a connection to make: it reaches the service together with the second."""
    time = FakeTime()
    limiter, began, times = Limiter(Rate(3), "list", time.clock()), time.now, []
    for took in (0.3, 0.05, 0.05, 0.05, 0.05):
        while (left := limiter.left()) > 0:
            time.sleep(left)
        started = limiter.start()
        times.append(round(started - began, 2))
        time.sleep(took)
        limiter.settle(started)
    assert times == [0, 0.37, 0.73, 1.25, 1.62]


def test_a_service_that_takes_its_time_is_not_asked_less_for_long() -> None:
    time = FakeTime()
    limiter, began = Limiter(Rate(3), "list", time.clock()), time.now
    for number in range(30):
        while (left := limiter.left()) > 0:
            time.sleep(left)
        started = limiter.start()
        time.now += 0.05 if number % 2 else 3.0
        limiter.settle(started)
        time.now = started
    assert (time.now - began) / (29 / 3) < 1.26


def test_a_limiter_follows_the_headers_down_and_up() -> None:
    time = FakeTime()
    limiter = Limiter(Rate(10), "single", time.clock())
    limiter.follow({"x-rate-limit-limit": "5"})
    assert starts(limiter, time, 2) == [0, 0.22]
    limiter.follow({"x-rate-limit-limit": "50"})
    time.sleep(1)
    assert starts(limiter, time, 2) == [0, 0.022]


def test_a_list_is_not_faster_than_documented_unless_its_own_pool_says_so() -> None:
    time = FakeTime()
    limiter = Limiter(Rate(3), "list", time.clock())
    limiter.follow({"x-rate-limit-limit": "10", "x-api-pool": "polite"})
    assert starts(limiter, time, 2)[1] == pytest.approx(MARGIN / 3, abs=0.001)
    limiter.follow({"x-rate-limit-limit": "10", "x-api-pool": "polite-array"})
    time.sleep(1)
    assert starts(limiter, time, 2)[1] == pytest.approx(MARGIN / 10, abs=0.001)


def test_a_429_slows_everybody_and_is_forgotten_slowly() -> None:
    time = FakeTime()
    limiter = Limiter(Rate(10), "single", time.clock())
    limiter.hold(7)
    assert starts(limiter, time, 2) == [7, 7.22]
    for _ in range(20):
        limiter.follow({})
    time.sleep(1)
    assert starts(limiter, time, 2) == [0, 0.11]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        pytest.param(None, None, id="none"),
        pytest.param("7", 7.0, id="seconds"),
        pytest.param("Sun, 15 Jun 2025 15:06:45 GMT", 5.0, id="a date"),
        pytest.param("Sun, 15 Jun 2025 15:06:45", 5.0, id="a date without a zone"),
        pytest.param("Sun, 15 Jun 2014 15:06:45 GMT", 0.0, id="a date gone by"),
        pytest.param("soon", None, id="a word"),
        pytest.param("", None, id="nothing"),
        pytest.param("9" * 5_000, 1e9, id="a number that float() makes infinite"),
    ],
)
def test_retry_after_in_both_forms(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, now=1_750_000_000.0) == seconds


def test_waits_are_doubled_and_a_wish_for_quiet_is_honoured() -> None:
    time = FakeTime()
    faults = iter([Passing("503"), Passing("429", quiet=9), Passing("503")])

    def call() -> str:
        for fault in faults:
            raise fault
        return "there"

    assert with_retries(call, time.clock()) == "there"
    assert sum(time.slept) == 0.5 + 9 + 2.0


def test_a_wait_ends_when_the_service_is_given_up() -> None:
    time = FakeTime()

    def call() -> str:
        raise Passing("429", quiet=3600)

    def check() -> None:
        if time.slept[3:]:
            raise GivenUp("for this run")

    with pytest.raises(GivenUp):
        with_retries(call, time.clock(), check)
    assert sum(time.slept) < 5


def test_only_what_may_pass_is_tried_again() -> None:
    calls = []

    def call() -> None:
        calls.append(1)
        raise Refusal("403")

    with pytest.raises(Refusal):
        with_retries(call, FakeTime().clock())
    assert len(calls) == 1


def test_a_circuit_opens_after_ten_failures_in_a_row() -> None:
    time = FakeTime()
    circuit = Circuit("Crossref", time.clock())
    for _ in range(3):
        for _ in range(MOST_FAILURES - 1):
            circuit.failed(Passing("503"), time.now)
        circuit.check()
        circuit.succeeded()
    for _ in range(MOST_FAILURES):
        circuit.failed(Passing("Crossref answered with status 503"), time.now)
    with pytest.raises(GivenUp, match=r"Crossref was given up for this run; its last fault: .* status 503"):
        circuit.check()


def test_a_circuit_opens_when_too_much_time_is_lost() -> None:
    time = FakeTime()
    circuit = Circuit("Crossref", time.clock())
    for _ in range(2):
        started = time.now
        time.sleep(50)
        circuit.failed(Passing("slow"), started)
    with pytest.raises(GivenUp):
        circuit.check()


def test_time_in_which_nobody_called_is_not_lost() -> None:
    time = FakeTime()
    circuit = Circuit("Crossref", time.clock())
    for _ in range(MOST_FAILURES - 1):
        circuit.failed(Passing("503"), time.now)
        time.sleep(100)
    circuit.check()


def test_who_asks_for_long_quiet_is_left_alone() -> None:
    time = FakeTime()
    circuit = Circuit("Crossref", time.clock())
    circuit.failed(Passing("429", quiet=3600), time.now)
    with pytest.raises(GivenUp):
        circuit.check()
