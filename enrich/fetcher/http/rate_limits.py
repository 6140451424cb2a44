"""Keep to the services' limits: one limiter for single and one for list calls, one gate a service.

requests-ratelimiter is not used: its rates are fixed when the session is made, by host alone,
while Crossref counts single and list calls apart and tells its limits in headers.
"""

from __future__ import annotations

import math
import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Condition, Lock

from enrich.fetcher.access import Access, Clock
from enrich.fetcher.sources.source import CallKind, Service

# Calls start this much further apart than the rate says: a network does not deliver evenly, and
# where one call is late by less than a tenth of the interval, the service still counts no more.
MARGIN = 1.1
SLOWEST = 16.0
# A call that took longer than others may have been that late on its way; or it was the answer that
# took longer: so no more than this part of the interval is made of it.
MOST_LATE = 0.25
LONGEST_WINDOW = 1000
# Who waits looks up this often: the service may have been given up meanwhile.
LOOK_UP_SECONDS = 1.0

_RATE_HEADERS = ("x-rate-limit-limit", "x-ratelimit-limit", "x-rate-limit")
_INTERVAL_HEADERS = ("x-rate-limit-interval", "x-ratelimit-interval")
# Bounded: int() refuses more than 4,300 digits, and no limit has ten.
_COUNT = re.compile(r"\d{1,9}", re.ASCII)
_INTERVAL = re.compile(r"(\d{1,9})\s*(ms|s|m)?", re.ASCII)
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, None: 1.0}


@dataclass(frozen=True, slots=True)
class Rate:
    """The number of calls that a service allows in a number of seconds."""

    calls: float
    seconds: float = 1.0

    @property
    def gap(self) -> float:
        """Return the seconds from one call to the next."""
        return MARGIN * self.seconds / self.calls


def get_documented_rate(service: Service, kind: CallKind, access: Access) -> Rate:
    """Return the rate to start with, as the service documents it."""
    return Rate(*service.rate(kind, bool(access.mailto), bool(access.token)))


def at_once(access: Access) -> int:
    """Return how many calls may be under way at the same time."""
    return 3 if access.mailto or access.token else 1


def rate_in(headers: Mapping[str, str], kind: CallKind) -> Rate | None:
    """Return the rate that an answer's headers tell for calls of its kind, in any spelling."""
    counts = (_read_count(headers.get(name, "")) for name in _RATE_HEADERS)
    calls = next(filter(None, counts), 0)
    pool = headers.get("x-api-pool", "").strip().lower()
    foreign = "-single" if kind == "list" else "-array"
    if not 0 < calls <= 10_000 or pool.endswith(foreign):
        return None
    interval = next((headers[name] for name in _INTERVAL_HEADERS if name in headers), "1s")
    found = _INTERVAL.fullmatch(interval.strip().lower())
    seconds = int(found[1]) * _SECONDS[found[2]] if found else 0.0
    return Rate(calls, seconds) if 0 < seconds <= 3600 else None


def _read_count(value: str) -> int:
    """Return the number in a header, 0 for anything else."""
    return int(value) if _COUNT.fullmatch(value.strip()) else 0


class Limiter:
    """Say when the next call may start."""

    def __init__(self, rate: Rate, kind: CallKind, clock: Clock) -> None:
        self._rate, self._documented, self._kind, self._clock = rate, rate, kind, clock
        self._slowness = 1.0
        self._next = clock.tick()
        self._fastest = math.inf
        self._started: deque[float] = deque(maxlen=LONGEST_WINDOW)
        self._took: dict[float, float] = {}
        self._lock = Lock()

    def left(self) -> float:
        """Return the seconds until a call may start."""
        with self._lock:
            return max(self._next, self._window()) - self._clock.tick()

    def start(self) -> float:
        """Count a call as started now; return when that is."""
        with self._lock:
            now = self._clock.tick()
            self._next = now + self._rate.gap * self._slowness
            if len(self._started) == LONGEST_WINDOW:
                self._took.pop(self._started[0], None)
            self._started.append(now)
            return now

    def settle(self, started: float) -> None:
        """Learn how long an answered call took."""
        with self._lock:
            self._took[started] = self._clock.tick() - started
            self._fastest = min(self._fastest, self._took[started])

    def _window(self) -> float:
        """Return when as many calls as are allowed in an interval may be that long ago."""
        calls = int(self._rate.calls)
        if not 0 < calls <= len(self._started):
            return 0.0
        first = self._started[-calls]
        late = self._took.get(first, self._fastest) - self._fastest if self._took else 0.0
        return first + min(late, MOST_LATE * self._rate.seconds) + self._rate.seconds

    def hold(self, seconds: float) -> None:
        """Let no call start for a while, and half as many afterwards: a 429 is about the whole run."""
        with self._lock:
            self._next = max(self._next, self._clock.tick() + seconds)
            self._slowness = min(2 * self._slowness, SLOWEST)

    def follow(self, headers: Mapping[str, str]) -> None:
        """Take the rate over that a good answer tells, and recover a little from a 429."""
        told = rate_in(headers, self._kind)
        # Until July 2026 the headers told the rate of single calls on lists too: a list call goes
        # faster than documented only if the pool is named as the lists' own.
        sure = self._kind == "single" or headers.get("x-api-pool", "").lower().endswith("-array")
        with self._lock:
            self._slowness = max(1.0, 0.9 * self._slowness)
            if told is not None and (sure or told.gap >= self._documented.gap):
                self._rate = told


class Gate:
    """Limit the calls in flight to a host; each also waits for its own limiter."""

    def __init__(self, most: int, clock: Clock) -> None:
        self._most = self._allowed = most
        self._clock = clock
        self._inside = 0
        self._turn = Condition()

    @contextmanager
    def passing(self, limiter: Limiter, check: Callable[[], None]) -> Iterator[float]:
        """Hold a place for the time of a call, from when it starts; an error of `check` ends the wait."""
        started = self._enter(limiter, check)
        try:
            yield started
        finally:
            with self._turn:
                self._inside -= 1
                self._turn.notify_all()

    def _enter(self, limiter: Limiter, check: Callable[[], None]) -> float:
        # Who is not yet to start holds no place: calls of the other kind may be due.
        while True:
            with self._turn:
                self._turn.wait_for(lambda: self._inside < self._allowed)
                check()
                left = limiter.left()
                if left <= 0:
                    self._inside += 1
                    return limiter.start()
            self._clock.sleep(min(left, LOOK_UP_SECONDS))

    def follow(self, headers: Mapping[str, str]) -> None:
        """Take over how many calls at once an answer allows."""
        if count := _read_count(headers.get("x-concurrency-limit", "")):
            with self._turn:
                self._allowed = min(count, self._most)
                self._turn.notify_all()
