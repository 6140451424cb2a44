"""Print an error as a problem and its next step."""

from __future__ import annotations

from enrich.cli.console import print_stderr
from enrich.errors import (
    EnrichError,
    GuidedPageError,
    NeedsTerminal,
    PageError,
    RecordError,
    SettingsFileError,
    UsageError,
)

# One next step for each class of expected error that has none of its own.
_NEXT_STEPS: tuple[tuple[type[EnrichError], str], ...] = (
    (
        NeedsTerminal,
        (
            "run `enrich apply` to write the safe changes, or decide in a browser: run"
            " `enrich check --report html:FILE` and open that file"
        ),
    ),
    (SettingsFileError, "correct the file and run the command again"),
    (UsageError, "correct this and run the command again; `enrich COMMAND --help` lists the options"),
    (PageError, "fix this and run the command again; no page was left half-written"),
    (RecordError, "correct the file or folder that --records names, or name another one"),
    (EnrichError, "fix this and run the command again"),
)


def print_error(error: EnrichError, *, verbose: int) -> None:
    """Print an expected error and the next step; with -vv, where in the program it was raised."""
    from traceback import format_exception

    from enrich.report.parts.safe_text import escape_hidden, escape_line

    if verbose > 1:
        for line in "".join(format_exception(error)).splitlines():
            print_stderr(escape_hidden(line))
    if isinstance(error, GuidedPageError):
        problem, step = error.problem, error.step
    else:
        problem, step = str(error), next(step for kind, step in _NEXT_STEPS if isinstance(error, kind))
    print_stderr(f"error: {escape_line(problem)}\n  {step}")
