"""Share a host's limits among all processes with one cache folder: rate of calls, and calls in flight.

A file beside the cache has the earliest start of the next call of each kind. Each call in flight locks one
of a few other files; the system releases the lock even if the process is killed. As the files may come with
another person's repository, they can only make calls slower, by at most LONGEST_WAIT.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import TypeVar

from enrich.errors import describe_os_error
from enrich.fetcher.clock import Clock
from enrich.fetcher.file_lock import try_lock
from enrich.fetcher.http.rate import Rate
from enrich.fetcher.http.shared_pace import PLACE_POLL_SECONDS, Pace, read_paces

T = TypeVar("T")

_MOST_BYTES = 2**20  # of the file, which has the latest calls of a few kinds
_TRIES, _PAUSE = 50, 0.01  # and seconds, for a lock that others hold for less than 1 ms


@dataclass(frozen=True, slots=True)
class Turn:
    """The turn of a call: it may start now, or in some seconds."""

    seconds_left: float = 0.0
    """The seconds to wait; 0 if the call may start."""
    place: FileIO | None = None
    """The lock to release after the call; None if there is none."""

    def end(self) -> None:
        """Release the place of the call."""
        if self.place is not None:
            self.place.close()


class SharedPaceFile:
    """The file with the pace of the calls to one host."""

    def __init__(self, folder: Path, name: str, clock: Clock) -> None:
        """Open no file yet."""
        self._folder, self._name, self._clock = folder, name, clock
        self.trouble = ""
        """Why processes cannot share the limits, in words; `""` if they can."""

    def take_turn(self, channel: str, rate: Rate, gap: float, most: int) -> Turn:
        """Start a call if it is due and fewer than `most` are in flight; else return how long to wait."""

        def start(paces: dict[str, Pace]) -> Turn:
            """Return the turn, and count a call that starts now."""
            pace = paces.setdefault(channel, Pace())
            left = pace.seconds_left(self._clock.now(), rate)
            if left > 0:
                return Turn(left)
            place = self._find_place(most)
            if place is None:
                return Turn(PLACE_POLL_SECONDS)
            pace.start_call(self._clock.now(), rate, gap)
            return Turn(place=place)

        return self._change(start, Turn(PLACE_POLL_SECONDS)) or Turn()

    def record_duration(self, channel: str, seconds: float, rate: Rate) -> None:
        """Record how long the service took to answer a call that has just ended."""
        now = self._clock.now()
        self._change(lambda paces: paces.setdefault(channel, Pace()).record_duration(now, seconds, rate))

    def pause(self, channel: str, seconds: float) -> None:
        """Start no call for some seconds, and halve the rate afterwards."""
        now = self._clock.now()
        self._change(lambda paces: paces.setdefault(channel, Pace()).pause(now, seconds))

    def follow_rate(self, channel: str, slower: Rate | None) -> None:
        """Adopt a rate that is slower than documented; after a 429, become a little faster again."""
        self._change(lambda paces: paces.setdefault(channel, Pace()).follow_rate(slower))

    def _find_place(self, most: int) -> FileIO | None:
        files = (self._folder / f"limits-{self._name}-{number}.lock" for number in range(1, most + 1))
        return next((place for file in files if (place := try_lock(file))), None)

    def _change(self, change: Callable[[dict[str, Pace]], T], busy: T | None = None) -> T | None:
        """Change the file under its lock and return what `change` returns.

        Return `busy` if others hold the lock for too long, and None once the file cannot be used.
        """
        if self.trouble:
            return None
        try:
            for _ in range(_TRIES):
                if file := try_lock(self._folder / f"limits-{self._name}.lock"):
                    with file:
                        return self._change_file(file, change)
                self._clock.sleep(_PAUSE)
        except (OSError, sqlite3.Error) as error:
            reason = describe_os_error(error) if isinstance(error, OSError) else str(error)
            self.trouble = f"runs at the same time cannot share the services' limits: {reason}"
            return None
        return busy

    def _change_file(self, file: FileIO, change: Callable[[dict[str, Pace]], T]) -> T:
        paces = read_paces(file.read(_MOST_BYTES), self._clock.now())
        result = change(paces)
        text = json.dumps({channel: pace.to_row() for channel, pace in paces.items()})
        file.seek(0)
        file.truncate()
        file.write(text.encode())
        return result
