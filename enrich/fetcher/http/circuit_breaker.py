"""Stop calling a service that keeps failing."""

from __future__ import annotations

from threading import Lock

from enrich.fetcher.clock import Clock
from enrich.fetcher.http.call_errors import CallError, CircuitOpenError, SetupError, TransientError

# The circuit opens after this many failed calls in a row, or after they have cost this many seconds (with
# the pause that a Retry-After header requests). A call takes at most 30 seconds (transport.py), so a run in
# which every call fails ends within two minutes.
MOST_FAILURES, MOST_SECONDS = 10, 65.0


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
        """Count the failures from zero again."""
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
