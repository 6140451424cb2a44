"""`enrich records`: take the records that sites need out of large files, or prepare all of them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

from enrich.cli.click_options import TypedPath
from enrich.cli.command import EXIT_CODES, Command, CommandGroup
from enrich.cli.console import raise_on_interrupt
from enrich.cli.exit_codes import OK
from enrich.cli.progress import Progress, show_progress
from enrich.cli.site_run import print_line
from enrich.errors import PageError, UsageError, describe_os_error
from enrich.settings.option import CONSOLE, SCALING

if TYPE_CHECKING:
    from enrich.fetcher.records.duckdb_connection import Resources
    from enrich.fetcher.records.write_tables import Wanted, WrittenRecords
    from enrich.settings.settings import Settings

Write: TypeAlias = "Callable[[Progress], WrittenRecords]"
_SOURCES = click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", type=TypedPath())
_MOST_BYTES = 2**30  # of a file of DOIs: thirty million
_GROUPS = (SCALING, CONSOLE)


@click.group(cls=CommandGroup)
def records() -> None:
    """Take records out of large files, or prepare all of them.

    SOURCE is a file or folder as for --records, a Parquet file that `select` has written, or a folder
    that `build` has made. If a DOI has several records, the last one counts: by the order of SOURCE, then
    the file's name, then the line.
    """


@records.command("select", cls=Command, groups=_GROUPS, find_targets=lambda _: (), epilog=EXIT_CODES)
@_SOURCES
@click.option(
    "--sites",
    multiple=True,
    metavar="FOLDER",
    type=TypedPath(),
    help="Take what the pages of this site need, or of each site in this folder. Repeatable.",
)
@click.option(
    "--dois", metavar="FILE", type=TypedPath(), help="Take the records of these DOIs, one per line."
)
@click.option("--out", required=True, metavar="FILE", type=TypedPath(), help="Write this Parquet file.")
def select_from_sources(
    sources: tuple[str, ...], sites: tuple[str, ...], dois: str | None, out: str, settings: Settings
) -> int:
    """Write the records that sites need to a Parquet file."""
    from enrich.fetcher.records import write_tables

    if bool(sites) == bool(dois):
        raise UsageError("name either sites with --sites or a file of DOIs with --dois")
    if not out.lower().endswith(".parquet"):
        raise UsageError(f"--out: the name must end in .parquet, and {out} does not")
    wanted = _read_doi_file(Path(dois)) if dois else _read_sites(sites)
    paths, resources = [*map(Path, sources)], _choose_resources(settings)
    return _write_and_report(
        lambda progress: write_tables.select_records(paths, wanted, Path(out), resources, progress),
        settings,
        out,
    )


@records.command("build", cls=Command, groups=_GROUPS, find_targets=lambda _: (), epilog=EXIT_CODES)
@_SOURCES
@click.option(
    "--out", required=True, metavar="FOLDER", type=TypedPath(), help="Make this folder; --records accepts it."
)
def build_from_sources(sources: tuple[str, ...], out: str, settings: Settings) -> int:
    """Write all records to a folder, as Parquet sorted by DOI."""
    from enrich.fetcher.records import write_tables

    paths, resources = [*map(Path, sources)], _choose_resources(settings)
    return _write_and_report(
        lambda progress: write_tables.build_folder(paths, Path(out), resources, progress), settings, out
    )


def _choose_resources(settings: Settings) -> Resources:
    from enrich.fetcher.records.duckdb_connection import Resources

    return Resources(settings.memory, settings.threads)


def _write_and_report(write: Write, settings: Settings, out: str) -> int:
    """Write the records, show the progress, and print the parts that were left out."""
    from enrich.text.count_noun import count_noun

    wanted = not (settings.no_progress or settings.quiet)
    with raise_on_interrupt(), show_progress(os.environ, wanted=wanted) as progress:
        written = write(progress or _show_no_progress)
    for problem in written.problems:
        for message in problem.messages:
            print_line(message)
        print_line(f"{problem.file}: {problem.count} left out")
    if not settings.quiet:
        print_line(f"{out}: {count_noun(written.works, 'work')}")
    return OK


def _read_doi_file(file: Path) -> Wanted:
    """Return the DOIs in a file; raise UsageError for any other line."""
    from enrich.fetcher.records.write_tables import Wanted
    from enrich.model.page import Doi
    from enrich.site.path_kinds import read_regular_file
    from enrich.text.doi import parse_doi

    try:
        lines = read_regular_file(file, _MOST_BYTES).decode("utf-8-sig", "replace").splitlines()
    except (OSError, ValueError) as error:
        raise UsageError(f"--dois: {file} cannot be read: {describe_os_error(error)}") from None
    except PageError as error:
        raise UsageError(f"--dois: {file} cannot be read: {error}") from None
    parsed = {number: parse_doi(line) for number, line in enumerate(lines, 1) if line.strip()}
    for number, doi in parsed.items():
        if not isinstance(doi, Doi):
            raise UsageError(f"{file}:{number}: not a DOI; type it as in 10.1038/nature14539")
    return Wanted({doi.key for doi in parsed.values() if isinstance(doi, Doi)})


def _read_sites(folders: tuple[str, ...]) -> Wanted:
    """Return the needs of the sites; print why a site cannot be read."""
    from enrich.fetcher.records.write_tables import Wanted
    from enrich.reconciler.findings.registry import list_finding_codes
    from enrich.steps.site_needs import join_needs, list_needs_of_sites

    found = [*list_needs_of_sites(map(Path, folders), [*list_finding_codes()])]
    for problem in found:
        if isinstance(problem, str):
            print_line(problem)
    needs = join_needs(each for each in found if not isinstance(each, str))
    return Wanted(needs.dois, needs.titles)


def _show_no_progress(_stage: str, _done: int, _of: int) -> None:
    """Show no progress."""
