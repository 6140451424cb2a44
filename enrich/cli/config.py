"""`enrich config`: every setting, and where its value comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from enrich.cli.click_options import PATHS
from enrich.cli.command import command
from enrich.cli.console import print_stdout
from enrich.cli.exit_codes import OK
from enrich.settings.option import COMMENTED, CONSOLE, FIELDS, FILES, PLACES, RECORDS, REPORTS, WRITING

if TYPE_CHECKING:
    from enrich.settings.settings import Settings


@command(WRITING, COMMENTED, RECORDS, PLACES, FIELDS, REPORTS, FILES, CONSOLE)
@PATHS
@click.option("--schema", is_flag=True, help="Print the JSON Schema of enrich.toml instead, for editors.")
def config(paths: tuple[str, ...], settings: Settings, *, schema: bool) -> int:  # noqa: ARG001 - they name the site
    """Show every setting and the source of its value, as TOML."""
    from enrich.reconciler.findings.registry import list_finding_codes
    from enrich.report.parts.safe_text import format_json
    from enrich.settings.json_schema import build_schema

    if schema:
        print_stdout(format_json(build_schema(list_finding_codes()), indent=2) + "\n")
        return OK
    lines = list(_list_settings_as_toml(settings))
    width = max(len(setting) for setting, _ in lines)
    print_stdout("".join(f"{setting:{width}}  # {origin}\n" for setting, origin in lines))
    return OK


def _list_settings_as_toml(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield each setting as TOML, and its origin; a secret is printed only as set or not."""
    from enrich.settings.collect_options import list_options
    from enrich.settings.toml_file import format_key, format_toml

    for option in list_options():
        if option.is_policy:
            value: object = settings.policies[option.attribute]
        elif option.is_service_url:
            value = settings.service_urls[option.attribute]
        else:
            value = getattr(settings, option.attribute)
        if isinstance(value, tuple):
            value = [":".join(item) if isinstance(item, tuple) else item for item in value]
        text = format_toml("(set)" if value and option.is_secret else value)
        yield f"{format_key(option.key)} = {text}", settings.origins[option.key]
