"""Work side by side: tasks in lanes, a few threads to each, results in the order they are done."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Generic, TypeAlias, TypeVar

T = TypeVar("T")
Lane: TypeAlias = tuple[str, str]  # a service, and the kind of call

POLL_SECONDS = 0.2


class Lanes(Generic[T]):
    """`put` tasks, `take` results; a lane that waits holds up no other.

    The threads are daemons: an interrupt is not held up by a service that takes its time.
    """

    def __init__(self, width: int) -> None:
        """Give each lane up to `width` threads while it has tasks."""
        self._width = width
        self._waiting: defaultdict[Lane, deque[Callable[[], T]]] = defaultdict(deque)
        self._threads: Counter[Lane] = Counter()
        self._done: SimpleQueue[tuple[Lane, T | None, BaseException | None]] = SimpleQueue()
        self._lock = Lock()
        self.open: Counter[Lane] = Counter()

    def put(self, lane: Lane, task: Callable[[], T]) -> None:
        """Let a task be done when its turn comes."""
        self.open[lane] += 1
        with self._lock:
            self._waiting[lane].append(task)
            if self._threads[lane] >= self._width:
                return
            self._threads[lane] += 1
        Thread(target=self._work, args=(lane,), daemon=True).start()

    def take(self) -> T:
        """Wait for the next result; an error of the task is raised here."""
        lane, result, error = self._next()
        self.open[lane] -= 1
        if error is not None:
            raise error
        return result  # type: ignore[return-value]  # None only where there is an error

    def clear(self) -> None:
        """Begin nothing more."""
        with self._lock:
            self._waiting.clear()

    def _work(self, lane: Lane) -> None:
        while True:
            with self._lock:
                if not self._waiting[lane]:
                    self._threads[lane] -= 1
                    return
                task = self._waiting[lane].popleft()
            try:
                self._done.put((lane, task(), None))
            except BaseException as error:  # noqa: BLE001  # raised again where it is awaited
                self._done.put((lane, None, error))

    def _next(self) -> tuple[Lane, T | None, BaseException | None]:
        # Not without a limit: on Windows nothing interrupts an unlimited wait.
        while True:
            try:
                return self._done.get(timeout=POLL_SECONDS)
            except Empty:
                continue
