"""Find folders that seem to have publications but that enrich does not read."""

from __future__ import annotations

import os
import re
import stat
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from enrich.site.content_walk import ENDINGS
from enrich.site.hugo_config import is_site
from enrich.site.module_mounts import find_mounted_sections
from enrich.site.pages import SECTIONS, Site, list_language_folders, list_section_folders, make_walker

_LOOKED_AT = 3  # pages of a folder
_HEAD = 8_192  # bytes of a page

# A DOI or a publication type in a front matter: `doi: "10.…"`, `"doi" = "https://…"`.
_PUBLICATION = re.compile(
    rb"""^[ \t#+:-]*["']?(?:doi["']?[ \t]*[:=][ \t]*["']?[ \t]*(?:10\.|https?:|doi:)"""
    rb"""|publication_types["']?[ \t]*[:=])""",
    re.IGNORECASE | re.MULTILINE,
)
_MARKUP = (
    ".org",
    ".html",
    ".htm",
    ".adoc",
    ".asciidoc",
    ".rst",
    ".pandoc",
    ".rmd",
    ".rmarkdown",
    ".qmd",
    ".ipynb",
)
_DATA = (".yaml", ".yml", ".json", ".toml", ".csv", ".bib")
_DATA_NAME = re.compile(r"publication|papers?\b|bibliograph|\.bib$", re.IGNORECASE)
_NAMED = 3  # files in the line about them

_OPENINGS = (b"---", b"+++", b"{")


def find_unread_sections(site: Site) -> tuple[str, ...]:
    """Return the folders under content that enrich does not read, though pages in them have a DOI or a type.

    A folder that is not a site may be as large as a disk, so it is not walked.
    """
    if not is_site(site.root):
        return ()
    read = frozenset(list_section_folders(site))
    walk = make_walker(site, (), leave_out=read.__contains__)
    looked_at: dict[str, int] = defaultdict(int)
    found: set[str] = set()
    tops = [name for name in site.content if not any(name.startswith(f"{other}/") for other in site.content)]
    for page in chain.from_iterable(walk.walk_pages(folder) for folder in tops):
        if page.folder in found or looked_at[page.folder] >= _LOOKED_AT:
            continue
        looked_at[page.folder] += 1
        if _is_publication(f"{walk.root}/{page.path}"):
            found.add(page.folder)
    return tuple(sorted(found))


def describe_publications_elsewhere(site: Site) -> Iterator[str]:
    """Yield a message about each folder that lacks publications, or has some that enrich does not read."""
    yield from describe_missing_sections(site)
    yield from describe_unread(site)
    yield from describe_unread_files(site)


def describe_unread(site: Site) -> Iterator[str]:
    """Yield a message for each unread folder that seems to have publications, with the setting to add."""
    for folder in find_unread_sections(site):
        add = f'[pages] sections = ["{name_section(site, folder)}"]'
        yield (
            f"{folder} seems to have publications, but enrich did not read it; to read it, add to"
            f" enrich.toml: {add}"
        )


def describe_missing_sections(site: Site) -> Iterator[str]:
    """Yield a message for each folder of `[pages] sections` that the site does not have."""
    for section in site.sections:
        mounted = find_mounted_sections(site.config, (section,))
        if section not in SECTIONS and not list_section_folders(
            replace(site, sections=(section,), mounted=mounted)
        ):
            yield f"[pages] sections names '{section}', but the site has no such folder; correct the name"


def describe_unread_files(site: Site) -> Iterator[str]:
    """Yield one line that names the files with publications in formats that are not read."""
    names = [
        *(
            path
            for folder in list_section_folders(site)
            for path in _list_unread_files(site, folder, _MARKUP)
        ),
        *_list_unread_files(site, "data", _DATA, is_publication=_names_publications),
    ]
    if names:
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        yield (
            f"{', '.join(names[:_NAMED])}{more}: publications in a format that enrich cannot read;"
            " it reads only .md and .markdown pages, so check these yourself"
        )


def _list_unread_files(
    site: Site, folder: str, endings: tuple[str, ...], is_publication: Callable[[str], bool] | None = None
) -> Iterator[str]:
    """Yield the files under a folder with such an ending and publications in them; links are left out."""
    is_publication = is_publication or _is_publication
    for here, folders, files in os.walk(site.root / folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            stem, ending = os.path.splitext(name)  # noqa: PTH122 - names, not paths
            if ending.lower() not in endings or any(f"{stem}{page}" in files for page in ENDINGS):
                continue
            path = os.path.join(here, name)  # noqa: PTH118 - as below
            if not os.path.islink(path) and is_publication(path):  # noqa: PTH114
                yield Path(path).relative_to(site.root).as_posix()


def _names_publications(path: str) -> bool:
    return _DATA_NAME.search(os.path.basename(path)) is not None or _is_publication(path)  # noqa: PTH119


def name_section(site: Site, folder: str) -> str:
    """Return the name of a folder for `[pages] sections`: its path from the content folder."""
    bases = (base for content in site.content for base in list_language_folders(site, content))
    longest = max((base for base in bases if f"{folder}/".startswith(base)), key=len, default="")
    return f"{folder}/".removeprefix(longest).rstrip("/") or "."


def describe_no_pages(site: Site) -> str:
    """Return the message for a run that found no page under the given paths."""
    named = ", ".join(str(target) for target in site.targets)
    if not is_site(site.root):
        problem = "not in a Hugo site: there is no folder `content` and no configuration"
        return f"{named}: {problem}; name the site"
    folders = ", ".join(list_section_folders(site)) or f"content folders named {' or '.join(site.sections)}"
    unread = next(describe_unread(site), "")
    step = "add your folder to enrich.toml ([pages] sections), or name the page itself on the command line"
    return f"no publication page in {named}: enrich looks for them in {folders}; {unread or step}"


def _is_publication(path: str) -> bool:
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116 - as below; a pipe would never end
            return False
        with open(path, "rb") as file:  # noqa: PTH123 - as cheap as can be: a site may have thousands
            head = file.read(_HEAD)
    except OSError:
        return False
    is_other = path.lower().endswith((*_MARKUP, *_DATA))
    is_page = head.lstrip(b"\xef\xbb\xbf \r\n").startswith(_OPENINGS)
    return (is_other or is_page) and bool(_PUBLICATION.search(head))
