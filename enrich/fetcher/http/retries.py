"""Try again what may pass: the named errors of a call, the waits between, the point of giving up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from email.utils import parsedate_to_datetime
from threading import Lock
from typing import TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt

from enrich.fetcher.access import Clock
from enrich.fetcher.http.rate_limits import LOOK_UP_SECONDS

T = TypeVar("T")

ATTEMPTS = 4
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 8.0
# The circuit opens after this many failed calls in a row, or this many seconds lost on them, including
# the pause that a Retry-After asks for. A call takes at most 30 seconds (transport.py), so a run in which
# every call fails ends within two minutes.
MOST_FAILURES, MOST_SECONDS = 10, 65.0


class CallError(Exception):
    """A call that brought nothing; `reason` is in plain words and has no address in it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Passing(CallError):
    """A fault that may pass: no connection, 429, 5xx, a body that cannot be read.

    `quiet` is how long the service asked to be left alone, None if it did not say; `too_fast` that
    the whole run is to slow down.
    """

    def __init__(self, reason: str, quiet: float | None = None, *, too_fast: bool = False) -> None:
        super().__init__(reason)
        self.quiet, self.too_fast = quiet, too_fast


class Refusal(CallError):
    """An answer that would be the same the next time."""


class GivenUp(CallError):
    """The service was given up for this run."""


class Circuit:
    """Count a service's failed calls in a row, retries included; once open, it stays open."""

    def __init__(self, label: str, clock: Clock) -> None:
        self._label, self._clock = label, clock
        self._failures, self._since, self._last = 0, 0.0, 0.0
        self._open = ""
        self._lock = Lock()

    def check(self) -> None:
        """Raise GivenUp if the service is to be left alone."""
        if self._open:
            raise GivenUp(self._open)

    def succeeded(self) -> None:
        """Start counting anew."""
        with self._lock:
            self._failures = 0

    def failed(self, error: CallError, started: float) -> None:
        """Count a failed call; open where it was one too many."""
        quiet = getattr(error, "quiet", None) or 0.0
        with self._lock:
            # Time without a call to the service is not time lost on it.
            if not self._failures or started - self._last > MOST_SECONDS:
                self._since = started
            self._failures += 1
            self._last = self._clock.tick()
            lost = self._last + quiet - self._since
            if not self._open and (self._failures >= MOST_FAILURES or lost > MOST_SECONDS):
                self._open = f"{self._label} was given up for this run; its last fault: {error.reason}"


def with_retries(call: Callable[[], T], clock: Clock, check: Callable[[], None] = lambda: None) -> T:
    """Return what a call brings, tried again after a `Passing`; its last CallError otherwise.

    `check` is called before and during the waits, and ends them with an error.
    """
    retrying = Retrying(
        retry=retry_if_exception_type(Passing),
        stop=stop_after_attempt(ATTEMPTS),
        wait=lambda state: _pause(state, clock),
        sleep=lambda seconds: _rest(seconds, clock, check),
        reraise=True,
    )
    return retrying(call)


def _rest(seconds: float, clock: Clock, check: Callable[[], None]) -> None:
    check()
    while seconds > 0:
        clock.sleep(min(seconds, LOOK_UP_SECONDS))
        seconds -= LOOK_UP_SECONDS
        check()


def _pause(state: RetryCallState, clock: Clock) -> float:
    error = state.outcome.exception() if state.outcome else None
    quiet = error.quiet if isinstance(error, Passing) else None
    return max(quiet or 0.0, backoff(state.attempt_number, clock))


def backoff(attempt: int, clock: Clock) -> float:
    """Return the seconds to wait after an attempt: doubled each time, half of it random."""
    longest = min(FIRST_PAUSE * 2.0 ** (attempt - 1), LONGEST_PAUSE)
    return longest * (0.5 + 0.5 * clock.chance())


def retry_after(value: str | None, now: float) -> float | None:
    """Return the seconds that a Retry-After asks for, in either of its forms; None without one."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return min(float(value[:20]), 1e9)
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, when.timestamp() - now)
