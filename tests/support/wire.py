"""The stand-in's wire: an HTTP server on loopback, and the faults it can have."""

from __future__ import annotations

import gzip
import json
import re
import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email.utils import formatdate
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SO_LINGER, SOL_SOCKET, socket
from threading import Thread
from time import sleep, time

from enrich.fetcher.http.transport import CALL_SECONDS
from tests.support.stand_in import HTML, Call, StandIn


@cache
def packed_spaces() -> bytes:
    """Return 40 MB of JSON in 40 kB."""
    return gzip.compress(b"[" + b" " * 40 * 2**20 + b"]")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    service: StandIn
    told: Mapping[str, str] = {}

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:  # the name that http.server looks for
        service = self.service
        with service.counted(self.path, dict(self.headers)) as call:
            self.told = service.told(call)
            with service.worked_on(call):
                fault = service.fault(call)
                if service.limited(call):
                    service.refused += 1
                    fault = "429"
                if service.latency:
                    sleep(service.latency)
                answer = service.answer(call) if fault is None else None
            if answer is not None:
                self._send(*answer)
            elif fault is not None:
                {**FAULTS, **ODDITIES}[fault](self, call)

    def _send(self, status: int, body: bytes, headers: Mapping[str, str], length: int | None = None) -> None:
        body = self.service.rewrite(body)
        self.send_response(status)
        for name, value in {**self.told, **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def cut_off(self, call: Call) -> None:
        _, body, headers = self.service.answer(call)
        self._send(200, body[: len(body) // 2], headers)

    def broken_off(self, call: Call) -> None:
        _, body, headers = self.service.answer(call)
        self._send(200, body[: len(body) // 2], headers, length=len(body))
        self.close_connection = True

    def wrong(self, call: Call) -> None:
        status, body, headers = self.service.answer(call)
        self._send(status, re.sub(rb"10\.(\d+)", rb"10.99\1", body), headers)

    def reset(self, _: Call) -> None:
        self.connection.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.wfile.flush()
        socket.close(self.connection)

    def slow(self, call: Call) -> None:
        status, body, headers = self.service.answer(call)
        self._send(status, body[:1], headers, length=len(body))
        self._hang()
        self.wfile.write(body[1:])

    def slow_headers(self, _: Call) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Wait: ")
        self._hang()

    def trickle(self, _: Call) -> None:
        """Send a byte now and then, for ever: no read of the socket takes long."""
        self._send(200, b" ", {}, length=10**9)
        while not self._hang(seconds=2.0):
            self.wfile.write(b" ")

    def bad_headers(self, call: Call) -> None:
        status, body, _ = self.service.answer(call)
        self.close_connection = True
        self.wfile.write(
            b"HTTP/1.1 %d OK\r\nno colon\r\nContent-Length: %d\r\n\r\n" % (status, len(body)) + body
        )

    def late(self, call: Call) -> None:
        """Send many spaces before a good answer, the last byte just before the client gives up."""
        status, body, headers = self.service.answer(call)
        body = body.rjust(self.service.late_bytes)
        self._send(status, body[:-1], headers, length=len(body))
        self._hang(seconds=29.6)
        self.wfile.write(body[-1:])

    def _hang(self, seconds: float = 31.0) -> bool:
        """Let time go by; return whether the client has gone meanwhile. Nobody waits long for that.

        Only a client whose time is over goes, so only that takes a moment of real time.
        """
        self.service.pause(seconds)
        self.connection.settimeout(1.0 if seconds > CALL_SECONDS else 0.01)
        try:
            return not self.connection.recv(1)
        except OSError:
            return False
        finally:
            self.connection.settimeout(20.0)  # a busy client may take a moment to read what was sent

    def echo(self, call: Call) -> None:
        """Repeat all that was asked and by whom, wherever an answer has room for it."""
        asked = f"{call.path} {dict(call.headers)}"
        status, body, headers = self.service.answer(call)
        told = {"X-Asked": asked, "Set-Cookie": f"asked={call.path}", "Location": call.path}
        if body.startswith(b"{"):
            value = {**json.loads(body), "asked": asked, "links": {"self": call.path}}
            marked = json.dumps(value).replace('"title": ["On', f'"title": ["{call.path} On')
            body = marked.encode()
        self._send(status, body if status == 200 else asked.encode(), {**headers, **told})

    def bomb(self, _: Call) -> None:
        self._send(200, packed_spaces(), {"Content-Encoding": "gzip", "Content-Type": "application/json"})

    def plain(self, status: int, body: bytes = b"", headers: Mapping[str, str] | None = None) -> None:
        self._send(status, body, headers or {})


FAULTS: Mapping[str, Callable[[_Handler, Call], None]] = {
    "429": lambda handler, _: handler.plain(429),
    "429-seconds": lambda handler, _: handler.plain(429, HTML, {"Retry-After": "7"}),
    "429-hour": lambda handler, _: handler.plain(429, HTML, {"Retry-After": "3600"}),
    "429-date": lambda handler, _: handler.plain(
        429, HTML, {"Retry-After": formatdate(time() + 7, usegmt=True)}
    ),
    "400": lambda handler, _: handler.plain(400, HTML),
    "403": lambda handler, _: handler.plain(403, HTML),
    "500": lambda handler, _: handler.plain(500, b'{"status":"error","message":{"name":"x"}}'),
    "503": lambda handler, _: handler.plain(503, HTML),
    "html": lambda handler, _: handler.plain(200, HTML, {"Content-Type": "text/html"}),
    "empty": lambda handler, _: handler.plain(200),
    "deep": lambda handler, _: handler.plain(200, b"[" * 100_000 + b"]" * 100_000),
    "bomb": _Handler.bomb,
    "cut": _Handler.cut_off,
    "broken": _Handler.broken_off,
    "wrong": _Handler.wrong,
    "reset": _Handler.reset,
    "slow": _Handler.slow,
    "headers": _Handler.slow_headers,
    "trickle": _Handler.trickle,
    "loop": lambda handler, call: handler.plain(301, b"", {"Location": call.path}),
    "away": lambda handler, _: handler.plain(
        301, b"", {"Location": "https://elsewhere.example/works/10.1/x"}
    ),
}


# Answers that can be used, and yet there is something about them.
ODDITIES: Mapping[str, Callable[[_Handler, Call], None]] = {
    "echo": _Handler.echo,
    "404": lambda handler, _: handler.plain(404, HTML),
    "bad-headers": _Handler.bad_headers,
    "late": _Handler.late,
}


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing: a client that goes away is part of the tests."""


@contextmanager
def serving(service: StandIn) -> Iterator[StandIn]:
    """Let a stand-in answer on a free port of the loopback interface."""
    handler = type("Handler", (_Handler,), {"service": service})
    with _Server(("127.0.0.1", 0), handler) as server:
        service.url = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield service
        finally:
            server.shutdown()
            thread.join()
