"""End a call at its deadline, whatever hangs: a name server, a handshake, slow headers or a slow body."""

from __future__ import annotations

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

from enrich.fetcher.clock import Clock

T = TypeVar("T")

DEADLINE_POLL_SECONDS = 0.05


class CallTimeout(Exception):
    """Raised when a call has no result at its deadline."""


def run_until(deadline: float, call: Callable[[], T], clock: Clock, check: Callable[[], None]) -> T:
    """Return the result of a call; raise CallTimeout at the deadline, or the error that `check` raises.

    The deadline is in the seconds of `clock.tick`. The libraries' own timeouts limit each read of a socket,
    and do not limit a name server. So each call runs in its own thread, which is abandoned at the deadline.
    It is a daemon thread, because a thread of concurrent.futures would delay the end of the program.
    """
    done: SimpleQueue[tuple[T | None, BaseException | None]] = SimpleQueue()

    def work() -> None:
        try:
            done.put((call(), None))
        except BaseException as error:  # noqa: BLE001  # raised again in the thread that waits
            done.put((None, error))

    Thread(target=work, daemon=True).start()
    while True:
        try:
            result, error = done.get(timeout=DEADLINE_POLL_SECONDS)
        except Empty:
            check()
            if clock.tick() > deadline:
                raise CallTimeout from None
            continue
        if error is not None:
            raise error
        return result  # type: ignore[return-value]  # None only with an error
