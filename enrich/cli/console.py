"""The terminal: printing, reading a line, colour, and the effect of an interrupt."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from typing import NoReturn, TextIO

import click

from enrich.errors import EndedBySignal, PageError, describe_os_error

STDOUT = "-"
# From Ctrl-C, from `kill` or a scheduler, from a closed terminal; Windows lacks the last.
ENDS = ("SIGINT", "SIGTERM", "SIGHUP")
RUN_AGAIN = "run the command again"


def print_stdout(text: str) -> None:
    """Print to stdout, as UTF-8 unless it is a terminal; a closed pipe is not an error."""
    stream = sys.stdout
    if stream is None or not text:
        return
    if stream.isatty():
        _replace_unprintable(stream)
        _write_stream(text, stream)
    else:
        _write_stream(text.encode("utf-8", "surrogateescape"), stream)


def print_stderr(line: str) -> None:
    """Print one line to stderr; if that fails, there is no other place to say so."""
    if sys.stderr is not None:
        _replace_unprintable(sys.stderr)
        with contextlib.suppress(PageError):
            _write_stream(line + "\n", sys.stderr)


def read_typed_line() -> str:
    """Return the line that the user types, with its line end; `""` at the end of the input."""
    line = sys.stdin.buffer.readline()
    print_stdout("" if line else "\n")  # the cursor is still after the question
    return line.decode("utf-8", "replace")


def is_interactive() -> bool:
    """Return whether questions can be asked: input and output are both a terminal."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def discard_stdout() -> None:
    """Discard the rest of stdout, whose reader has gone."""
    _discard(sys.stdout)


def is_colored(choice: str, environ: Mapping[str, str], file: str = STDOUT) -> bool:
    """Return whether to colour a report: as chosen, else by NO_COLOR and FORCE_COLOR, else on a terminal."""
    if choice in {"always", "never"}:
        return choice == "always"
    if file != STDOUT or environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR"):
        return True
    return can_redraw(sys.stdout, environ)


def measure_line(file: str = STDOUT) -> int:
    """Return the width of a report's line in columns: the terminal's, or 100 in a file or a pipe."""
    from shutil import get_terminal_size

    if file != STDOUT or sys.stdout is None or not sys.stdout.isatty():
        return 100
    return max(get_terminal_size((100, 24)).columns, 20)


def can_redraw(stream: TextIO | None, environ: Mapping[str, str]) -> bool:
    """Return whether a stream is a terminal that can move its cursor and show colours."""
    return stream is not None and stream.isatty() and environ.get("TERM") != "dumb"


@contextlib.contextmanager
def raise_on_interrupt() -> Iterator[None]:
    """Make the end of a run raise EndedBySignal in the block, so that open files and locks are closed.

    An interrupt ends it, the end of its job or of its terminal. Outside of such a block each of them ends
    the process at once, see `__main__`.
    """
    received: list[int] = []

    def raise_interrupt(number: int, _frame: object) -> NoReturn:
        received.append(number)
        raise KeyboardInterrupt

    handled = [getattr(signal, name) for name in ENDS if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in handled}
    for number in handled:
        if before[number] not in {signal.SIG_IGN, None}:
            signal.signal(number, raise_interrupt)
    try:
        yield
    except KeyboardInterrupt as stopped:
        number = received[0] if received else signal.SIGINT
        raise EndedBySignal(number, *(stopped.args or [RUN_AGAIN])) from None
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _replace_unprintable(stream: TextIO) -> None:
    """Make a terminal with a small character set show `?` instead of ending the run."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


def _write_stream(text: str | bytes, stream: TextIO) -> None:
    try:
        click.echo(text, file=stream, nl=False, color=True)
    except BrokenPipeError:
        _discard(stream)
    except OSError as error:
        _discard(stream)
        raise PageError(f"cannot print to {stream.name}: {describe_os_error(error)}") from error


def _discard(stream: TextIO) -> None:
    # Python flushes once more at exit; https://docs.python.org/3/library/signal.html#note-on-sigpipe
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
