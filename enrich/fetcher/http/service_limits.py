"""The limits of each service: the rate of calls, the calls in flight, and when to give up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from enrich.fetcher.access import Access
from enrich.fetcher.clock import Clock
from enrich.fetcher.http.call_pacing import ConcurrencyLimit, RateLimiter
from enrich.fetcher.http.circuit_breaker import Circuit
from enrich.fetcher.http.rate import count_allowed_at_once, get_documented_rate
from enrich.fetcher.http.shared_pace_file import SharedPaceFile
from enrich.fetcher.sources.services import Services
from enrich.fetcher.sources.source import CallKind


@dataclass(frozen=True, slots=True)
class ServiceLimits:
    """The limits of one kind of call to one service."""

    service: str
    """The service's name in code."""
    label: str
    """The service's name in messages."""
    kind: CallKind
    """Whether a call asks for one work or for a list."""
    limiter: RateLimiter
    """Decides when the next call may start."""
    circuit: Circuit
    """Decides when to give up on the service; both kinds of call share it."""
    concurrency: ConcurrencyLimit
    """Limits the calls in flight; all calls to a host share it."""


def make_service_limits(
    access: Access, services: Services, clock: Clock, folder: Path | None = None
) -> Mapping[tuple[str, CallKind], ServiceLimits]:
    """Return the limits of each service and kind of call; processes with one folder share them."""
    limits: dict[tuple[str, CallKind], ServiceLimits] = {}
    hosts = {urlsplit(source.address).netloc for source in services.all}
    pace_files = {host: _make_pace_file(services, host, clock, folder) for host in hosts}
    concurrency = {host: ConcurrencyLimit(count_allowed_at_once(access), clock) for host in hosts}
    kinds: tuple[CallKind, CallKind] = ("single", "list")
    for source in services.all:
        host = urlsplit(source.address).netloc
        circuit = Circuit(source.label, clock)
        for kind in kinds:
            rate = get_documented_rate(services.declared[source.name], kind, access)
            limiter = RateLimiter(rate, kind, clock, pace_files[host], f"{source.name} {kind}")
            limits[source.name, kind] = ServiceLimits(
                source.name, source.label, kind, limiter, circuit, concurrency[host]
            )
    return limits


def _make_pace_file(
    services: Services, host: str, clock: Clock, folder: Path | None
) -> SharedPaceFile | None:
    """Return the file that processes share, named after the host's first service; None without a folder."""
    names = (source.name for source in services.all if urlsplit(source.address).netloc == host)
    return SharedPaceFile(folder, next(names), clock) if folder else None
