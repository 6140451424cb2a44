"""An `enrich` that starts fast: a small script asks a process that has loaded the program to fork.

To load the program takes ten times as long as a small run of it. Each run still is a process of its own,
with the streams, folder and environment of whoever started it. The real start is tested in
tests/cli/test_main.py. Run this module as the process that forks: `python -m tests.support.warm_program`.
"""

from __future__ import annotations

import json
import os
import select
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import NoReturn
from unittest import mock

from tests.support.sample import ROOT

# What the script does: it hands over its streams and waits for the exit code.
_ASK = """
import json, os, socket, sys
one = socket.socket(socket.AF_UNIX)
one.connect(sys.argv[1])
asked = json.dumps([sys.argv[2:], os.getcwd(), dict(os.environ)]).encode()
socket.send_fds(one, [len(asked).to_bytes(4, "big")], [0, 1, 2])
one.sendall(asked)
sys.exit(int(one.recv(10) or b"70"))
"""

_SERVERS: list[subprocess.Popen[str]] = []  # none of them may be collected while it serves


def write_program(place: Path) -> None:
    """Write an executable `enrich` that is this one; where NO_WAITS is set it waits for nothing."""
    loaded = ["-ISc", _ASK, find_server()] if hasattr(os, "fork") else ["-m", "enrich"]
    command = shlex.join([sys.executable, *loaded])
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(
        f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(ROOT))} exec {command} "$@"\n', encoding="utf-8"
    )
    place.chmod(0o755)


@cache
def find_server() -> str:
    """Return the socket of the process that forks; it is started once and ends when this process does."""
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.support.warm_program"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    _SERVERS.append(server)
    assert server.stdout
    return server.stdout.readline().strip()


def serve() -> None:
    """Print a socket and fork a run of the program for each call, until stdin is closed."""
    from tests.support.fuzz_commands import prepare_forks  # here, since Windows has nothing to fork with

    prepare_forks()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the runs
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"{folder}/s")
        listener.listen()
        print(f"{folder}/s", flush=True)  # noqa: T201 - a program of its own
        while listener in select.select([listener, sys.stdin], [], [])[0]:
            call = listener.accept()[0]
            if os.fork() == 0:
                listener.close()
                _answer(call)
            call.close()


def start_program(
    words: Sequence[str], folder: Path, environ: Mapping[str, str], terminal: int
) -> socket.socket:
    """Start a run on a terminal of its own, and return what `read_exit_code` waits for."""
    call = socket.socket(socket.AF_UNIX)
    call.connect(find_server())
    asked = json.dumps([words, str(folder), {**environ}]).encode()
    socket.send_fds(call, [len(asked).to_bytes(4, "big")], [terminal] * 3)
    call.sendall(asked)
    return call


def read_exit_code(call: socket.socket, seconds: float) -> int:
    """Wait for the end of a run and return its exit code."""
    with call:
        call.settimeout(seconds)
        return int(call.recv(10))


def _answer(call: socket.socket) -> NoReturn:
    """Run the program as the caller asks, in a process of its own, and tell the caller the exit code."""
    try:
        size, streams, _, _ = socket.recv_fds(call, 4, 3)
        asked = b""
        while len(asked) < int.from_bytes(size, "big"):
            asked += call.recv(1 << 16)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        run = os.fork()
        if run == 0:
            words, folder, environ = json.loads(asked)
            _run_as(words, folder, environ, streams)
        for stream in streams:
            os.close(stream)  # a terminal ends when nobody has it open
        code = os.waitstatus_to_exitcode(os.waitpid(run, 0)[1])
        call.sendall(str(code if code >= 0 else 128 - code).encode())
    finally:
        os._exit(0)


def _run_as(words: list[str], folder: str, environ: dict[str, str], streams: list[int]) -> NoReturn:
    from tests.support.fuzz_process import run_program, wrap_streams

    code = 99
    try:
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        if os.isatty(0):
            _take_terminal()
        wrap_streams("utf-8")
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environ)
        time.tzset()
        tempfile.tempdir = None
        if os.environ.pop("NO_WAITS", ""):
            _take_clock()
        sys.argv = ["enrich", *words]
        code = run_program()
    finally:
        os._exit(code)


def _take_clock() -> None:
    """Give the look-ups of this process a clock that moves as soon as somebody waits."""
    from enrich.fetcher.lookup import Lookup
    from enrich.steps import open_lookup
    from tests.support.clock import FakeTime

    mock.patch.object(open_lookup, "Lookup", partial(Lookup, clock=FakeTime().clock())).start()


def _take_terminal() -> None:
    """Make the terminal this process's own, so that Ctrl-C reaches it."""
    import fcntl
    import termios

    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


if __name__ == "__main__":
    serve()
