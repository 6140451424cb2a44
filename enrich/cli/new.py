"""`enrich new`: list the works of the site's people that have no page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from enrich.cli.click_options import TypedPath
from enrich.cli.command import ADDING_EXIT_CODES, command
from enrich.cli.console import STDOUT, measure_line, print_stderr, raise_on_interrupt
from enrich.cli.exit_codes import LOOKUP_FAILED, NEWS, OK
from enrich.settings.option import CONSOLE, FILES, PLACES, RECORDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enrich.cli.output import Destination
    from enrich.find_new_works import NewRequest
    from enrich.model.new_work import NewWorks
    from enrich.settings.settings import Settings


def find_site_path(params: Mapping[str, Any]) -> Sequence[Path]:
    """Return the path that was typed."""
    return (Path(params["path"]),)


FORMATS = ("text", "markdown", "json", "html")


@command(
    RECORDS,
    PLACES,
    FILES,
    CONSOLE,
    find_targets=find_site_path,
    accepts={"report": FORMATS},
    exit_codes=ADDING_EXIT_CODES.format(one="a work has no page"),
)
@click.argument("path", default=".", metavar="[PATH]", type=TypedPath(), is_eager=True)
@click.option(
    "orcids", "--orcid", multiple=True, metavar="ID", help="The ORCID iD of one more person. Repeatable."
)
@click.option(
    "--everyone", is_flag=True, help="Look for the works of everybody with a profile and an ORCID iD."
)
@click.option(
    "--since", type=click.IntRange(min=0), metavar="YEAR",
    help="List no older works. Default: the year of the site's oldest page.",
)  # fmt: skip
@click.option("adds", "--add", is_flag=True, help="Make a page for each new work, as `enrich add` does.")
@click.option(
    "output_format", "--format", type=click.Choice(FORMATS),
    help="The format of the output. Default: text.",
)  # fmt: skip
def new(
    path: str,
    orcids: tuple[str, ...],
    everyone: bool,
    since: int | None,
    adds: bool,
    output_format: str | None,
    settings: Settings,
) -> int:
    """List works of the site's people that have no page.

    Asks Crossref and DataCite for the works of the site's owner and of the people under [people] in
    enrich.toml, by ORCID iD, never by name alone. A preprint and its article are one work. To leave a work
    out, add an [[ignore]] with its DOI.
    """
    from enrich.find_new_works import find_new_works

    request = _read_request(orcids, everyone=everyone, since=since, adds=adds)
    destinations = _choose_files(output_format, settings)
    with raise_on_interrupt():
        found = find_new_works(settings, Path(path), request)
        _write_lists(found, destinations, path, settings)
    return _choose_code(found)


def _read_request(typed: Sequence[str], *, everyone: bool, since: int | None, adds: bool) -> NewRequest:
    """Return the request; raise UsageError for a text that is not an ORCID iD."""
    from enrich.errors import UsageError
    from enrich.find_new_works import NewRequest
    from enrich.text.orcid import parse_orcid

    orcids = {text: parse_orcid(text) for text in typed}
    if wrong := next((text for text, orcid in orcids.items() if not orcid), None):
        raise UsageError(f"--orcid: '{wrong}' is not an ORCID iD, such as 0000-0002-1825-0097")
    return NewRequest(tuple(orcids.values()), everyone=everyone, since=since, adds=adds)


def _choose_files(output_format: str | None, settings: Settings) -> list[Destination]:
    """Return the lists to write; raise UsageError, before any work, if one cannot be written.

    The format in `enrich.toml` is that of the report on pages.
    """
    from dataclasses import replace

    from enrich.cli.output import choose_destinations
    from enrich.errors import UsageError

    origins = {**settings.origins, "format": "--format" if output_format else "default"}
    destinations = choose_destinations(replace(settings, format=output_format or "text", origins=origins))
    if wrong := next((each for each in destinations if each.format not in FORMATS), None):
        raise UsageError(
            f"{wrong.file}: the list of works cannot be written as {wrong.format}; name a file that ends in"
            " .html, .json, .md or .txt, or add --format"
        )
    return destinations


def _write_lists(found: NewWorks, destinations: Sequence[Destination], path: str, settings: Settings) -> None:
    """Write every list; stderr has the problems and the count if no list on stdout shows them."""
    from enrich.cli.output import write_rendered_reports
    from enrich.report.parts.new_works import count_works, list_problems
    from enrich.report.parts.safe_text import escape_line

    rendered = [(each, _render_works(found, each, path, settings)) for each in destinations]
    write_rendered_reports(rendered, quiet=settings.quiet)
    shown = [each.format for each in destinations if each.file == STDOUT]
    for problem in list_problems(found) if shown in ([], ["json"]) else ():
        print_stderr(problem)
    if not shown and not settings.quiet:
        print_stderr(escape_line(count_works(found)))


def _render_works(found: NewWorks, destination: Destination, path: str, settings: Settings) -> str:
    """Return the works in the format of a destination, with the commands for them."""
    from enrich import __version__

    tool = f"enrich {__version__}"
    if destination.format == "html":
        from enrich.cli.site_run import compose_command
        from enrich.report.parts.new_works_page import render_new_works

        command = compose_command("add", _name_site(path), settings)
        return render_new_works(found, tool, command, str(settings.config or ""))
    from enrich.report.parts.new_works import format_new_works

    steps, width = _suggest_steps(found, path, settings), measure_line(destination.file)
    return format_new_works(found, destination.format, tool, steps, width)


def _name_site(path: str) -> list[str]:
    return [] if path == "." else ["--site", path]


def _suggest_steps(found: NewWorks, path: str, settings: Settings) -> list[str]:
    """Return the command that makes a page of the newest work, and those for all of them."""
    from enrich.cli.site_run import compose_command
    from enrich.report.parts.next_steps import MANY

    dois = [one.work.doi for one in found.works if one.status == "new"]
    again = [*_list_typed_options(), *([] if path == "." else [path])]
    browse = (
        f"{compose_command('new', again, settings)} -o new-works.html  # makes a page to choose in a browser"
    )
    return [
        f"{compose_command('add', [*dois[:1], *_name_site(path)], settings)}  # makes a page",
        f"{compose_command('new', ['--add', *again], settings)}  # makes a page for each of them",
        *([browse] if len(dois) > MANY else []),
    ]


def _list_typed_options() -> list[str]:
    """Return the options that chose the works, as a command line has them."""
    params = click.get_current_context().params
    words = [word for orcid in params["orcids"] for word in ("--orcid", orcid)]
    words += ["--everyone"] if params["everyone"] else []
    return words + ([] if params["since"] is None else ["--since", str(params["since"])])


def _choose_code(found: NewWorks) -> int:
    """Return the exit code: that of a page that could not be made, of a failed search, or of news."""
    codes = [page.exit_code for page in found.added]
    codes += [LOOKUP_FAILED] if found.failures else []
    return max(codes, default=OK) or (NEWS if any(one.status == "new" for one in found.works) else OK)
