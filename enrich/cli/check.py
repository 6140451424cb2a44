"""`enrich check`: show what would change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.cli.click_options import PATHS
from enrich.cli.command import command
from enrich.cli.site_run import run_on_site
from enrich.settings.option import CONSOLE, FIELDS, FILES, FINDING, PLACES, RECORDS, REMEMBERING, REPORTS

if TYPE_CHECKING:
    from enrich.settings.settings import Settings


@command(REMEMBERING, FINDING, RECORDS, PLACES, FIELDS, REPORTS, FILES, CONSOLE)
@PATHS
def check(paths: tuple[str, ...], settings: Settings) -> int:
    """Show what would change; write no page.

    Exits with 1 if there is news: an error, or a change or warning that no earlier `apply` or
    `check --remember` has reported.
    """
    return run_on_site(paths, settings, act=False)
