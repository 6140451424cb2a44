"""`enrich init`: write the first settings of a site, and a workflow that looks at it every week."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from enrich import __version__
from enrich.cli.console import put
from enrich.errors import PageError, UsageError

if TYPE_CHECKING:
    from enrich.settings.starter_file import Found
    from enrich.site.pages import Site

WORKFLOW = ".github/workflows/enrich.yml"


@click.command()
@click.argument("path", default=".", metavar="[PATH]", type=click.Path())
@click.option("--workflow", is_flag=True, help=f"Write {WORKFLOW}, too: a pull request every week.")
def init(path: str, *, workflow: bool) -> int:
    """Write enrich.toml, with comments, from what is found in the site.

    Nothing is overwritten: what is there already is named and left as it is.
    """
    from enrich.report.parts.safe_text import escape_line
    from enrich.settings.starter_file import starter
    from enrich.settings.toml_file import NAME
    from enrich.site.hugo_config import is_site
    from enrich.site.pages import find_root, locate

    root = find_root(Path(path))
    if not is_site(root):
        raise UsageError(f"{path}: no Hugo site: neither a folder `content` nor a configuration is there")
    site = locate([Path(path)])
    texts = {root / NAME: starter(_found(site))}
    if workflow:
        texts |= {_repository(root) / WORKFLOW: _workflow(root)}
    for file, text in texts.items():
        is_new = _write(file, text)
        put(f"{escape_line(_as_typed(file))}: {'written' if is_new else 'there already, left as it is'}\n")
        if is_new and file.name == "enrich.yml":
            put("  allow Actions to open pull requests: Settings > Actions > General\n")
    return 0


def _write(file: Path, text: str) -> bool:
    """Write a file that is not there yet; tell whether it was not; raise PageError if it cannot be."""
    if os.path.lexists(file):  # a link that leads nowhere is there, too
        return False
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as new:
            new.write(text)
    except OSError as error:
        raise PageError(f"{file}: cannot be written: {(error.strerror or str(error)).lower()}") from None
    return True


def _as_typed(file: Path) -> str:
    """Return a path from the folder one is in, where it lies in there."""
    here = Path.cwd()
    return str(file.relative_to(here) if file.is_relative_to(here) else file)


def _repository(root: Path) -> Path:
    """Return the folder of the site's repository; the site's own where there is none."""
    from enrich.site.git_root import prefix

    inside = prefix(root)
    return root.resolve().parents[inside.count("/") - 1] if inside else root


def _workflow(root: Path) -> str:
    """Return the workflow for a site in its place in the repository, with this version of enrich."""
    import json
    from importlib import resources

    from enrich.site.git_root import prefix

    text = resources.files("enrich.cli").joinpath("templates", "enrich.yml").read_text(encoding="utf-8")
    site = json.dumps(prefix(root).rstrip("/") or ".", ensure_ascii=False)
    return text.replace('SITE: "."', f"SITE: {site}").replace(
        "hugo-enrich==0.0.0", f"hugo-enrich=={__version__}"
    )


def _found(site: Site) -> Found:
    """Return what the settings are written from."""
    from enrich.model.page import Page
    from enrich.settings.starter_file import Found
    from enrich.site.page_files import read
    from enrich.site.pages import section_folders
    from enrich.site.site_survey import survey
    from enrich.site.unread_folders import unread_sections

    read_pages = [page for path in site.paths if isinstance(page := read(site, path), Page)]
    known = survey(site, read_pages)
    counted = Counter(_folder(page.path, section_folders(site)) for page in read_pages)
    typical = known.dialect(read_pages[0]) if read_pages else None
    return Found(
        pages=dict(sorted(counted.items())),
        unread=sorted({_section(site, folder) for folder in unread_sections(site)}),
        generation=known.module or (typical.generation if typical else ""),
        where=known.where,
        types={str(name): count for name, count in known.tallies.types.most_common()},
        chosen_types=max(known.tallies.types, key=known.tallies.types.__getitem__, default="number"),
        math=typical.math if typical else "off",
    )


def _folder(path: str, folders: tuple[str, ...]) -> str:
    return next((folder for folder in folders if path.startswith(f"{folder}/")), path)


def _section(site: Site, folder: str) -> str:
    """Return a folder as `sections` names it: without the content and language folders before it."""
    return min((folder.removeprefix(base) for base in _bases(site)), key=len)


def _bases(site: Site) -> Iterator[str]:
    from enrich.site.pages import language_folders

    return (base for content in site.content for base in language_folders(site, content))
