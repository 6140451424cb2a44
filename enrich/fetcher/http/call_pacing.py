"""Respect the services' limits: the rates of single and of list calls, and the number of calls in flight.

requests-ratelimiter does not fit: it fixes one rate for a whole host when the session is made, but
Crossref counts single calls and list calls separately and announces its limits in headers.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import Condition, Lock

from enrich.fetcher.clock import Clock
from enrich.fetcher.http.rate import SLOWEST, Rate, read_header_number, read_rate
from enrich.fetcher.http.shared_pace_file import SharedPaceFile, Turn
from enrich.fetcher.sources.source import CallKind

LONGEST_WINDOW = 1000  # the latest calls whose starts are kept
# The seconds after which a waiting call checks whether enrich has given up on the service.
WAIT_POLL_SECONDS = 1.0


class RateLimiter:
    """Decide when the next call may start."""

    def __init__(
        self,
        rate: Rate,
        kind: CallKind,
        clock: Clock,
        shared: SharedPaceFile | None = None,
        channel: str = "",
    ) -> None:
        self._rate, self._documented, self._kind, self._clock = rate, rate, kind, clock
        self._shared, self._channel = shared, channel
        self._slowness = 1.0
        self._next = clock.tick()
        self._fastest = math.inf
        self._started: deque[float] = deque(maxlen=LONGEST_WINDOW)
        self._took: dict[float, float] = {}
        self._lock = Lock()

    def seconds_left(self) -> float:
        """Return the seconds until a call may start; 0 or less if it may start now."""
        with self._lock:
            return max(self._next, self._find_window_end()) - self._clock.tick()

    @property
    def trouble(self) -> str:
        """Return why processes cannot share the limits, `""` if they can."""
        return self._shared.trouble if self._shared else ""

    def take_turn(self, most: int) -> Turn:
        """Return a call's turn among all processes, which together may have `most` calls in flight."""
        if self._shared is None:
            return Turn()
        return self._shared.take_turn(self._channel, self._rate, self._rate.gap * self._slowness, most)

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
        if self._shared is not None:
            self._shared.record_duration(self._channel, self._took[started], self._rate)

    def _find_window_end(self) -> float:
        """Return the end of the current interval if it has as many calls as the rate allows, otherwise 0."""
        calls = int(self._rate.calls)
        if not 0 < calls <= len(self._started):
            return 0.0
        first = self._started[-calls]
        late = self._took.get(first, self._fastest) - self._fastest if self._took else 0.0
        return first + min(late, self._rate.most_late) + self._rate.seconds

    def pause(self, seconds: float) -> None:
        """Start no call for some seconds, and halve the rate afterwards: a 429 concerns the whole run."""
        with self._lock:
            self._next = max(self._next, self._clock.tick() + seconds)
            self._slowness = min(2 * self._slowness, SLOWEST)
        if self._shared is not None:
            self._shared.pause(self._channel, seconds)

    def follow_headers(self, headers: Mapping[str, str]) -> None:
        """Adopt the rate that a successful response announces; after a 429, become a little faster again."""
        rate = read_rate(headers, self._kind)
        # Until July 2026 the responses to list calls announced the rate of single calls. So list calls exceed
        # the documented rate only if the headers name the pool of list calls.
        sure = self._kind == "single" or headers.get("x-api-pool", "").lower().endswith("-array")
        with self._lock:
            self._slowness = max(1.0, 0.9 * self._slowness)
            if rate is not None and (sure or rate.gap >= self._documented.gap):
                self._rate = rate
            slower = self._rate if self._rate.gap > self._documented.gap else None
        if self._shared is not None:
            self._shared.follow_rate(self._channel, slower)


class ConcurrencyLimit:
    """Limit the number of calls in flight to a host; each call also waits for its rate limiter."""

    def __init__(self, most: int, clock: Clock) -> None:
        self._most = self._allowed = most
        self._clock = clock
        self._inside = 0
        self._turn = Condition()

    @contextmanager
    def hold_place(self, limiter: RateLimiter, check: Callable[[], None]) -> Iterator[float]:
        """Hold a place during a call, and yield the call's start; an error from `check` ends the wait."""
        started, turn = self._wait_for_place(limiter, check)
        try:
            yield started
        finally:
            turn.end()
            with self._turn:
                self._inside -= 1
                self._turn.notify_all()

    def _wait_for_place(self, limiter: RateLimiter, check: Callable[[], None]) -> tuple[float, Turn]:
        # A call that has to wait for its rate holds no place, because a call of the other kind may start.
        while True:
            with self._turn:
                self._turn.wait_for(lambda: self._inside < self._allowed)
                check()
                left = limiter.seconds_left()
                if left <= 0:
                    turn = limiter.take_turn(self._allowed)
                    left = turn.seconds_left
                if left <= 0:
                    self._inside += 1
                    return limiter.start_call(), turn
            self._clock.sleep(min(left, WAIT_POLL_SECONDS))

    def follow_headers(self, headers: Mapping[str, str]) -> None:
        """Adopt the number of calls in flight that a response announces, up to our own limit."""
        count = read_header_number(headers.get("x-concurrency-limit", ""))
        if count:
            with self._turn:
                self._allowed = min(count, self._most)
                self._turn.notify_all()
