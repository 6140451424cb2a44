"""The one way out: an adapter for requests that is polite, patient and suspicious.

Everything stands below requests-cache: what it gets to see, and may keep, is a sound 200, a
redirect or a 404. Everything else is an error with a reason in plain words.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import requests
import urllib3
from requests.adapters import HTTPAdapter

from enrich.fetcher.access import Access, Clock
from enrich.fetcher.limits import CallKind, Gate, Limiter, at_once, documented
from enrich.fetcher.retries import (
    CallError,
    Circuit,
    Passing,
    Refusal,
    backoff,
    retry_after,
    with_retries,
)
from enrich.fetcher.services import LABELS, ServiceName, Services, with_parameter

T = TypeVar("T")

CONNECT_SECONDS, READ_SECONDS, CALL_SECONDS = 10.0, 20.0, 30.0
# Forty full records are 0.3 MB on the average, one of 2,919 authors alone 2 MB.
MOST_BYTES = 32 * 2**20
CHUNK = 2**16

REDIRECTS = frozenset({301, 302, 303, 307, 308})
# What the caller acts on: not there, or not to be asked for like this (a malformed DOI, too long).
MEANINGFUL: Mapping[CallKind, frozenset[int]] = {
    "single": frozenset({200, 400, 404, 410, 413, 414}),
    "list": frozenset({200, 400, 413, 414}),
}
PASSING = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class Line:
    """How calls of one kind to one service are paced."""

    service: ServiceName
    kind: CallKind
    limiter: Limiter
    circuit: Circuit
    gate: Gate

    @property
    def label(self) -> str:
        """Return the service's name as messages have it."""
        return LABELS[self.service]


def lines(access: Access, clock: Clock) -> Mapping[tuple[ServiceName, CallKind], Line]:
    """Return the lines to all services; a service has one circuit and one gate for both kinds."""
    made: dict[tuple[ServiceName, CallKind], Line] = {}
    for name, label in LABELS.items():
        circuit, gate = Circuit(label, clock), Gate(at_once(access))
        kinds: tuple[CallKind, CallKind] = ("single", "list")
        for kind in kinds:
            limiter = Limiter(documented(name, kind, access), kind, clock)
            made[name, kind] = Line(name, kind, limiter, circuit, gate)
    return made


class Transport(HTTPAdapter):
    """Send a request as often as it makes sense, within the service's limits."""

    def __init__(self, access: Access, services: Services, clock: Clock) -> None:
        self._access, self._services, self._clock = access, services, clock
        self._lines = lines(access, clock)
        super().__init__(pool_maxsize=at_once(access))

    def send(  # type: ignore[override]  # the rest goes through as it came
        self, request: requests.PreparedRequest, **options: object
    ) -> requests.Response:
        """Return a sound answer; CallError with the reason otherwise."""
        url = str(request.url)
        line = self._lines[self._services.service_of(url)]
        return with_retries(lambda: self._counted(line, request, options), self._clock)

    def _counted(
        self, line: Line, request: requests.PreparedRequest, options: Mapping[str, object]
    ) -> requests.Response:
        line.circuit.check()
        with line.gate.passing():
            line.limiter.wait()
            line.circuit.check()
            started = self._clock.tick()
            try:
                response = self._once(line, request, options)
            except CallError as error:
                line.circuit.failed(error, started)
                raise
        line.circuit.succeeded()
        return response

    def _once(
        self, line: Line, request: requests.PreparedRequest, options: Mapping[str, object]
    ) -> requests.Response:
        wire = self._signed(request)
        deadline = self._clock.tick() + CALL_SECONDS
        timing = {"stream": True, "timeout": (CONNECT_SECONDS, READ_SECONDS)}
        response = _guarded(line.label, lambda: super(Transport, self).send(wire, **{**options, **timing}))  # type: ignore[arg-type]
        try:
            self._judge_status(line, str(request.url), response)
            body = _guarded(line.label, lambda: self._read(line.label, response, deadline))
        finally:
            response.close()
        if response.status_code == 200:
            self._judge_body(line.label, str(request.url), body)
        line.limiter.follow(response.headers)
        line.gate.follow(response.headers)
        # The address that was sent has the owner's e-mail address in it: nobody gets to see it.
        response.request, response.url = request, str(request.url)
        response._content, response._content_consumed = body, True  # type: ignore[attr-defined]  # noqa: SLF001
        return response

    def _signed(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Return the request with what only the service may see: the address and the token."""
        wire = request.copy()
        name = self._services.service_of(str(request.url))[0]
        if name != "doi.org" and self._access.mailto:
            wire.url = with_parameter(str(wire.url), "mailto", self._access.mailto)
        if name == "crossref" and self._access.token:
            wire.headers["Crossref-Plus-API-Token"] = f"Bearer {self._access.token}"
        return wire

    def _judge_status(self, line: Line, url: str, response: requests.Response) -> None:
        status = response.status_code
        if status in MEANINGFUL[line.kind]:
            return
        if status in REDIRECTS:
            self._judge_redirect(line, url, response)
            return
        reason = f"{line.label} answered with status {status}"
        if status < 500 and status not in PASSING:
            raise Refusal(reason)
        quiet = retry_after(response.headers.get("Retry-After"), self._clock.now())
        if status == 429:
            for other in self._lines.values():
                if other.service == line.service:
                    other.limiter.hold(backoff(2, self._clock) if quiet is None else quiet)
        raise Passing(reason, quiet)

    def _judge_redirect(self, line: Line, url: str, response: requests.Response) -> None:
        target = self._services.followed(url, response.headers.get("Location", ""))
        if line.kind == "list" or target in ("", url):
            raise Refusal(f"{line.label} sent us elsewhere, or in circles")
        # The Location may repeat the parameters, and with them the owner's address.
        response.headers["Location"] = target

    def _read(self, label: str, response: requests.Response, deadline: float) -> bytes:
        """Return the body, unpacked; Refusal where it is too much, Passing where it takes too long."""
        chunks: list[bytes] = []
        size = 0
        for chunk in response.raw.stream(CHUNK, decode_content=True):
            chunks.append(chunk)
            size += len(chunk)
            if size > MOST_BYTES:
                raise Refusal(f"{label}'s answer is larger than {MOST_BYTES // 2**20} MB")
            if self._clock.tick() > deadline:
                raise Passing(f"{label} took more than {CALL_SECONDS:.0f} seconds to answer")
        return b"".join(chunks)

    def _judge_body(self, label: str, url: str, body: bytes) -> None:
        try:
            value = json.loads(body)
        except (ValueError, RecursionError):
            raise Passing(f"{label} did not answer with JSON that can be read") from None
        complaint = self._services.complaint(url, value)
        if complaint:
            # Not tried again: a service that reads an odd DOI otherwise than we do would, with the
            # retries for a handful of pages, look as if it were down.
            raise Refusal(f"{label}: {complaint}")


def _guarded(label: str, call: Callable[[], T]) -> T:
    """Return what a call brings, the libraries' errors as ours: theirs have the address in them."""
    try:
        return call()
    except (requests.exceptions.SSLError, urllib3.exceptions.SSLError):
        raise Passing(f"the connection to {label} is not secure") from None
    except (requests.Timeout, urllib3.exceptions.TimeoutError):
        raise Passing(f"{label} did not answer in time") from None
    except (requests.ConnectionError, urllib3.exceptions.HTTPError, OSError):
        raise Passing(f"no connection to {label}, or it broke") from None
    except requests.RequestException:
        raise Refusal(f"{label} could not be asked") from None
