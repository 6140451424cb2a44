"""The command line: run a command and return its exit code."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click

from enrich import __version__
from enrich.cli.command import EXIT_CODES, CommandFolder
from enrich.cli.console import discard_stdout
from enrich.cli.exit_codes import OK


@click.group(
    cls=CommandFolder,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
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
    if "_ENRICH_COMPLETE" in os.environ:  # click's shell completion, which ends the process
        enrich.main(prog_name="enrich")
    try:
        # Not `main`, which prints its own text after an interrupt and after a closed pipe.
        with enrich.make_context("enrich", list(arguments)) as ctx:
            return enrich.invoke(ctx) or OK
    except click.exceptions.Exit as done:  # --help, --version, an expected error
        return done.exit_code
    except BrokenPipeError:
        discard_stdout()
        return OK
    except click.ClickException as error:
        error.show()
        return error.exit_code
