"""`enrich init`: write the first settings of a site, and a workflow that checks it every week."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from enrich.cli.click_options import TypedPath, find_site_root
from enrich.cli.command import command
from enrich.cli.console import print_stdout
from enrich.cli.exit_codes import OK
from enrich.cli.install_source import InstallSource, find_install_source
from enrich.errors import PageError, UsageError

if TYPE_CHECKING:
    from enrich.settings.starter_file import SiteFacts
    from enrich.site.pages import Site

WORKFLOW = ".github/workflows/enrich.yml"
_LINE = 90  # columns of what `init` says about the workflow


@command()
@click.argument("path", default=".", metavar="[PATH]", type=TypedPath())
@click.option(
    "--workflow", is_flag=True, help=f"Also write {WORKFLOW}: a weekly pull request with the safe changes."
)
@click.option(
    "--list-new", is_flag=True,
    help="With --workflow: the pull request also lists the owner's works without a page.",
)  # fmt: skip
def init(path: str, *, workflow: bool, list_new: bool) -> int:
    """Write enrich.toml, with comments about this site.

    Never overwrites a file: if one exists, `init` names it and leaves it as it is.
    """
    from enrich.report.parts.safe_text import escape_line

    if list_new and not workflow:
        raise UsageError("--list-new changes what the workflow does; add --workflow")
    for (folder, name), text in _make_files(path, workflow=workflow, list_new=list_new).items():
        is_new = _write_new_file(folder, name, text)
        result = "written" if is_new else "exists already, not changed"
        print_stdout(f"{escape_line(_shorten_path(folder / name))}: {result}\n")
        if is_new and name == WORKFLOW:
            print_stdout(_describe_workflow(find_install_source()))
    return OK


def _make_files(path: str, *, workflow: bool, list_new: bool) -> dict[tuple[Path, str], str]:
    """Return the files to write, each by its folder and its path in it; raise UsageError without a site."""
    from enrich.settings.starter_file import write_starter
    from enrich.settings.toml_file import FILE_NAME
    from enrich.site.hugo_config import is_site
    from enrich.site.pages import find_site

    root = find_site_root(Path(path))
    if not is_site(root):
        raise UsageError(
            f"{path}: not in a Hugo site: there is no folder `content` and no configuration; name the site"
        )
    files = {(root, FILE_NAME): write_starter(_survey_facts(find_site([Path(path)])))}
    if workflow:
        source = find_install_source()
        files[_find_repository(root), WORKFLOW] = _make_workflow(root, source, list_new=list_new)
    return files


def _write_new_file(folder: Path, name: str, text: str) -> bool:
    """Write a file unless it exists; return whether it was written; raise PageError if it cannot be."""
    from enrich.writer.new_files import create_hidden_file

    if os.path.lexists(folder / name):  # a link that leads nowhere exists, too
        return False
    try:
        create_hidden_file(folder, name, text)
    except PageError as error:
        raise PageError(f"{folder / name}: cannot be written: {error}") from None
    return True


def _shorten_path(file: Path) -> str:
    """Return a path relative to the current folder, if it is inside."""
    here = Path.cwd()
    return str(file.relative_to(here) if file.is_relative_to(here) else file)


def _find_repository(root: Path) -> Path:
    """Return the folder of the site's repository; the site itself if it is in none."""
    from enrich.site.git_root import find_git_prefix

    inside = find_git_prefix(root)
    return root.resolve().parents[inside.count("/") - 1] if inside else root


def _describe_workflow(source: InstallSource) -> str:
    """Return the package that the workflow installs, and the steps before its first run."""
    from enrich.report.parts.entry_text import wrap_words
    from enrich.report.parts.safe_text import escape_line

    lines = [f"  the workflow installs {escape_line(source.requirement)}"]
    if source.assumed:
        assumed = f"({escape_line(source.assumed)}; {escape_line(source.other)})"
        lines += wrap_words(assumed, _LINE, indent="    ", hanging="    ")
    lines.append("  first, on GitHub, allow Actions to create pull requests: Settings > Actions > General >")
    lines.append("    Workflow permissions")
    lines.append("  and set your e-mail address, so that Crossref answers faster: Settings > Secrets and")
    lines.append("    variables > Actions > Variables, ENRICH_MAILTO")
    lines.append("  then commit and push both files: the workflow reads enrich.toml and runs every Monday")
    return "\n".join(lines) + "\n"


def _make_workflow(root: Path, source: InstallSource, *, list_new: bool) -> str:
    """Return the workflow for a site: its folder in the repository, and what installs this enrich."""
    from importlib import resources

    from enrich.settings.toml_file import format_toml
    from enrich.site.git_root import find_git_prefix

    text = resources.files("enrich.cli").joinpath("templates", "enrich.yml").read_text(encoding="utf-8")
    site = find_git_prefix(root).rstrip("/") or "."
    site = f"./{site}" if site.startswith("-") else site  # or the program would take it for an option
    # YAML reads TOML's escapes in the same way. GitHub would run an expression in a folder's name.
    values = {'SITE: "."': site, 'PACKAGE: "hugo-enrich"': source.requirement}
    text = text.replace('LIST_NEW: "no"', 'LIST_NEW: "yes"') if list_new else text
    for line, value in values.items():
        written = format_toml(value).replace("${{", "${{ '${{' }}")
        text = text.replace(line, f"{line.partition(' ')[0]} {written}")
    return text


def _survey_facts(site: Site) -> SiteFacts:
    """Return the facts about the site that the starter file mentions."""
    from enrich.model.page import Page
    from enrich.settings.starter_file import SiteFacts
    from enrich.site.page_files import read_page_file
    from enrich.site.pages import list_section_folders
    from enrich.site.site_survey import survey_site
    from enrich.site.unread_folders import find_unread_sections

    read_pages = [page for path in site.paths if isinstance(page := read_page_file(site, path), Page)]
    known = survey_site(site, read_pages)
    counted = Counter(_find_folder(page.path, list_section_folders(site)) for page in read_pages)
    typical = known.find_dialect(read_pages[0]) if read_pages else None
    return SiteFacts(
        pages=dict(sorted(counted.items())),
        unread=sorted({_name_site_section(site, folder) for folder in find_unread_sections(site)}),
        generation=known.module or (typical.generation if typical else ""),
        where=known.where,
        types={str(name): count for name, count in known.tallies.types.most_common()},
        chosen_types=max(known.tallies.types, key=known.tallies.types.__getitem__, default="number"),
        math=typical.math if typical else "off",
    )


def _find_folder(path: str, folders: tuple[str, ...]) -> str:
    return next((folder for folder in folders if path.startswith(f"{folder}/")), path)


def _name_site_section(site: Site, folder: str) -> str:
    """Return a folder as `sections` names it: without the content and language folders before it."""
    return min((folder.removeprefix(base) for base in _list_bases(site)), key=len)


def _list_bases(site: Site) -> Iterator[str]:
    from enrich.site.pages import list_language_folders

    return (base for content in site.content for base in list_language_folders(site, content))
