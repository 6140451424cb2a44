"""Retry calls that may succeed later, and stop calling a service that keeps failing."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt
from urllib3 import Retry
from urllib3.exceptions import InvalidHeader

from enrich.fetcher.clock import Clock
from enrich.fetcher.http.rate_limits import WAIT_POLL_SECONDS

T = TypeVar("T")

ATTEMPTS = 4
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 8.0
# The circuit opens after this many failed calls in a row, or this many seconds lost on them (a pause that
# Retry-After requests counts). A call takes at most 30 seconds (transport.py), so a run in which every
# call fails ends within two minutes.
MOST_FAILURES, MOST_SECONDS = 10, 65.0


class CallError(Exception):
    """The base of the errors of a call; `reason` is for people and contains no address."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TransientError(CallError):
    """A temporary fault: no connection, 429, 5xx, an unreadable body.

    `pause` is the number of seconds that the service asked us to wait, or None; `too_fast` means that every
    call to the service must slow down.
    """

    def __init__(self, reason: str, pause: float | None = None, *, too_fast: bool = False) -> None:
        super().__init__(reason)
        self.pause, self.too_fast = pause, too_fast


class PermanentError(CallError):
    """A fault that would occur again at a second attempt."""


class SetupError(PermanentError):
    """A fault of this computer's settings (proxy, certificates), which makes every call fail."""


class CircuitOpenError(CallError):
    """This run makes no more calls to the service."""


class Circuit:
    """Count the failed calls to a service in a row, retries included; once open, stay open."""

    def __init__(self, label: str, clock: Clock) -> None:
        self._label, self._clock = label, clock
        self._failures, self._since, self._last = 0, 0.0, 0.0
        self._reason = ""
        self._lock = Lock()

    def raise_if_open(self) -> None:
        """Raise CircuitOpenError if this run has given up on the service."""
        if self._reason:
            raise CircuitOpenError(self._reason)

    def open(self, reason: str) -> None:
        """Let no more calls through, and keep the first reason."""
        with self._lock:
            self._reason = self._reason or reason

    def record_success(self) -> None:
        """Start to count from zero again."""
        with self._lock:
            self._failures = 0

    def record_failure(self, error: CallError, started: float) -> None:
        """Count a failed call that began at `started`, and open the circuit at the limit."""
        if self._is_too_much(error, started):
            self.open(f"gave up on {self._label} for this run: {error.reason}")

    def _is_too_much(self, error: CallError, started: float) -> bool:
        pause = (error.pause or 0.0) if isinstance(error, TransientError) else 0.0
        with self._lock:
            # Time without a call to the service does not count as lost.
            if not self._failures or started - self._last > MOST_SECONDS:
                self._since = started
            self._failures += 1
            self._last = self._clock.tick()
            lost = self._last + pause - self._since
            return isinstance(error, SetupError) or self._failures >= MOST_FAILURES or lost > MOST_SECONDS


def call_with_retries(call: Callable[[], T], clock: Clock, check: Callable[[], None] = lambda: None) -> T:
    """Return the result of a call, retried after each TransientError; raise its last CallError.

    `check` runs before and during the pauses; an error that it raises ends them.
    """
    retrying = Retrying(
        retry=retry_if_exception_type(TransientError),
        stop=stop_after_attempt(ATTEMPTS),
        wait=lambda state: _pause_seconds(state, clock),
        sleep=lambda seconds: _sleep_checking(seconds, clock, check),
        reraise=True,
    )
    return retrying(call)


def _sleep_checking(seconds: float, clock: Clock, check: Callable[[], None]) -> None:
    check()
    while seconds > 0:
        clock.sleep(min(seconds, WAIT_POLL_SECONDS))
        seconds -= WAIT_POLL_SECONDS
        check()


def _pause_seconds(state: RetryCallState, clock: Clock) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked = error.pause if isinstance(error, TransientError) else None
    return max(asked or 0.0, backoff_seconds(state.attempt_number, clock))


def backoff_seconds(attempt: int, clock: Clock) -> float:
    """Return the seconds to wait after this attempt: twice as long each time, half of them random."""
    longest = min(FIRST_PAUSE * 2.0 ** (attempt - 1), LONGEST_PAUSE)
    return longest * (0.5 + 0.5 * clock.chance())


def parse_retry_after(value: str | None) -> float | None:
    """Return the seconds that a Retry-After header requests; None if it is missing or unreadable."""
    if value is None:
        return None
    try:
        return Retry().parse_retry_after(value)
    except (InvalidHeader, ValueError, OverflowError):  # 5,000 digits, a year 99999999
        return None
