"""Start the command line. A signal that ends the run, at any moment, prints a line and sets the exit code.

So 130 follows an interrupt, 143 the end of a job, 129 a closed terminal.
"""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False  # importing `typing` for it takes longer than everything else before `main`
if TYPE_CHECKING:
    from typing import NoReturn

BUG = 70
SIGNALLED = 128  # plus the signal's number, as shells count: 130 after an interrupt
SIGINT = 2  # importing `signal` may be what is interrupted
# Nearly all objects of a run end up in its report: looking for garbage costs a sixth of the run for nothing.
COLLECT_EVERY = 100_000  # objects


def main() -> NoReturn:
    """Run the command line and end the process with its exit code."""
    gc.set_threshold(COLLECT_EVERY)
    try:
        _read_names_as_utf8()
        import signal

        # An exception raised in the middle of an import can get lost in a callback of the import
        # system. So a signal ends the process at once, unless a block of `raise_on_interrupt` has
        # something to close. What ignores a signal, such as `nohup`, wants the run to go on.
        names = ("SIGINT", "SIGTERM", "SIGHUP")
        numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
        usual = {signal.default_int_handler, signal.SIG_DFL}
        heeded = [number for number in numbers if signal.getsignal(number) in usual]
        for number in heeded:
            signal.signal(number, _stop)
        code = _run_or_report_bug()
        for number in heeded:
            signal.signal(number, signal.SIG_IGN)  # everything is done except Python's own cleanup
    except KeyboardInterrupt as stopped:
        _stop(getattr(stopped, "number", SIGINT), message=f": {stopped}" if stopped.args else "")
    sys.exit(code)


def _read_names_as_utf8() -> None:
    """Start Python again in its UTF-8 mode if this locale has another encoding for the names of files.

    The baseline and the reports name pages, and are shared with people who have another locale.
    """
    is_tried = os.environ.get("PYTHONUTF8") == "1"
    if sys.getfilesystemencoding() == "utf-8" or is_tried or not sys.executable:
        return
    printed = getattr(sys.stdout, "encoding", "") or "utf-8"
    os.execve(sys.executable, sys.orig_argv, {"PYTHONIOENCODING": printed, **os.environ, "PYTHONUTF8": "1"})  # noqa: S606


def _run_or_report_bug() -> int:
    """Return the exit code; print the traceback of an unexpected exception, which is a bug."""
    try:
        from enrich.cli.main import run

        return run(sys.argv[1:])
    except Exception:  # noqa: BLE001 - whatever it is, the exit code must say that it is a bug
        from contextlib import suppress
        from traceback import format_exc

        text = f"{format_exc()}This is a bug in enrich, not in your site. Please report these lines.\n"
        with suppress(OSError):  # a closed stderr
            os.write(2, text.replace("\x1b", "\\x1b").encode("utf-8", "backslashreplace"))
        return BUG


def _stop(number: int, *_: object, message: str = "") -> NoReturn:
    """End the process at once, without waiting for threads: every file is closed by now."""
    try:
        os.write(2, f"interrupted{message}\n".encode("utf-8", "backslashreplace"))
    finally:
        os._exit(SIGNALLED + number)


if __name__ == "__main__":
    main()
