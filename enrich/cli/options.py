"""The options that commands share, in groups, and the settings that follow from what was typed."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from enrich.cli.console import formats

if TYPE_CHECKING:
    from pathlib import Path

    from enrich.settings.load import Settings

Command = TypeVar("Command", bound=Callable[..., Any])

EXITS = """\b
Exit codes: 0 nothing to do, or done; 1 `check` found news or an error;
2 usage, configuration or no such path; 3 some look-ups failed;
4 a page could not be read or written; 130 interrupted."""

# Parameters that are no options.
_ARGUMENTS = {"paths", "subject", "dois"}

PATHS = click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path())
PLACES = (
    click.option("--config", metavar="FILE", help="Read this instead of the site's enrich.toml."),
    click.option("--cache-dir", metavar="FOLDER", help="Keep answers here instead of in the site's cache/."),
)
ASKING = (
    click.option("--records", metavar="PATH", help="Take records from this file or folder; ask nobody."),
    click.option("--offline", is_flag=True, help="Use the cache only; ask nobody."),
    click.option("--refresh", is_flag=True, help="Ask again for everything, cached or not."),
    click.option("--mailto", metavar="ADDRESS", help="Your address, for the services' faster pool."),
    *PLACES,
)
CHOOSING = (
    click.option("--only", metavar="FIELD", multiple=True, help="Only this field; repeatable."),
    click.option("--skip", metavar="FIELD", multiple=True, help="Not this field; repeatable."),
)
WATCHING = (
    click.option("--color", type=click.Choice(["auto", "always", "never"]), help="Default: auto."),
    click.option("--no-progress", is_flag=True, help="Say nothing on the way, not even on a terminal."),
    click.option("-q", "--quiet", is_flag=True, help="No more than errors and what is to be reported."),
    click.option(
        "-v",
        "--verbose",
        count=True,
        help="Show all in full, also what was shown before; -vv: where an error is from.",
    ),
)
SHOWING = (
    click.option("--format", type=click.Choice(formats()), help="What the report looks like. Default: text."),
    click.option("-o", "--output", metavar="FILE", help="Write the report here instead of to stdout."),
    click.option("--report", metavar="FORMAT:FILE", multiple=True, help="One more report; repeatable."),
    click.option("--exit-zero", is_flag=True, help="End with 0 where `check` would end with 1."),
    *WATCHING,
)


def with_options(*groups: Sequence[Callable[[Command], Command]]) -> Callable[[Command], Command]:
    """Return the decorator that gives a command the options of these groups, in their order."""

    def decorate(command: Command) -> Command:
        for option in reversed([option for group in groups for option in group]):
            command = option(command)
        return command

    return decorate


def given(ctx: click.Context) -> dict[str, object]:
    """Return the options that were really typed; the others are for the environment and enrich.toml."""
    typed = (name for name in ctx.params if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE)
    return {name: ctx.params[name] for name in typed if name not in _ARGUMENTS}


def targets_of(paths: Sequence[str]) -> tuple[Path, ...]:
    """Return what was typed as paths; the folder one is in where there is nothing."""
    from pathlib import Path

    return tuple(map(Path, paths or (".",)))


def settings_of(ctx: click.Context, targets: Sequence[Path]) -> Settings:
    """Return the settings for the site that the first path lies in."""
    from enrich.reconciler.findings.registry import list_finding_codes
    from enrich.settings.load import load
    from enrich.site.pages import find_root

    typed = given(ctx)
    said = ctx.ensure_object(dict)  # read by `cli.run` when an error ends it
    said["verbose"] = typed.get("verbose", 0)
    settings = load(find_root(targets[0]), typed, os.environ, codes=list_finding_codes())
    said["verbose"] = settings.verbose
    return settings
