"""`enrich add`: make a page for a DOI, written like the site's other pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from enrich.cli.click_options import TypedPath
from enrich.cli.command import ADDING_EXIT_CODES, command
from enrich.cli.console import print_stderr, print_stdout, raise_on_interrupt
from enrich.settings.option import CONSOLE, PLACES, RECORDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enrich.settings.settings import Settings


def find_site_folder(params: Mapping[str, Any]) -> Sequence[Path]:
    """Return the folder that `--site` names."""
    return (Path(params["folder"]),)


@command(
    RECORDS,
    PLACES,
    CONSOLE,
    find_targets=find_site_folder,
    exit_codes=ADDING_EXIT_CODES.format(one="no agency knows a DOI"),
)
@click.argument("dois", nargs=-1, required=True, metavar="DOI...")
@click.option(
    "folder", "--site", default=".", metavar="PATH", type=TypedPath(), is_eager=True,
    help="The site, or a folder in it. Default: the current folder.",
)  # fmt: skip
@click.option("--section", default="", metavar="NAME", help="The section of the page, such as publication.")
@click.option("--slug", default="", metavar="NAME", help="The name of the page's folder or file.")
@click.option("--language", default="", metavar="CODE", help="The language of the page, such as en.")
@click.option(
    "--draft", is_flag=True, help="Write `draft: true`: Hugo leaves the page out until you remove it."
)
@click.option("--dry-run", is_flag=True, help="Print the pages; write nothing.")
@click.option(
    "output_format", "--format", default="text", type=click.Choice(("text", "json")),
    help="The format of the output. Default: text.",
)  # fmt: skip
def add(
    dois: tuple[str, ...],
    folder: str,
    section: str,
    slug: str,
    language: str,
    draft: bool,
    dry_run: bool,
    output_format: str,
    settings: Settings,
) -> int:
    """Make a page for each DOI, written like the site's other pages.

    The site's newest pages decide where the page goes, its name, its keys, and how it writes authors, dates
    and types. A work that already has a page gets no second one, and enrich overwrites no file.
    """
    from enrich import __version__
    from enrich.add_pages import add_pages
    from enrich.model.addition import AddRequest
    from enrich.report.parts.added_pages import format_added_pages, list_warnings

    request = AddRequest(section.strip("/"), slug, language.lower(), is_draft=draft, writes=not dry_run)
    with raise_on_interrupt():
        added = add_pages(settings, Path(folder), dois, request)
        print_stdout(format_added_pages(added, output_format, f"enrich {__version__}"))
        for warning in list_warnings(added) if output_format == "json" else ():
            print_stderr(warning)
    return max((page.exit_code for page in added), default=0)
