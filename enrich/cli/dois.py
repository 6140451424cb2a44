"""`enrich dois`: list the DOIs that a run would look up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.cli.click_options import PATHS, find_paths
from enrich.cli.command import command
from enrich.cli.console import print_stdout
from enrich.cli.exit_codes import OK
from enrich.settings.option import PLACES

if TYPE_CHECKING:
    from enrich.settings.settings import Settings


@command(PLACES)
@PATHS
def dois(paths: tuple[str, ...], settings: Settings) -> int:
    """List the DOIs that a run on the pages under PATH looks up.

    Prints one DOI per line, each once, in lower case. It sends no request and writes nothing. It leaves out
    DOIs that only a record names, such as the article of a preprint.
    """
    from enrich.report.parts.safe_text import escape_line
    from enrich.steps.site_needs import list_needs

    found = list_needs(find_paths({"paths": paths}), settings.sections)
    print_stdout("".join(f"{escape_line(doi)}\n" for doi in found.dois))
    return OK
