"""Start the command line; an interrupt at any moment, imports included, is one line and exit 130."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # importing `typing` for it takes longer than all else before `main`
if TYPE_CHECKING:
    from typing import NoReturn

INTERRUPTED = 130


def main() -> NoReturn:
    """Run the command line on what was typed and end the process with its exit code."""
    try:
        import signal

        # An exception raised in the middle of an import can get lost in a callback of the import
        # system; so until there is something to unwind (`terminal.unwinding`) an interrupt ends at once.
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, _stop)
        from enrich.cli.main import run

        code = run(sys.argv[1:])
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done but Python's own clearing up
    except KeyboardInterrupt:
        _stop()
    sys.exit(code)


def _stop(*_: object) -> NoReturn:
    """End at once: what was open is closed by now, and threads are not waited for."""
    try:
        os.write(2, b"interrupted\n")
    finally:
        os._exit(INTERRUPTED)


if __name__ == "__main__":
    main()
