"""A clock that only moves when somebody sleeps."""

from __future__ import annotations

from threading import Lock

from enrich.fetcher.clock import Clock


class FakeTime:
    """Time by hand: `sleep` moves it on at once and remembers for how long."""

    def __init__(self, now: float = 1_750_000_000.0) -> None:
        self.now = now
        self.slept: list[float] = []
        self._lock = Lock()

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.now += seconds
            self.slept.append(seconds)

    def read(self) -> float:
        return self.now

    def clock(self) -> Clock:
        return Clock(now=self.read, tick=self.read, sleep=self.sleep, chance=lambda: 1.0)
