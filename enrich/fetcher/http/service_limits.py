"""Pace the calls to each service: their rate, how many run at once, and when to give up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

from enrich.fetcher.access import Access
from enrich.fetcher.clock import Clock
from enrich.fetcher.http.call_pacing import ConcurrencyLimit, RateLimiter
from enrich.fetcher.http.circuit_breaker import Circuit
from enrich.fetcher.http.rate import count_allowed_at_once, get_documented_rate
from enrich.fetcher.http.shared_pace_file import SharedLimits
from enrich.fetcher.sources.services import Services
from enrich.fetcher.sources.source import CallKind


@dataclass(frozen=True, slots=True)
class CallPolicy:
    """The limits for one kind of call to one service."""

    service: str
    """The service's name in code."""
    label: str
    """Its name in messages."""
    kind: CallKind
    """Whether a call asks for one work or for a list."""
    limiter: RateLimiter
    """Decides when the next call may start."""
    circuit: Circuit
    """Decides when to give up on the service; both kinds of call share it."""
    concurrency: ConcurrencyLimit
    """Limits the calls in flight; all calls to a host share it."""


CallPolicies: TypeAlias = Mapping[tuple[str, CallKind], CallPolicy]


def make_call_policies(
    access: Access, services: Services, clock: Clock, folder: Path | None = None
) -> CallPolicies:
    """Return the policy for each service and kind of call; processes with one folder share the limits."""
    policies: dict[tuple[str, CallKind], CallPolicy] = {}
    hosts = {urlsplit(source.address).netloc for source in services.all}
    shared = {host: _share_limits(services, host, clock, folder) for host in hosts}
    limits = {host: ConcurrencyLimit(count_allowed_at_once(access), clock) for host in hosts}
    kinds: tuple[CallKind, CallKind] = ("single", "list")
    for source in services.all:
        host = urlsplit(source.address).netloc
        circuit, limit = Circuit(source.label, clock), limits[host]
        for kind in kinds:
            rate = get_documented_rate(services.declared[source.name], kind, access)
            limiter = RateLimiter(rate, kind, clock, shared[host], f"{source.name} {kind}")
            policies[source.name, kind] = CallPolicy(source.name, source.label, kind, limiter, circuit, limit)
    return policies


def _share_limits(services: Services, host: str, clock: Clock, folder: Path | None) -> SharedLimits | None:
    """Return the limits of a host, under the name of the first service there; None without a folder."""
    names = (source.name for source in services.all if urlsplit(source.address).netloc == host)
    return SharedLimits(folder, next(names), clock) if folder else None
