"""The rates that a service documents, and those that its headers announce."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from enrich.fetcher.access import Access
from enrich.fetcher.sources.source import CallKind, Service

# Calls start this much further apart than the rate allows, because a network does not delay every call by
# the same time: a call that is late by up to a tenth of the interval must not arrive together with the next.
MARGIN = 1.1
SLOWEST = 16.0
# If a call took longer than others, either the request or the response was slow. Assume that the request
# was late by at most this part of the interval.
_LATE_PART = 0.25

_RATE_HEADERS = ("x-rate-limit-limit", "x-ratelimit-limit", "x-rate-limit")
_INTERVAL_HEADERS = ("x-rate-limit-interval", "x-ratelimit-interval")
# Bounded, because int() refuses 4,301 digits; no real limit has ten.
_COUNT = re.compile(r"\d{1,9}", re.ASCII)
_INTERVAL = re.compile(r"(\d{1,9})\s*(ms|s|m)?", re.ASCII)
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, None: 1.0}


@dataclass(frozen=True, slots=True)
class Rate:
    """The number of calls that a service allows in an interval."""

    calls: float
    """The number of calls."""
    seconds: float = 1.0
    """The length of the interval, in seconds."""

    @property
    def gap(self) -> float:
        """Return the seconds from one call to the next."""
        return MARGIN * self.seconds / self.calls

    @property
    def most_late(self) -> float:
        """Return the most seconds by which a request may have reached the service late."""
        return _LATE_PART * self.seconds


def get_documented_rate(service: Service, kind: CallKind, access: Access) -> Rate:
    """Return the rate that the service documents, with which a run starts."""
    return Rate(*service.rate(kind, bool(access.mailto), bool(access.token)))


def count_allowed_at_once(access: Access) -> int:
    """Return the number of calls that may be in flight at the same time."""
    return 3 if access.mailto or access.token else 1


def read_rate(headers: Mapping[str, str], kind: CallKind) -> Rate | None:
    """Return the rate that a response announces for calls of this kind; headers may have any case."""
    calls = next((count for name in _RATE_HEADERS if (count := read_header_number(headers.get(name, "")))), 0)
    pool = headers.get("x-api-pool", "").strip().lower()
    foreign = "-single" if kind == "list" else "-array"
    if not 0 < calls <= 10_000 or pool.endswith(foreign):
        return None
    interval = next((headers[name] for name in _INTERVAL_HEADERS if name in headers), "1s")
    match = _INTERVAL.fullmatch(interval.strip().lower())
    seconds = int(match[1]) * _SECONDS[match[2]] if match else 0.0
    return Rate(calls, seconds) if 0 < seconds <= 3600 else None


def read_header_number(value: str) -> int:
    """Return the number in a header, 0 for anything else."""
    return int(value) if _COUNT.fullmatch(value.strip()) else 0
