"""Retry the calls that may succeed later: how often, and after which pauses; transport.py decides which."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt
from urllib3 import Retry
from urllib3.exceptions import InvalidHeader

from enrich.fetcher.clock import Clock
from enrich.fetcher.http.call_errors import TransientError
from enrich.fetcher.http.call_pacing import WAIT_POLL_SECONDS

T = TypeVar("T")

ATTEMPTS = 4
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 8.0


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
