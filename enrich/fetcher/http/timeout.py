"""End a call at its deadline, whatever it waits for: a name server, a handshake, headers or the body."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import TypeAlias, TypeVar

from enrich.fetcher.clock import Clock

T = TypeVar("T")
Results: TypeAlias = SimpleQueue[tuple[T | None, BaseException | None]]

DEADLINE_POLL_SECONDS = 0.05


class CallTimeout(Exception):
    """Raised when a call has no result at its deadline."""


def keep_result(_result: object) -> None:
    """Do nothing with a late result that holds nothing open."""


def run_until(
    deadline: float,
    call: Callable[[], T],
    clock: Clock,
    check: Callable[[], None],
    discard: Callable[[T], None] = keep_result,
) -> T:
    """Return the result of a call; raise CallTimeout at the deadline, or the error that `check` raises.

    `deadline` is a time of `clock.tick`, in seconds. The libraries' own timeouts limit each read of a socket,
    but not the look-up of a host's name. So each call runs in its own thread, which this function abandons
    at the deadline. It is a daemon thread, because a thread of concurrent.futures would delay the end of the
    program. `discard` gets a result that comes too late, and closes what it holds open.
    """
    done: Results[T] = SimpleQueue()
    is_abandoned = Event()

    def work() -> None:
        try:
            done.put((call(), None))
        except BaseException as error:  # noqa: BLE001  # raised again in the thread that waits
            done.put((None, error))
        if is_abandoned.is_set():
            _discard_late(done, discard)

    Thread(target=work, daemon=True).start()
    try:
        return _await_result(done, deadline, clock, check)
    finally:
        is_abandoned.set()
        _discard_late(done, discard)


def _discard_late(done: Results[T], discard: Callable[[T], None]) -> None:
    """Discard a late result, if there is one; only one of the two threads gets it."""
    with suppress(Empty):
        result, _ = done.get_nowait()
        if result is not None:
            discard(result)


def _await_result(done: Results[T], deadline: float, clock: Clock, check: Callable[[], None]) -> T:
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
