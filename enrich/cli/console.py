"""The edge to the terminal: where reports go, when there is colour, how progress is shown."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module, util
from pkgutil import iter_modules
from typing import TYPE_CHECKING, TextIO

import click

from enrich.errors import PageError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from enrich.model.report import Report

_STDOUT = "-"


def formats() -> list[str]:
    """Return the names of the output formats: the modules of `report/`, one file each."""
    spec = util.find_spec("enrich.report")
    folders = (spec and spec.submodule_search_locations) or []
    return sorted(module.name for module in iter_modules(folders) if not module.ispkg)


def destinations(main: tuple[str, str], others: Sequence[str]) -> list[tuple[str, str]]:
    """Return format and file of every report asked for; UsageError before any work if one cannot be."""
    from pathlib import Path

    wanted = [main, *map(_split, others)]
    files = [file for _, file in wanted]
    for name, file in wanted:
        if name not in formats():
            raise UsageError(f"there is no format '{name}'; there are {', '.join(formats())}")
        if files.count(file) > 1:
            raise UsageError(f"two reports for one file: {file}")
        if file != _STDOUT and not Path(file).absolute().parent.is_dir():
            raise UsageError(f"{file}: there is no such folder to write a report to")
        if Path(file).is_dir():
            raise UsageError(f"{file} is a folder; a report needs a file")
    return wanted


def deliver(
    report: Report, wanted: Sequence[tuple[str, str]], *, color: Callable[[str], bool], verbose: int
) -> None:
    """Render every report, then write them: each whole or not at all."""
    from pathlib import Path

    from enrich.model.report import Display

    texts = [
        (
            file,
            import_module(f"enrich.report.{name}").render(
                report, Display(color(file), verbose, line_width(file))
            ),
        )
        for name, file in wanted
    ]
    for file, text in texts:
        if file == _STDOUT:
            put(text)
        else:
            write_whole(Path(file), text)


def write_whole(file: Path, text: str) -> None:
    """Write a file wholly or not at all; raise PageError if it cannot be written."""
    try:
        target = file.resolve()
        if target.exists() and not target.is_file():  # /dev/null, a pipe
            target.write_bytes(text.encode("utf-8", "surrogateescape"))
        else:
            _replace(target, text.encode("utf-8", "surrogateescape"))
    except OSError as error:
        raise PageError(f"{file}: the report cannot be written: {error.strerror}") from error


def put(text: str) -> None:
    """Print to stdout: UTF-8 wherever it is read by a program; a reader that has gone is no error."""
    stream = sys.stdout
    if stream is None or not text:
        return
    if stream.isatty():
        _unbreakable(stream)
        _print(text, stream)
    else:
        _print(text.encode("utf-8", "surrogateescape"), stream)


def say(line: str) -> None:
    """Print one line to stderr."""
    if sys.stderr is not None:
        _unbreakable(sys.stderr)
        _print(line + "\n", sys.stderr)


def type_in() -> str:
    """Return the line that is typed, with its end; nothing at the end of the input."""
    line = sys.stdin.buffer.readline()
    put("" if line else "\n")  # the cursor still stands behind the question
    return line.decode("utf-8", "replace")


def is_interactive() -> bool:
    """Return whether somebody can be asked: both what is typed and what is said pass a terminal."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def forget_stdout() -> None:
    """Let what is still to be printed vanish: its reader has gone."""
    _forget(sys.stdout)


def is_colored(choice: str, environ: Mapping[str, str], file: str = _STDOUT) -> bool:
    """Return whether a report is coloured: as asked, else NO_COLOR, FORCE_COLOR, else on a terminal."""
    if choice in {"always", "never"}:
        return choice == "always"
    if file != _STDOUT or environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR"):
        return True
    return can_redraw(sys.stdout, environ)


def line_width(file: str = _STDOUT) -> int:
    """Return the columns that a report's lines may take: the terminal's, 100 in a file or a pipe."""
    import shutil

    if file != _STDOUT or sys.stdout is None or not sys.stdout.isatty():
        return 100
    return max(shutil.get_terminal_size((100, 24)).columns, 20)


def can_redraw(stream: TextIO | None, environ: Mapping[str, str]) -> bool:
    """Return whether a stream is a terminal that moves its cursor and knows colours."""
    return stream is not None and stream.isatty() and environ.get("TERM") != "dumb"


@contextlib.contextmanager
def unwinding() -> Iterator[None]:
    """Let an interrupt unwind what is open in here; elsewhere `__main__` lets it end the process at once."""
    before = signal.getsignal(signal.SIGINT)
    if callable(before):
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _split(asked: str) -> tuple[str, str]:
    # Only the first colon parts: a file on Windows has one of its own.
    name, colon, file = asked.partition(":")
    if not colon or not file:
        raise UsageError(f"--report '{asked}': say FORMAT:FILE, as in json:report.json")
    return name, file


def _unbreakable(stream: TextIO) -> None:
    """Let a terminal of few letters show `?` rather than end the run."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


def _print(text: str | bytes, stream: TextIO) -> None:
    try:
        click.echo(text, file=stream, nl=False, color=True)
    except BrokenPipeError:
        _forget(stream)
    except OSError as error:
        raise PageError(f"the report cannot be written: {error.strerror}") from error


def _forget(stream: TextIO) -> None:
    # Python flushes once more at exit; https://docs.python.org/3/library/signal.html#note-on-sigpipe
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _replace(target: Path, content: bytes) -> None:
    import tempfile
    from pathlib import Path

    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        beside.chmod(target.stat().st_mode if target.exists() else _new_mode())
        beside.replace(target)
    except BaseException:
        beside.unlink()
        raise


def _new_mode() -> int:
    # The mask can only be read by setting it.
    mask = os.umask(0o022)
    os.umask(mask)
    return 0o666 & ~mask
