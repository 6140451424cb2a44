"""Run tasks in a pool of threads for each channel; give the results in the order in which tasks end.

concurrent.futures takes 36 µs of CPU for a task; threads of our own took 120. But Python waits for the
threads of concurrent.futures when the program ends, so a run that ends early must end the tasks, too
(`Transport.close`).
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
"""The name of a service, and a kind of call."""

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
        """Wait until a task ends and return its result; raise the error that the task raised."""
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
