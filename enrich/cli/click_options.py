"""Make a click option of each setting, a row of `Settings` in settings/settings.py.

click finds its value: flag, environment, `enrich.toml`, default.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from enrich.errors import NUL_IN_PATH, UsageError, describe_os_error
from enrich.settings.option import Given, Option

if TYPE_CHECKING:
    from pathlib import Path

    from click.shell_completion import CompletionItem

    from enrich.settings.settings import Settings
    from enrich.settings.toml_file import ConfigFile

# Returns the paths of the site whose settings count; without any, no file is read.
FindTargets = Callable[[Mapping[str, Any]], Sequence["Path"]]


class TypedPath(click.Path):
    """A path as it was typed; the functions that read the site report a wrong one."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path unchanged; report a NUL character here, because click's own error is unclear."""
        return self.fail(NUL_IN_PATH, param, ctx) if "\0" in value else value


PATHS = click.argument("paths", nargs=-1, metavar="[PATH]...", type=TypedPath(), is_eager=True)


@dataclass(frozen=True, slots=True)
class SiteFile:
    """The site that a command is about, and its configuration file."""

    root: Path
    """The folder of the site."""
    file: ConfigFile
    """Its `enrich.toml`, or the file that `--config` names."""


class SettingOption(click.Option):
    """An option of the table; without a flag in this command, only the environment and the file set it."""

    def __init__(self, option: Option, *, has_flag: bool, is_listed: bool = True) -> None:
        """Declare the option to click; `--help` and the documents leave out a flag that is not listed."""
        long = f"--{option.parameter.replace('_', '-')}"
        super().__init__(
            [option.parameter, *filter(None, (option.short, long))],
            envvar=option.variable,
            is_flag=option.is_switch,
            count=option.is_counted,
            multiple=option.is_repeatable,
            type=click.Choice(option.choices) if option.accepts and not option.metavar else None,
            metavar=option.metavar or None,
            help=option.flag_help,
            is_eager=option.key == "config",  # it names the file that the other options are read from
            hidden=not (has_flag and is_listed),
        )
        self.option, self.has_flag = option, has_flag

    def add_to_parser(self, parser: Any, ctx: click.Context) -> None:
        """Let the flag be typed, if this command has it."""
        if self.has_flag:
            super().add_to_parser(parser, ctx)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the values that begin as typed."""
        from enrich.cli.completion import complete_option

        return complete_option(self.option, incomplete) or super().shell_complete(ctx, incomplete)

    def value_from_envvar(self, ctx: click.Context) -> str | None:  # noqa: ARG002 - click's signature
        """Return the text of the variable; None if it is empty."""
        return os.environ.get(self.option.variable, "").strip() or None

    def type_cast_value(self, ctx: click.Context, value: Any) -> Any:
        """Return the value as the option's reader reads it; values of the file are read already."""
        from enrich.settings.toml_file import read_given

        places = {
            ParameterSource.COMMANDLINE: self.option.flag,
            ParameterSource.ENVIRONMENT: self.option.variable,
        }
        place = places.get(ctx.get_parameter_source(self.option.parameter) or ParameterSource.DEFAULT)
        return read_given(self.option, Given(value, place, is_text=True)) if place else value


class SiteOption(click.Option):
    """Finds the site from the paths, and makes its `enrich.toml` the defaults; it has no flag."""

    def __init__(self, find_targets: FindTargets) -> None:
        """Declare an option that click reads after the paths and `--config`, and before all others."""
        super().__init__(["site", "--read-site"], hidden=True, is_eager=True, callback=self._read_file)
        self.find_targets = find_targets

    def add_to_parser(self, parser: Any, ctx: click.Context) -> None:
        """Keep it out of the command line."""

    def _read_file(self, ctx: click.Context, _param: click.Parameter, _value: object) -> SiteFile | None:
        if ctx.resilient_parsing:  # the shell completes a command line that is not finished
            return None
        from pathlib import Path

        from enrich.settings.collect_options import list_options
        from enrich.settings.toml_file import ConfigFile, find_config, read_values

        targets = self.find_targets(ctx.params)
        if not targets:
            return SiteFile(Path(), ConfigFile())
        root = find_site_root(targets[0])
        file = find_config(root, ctx.params.get("config"))
        values = read_values(file, list_options())
        ctx.default_map = {
            option.parameter: values[option.key] for option in list_options() if option.key in values
        }
        return SiteFile(root, file)


def find_site_root(path: Path) -> Path:
    """Return the root of the site that a path lies in; raise UsageError if there can be no such path."""
    from enrich.site.pages import find_root

    try:
        return find_root(path)
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: {describe_os_error(error)}") from None


def find_paths(params: Mapping[str, Any]) -> tuple[Path, ...]:
    """Return the paths that were typed; the current folder if there are none."""
    from pathlib import Path

    return tuple(map(Path, params.get("paths") or (".",)))


def read_settings(ctx: click.Context) -> Settings:
    """Return the settings that click has found; raise UsageError for an [[ignore]] with a mistake."""
    from enrich.settings.collect_options import list_options
    from enrich.settings.load import build_settings

    site: SiteFile = ctx.params["site"]
    values, origins = {}, {}
    for option in list_options():
        source = ctx.get_parameter_source(option.parameter)
        if source in _ORIGINS:
            values[option.key] = ctx.params[option.parameter]
            origins[option.key] = _ORIGINS[source](option, site.file)
    return build_settings(site.root, site.file, values, origins, codes=_list_known_codes(site.file))


def _list_known_codes(file: ConfigFile) -> tuple[str, ...]:
    """Return the codes that the file's [[ignore]] tables may name; the findings take long to load."""
    if not file.ignores:
        return ()
    from enrich.reconciler.findings.registry import list_finding_codes

    return list_finding_codes()


# The source of a value as `enrich config` prints it; any other source is the default.
_ORIGINS: Mapping[ParameterSource | None, Callable[[Option, ConfigFile], str]] = {
    ParameterSource.COMMANDLINE: lambda option, _: option.flag,
    ParameterSource.ENVIRONMENT: lambda option, _: option.variable,
    ParameterSource.DEFAULT_MAP: lambda option, file: file.locate(option.key),
}
