"""The errors of a call to a service."""

from __future__ import annotations


class CallError(Exception):
    """The base of the errors of a call; `reason` is for people and contains no address."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TransientError(CallError):
    """A call may succeed later: no connection, 429, 5xx, an unreadable body.

    `pause` is the number of seconds that the service asked enrich to wait, None if it named none. `too_fast`
    is true if all calls to the service must slow down (429).
    """

    def __init__(self, reason: str, pause: float | None = None, *, too_fast: bool = False) -> None:
        super().__init__(reason)
        self.pause, self.too_fast = pause, too_fast


class PermanentError(CallError):
    """A second attempt at the call would fail, too."""


class SetupError(PermanentError):
    """Every call fails, because of this computer's settings (proxy, certificates)."""


class CircuitOpenError(CallError):
    """This run makes no more calls to the service."""
