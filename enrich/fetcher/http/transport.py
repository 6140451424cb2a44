"""Send requests within the services' limits, retry them, and return only sound responses.

Each request gets the e-mail address and the token here. After a 429 all calls to that service pause.

The transport is a requests adapter, below requests-cache: the cache gets a sound 200, a redirect or a
rejection such as "not found". For anything else the transport raises a CallError with a reason in words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from functools import partial
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import TypeVar
from urllib.parse import quote

import requests
import urllib3
from requests.adapters import HTTPAdapter

from enrich.fetcher.access import Access
from enrich.fetcher.clock import Clock
from enrich.fetcher.http.answer_body import BodyReader
from enrich.fetcher.http.call_errors import CallError, CircuitOpenError, PermanentError, TransientError
from enrich.fetcher.http.rate import count_allowed_at_once
from enrich.fetcher.http.retries import backoff_seconds, call_with_retries, parse_retry_after
from enrich.fetcher.http.service_limits import ServiceLimits, make_service_limits
from enrich.fetcher.http.timeout import CallTimeout, keep_result, run_until
from enrich.fetcher.http.translate_errors import translate_errors
from enrich.fetcher.parse_json import parse_json
from enrich.fetcher.sources.services import Services, add_parameter
from enrich.fetcher.sources.source import REDIRECTS, CallKind

T = TypeVar("T")

CONNECT_SECONDS, READ_SECONDS, CALL_SECONDS = 10.0, 20.0, 30.0
SHORTEST_TOKEN = 8  # characters
RUN_ENDED = "the run has ended"

# The statuses that callers handle: a record, no record, or a rejected request (malformed DOI, too long).
MEANINGFUL: Mapping[CallKind, frozenset[int]] = {
    "single": frozenset({200, 400, 404, 410, 413, 414}),
    "list": frozenset({200, 400, 413, 414}),
}
TRANSIENT = frozenset({408, 425, 429})


class Transport(HTTPAdapter):
    """Send each request within the limits of its service, and retry it after temporary errors."""

    def __init__(self, access: Access, services: Services, clock: Clock, folder: Path | None = None) -> None:
        self._access, self._services, self._clock = access, services, clock
        self._limits = make_service_limits(access, services, clock, folder)
        self._secrets = _list_secrets(access)
        self._is_closed = False
        self._one_large_body = Lock()
        super().__init__(pool_maxsize=count_allowed_at_once(access))

    def send(  # type: ignore[override]  # the other options pass through
        self, request: requests.PreparedRequest, **options: object
    ) -> requests.Response:
        """Return a sound response; raise CallError, with the reason, if there is none."""
        limits = self._limits[self._services.identify_call(str(request.url))]
        attempt = partial(self._attempt, limits, request, options)
        return call_with_retries(attempt, self._clock, limits.circuit.raise_if_open)

    @property
    def troubles(self) -> set[str]:
        """Return the reasons, in words, why processes cannot share the limits; none if they can."""
        return {limits.limiter.trouble for limits in self._limits.values()} - {""}

    def close(self) -> None:
        """Close the connections and end every wait, so that no thread delays the end of the program."""
        for limits in self._limits.values():
            limits.circuit.open(RUN_ENDED)
        self._is_closed = True
        super().close()

    def _attempt(
        self, limits: ServiceLimits, request: requests.PreparedRequest, options: Mapping[str, object]
    ) -> requests.Response:
        try:
            return self._send_paced(limits, request, options)
        except CallError as error:
            # Drop the traceback, through which tenacity would keep the rejected body alive until the next
            # garbage collection: ten of them took 600 MB.
            raise error.with_traceback(None) from None

    def _send_paced(
        self, limits: ServiceLimits, request: requests.PreparedRequest, options: Mapping[str, object]
    ) -> requests.Response:
        with limits.concurrency.hold_place(limits.limiter, limits.circuit.raise_if_open) as started:
            try:
                response = self._send_once(limits, request, options)
            except CallError as error:
                # In this order: a call that waits for the paused limiter must find the circuit open already.
                limits.circuit.record_failure(error, started)
                self._slow_down(limits, error)
                raise
            limits.limiter.record_duration(started)
        limits.circuit.record_success()
        return response

    def _slow_down(self, limits: ServiceLimits, error: CallError) -> None:
        """Pause all calls to a service that answered with 429."""
        if not isinstance(error, TransientError) or not error.too_fast:
            return
        for neighbour in self._limits.values():
            if neighbour.service == limits.service:
                pause = backoff_seconds(2, self._clock) if error.pause is None else error.pause
                neighbour.limiter.pause(pause)

    def _send_once(
        self, limits: ServiceLimits, request: requests.PreparedRequest, options: Mapping[str, object]
    ) -> requests.Response:
        url, deadline = str(request.url), self._clock.tick() + CALL_SECONDS
        call = partial(self._open_answer, limits, request, options)
        answer = self._run(limits, deadline, call, requests.Response.close)
        try:
            location = self._judge_status(limits, url, answer)
        except CallError:
            answer.close()
            raise
        body = self._receive_body(limits, deadline, url, answer)
        limits.limiter.follow_headers(answer.headers)
        limits.concurrency.follow_headers(answer.headers)
        return self._rebuild(request, answer.status_code, location, body)

    def _run(
        self,
        limits: ServiceLimits,
        deadline: float,
        call: Callable[[], T],
        discard: Callable[[T], None] = keep_result,
    ) -> T:
        try:
            return run_until(deadline, call, self._clock, self._raise_if_closed, discard)
        except CallTimeout:
            reason = f"{limits.label} took more than {CALL_SECONDS:.0f} seconds to answer"
            raise TransientError(reason) from None

    def _raise_if_closed(self) -> None:
        if self._is_closed:
            raise CircuitOpenError(RUN_ENDED)

    def _open_answer(
        self, limits: ServiceLimits, request: requests.PreparedRequest, options: Mapping[str, object]
    ) -> requests.Response:
        """Return the response as soon as its headers have arrived."""
        timing = {"stream": True, "timeout": (CONNECT_SECONDS, READ_SECONDS)}
        with translate_errors(limits.label):
            return super().send(self._sign(request), **{**options, **timing})  # type: ignore[arg-type]

    def _sign(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Return the request with the e-mail address and the token, which only services may see."""
        signed = request.copy()
        signed.headers.pop("Cache-Control", None)  # meant for requests-cache
        name = self._services.identify_call(str(request.url))[0]
        if name != self._services.register.name and self._access.mailto:
            signed.url = add_parameter(str(signed.url), "mailto", self._access.mailto)
        if name == self._services.primary.name and self._access.token:
            signed.headers["Crossref-Plus-API-Token"] = f"Bearer {self._access.token}"
        return signed

    def _judge_status(self, limits: ServiceLimits, url: str, answer: requests.Response) -> str:
        """Return the target of a redirect, `""` for other responses; raise CallError for unusable ones."""
        status = answer.status_code
        if status in REDIRECTS:
            return self._judge_redirect(limits, url, answer)
        if status in MEANINGFUL[limits.kind]:
            return ""
        reason = f"{limits.label} answered with status {status}"
        if status < 500 and status not in TRANSIENT:
            raise PermanentError(reason)
        pause = parse_retry_after(answer.headers.get("Retry-After"))
        raise TransientError(reason, pause, too_fast=status == 429)

    def _judge_redirect(self, limits: ServiceLimits, url: str, answer: requests.Response) -> str:
        target = self._services.resolve_redirect(url, answer.headers.get("Location", ""))
        if limits.kind == "list" or target in ("", url):
            raise PermanentError(f"{limits.label} redirected enrich to another host or in a loop")
        return target

    def _receive_body(
        self, limits: ServiceLimits, deadline: float, url: str, answer: requests.Response
    ) -> bytes:
        """Return a sound body; only one large body is in memory at a time."""
        reader = BodyReader(limits.label, answer)
        with ExitStack() as stack:
            if not self._read_in_time(limits, deadline, answer, reader.read_small):
                stack.enter_context(self._one_large_body)
                self._read_in_time(limits, deadline, answer, reader.read_rest)
            body = reader.take_body()
            if answer.status_code == 200:
                self._judge_body(limits.label, url, body)
        return self._redact(body)

    def _read_in_time(
        self, limits: ServiceLimits, deadline: float, answer: requests.Response, read: Callable[[], T]
    ) -> T:
        try:
            return self._run(limits, deadline, read)
        except CallError:
            # The other thread may still wait for a slow body: this ends its wait.
            with suppress(ValueError, RuntimeError, OSError):
                answer.raw.shutdown()
            raise

    def _judge_body(self, label: str, url: str, body: bytes) -> None:
        try:
            value = parse_json(body)
        except (ValueError, RecursionError):
            raise TransientError(f"{label} sent an answer that enrich cannot read") from None
        mismatch = self._services.find_mismatch(url, value)
        if mismatch:
            # Not retried: a service may read an unusual DOI in another way, and retries for a few such pages
            # would make it look as if it were down.
            raise PermanentError(f"{label}: {mismatch}")

    def _redact(self, body: bytes) -> bytes:
        """Return the body without the e-mail address and the token, which a service may repeat."""
        for secret in self._secrets:
            body = body.replace(secret, b"***")
        return body

    def _rebuild(
        self, request: requests.PreparedRequest, status: int, location: str, body: bytes
    ) -> requests.Response:
        """Return a response without the signed request, which has the e-mail address and the token."""
        headers = {"Location": location} if location else {}
        raw = urllib3.HTTPResponse(BytesIO(body), headers, status, preload_content=False)
        return self.build_response(request, raw)


def _list_secrets(access: Access) -> tuple[bytes, ...]:
    spellings = {access.mailto, quote(access.mailto), quote(access.mailto, safe="")}
    # Real tokens are longer; a shorter one may be a word of a record.
    token = {access.token} if len(access.token) >= SHORTEST_TOKEN else set()
    return tuple(spelling.encode() for spelling in (spellings | token) - {""})
