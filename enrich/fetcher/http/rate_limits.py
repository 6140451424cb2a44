"""Respect the services' limits: the rate of single calls, that of list calls, and the calls in flight.

requests-ratelimiter does not fit: it fixes one rate for a whole host when the session is made, but
Crossref counts single calls and list calls separately and announces its limits in headers.
"""

from __future__ import annotations

import math
import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Condition, Lock

from enrich.fetcher.access import Access
from enrich.fetcher.clock import Clock
from enrich.fetcher.sources.source import CallKind, Service

# Calls start this much further apart than the rate allows, because a network does not delay every call by
# the same time: a call that is late by up to a tenth of the interval must not arrive together with the next.
MARGIN = 1.1
SLOWEST = 16.0
# If a call took longer than others, either the request or the response was slow. Assume that the request
# was late by at most this part of the interval.
MOST_LATE = 0.25
LONGEST_WINDOW = 1000
# The seconds after which a waiting call checks again whether enrich has given up on the service.
WAIT_POLL_SECONDS = 1.0

_RATE_HEADERS = ("x-rate-limit-limit", "x-ratelimit-limit", "x-rate-limit")
_INTERVAL_HEADERS = ("x-rate-limit-interval", "x-ratelimit-interval")
# Bounded, because int() refuses 4,301 digits; no real limit has ten.
_COUNT = re.compile(r"\d{1,9}", re.ASCII)
_INTERVAL = re.compile(r"(\d{1,9})\s*(ms|s|m)?", re.ASCII)
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, None: 1.0}


@dataclass(frozen=True, slots=True)
class Rate:
    """The number of calls that a service allows in an interval."""

    calls: float
    """The number of calls."""
    seconds: float = 1.0
    """The length of the interval."""

    @property
    def gap(self) -> float:
        """Return the seconds from one call to the next."""
        return MARGIN * self.seconds / self.calls


def documented_rate(service: Service, kind: CallKind, access: Access) -> Rate:
    """Return the rate that the service documents, with which a run starts."""
    return Rate(*service.rate(kind, bool(access.mailto), bool(access.token)))


def allowed_at_once(access: Access) -> int:
    """Return the number of calls that may be in flight at the same time."""
    return 3 if access.mailto or access.token else 1


def read_rate(headers: Mapping[str, str], kind: CallKind) -> Rate | None:
    """Return the rate that a response announces for calls of this kind; headers may have any case."""
    calls = next((count for name in _RATE_HEADERS if (count := _read_count(headers.get(name, "")))), 0)
    pool = headers.get("x-api-pool", "").strip().lower()
    foreign = "-single" if kind == "list" else "-array"
    if not 0 < calls <= 10_000 or pool.endswith(foreign):
        return None
    interval = next((headers[name] for name in _INTERVAL_HEADERS if name in headers), "1s")
    match = _INTERVAL.fullmatch(interval.strip().lower())
    seconds = int(match[1]) * _SECONDS[match[2]] if match else 0.0
    return Rate(calls, seconds) if 0 < seconds <= 3600 else None


def _read_count(value: str) -> int:
    return int(value) if _COUNT.fullmatch(value.strip()) else 0


class RateLimiter:
    """Decide when the next call may start."""

    def __init__(self, rate: Rate, kind: CallKind, clock: Clock) -> None:
        self._rate, self._documented, self._kind, self._clock = rate, rate, kind, clock
        self._slowness = 1.0
        self._next = clock.tick()
        self._fastest = math.inf
        self._started: deque[float] = deque(maxlen=LONGEST_WINDOW)
        self._took: dict[float, float] = {}
        self._lock = Lock()

    def seconds_left(self) -> float:
        """Return the seconds until a call may start; 0 or less if it may start now."""
        with self._lock:
            return max(self._next, self._window_end()) - self._clock.tick()

    def start_call(self) -> float:
        """Count a call that starts now, and return this moment."""
        with self._lock:
            now = self._clock.tick()
            self._next = now + self._rate.gap * self._slowness
            if len(self._started) == LONGEST_WINDOW:
                self._took.pop(self._started[0], None)
            self._started.append(now)
            return now

    def record_duration(self, started: float) -> None:
        """Record how long the service took to answer the call that began at `started`."""
        with self._lock:
            self._took[started] = self._clock.tick() - started
            self._fastest = min(self._fastest, self._took[started])

    def _window_end(self) -> float:
        """Return the end of the current interval if it has as many calls as the rate allows."""
        calls = int(self._rate.calls)
        if not 0 < calls <= len(self._started):
            return 0.0
        first = self._started[-calls]
        late = self._took.get(first, self._fastest) - self._fastest if self._took else 0.0
        return first + min(late, MOST_LATE * self._rate.seconds) + self._rate.seconds

    def pause(self, seconds: float) -> None:
        """Start no call for some seconds, and halve the rate afterwards: a 429 concerns the whole run."""
        with self._lock:
            self._next = max(self._next, self._clock.tick() + seconds)
            self._slowness = min(2 * self._slowness, SLOWEST)

    def follow_headers(self, headers: Mapping[str, str]) -> None:
        """Adopt the rate that a successful response announces, and recover a little from a 429."""
        rate = read_rate(headers, self._kind)
        # Until July 2026 the responses to list calls announced the rate of single calls. So list calls exceed
        # the documented rate only if the header names the pool of lists.
        sure = self._kind == "single" or headers.get("x-api-pool", "").lower().endswith("-array")
        with self._lock:
            self._slowness = max(1.0, 0.9 * self._slowness)
            if rate is not None and (sure or rate.gap >= self._documented.gap):
                self._rate = rate


class ConcurrencyLimit:
    """Limit the calls in flight to a host; each call also waits for its own rate limiter."""

    def __init__(self, most: int, clock: Clock) -> None:
        self._most = self._allowed = most
        self._clock = clock
        self._inside = 0
        self._turn = Condition()

    @contextmanager
    def hold_place(self, limiter: RateLimiter, check: Callable[[], None]) -> Iterator[float]:
        """Hold a place during a call, and yield its start; an error that `check` raises ends the wait."""
        started = self._wait_for_place(limiter, check)
        try:
            yield started
        finally:
            with self._turn:
                self._inside -= 1
                self._turn.notify_all()

    def _wait_for_place(self, limiter: RateLimiter, check: Callable[[], None]) -> float:
        # A call that may not start yet holds no place, because calls of the other kind may be due.
        while True:
            with self._turn:
                self._turn.wait_for(lambda: self._inside < self._allowed)
                check()
                left = limiter.seconds_left()
                if left <= 0:
                    self._inside += 1
                    return limiter.start_call()
            self._clock.sleep(min(left, WAIT_POLL_SECONDS))

    def follow_headers(self, headers: Mapping[str, str]) -> None:
        """Adopt the number of parallel calls that a response announces, up to our own limit."""
        count = _read_count(headers.get("x-concurrency-limit", ""))
        if count:
            with self._turn:
                self._allowed = min(count, self._most)
                self._turn.notify_all()
