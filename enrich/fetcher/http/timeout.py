"""End a call in good time whatever hangs: a name server, a handshake, headers or a body that trickle."""

from __future__ import annotations

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

from enrich.fetcher.access import Clock

T = TypeVar("T")

LOOK_UP_SECONDS = 0.05


class TooLate(Exception):
    """The time was up before there was a result."""


def within(seconds: float, call: Callable[[], T], clock: Clock) -> T:
    """Return the result of a call; raise TooLate if it takes longer.

    The libraries' own timeouts are about one read of a socket, and a name server knows none. So the
    call has a thread of its own, which is left behind with what it waits for.
    """
    done: SimpleQueue[tuple[T | None, BaseException | None]] = SimpleQueue()

    def work() -> None:
        try:
            done.put((call(), None))
        except BaseException as error:  # noqa: BLE001  # raised again where it is awaited
            done.put((None, error))

    until = clock.tick() + seconds
    Thread(target=work, daemon=True).start()
    while True:
        try:
            result, error = done.get(timeout=LOOK_UP_SECONDS)
        except Empty:
            if clock.tick() > until:
                raise TooLate from None
            continue
        if error is not None:
            raise error
        return result  # type: ignore[return-value]  # None only where there is an error
