"""Send requests to the services: politely, patiently and suspiciously.

This adapter works below requests-cache, which therefore only sees, and keeps, a sound 200, a redirect
or a 404. Everything else is an error with a reason in plain words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeVar
from urllib.parse import quote, urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict

from enrich.fetcher.access import Access, Clock
from enrich.fetcher.http.rate_limits import Gate, Limiter, at_once, get_documented_rate
from enrich.fetcher.http.retries import (
    CallError,
    Circuit,
    Passing,
    Refusal,
    backoff,
    retry_after,
    with_retries,
)
from enrich.fetcher.http.timeout import TooLate, within
from enrich.fetcher.parse_json import parse_json
from enrich.fetcher.sources.services import Services, add_parameter
from enrich.fetcher.sources.source import CallKind

T = TypeVar("T")

CONNECT_SECONDS, READ_SECONDS, CALL_SECONDS = 10.0, 20.0, 30.0
# Forty full records are 0.3 MB on the average, one of 2,919 authors alone 2 MB.
MOST_BYTES = 32 * 2**20
CHUNK = 2**16
SHORTEST_TOKEN = 8

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

    service: str
    label: str
    kind: CallKind
    limiter: Limiter
    circuit: Circuit
    gate: Gate


def lines(access: Access, services: Services, clock: Clock) -> Mapping[tuple[str, CallKind], Line]:
    """Return the lines to all services; a service has one circuit, and a host one gate, for both kinds."""
    made: dict[tuple[str, CallKind], Line] = {}
    gates = {urlsplit(source.address).netloc: Gate(at_once(access), clock) for source in services.all}
    for source in services.all:
        circuit, gate = Circuit(source.label, clock), gates[urlsplit(source.address).netloc]
        kinds: tuple[CallKind, CallKind] = ("single", "list")
        for kind in kinds:
            limiter = Limiter(get_documented_rate(services.declared[source.name], kind, access), kind, clock)
            made[source.name, kind] = Line(source.name, source.label, kind, limiter, circuit, gate)
    return made


class Transport(HTTPAdapter):
    """Send a request as often as it makes sense, within the service's limits."""

    def __init__(self, access: Access, services: Services, clock: Clock) -> None:
        self._access, self._services, self._clock = access, services, clock
        self._lines = lines(access, services, clock)
        self._secrets = _secrets(access)
        super().__init__(pool_maxsize=at_once(access))

    def send(  # type: ignore[override]  # the rest goes through as it came
        self, request: requests.PreparedRequest, **options: object
    ) -> requests.Response:
        """Return a sound answer; CallError with the reason otherwise."""
        url = str(request.url)
        line = self._lines[self._services.identify_call(url)]
        attempt = partial(self._counted, line, request, options)
        return with_retries(attempt, self._clock, line.circuit.check)

    def _counted(
        self, line: Line, request: requests.PreparedRequest, options: Mapping[str, object]
    ) -> requests.Response:
        with line.gate.passing(line.limiter, line.circuit.check) as started:
            try:
                response = self._timed(line, request, options)
            except CallError as error:
                # In this order: who waits for a limiter that is held looks at the circuit first.
                line.circuit.failed(error, started)
                self._slow_down(line, error)
                raise
            line.limiter.settle(started)
        line.circuit.succeeded()
        return response

    def _slow_down(self, line: Line, error: CallError) -> None:
        """Hold all calls to a service that said they come too fast."""
        if not isinstance(error, Passing) or not error.too_fast:
            return
        for other in self._lines.values():
            if other.service == line.service:
                other.limiter.hold(backoff(2, self._clock) if error.quiet is None else error.quiet)

    def _timed(
        self, line: Line, request: requests.PreparedRequest, options: Mapping[str, object]
    ) -> requests.Response:
        arrived: list[requests.Response] = []
        try:
            return within(CALL_SECONDS, lambda: self._once(line, request, options, arrived), self._clock)
        except TooLate:
            for response in arrived:  # its body trickles: end it for the reader
                getattr(response.raw, "shutdown", response.close)()
            raise Passing(f"{line.label} took more than {CALL_SECONDS:.0f} seconds to answer") from None

    def _once(
        self,
        line: Line,
        request: requests.PreparedRequest,
        options: Mapping[str, object],
        arrived: list[requests.Response],
    ) -> requests.Response:
        wire = self._signed(request)
        timing = {"stream": True, "timeout": (CONNECT_SECONDS, READ_SECONDS)}
        response = _guarded(line.label, lambda: super(Transport, self).send(wire, **{**options, **timing}))  # type: ignore[arg-type]
        arrived.append(response)
        try:
            self._judge_status(line, str(request.url), response)
            body = self._anonymous(_guarded(line.label, lambda: _read(line.label, response)))
        finally:
            response.close()
        if response.status_code == 200:
            self._judge_body(line.label, str(request.url), body)
        line.limiter.follow(response.headers)
        line.gate.follow(response.headers)
        # The address that was sent contains the owner's e-mail address, and headers may repeat it:
        # hide both.
        response.request, response.url = request, str(request.url)
        location = response.headers.get("Location", "") if response.status_code in REDIRECTS else ""
        response.headers = CaseInsensitiveDict({"Location": location} if location else {})
        response._content, response._content_consumed = body, True  # type: ignore[attr-defined]  # noqa: SLF001
        return response

    def _anonymous(self, body: bytes) -> bytes:
        """Return an answer that does not tell who asked, should the service have repeated that."""
        for secret in self._secrets:
            body = body.replace(secret, b"***")
        return body

    def _signed(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Return the request with what only the service may see: the address and the token."""
        wire = request.copy()
        name = self._services.identify_call(str(request.url))[0]
        if name != self._services.register.name and self._access.mailto:
            wire.url = add_parameter(str(wire.url), "mailto", self._access.mailto)
        if name == self._services.primary.name and self._access.token:
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
        raise Passing(reason, quiet, too_fast=status == 429)

    def _judge_redirect(self, line: Line, url: str, response: requests.Response) -> None:
        target = self._services.resolve_redirect(url, response.headers.get("Location", ""))
        if line.kind == "list" or target in ("", url):
            raise Refusal(f"{line.label} sent us elsewhere, or in circles")
        # The Location may repeat the parameters, and with them the owner's address.
        response.headers["Location"] = target

    def _judge_body(self, label: str, url: str, body: bytes) -> None:
        try:
            value = parse_json(body)
        except (ValueError, RecursionError):
            raise Passing(f"{label} did not answer with JSON that can be read") from None
        find_mismatch = self._services.find_mismatch(url, value)
        if find_mismatch:
            # Not tried again: a service that reads an odd DOI otherwise than we do would, with the
            # retries for a handful of pages, look as if it were down.
            raise Refusal(f"{label}: {find_mismatch}")


def _secrets(access: Access) -> tuple[bytes, ...]:
    spellings = {access.mailto, quote(access.mailto), quote(access.mailto, safe="")}
    # No token is shorter than this; a shorter text may be a word of any record.
    token = {access.token} if len(access.token) >= SHORTEST_TOKEN else set()
    return tuple(spelling.encode() for spelling in (spellings | token) - {""})


def _read(label: str, response: requests.Response) -> bytes:
    """Return the body, unpacked; Refusal where it is too much."""
    chunks: list[bytes] = []
    size = 0
    for chunk in response.raw.stream(CHUNK, decode_content=True):
        chunks.append(chunk)
        size += len(chunk)
        if size > MOST_BYTES:
            raise Refusal(f"{label}'s answer is larger than {MOST_BYTES // 2**20} MB")
    return b"".join(chunks)


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
