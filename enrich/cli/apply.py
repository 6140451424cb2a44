"""`enrich apply`: write the safe changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.cli.click_options import PATHS
from enrich.cli.command import command
from enrich.cli.site_run import run_on_site
from enrich.settings.option import (
    COMMENTED,
    CONSOLE,
    FIELDS,
    FILES,
    FINDING,
    PLACES,
    RECORDS,
    REPORTS,
    WRITING,
)

if TYPE_CHECKING:
    from enrich.settings.settings import Settings


@command(
    WRITING, COMMENTED, FINDING, RECORDS, PLACES, FIELDS, REPORTS, FILES, CONSOLE,
    unlisted=("exit_zero",),
)  # fmt: skip
@PATHS
def apply(paths: tuple[str, ...], settings: Settings) -> int:
    """Write the safe changes; show the rest.

    Exits with 0 once every safe change is written, even if other changes need review or a page
    has errors; the report shows both.
    """
    return run_on_site(paths, settings, act=True)
