"""`enrich new`: list the works of the site's people that have no page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from enrich.cli.click_options import TypedPath
from enrich.cli.command import ADDING_EXIT_CODES, command
from enrich.cli.console import measure_line, print_stderr, print_stdout, raise_on_interrupt
from enrich.cli.exit_codes import LOOKUP_FAILED, NEWS, OK
from enrich.settings.option import CONSOLE, PLACES, RECORDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enrich.find_new_works import NewRequest
    from enrich.model.new_work import NewWorks
    from enrich.settings.settings import Settings


def find_site_path(params: Mapping[str, Any]) -> Sequence[Path]:
    """Return the path that was typed."""
    return (Path(params["path"]),)


@command(
    RECORDS,
    PLACES,
    CONSOLE,
    find_targets=find_site_path,
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
    "output_format", "--format", default="text", type=click.Choice(("text", "markdown", "json", "html")),
    help="The format of the output. Default: text.",
)  # fmt: skip
def new(
    path: str,
    orcids: tuple[str, ...],
    everyone: bool,
    since: int | None,
    adds: bool,
    output_format: str,
    settings: Settings,
) -> int:
    """List works of the site's people that have no page.

    Asks Crossref and DataCite for the works of the site's owner and of those listed under [people] in
    enrich.toml, by ORCID iD, never by name alone. A preprint and its article are one work. An
    [[ignore]] with the DOI of a work keeps it out.
    """
    from enrich.find_new_works import find_new_works
    from enrich.report.parts.new_works import list_problems

    with raise_on_interrupt():
        request = _read_request(orcids, everyone=everyone, since=since, adds=adds)
        found = find_new_works(settings, Path(path), request)
        print_stdout(_render_works(found, output_format, path, settings))
        for problem in list_problems(found) if output_format == "json" else ():
            print_stderr(problem)
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


def _render_works(found: NewWorks, output_format: str, path: str, settings: Settings) -> str:
    """Return the works in a format, with the commands for them."""
    from enrich import __version__

    tool = f"enrich {__version__}"
    if output_format == "html":
        from enrich.cli.site_run import compose_command
        from enrich.report.parts.new_works_page import render_new_works

        command = compose_command("add", _name_site(path), settings)
        return render_new_works(found, tool, command, str(settings.config or ""))
    from enrich.report.parts.new_works import format_new_works

    return format_new_works(found, output_format, tool, _suggest_steps(found, path, settings), measure_line())


def _name_site(path: str) -> list[str]:
    return [] if path == "." else ["--site", path]


def _suggest_steps(found: NewWorks, path: str, settings: Settings) -> list[str]:
    """Return the command that makes a page of the newest work, and the one that makes all."""
    from enrich.cli.site_run import compose_command

    new = next((one.work.doi for one in found.works if one.status == "new"), "")
    every = ["--add", *_list_typed_options(), *([] if path == "." else [path])]
    return [
        f"{compose_command('add', [new, *_name_site(path)], settings)}  # makes a page",
        f"{compose_command('new', every, settings)}  # makes a page for each of them",
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
