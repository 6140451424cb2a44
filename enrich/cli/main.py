"""The command line: run a command and return its exit code."""

from __future__ import annotations

import os
from collections.abc import Sequence
from io import StringIO
from typing import NoReturn

import click

from enrich import __version__
from enrich.cli.command import EXIT_CODES, CommandFolder, exit_on_error
from enrich.cli.console import discard_stdout, print_stderr
from enrich.cli.exit_codes import OK
from enrich.errors import UsageError


@click.group(
    cls=CommandFolder,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
    epilog=EXIT_CODES,
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def enrich() -> None:
    """Keep the publication pages of a Hugo site true to Crossref and DataCite.

    Crossref proposes, you decide: `check` writes no page, `apply` writes only safe changes.
    PATH is a site, a folder or a page; without one, it is the current folder.
    """


def run(arguments: Sequence[str]) -> int:
    """Run a command line and return the exit code; a bug raises."""
    try:
        with exit_on_error(verbose=0):
            return _complete_line() if os.environ.get("_ENRICH_COMPLETE") else _run_command(arguments)
    except click.exceptions.Exit as done:  # --help, --version, an expected error
        return done.exit_code
    except BrokenPipeError:
        discard_stdout()
        return OK
    except click.ClickException as error:
        return _print_click_error(error)


def _run_command(arguments: Sequence[str]) -> int:
    _refuse_unusable_words(arguments)
    # Not click's `main`, which prints its own text after an interrupt and after a closed pipe.
    with enrich.make_context("enrich", list(arguments)) as ctx:
        return enrich.invoke(ctx) or OK


def _refuse_unusable_words(arguments: Sequence[str]) -> None:
    """Raise UsageError for a word with half a character, which no file name can have."""
    for word in arguments:
        try:
            os.fsencode(word)
        except UnicodeEncodeError:
            raise UsageError(f"{word}: a character in this word is incomplete; type the word again") from None


def _complete_line() -> NoReturn:
    """Complete a line of the shell, which ends the process; raise UsageError without a line."""
    from enrich.cli.shells import register_shells

    register_shells()
    try:
        enrich.main(prog_name="enrich")
    except (KeyError, ValueError):
        raise UsageError(
            "_ENRICH_COMPLETE is set, but not the line to complete in COMP_WORDS and COMP_CWORD; "
            "run `unset _ENRICH_COMPLETE`"
        ) from None


def _print_click_error(error: click.ClickException) -> int:
    """Print click's error about a command line, with its own next step; return the exit code."""
    from enrich.report.parts.safe_text import escape_hidden

    text = StringIO()
    if isinstance(error, click.UsageError) and error.ctx is None:  # then it would not name `--help`
        error.ctx = click.Context(enrich, info_name="enrich")
    error.show(text)
    print_stderr("\n".join(map(escape_hidden, text.getvalue().rstrip("\n").split("\n"))))
    return error.exit_code
