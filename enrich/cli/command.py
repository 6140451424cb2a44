"""Declare a command: its options come from the table, and an expected error ends it with its exit code."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Any

import click
from click.core import augment_usage_errors

from enrich.cli.click_options import FindTargets, SettingOption, SiteOption, find_paths, read_settings
from enrich.cli.console import print_stderr
from enrich.cli.error_text import print_error
from enrich.errors import (
    EnrichError,
    PageError,
    describe_os_error,
)
from enrich.settings.collect_options import list_options, list_rows
from enrich.settings.option import Group, suggest_word

EXIT_CODES = """\b
Exit codes: 0 nothing to do, or done; 1 `check` or `find` has news or an
error on a page, or `apply --decisions` could not do all;
2 a mistake in the command or the settings, or no such path;
3 some look-ups failed; 4 a page could not be read or written;
70 a bug; 130 interrupted; 143 ended by a scheduler; 129 terminal closed."""

# Of the commands that make pages, with what their 1 means.
ADDING_EXIT_CODES = """\b
Exit codes: 0 every work has a page; 1 {one};
2 a mistake in the command, the settings or a DOI, or no such site;
3 some look-ups failed; 4 a page could not be made;
70 a bug; 130 interrupted; 143 ended by a scheduler; 129 terminal closed."""

# Of the argument PATH: where it may be left out, and where it must be named.
_PATH_HELP = {
    False: "A site, a folder or a page. Default: the current folder.",
    True: "A site, a folder or a page.",
}

# Options that other programs have, each with the command that does the same here.
_DONE_OTHERWISE = {
    "--dry-run": "`enrich check` shows what `enrich apply` would write, and writes no page.",
    "--json": "Type --format json.",
    "--html": "Type --report html:FILE.",
}


class Command(click.Command):
    """A command of enrich; its function returns the exit code, and takes `settings` if it has options."""

    def __init__(
        self,
        *args: Any,
        groups: Sequence[Group] = (),
        find_targets: FindTargets = find_paths,
        accepts: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
        unlisted: Collection[str] = (),
        **more: Any,
    ) -> None:
        """Declare the flags of the given groups, in the order of the groups.

        `accepts` has the words of the options that accept fewer words here than elsewhere, by their keys;
        `unlisted` the keys of options that this command takes without an effect.
        """
        super().__init__(*args, **more)
        self.groups = groups
        rows = [row for group in groups for row in list_rows() if row.group == group]
        rows = [replace(row, accepts=accepts[row.key]) if row.key in accepts else row for row in rows]
        self.params += [SettingOption(row, has_flag=True, is_listed=row.key not in unlisted) for row in rows]
        self.params += [SiteOption(find_targets)] if groups else []

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the command line; raise Exit after an expected error."""
        with exit_on_error(verbose=_count_verbose(args)), augment_usage_errors(ctx), _explain_option():
            rest = super().parse_args(ctx, args)
            for option in () if ctx.resilient_parsing else self._list_options_without_flag():
                option.handle_parse_result(ctx, {}, [])
        return rest

    def invoke(self, ctx: click.Context) -> Any:
        """Call the command's function and return its exit code; raise Exit after an expected error."""
        own = {
            param.name: ctx.params[param.name]
            for param in self.params
            if param.name in ctx.params and not isinstance(param, SettingOption | SiteOption)
        }
        with exit_on_error(verbose=ctx.params.get("verbose") or 0):
            if self.groups:
                own["settings"] = read_settings(ctx)
                _warn_of_misspelt_variables(is_quiet=own["settings"].quiet)
            return ctx.invoke(self.callback, **own) if self.callback else None

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what PATH means, then the options."""
        if any(param.name == "paths" for param in self.params):
            with formatter.section("Arguments"):
                formatter.write_dl([("PATH", _PATH_HELP[any(param.required for param in self.params)])])
        super().format_options(ctx, formatter)

    def _list_options_without_flag(self) -> list[SettingOption]:
        """Return the options that only environment and file set; `--help` ends before it needs them."""
        flags = {param.name for param in self.params}
        rows = [row for row in list_options() if row.parameter not in flags] if self.groups else []
        return [SettingOption(row, has_flag=False) for row in rows]


class CommandGroup(click.Group):
    """A command with commands of its own; after a typing error it names the most similar one."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is typed first; raise click's UsageError if there is none."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:  # click's own names no command that is a file, and none before 8.3
            hint = suggest_word(args[0], self.list_commands(ctx))
            ctx.fail(f"No such command '{args[0]}'{hint or '.'}")


class CommandFolder(CommandGroup):
    """The commands are files beside this one: `check.py` is a command if it defines a command `check`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, sorted."""
        names = [module.name for module in iter_modules([str(Path(__file__).parent)])]
        return sorted(name for name in names if self.get_command(ctx, name))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command of a name, or None; only its own file is imported."""
        is_name = re.fullmatch(r"[a-z][a-z_]{0,30}", cmd_name)
        if not is_name or not Path(__file__).with_name(f"{cmd_name}.py").is_file():
            return None
        command = getattr(import_module(f"enrich.cli.{cmd_name}"), cmd_name, None)
        return command if isinstance(command, click.Command) else None


def _warn_of_misspelt_variables(*, is_quiet: bool) -> None:
    """Print a line about each variable that was probably meant to be one of enrich."""
    known = {option.variable for option in list_options()}
    unknown = [name for name in os.environ if name.startswith("ENRICH_") and name not in known]
    if not unknown or is_quiet:
        return
    from enrich.cli.variable_names import describe_misspelt_variables
    from enrich.report.parts.safe_text import escape_line

    for line in describe_misspelt_variables(unknown, known):
        print_stderr(escape_line(line))


def command(
    *groups: Group,
    name: str | None = None,
    find_targets: FindTargets = find_paths,
    exit_codes: str = EXIT_CODES,
    accepts: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    unlisted: Collection[str] = (),
) -> Callable[[Callable[..., int]], Command]:
    """Return the decorator that makes a function a command with the flags of these groups."""
    return click.command(
        name,
        cls=Command,
        groups=groups,
        find_targets=find_targets,
        accepts=accepts,
        unlisted=unlisted,
        epilog=exit_codes if groups else None,
    )


@contextmanager
def _explain_option() -> Iterator[None]:
    """Add to click's error about an unknown option what does the same here."""
    try:
        yield
    except click.NoSuchOption as error:
        if hint := _DONE_OTHERWISE.get(error.option_name):
            raise click.UsageError(f"No such option '{error.option_name}'. {hint}", error.ctx) from None
        raise


@contextmanager
def exit_on_error(*, verbose: int) -> Iterator[None]:
    """Print an expected error with its next step and raise click's Exit with its code."""
    try:
        yield
    except BrokenPipeError:
        raise
    except (EnrichError, OSError) as error:
        expected = error if isinstance(error, EnrichError) else _explain_os_error(error)
        print_error(expected, verbose=verbose)
        raise click.exceptions.Exit(expected.exit_code) from error


def _explain_os_error(error: OSError) -> EnrichError:
    # The system names every file but these two: the text of `--help` goes to stdout.
    place = error.filename or ("stdout" if error.errno == errno.ENOSPC else "the current folder")
    explained = PageError(f"{place}: {describe_os_error(error)}")
    explained.__cause__ = error
    return explained


def _count_verbose(args: Sequence[str]) -> int:
    """Return the number of -v flags, for errors that occur before the settings are known."""
    return sum(len(word) - 1 for word in args if re.fullmatch("-v+", word)) + [*args].count("--verbose")
