"""Run tasks in parallel: a pool of threads for each channel, results in the order in which tasks end.

concurrent.futures needs 36 µs of CPU for a task; our own threads needed 120. Python waits for its threads
at the end of the program, so a run that stops early must also end the tasks (`Transport.close`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from queue import Empty, SimpleQueue
from typing import Generic, TypeAlias, TypeVar

T = TypeVar("T")
Channel: TypeAlias = tuple[str, str]
"""A service and the kind of call."""

RESULT_POLL_SECONDS = 0.2


class WorkerPools(Generic[T]):
    """A thread pool for each channel, so that a channel that waits delays no other."""

    def __init__(self, width: int) -> None:
        """Give each channel up to `width` threads."""
        self._width = width
        self._pools: dict[Channel, ThreadPoolExecutor] = {}
        self._done: SimpleQueue[tuple[Channel, Future[T]]] = SimpleQueue()
        self.open_tasks: Counter[Channel] = Counter()

    def submit(self, channel: Channel, task: Callable[[], T]) -> None:
        """Queue a task for the channel's threads."""
        if channel not in self._pools:
            self._pools[channel] = ThreadPoolExecutor(self._width)
        self.open_tasks[channel] += 1
        future = self._pools[channel].submit(task)
        future.add_done_callback(partial(self._note_done, channel))

    def next_result(self) -> T:
        """Wait for the next task to end and return its result; raise what the task raised."""
        channel, future = self._next_done()
        self.open_tasks[channel] -= 1
        return future.result()

    def cancel_pending(self) -> None:
        """Drop the tasks that have not started."""
        for pool in self._pools.values():
            pool.shutdown(wait=False, cancel_futures=True)

    def _note_done(self, channel: Channel, future: Future[T]) -> None:
        if not future.cancelled():
            self._done.put((channel, future))

    def _next_done(self) -> tuple[Channel, Future[T]]:
        # With a timeout, because Ctrl+C does not interrupt an endless wait on Windows.
        while True:
            try:
                return self._done.get(timeout=RESULT_POLL_SECONDS)
            except Empty:
                continue
