"""Read the files of a site that a plan depends on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from enrich.errors import PageError
from enrich.model.page import CITE_BIB
from enrich.site.author_profiles import list_profile_files
from enrich.site.generated_pages import SOURCE_ENDINGS
from enrich.site.hugo_config import list_config_files
from enrich.site.page_files import leaves_site
from enrich.site.pages import Site
from enrich.site.path_kinds import is_file, is_folder, read_regular_file

_OWN_FILES = ("enrich.toml", "go.mod")
_THEME_FILE = "theme.toml"


def read_site_files(site: Site, remembered: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes of each file that a plan depends on, by its path from the site's root.

    Where only the name of a file counts, its bytes are empty: for themes, sources of generated pages, and the
    `remembered` pages, which the baseline names. Unreadable files, and links out of the site, are left out.
    """
    names = {name: b"" for name in (*_list_named_files(site), *remembered) if _may_be_read(site, name)}
    return names | dict(_read_each(site, _list_read_files(site)))


def _read_each(site: Site, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        try:
            if _may_be_read(site, path):
                yield path, read_regular_file(site.root / path)
        except (OSError, PageError):
            continue


def _may_be_read(site: Site, path: str) -> bool:
    full = site.root / path
    return ".." not in PurePosixPath(path).parts and not leaves_site(site, full) and is_file(full)


def _list_read_files(site: Site) -> Iterator[str]:
    """Yield the paths of the files whose content counts; some may not exist."""
    yield from _OWN_FILES
    yield from (_make_path(site, path) for _, path in list_config_files(site.root))
    yield from (_make_path(site, path) for path in list_profile_files(site))
    for page in site.paths:
        yield page
        yield str(PurePosixPath(page).with_name(CITE_BIB))


def _list_named_files(site: Site) -> Iterator[str]:
    """Yield the paths of the files of which only the name counts; some may not exist."""
    yield "data/academic.toml"
    for page in site.paths:
        yield from (str(PurePosixPath(page).with_suffix(ending)) for ending in SOURCE_ENDINGS)


def list_theme_marks(site: Site) -> Iterator[str]:
    """Yield a file for each folder in `themes/`, whose name identifies the theme."""
    for folder in filter(is_folder, site.root.glob("themes/*")):
        yield f"themes/{folder.name}/{_THEME_FILE}"


def _make_path(site: Site, path: Path) -> str:
    return path.relative_to(site.root).as_posix()
