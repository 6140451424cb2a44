"""The clock of a run: time, sleep and chance, which tests replace so that no test waits."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from random import random


@dataclass(frozen=True, slots=True)
class Clock:
    """The sources of time and chance of a run."""

    now: Callable[[], float] = time.time
    """Return the seconds since 1970."""
    tick: Callable[[], float] = time.monotonic
    """Return the seconds since some moment; they never decrease, whatever happens to the system's clock."""
    sleep: Callable[[float], None] = time.sleep
    """Wait for some seconds."""
    chance: Callable[[], float] = random
    """Return a random number from 0 to 1."""
