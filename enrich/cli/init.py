"""`enrich init`: write the first settings of a site, and a workflow that checks it every week."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from enrich import __version__
from enrich.cli.command import command
from enrich.cli.console import print_stdout
from enrich.cli.exit_codes import OK
from enrich.errors import PageError, UsageError, describe_os_error

if TYPE_CHECKING:
    from enrich.settings.starter_file import SiteFacts
    from enrich.site.pages import Site

WORKFLOW = ".github/workflows/enrich.yml"


@command()
@click.argument("path", default=".", metavar="[PATH]", type=click.Path())
@click.option("--workflow", is_flag=True, help=f"Also write {WORKFLOW}: a pull request every week.")
def init(path: str, *, workflow: bool) -> int:
    """Write enrich.toml, with comments about this site.

    Overwrites nothing: a file that exists is named and left as it is.
    """
    from enrich.report.parts.safe_text import escape_line

    for file, text in _make_files(path, workflow=workflow).items():
        is_new = _write_new_file(file, text)
        result = "written" if is_new else "exists, left as it is"
        print_stdout(f"{escape_line(_shorten_path(file))}: {result}\n")
        if is_new and file.name == Path(WORKFLOW).name:
            print_stdout("  allow Actions to open pull requests: Settings > Actions > General\n")
    return OK


def _make_files(path: str, *, workflow: bool) -> dict[Path, str]:
    """Return the files to write and their texts; raise UsageError where there is no site."""
    from enrich.settings.starter_file import write_starter
    from enrich.settings.toml_file import FILE_NAME
    from enrich.site.hugo_config import is_site
    from enrich.site.pages import find_root, locate

    root = find_root(Path(path))
    if not is_site(root):
        raise UsageError(f"{path}: not in a Hugo site: there is no `content` folder and no configuration")
    files = {root / FILE_NAME: write_starter(_survey_facts(locate([Path(path)])))}
    if workflow:
        files[_find_repository(root) / WORKFLOW] = _make_workflow(root)
    return files


def _write_new_file(file: Path, text: str) -> bool:
    """Write a file unless it exists; return whether it was written; raise PageError if it cannot be."""
    if os.path.lexists(file):  # a link that leads nowhere exists, too
        return False
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as new:
            new.write(text)
    except OSError as error:
        raise PageError(f"{file}: cannot be written: {describe_os_error(error)}") from None
    return True


def _shorten_path(file: Path) -> str:
    """Return a path relative to the current folder, if it is inside."""
    here = Path.cwd()
    return str(file.relative_to(here) if file.is_relative_to(here) else file)


def _find_repository(root: Path) -> Path:
    """Return the folder of the site's repository; the site itself if it is in none."""
    from enrich.site.git_root import prefix

    inside = prefix(root)
    return root.resolve().parents[inside.count("/") - 1] if inside else root


def _make_workflow(root: Path) -> str:
    """Return the workflow for a site, with its place in the repository and this version of enrich."""
    from importlib import resources

    from enrich.settings.toml_file import format_toml
    from enrich.site.git_root import prefix

    text = resources.files("enrich.cli").joinpath("templates", "enrich.yml").read_text(encoding="utf-8")
    site = prefix(root).rstrip("/") or "."
    site = f"./{site}" if site.startswith("-") else site  # or the program would take it for an option
    # YAML reads the escapes of TOML alike. GitHub would run an expression in a folder's name.
    place = format_toml(site).replace("${{", "${{ '${{' }}")
    return text.replace('SITE: "."', f"SITE: {place}").replace(
        "hugo-enrich==0.0.0", f"hugo-enrich=={__version__}"
    )


def _survey_facts(site: Site) -> SiteFacts:
    """Return what the starter file tells its reader about the site."""
    from enrich.model.page import Page
    from enrich.settings.starter_file import SiteFacts
    from enrich.site.pages import read, section_folders
    from enrich.site.site_survey import survey
    from enrich.site.unread_folders import unread_sections

    read_pages = [page for path in site.paths if isinstance(page := read(site, path), Page)]
    known = survey(site, read_pages)
    counted = Counter(_find_folder(page.path, section_folders(site)) for page in read_pages)
    typical = known.dialect(read_pages[0]) if read_pages else None
    return SiteFacts(
        pages=dict(sorted(counted.items())),
        unread=sorted({_name_section(site, folder) for folder in unread_sections(site)}),
        generation=known.module or (typical.generation if typical else ""),
        where=known.where,
        types={str(name): count for name, count in known.tallies.types.most_common()},
        chosen_types=max(known.tallies.types, key=known.tallies.types.__getitem__, default="number"),
        math=typical.math if typical else "off",
    )


def _find_folder(path: str, folders: tuple[str, ...]) -> str:
    return next((folder for folder in folders if path.startswith(f"{folder}/")), path)


def _name_section(site: Site, folder: str) -> str:
    """Return a folder as `sections` names it: without the content and language folders before it."""
    return min((folder.removeprefix(base) for base in _list_bases(site)), key=len)


def _list_bases(site: Site) -> Iterator[str]:
    from enrich.site.pages import language_folders

    return (base for content in site.content for base in language_folders(site, content))
