"""`enrich find`: search for the DOIs of pages that have none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from enrich.cli.click_options import PATHS
from enrich.cli.command import command
from enrich.cli.site_run import run_on_site
from enrich.settings.option import CONSOLE, FIELDS, FILES, PLACES, RECORDS, REPORTS

if TYPE_CHECKING:
    from enrich.settings.settings import Settings


@command(RECORDS, PLACES, FIELDS, REPORTS, FILES, CONSOLE)
@PATHS
def find(paths: tuple[str, ...], settings: Settings) -> int:
    """Search for the DOIs of pages without one; write no page.

    Searches Crossref and DataCite, at most twice for each page, and compares what they return with the
    page. It proposes a DOI that is certain, and lists the others, each with the reasons for and against it:
    `enrich review --find` asks about them and writes what you choose. The exit codes are those of `check`.
    """
    searching = replace(settings, find=True, origins={**settings.origins, "find": "--find"})
    return run_on_site(paths, searching, act=False, only_missing=True)
