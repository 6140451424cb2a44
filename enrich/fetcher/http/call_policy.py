"""How calls to each service are paced: their rate, how many at once, and when to give up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import urlsplit

from enrich.fetcher.access import Access
from enrich.fetcher.clock import Clock
from enrich.fetcher.http.rate_limits import (
    ConcurrencyLimit,
    RateLimiter,
    allowed_at_once,
    documented_rate,
)
from enrich.fetcher.http.retries import Circuit
from enrich.fetcher.sources.services import Services
from enrich.fetcher.sources.source import CallKind


@dataclass(frozen=True, slots=True)
class CallPolicy:
    """What paces the calls of one kind to one service."""

    service: str
    """The service's name in code."""
    label: str
    """Its name in messages."""
    kind: CallKind
    """Whether a call asks for one work or for a list."""
    limiter: RateLimiter
    """When the next call may start."""
    circuit: Circuit
    """When to give the service up; one for both kinds."""
    concurrency: ConcurrencyLimit
    """How many calls may be in flight; one for everything on a host."""


CallPolicies: TypeAlias = Mapping[tuple[str, CallKind], CallPolicy]


def make_call_policies(access: Access, services: Services, clock: Clock) -> CallPolicies:
    """Return the policy for each service and kind of call."""
    policies: dict[tuple[str, CallKind], CallPolicy] = {}
    hosts = {urlsplit(source.address).netloc for source in services.all}
    limits = {host: ConcurrencyLimit(allowed_at_once(access), clock) for host in hosts}
    kinds: tuple[CallKind, CallKind] = ("single", "list")
    for source in services.all:
        circuit, limit = Circuit(source.label, clock), limits[urlsplit(source.address).netloc]
        for kind in kinds:
            limiter = RateLimiter(documented_rate(services.declared[source.name], kind, access), kind, clock)
            policies[source.name, kind] = CallPolicy(source.name, source.label, kind, limiter, circuit, limit)
    return policies
