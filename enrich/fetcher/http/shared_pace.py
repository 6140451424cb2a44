"""Compute when the next call of a kind may start, from the calls of all processes; read and write no file."""

from __future__ import annotations

import json
import math
import sys
from dataclasses import asdict, dataclass, field

from enrich.fetcher.http.rate import SLOWEST, Rate

PLACE_POLL_SECONDS = 0.05
# The longest wait, in seconds, that the file can cause; a run gives up on a service that costs as many.
LONGEST_WAIT = 65.0
MOST_STARTED = 200  # the latest calls whose starts the file has
# The seconds by which the clocks of computers that share a cache folder may differ.
_MOST_AHEAD = 2.0


@dataclass(slots=True)
class Pace:
    """When the latest calls started, and when the next call may start."""

    next: float = 0.0
    """The earliest start of the next call, in seconds since 1970."""
    slowness: float = 1.0
    """The factor by which the gaps are longer because the service answered with 429."""
    gap: float = 0.0
    """The gap in seconds that a service has announced, if it is longer than documented; 0 otherwise."""
    fastest: float = math.inf
    """The seconds that the fastest call took."""
    started: list[float] = field(default_factory=list)
    """The starts of the latest calls, in seconds since 1970."""

    def seconds_left(self, now: float, rate: Rate) -> float:
        """Return the seconds until a call may start; 0 or less if it may start now."""
        return min(max(self.next, self._find_window_end(rate)) - now, LONGEST_WAIT)

    def start_call(self, now: float, rate: Rate, gap: float) -> None:
        """Count a call that starts now."""
        self.next = now + max(gap, max(rate.gap, self.gap) * self.slowness)
        self.started = [*self.started, now][-MOST_STARTED:]

    def record_duration(self, now: float, seconds: float, rate: Rate) -> None:
        """Record that a call took some seconds and ended `now`: a slow call may have arrived late."""
        self.fastest = min(self.fastest, seconds)
        late = min(seconds - self.fastest, rate.most_late)
        begun = now - seconds
        self.started = [when + late if abs(when - begun) < 0.001 else when for when in self.started]

    def pause(self, now: float, seconds: float) -> None:
        """Start no call for some seconds, and double the gaps."""
        self.next = max(self.next, now + seconds)
        self.slowness = min(2 * self.slowness, SLOWEST)

    def follow_rate(self, slower: Rate | None) -> None:
        """Adopt a rate that is slower than documented; after a 429, become a little faster again."""
        self.slowness = max(1.0, 0.9 * self.slowness)
        self.gap = slower.gap if slower else 0.0

    def to_row(self) -> dict[str, object]:
        """Return the pace in the form that the file has."""
        fastest = self.fastest if self.fastest < math.inf else None
        return {**asdict(self), "fastest": fastest}

    def _find_window_end(self, rate: Rate) -> float:
        """Return the end of the current interval if it has as many calls as the rate allows, otherwise 0."""
        calls = int(rate.calls)
        if not 0 < calls <= len(self.started):
            return 0.0
        return sorted(self.started)[-calls] + rate.seconds


def read_paces(data: bytes, now: float) -> dict[str, Pace]:
    """Return the paces in a file by channel; an impossible value counts as missing."""
    try:
        rows = json.loads(data or b"{}")
    except (ValueError, RecursionError):
        return {}
    rows = rows if isinstance(rows, dict) else {}
    return {channel: _read_pace(row, now) for channel, row in rows.items() if isinstance(row, dict)}


def _read_pace(row: dict[str, object], now: float) -> Pace:
    starts = row.get("started")
    starts = starts[-MOST_STARTED:] if isinstance(starts, list) else []
    started = [_bound_number(when, 0.0, math.inf) for when in starts]
    return Pace(
        next=_bound_number(row.get("next"), 0.0, now + LONGEST_WAIT),
        slowness=_bound_number(row.get("slowness"), 1.0, SLOWEST),
        gap=_bound_number(row.get("gap"), 0.0, LONGEST_WAIT),
        fastest=_bound_number(row.get("fastest"), math.inf, math.inf),
        started=[when for when in started if 0 < when <= now + _MOST_AHEAD],
    )


def _bound_number(value: object, missing: float, most: float) -> float:
    """Return a number of the file, but at most `most`; return `missing` for anything else."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= sys.float_info.max:
        return missing
    return min(float(value), most)
