"""Run the command line in a forked process: its own streams, environment, working directory and limits."""

from __future__ import annotations

import contextlib
import fcntl
import io
import os
import pty
import resource
import select
import signal
import socket
import struct
import sys
import tempfile
import termios
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from enrich import __main__ as program
from enrich.fetcher.clock import Clock
from tests.support.clock import FakeTime

MOST_SECONDS, MOST_MB = 60, 700
_LOOPBACK = {"127.0.0.1", "::1", "localhost", None, ""}


@dataclass(frozen=True)
class Streams:
    """What a process has for stdin, stdout and stderr."""

    stdin: bytes | None = b""
    """The text to be read; None if stdin is closed."""
    stdout: str = "file"
    """`file`, `pipe`, `full`, `closed`, `broken` or `terminal`."""
    stderr: str = "file"
    """`file`, `pipe`, `full`, `closed` or `broken`; with a terminal as stdout, the terminal."""
    encoding: str = "utf-8"
    """The encoding of Python's text streams."""
    columns: int = 80
    """The width of the terminal."""


@dataclass(frozen=True)
class Ended:
    """How a process ended."""

    code: int
    """Its exit code; the negative number of the signal that killed it."""
    out: bytes
    """What it printed to stdout."""
    err: bytes
    """What it printed to stderr."""
    megabytes: int
    """The largest memory it had, less than what it was forked with."""
    is_stuck: bool = False
    """Whether it had to be killed."""
    trace: str = ""
    """The traceback of a bug, also where stderr could not take it."""


def run_forked(
    words: Sequence[str],
    environ: Mapping[str, str],
    folder: Path,
    streams: Streams,
    prepare: Callable[[], object] = lambda: None,
) -> Ended:
    """Run a command line in a folder and return how it ended; `prepare` is called in its process."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ours, theirs = pty.openpty() if streams.stdout == "terminal" else (-1, -1)
    with _open_store(streams.stdout) as out, _open_store(streams.stderr) as err, _open_store("pipe") as trace:
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            _keep_traces(trace[1])
            _run_child(words, environ, folder, streams, prepare, (out[1], err[1], theirs))
        said = b""
        if ours >= 0:
            os.close(theirs)
            said = _talk(ours, (streams.stdin or b"")[:1000] + b"\n\x04\x04")
            os.close(ours)
        status, megabytes, is_stuck = _wait_for(child, before)
        code = os.waitstatus_to_exitcode(status)
        printed, errors, traced = (_read_store(store) for store in (out, err, trace))
        return Ended(code, said or printed, errors, megabytes, is_stuck, traced.decode())


@contextlib.contextmanager
def _open_store(kind: str) -> Iterator[tuple[int, int]]:
    """Yield what to read from and to write to: of a pipe no limit of the size of files says anything."""
    if kind == "pipe":
        reading, writing = os.pipe()
        os.set_blocking(reading, False)
    else:
        with tempfile.TemporaryFile() as file:
            reading, writing = os.dup(file.fileno()), os.dup(file.fileno())
    try:
        yield reading, writing
    finally:
        os.close(reading)
        os.close(writing)


def _read_store(store: tuple[int, int]) -> bytes:
    """Return everything that was written."""
    reading, _ = store
    with contextlib.suppress(OSError):
        os.lseek(reading, 0, os.SEEK_SET)
    found = b""
    with contextlib.suppress(BlockingIOError):
        while some := os.read(reading, 1 << 20):
            found += some
    return found


def _keep_traces(store: int) -> None:
    """Let what formats the traceback of a bug write its end to a pipe too."""
    format_exc = traceback.format_exc

    def format_and_keep() -> str:
        text = format_exc()
        os.write(store, text[-4000:].encode("utf-8", "backslashreplace"))
        return text

    traceback.format_exc = format_and_keep  # type: ignore[assignment]


def _talk(terminal: int, typed: bytes) -> bytes:
    """Type everything at once, and return what is printed until the other end is closed."""
    said, end = b"", time.monotonic() + MOST_SECONDS
    os.write(terminal, typed)
    while time.monotonic() < end:
        if not select.select([terminal], [], [], 1)[0]:
            continue
        try:
            some = os.read(terminal, 1 << 16)
        except OSError:  # Linux says so when the other end is closed
            break
        said += some
    return said


def _wait_for(child: int, before: int) -> tuple[int, int, bool]:
    end = time.monotonic() + MOST_SECONDS
    is_stuck = False
    pause = 0.001
    while True:
        pid, status, usage = os.wait4(child, os.WNOHANG)
        if pid:
            return status, max(usage.ru_maxrss - before, 0) // 1024, is_stuck
        if time.monotonic() > end and not is_stuck:
            is_stuck = True
            os.kill(child, signal.SIGKILL)
        time.sleep(pause)
        pause = min(pause * 1.5, 0.02)


def _run_child(
    words: Sequence[str],
    environ: Mapping[str, str],
    folder: Path,
    streams: Streams,
    prepare: Callable[[], object],
    files: tuple[int, int, int],
) -> NoReturn:
    code = 99
    try:
        os.chdir(folder)
        os.setsid()
        _open_streams(streams, *files)
        os.environ.clear()
        os.environ.update(environ)
        time.tzset()
        tempfile.tempdir = None
        sys.argv = ["enrich", *words]
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        clock = FakeTime(time.time())
        Clock.__init__.__defaults__ = (clock.read, clock.read, clock.sleep, lambda: 1.0)
        _close_network()
        prepare()
        code = run_program()
    except BaseException:  # noqa: BLE001 - whatever it is, this process must not return into the parent's loop
        with contextlib.suppress(BaseException):
            os.write(2, traceback.format_exc().encode("utf-8", "backslashreplace"))
    finally:
        os._exit(code)


def run_program() -> int:
    """Run the command line in `sys.argv` and return the exit code that its process would have."""
    try:
        program.main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 1
    for stream in (sys.stdout, sys.stderr):  # as the interpreter does at its end
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            return 120
    return code


def _close_network() -> None:
    look_up = socket.getaddrinfo

    def look_up_here(host: str | None, *rest: object, **more: object) -> object:
        if host not in _LOOPBACK:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return look_up(host, *rest, **more)  # type: ignore[arg-type]

    socket.getaddrinfo = look_up_here  # type: ignore[assignment]


def _open_streams(streams: Streams, out: int, err: int, terminal: int) -> None:
    if terminal >= 0:
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, streams.columns, 0, 0))
        fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
        for number in (0, 1, 2):
            os.dup2(terminal, number)
    else:
        _open_input(streams.stdin)
        _open_output(1, streams.stdout, out)
        _open_output(2, streams.stderr, err)
    wrap_streams(streams.encoding)


def wrap_streams(encoding: str) -> None:
    """Make Python's text streams anew, as at its start, of what is open now."""
    sys.stdin = _wrap(0, "r", encoding, "strict")
    sys.stdout = _wrap(1, "w", encoding, "strict")
    sys.stderr = _wrap(2, "w", encoding, "backslashreplace")


def _wrap(number: int, mode: str, encoding: str, errors: str) -> io.TextIOWrapper | None:
    """Return a text stream as Python makes it at its start; None for a closed one."""
    try:
        os.fstat(number)
    except OSError:
        return None
    name = {0: "<stdin>", 1: "<stdout>", 2: "<stderr>"}[number]
    raw = open(number, f"{mode}b", closefd=False)  # noqa: SIM115 - a number, not a path
    with contextlib.suppress(AttributeError):
        raw.raw.name = name  # type: ignore[attr-defined]
    return io.TextIOWrapper(raw, encoding, errors, line_buffering=number == 2 or os.isatty(number))


def _open_input(text: bytes | None) -> None:
    if text is None:
        os.close(0)
        return
    with tempfile.TemporaryFile() as file:
        file.write(text)
        file.seek(0)
        os.dup2(file.fileno(), 0)


def _open_output(number: int, kind: str, file: int) -> None:
    if kind == "closed":
        os.close(number)
    elif kind == "full":
        os.dup2(os.open("/dev/full", os.O_WRONLY), number)
    elif kind == "broken":
        reading, writing = os.pipe()
        os.close(reading)
        os.dup2(writing, number)
    else:
        os.dup2(file, number)
