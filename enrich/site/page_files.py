"""Read the pages of a site: each file becomes a page, or the reason why it is not one."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from enrich.errors import NoFrontMatter, PageError, describe_os_error
from enrich.model.page import CITE_BIB, Doi, Page, PlacedDoi
from enrich.model.plan import Failed, Skipped
from enrich.site.content_walk import is_under
from enrich.site.generated_pages import find_generator
from enrich.site.pages import Site, list_target_pages
from enrich.site.path_kinds import read_regular_file
from enrich.site.placed_dois import list_placed_dois
from enrich.site.skipped_pages import SWITCHED_OFF, find_list_reason, is_switched_off
from enrich.text.page_doi import find_page_doi, page_doi

ParsePage = Callable[[str, str], Page]


@dataclass(frozen=True, slots=True)
class SitePages:
    """The pages of a site by their paths."""

    read: Mapping[str, Page]
    """The pages that were read."""
    unread: Mapping[str, Skipped | Failed]
    """Why each of the others was not read."""


def parse_page(path: str, text: str) -> Page:
    """Return the page of a text; raise NoFrontMatter, or PageError with the line of a mistake."""
    from enrich.front_matter.page_text import read_page

    return read_page(path, text)


def leaves_site(site: Site, path: Path) -> bool:
    """Return whether a path leads out of the site through a link."""
    return not is_under(site.real_paths.resolve(str(path)), site.real_root)


def read_page_file(site: Site, path: str, parse: ParsePage = parse_page) -> Page | Skipped | Failed:
    """Read a page; return Skipped for other files and lists of pages, Failed if it cannot be read."""
    page = read_content_file(site, path, parse)
    reason = find_list_reason(page) if isinstance(page, Page) else ""
    return Skipped(path, reason) if reason else page


def read_content_file(site: Site, path: str, parse: ParsePage = parse_page) -> Page | Skipped | Failed:
    """Read a publication, a profile or a list of pages; return as `read_page_file` does."""
    full = site.root / path
    if leaves_site(site, full):
        return Skipped(path, "a link that leads out of the site")
    try:
        text = read_page_text(full)
        page = parse(path, text)
    except NoFrontMatter:
        return Skipped(path, "no front matter")
    except PageError as error:
        return Failed(path, str(error), error.line)
    except OSError as error:
        return Failed(path, f"cannot be read: {describe_os_error(error)}")
    if is_switched_off(page):
        return Skipped(path, SWITCHED_OFF)
    generator = find_generator(full.name, text, _Siblings(str(full.parent)))
    page = replace(page, doi=find_page_doi(page), generated_from=generator)
    return page if page_doi(page).parsed else replace(page, placed_dois=_read_placed_dois(site, page))


def _read_placed_dois(site: Site, page: Page) -> tuple[PlacedDoi, ...]:
    return list_placed_dois(page, read_cite_bib(site, page.path))


def collect_page_dois(site: Site, page: Page) -> tuple[PlacedDoi, ...]:
    """Return every DOI on a page and in its citation file, its own first."""
    own = page_doi(page)
    first = [PlacedDoi(own.parsed, own.path)] if isinstance(own.parsed, Doi) and own.path else []
    return (*first, *_read_placed_dois(site, page))


def read_cite_bib(site: Site, path: str) -> str:
    """Return the text of the cite.bib in a page's bundle, `""` if there is none that can be read."""
    full = site.root / path
    file = full.with_name(CITE_BIB)
    if not full.name.startswith("index.") or leaves_site(site, file):
        return ""
    try:
        return read_regular_file(file).decode("utf-8", "replace")
    except (OSError, PageError):
        return ""


def attach_cite_bib(site: Site, page: Page, paths: Collection[str]) -> Page:
    """Return the page with the text of the citation file that a run may change through it.

    In a bundle with translations, that page is `index.md`. A file that cannot be read stays as it is, and a
    finding names it.
    """
    folder, _, name = page.path.rpartition("/")
    full = (site.root / page.path).with_name(CITE_BIB)
    has_main = f"{folder}/index.md" in paths
    if page.generated_from or (name != "index.md" and (has_main or _count_pages_in(folder, paths) > 1)):
        return page
    if not name.startswith("index.") or leaves_site(site, full):
        return page
    try:
        text = read_regular_file(full).decode("utf-8")
    except FileNotFoundError:
        if os.path.lexists(full):
            return replace(page, cite_bib_problem="it is a link that leads nowhere; delete it")
        return replace(page, lacks_cite_bib=True)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        problem = f"line {line} is not UTF-8 but perhaps Latin-1 or Windows-1252; save the file as UTF-8"
        return replace(page, cite_bib_problem=problem)
    except OSError as error:
        return replace(page, cite_bib_problem=describe_os_error(error))
    except PageError as error:
        return replace(page, cite_bib_problem=str(error))
    return replace(page, cite_bib=text)


def _count_pages_in(folder: str, paths: Collection[str]) -> int:
    return sum(path.startswith(f"{folder}/") for path in paths)


@dataclass(frozen=True, slots=True)
class _Siblings:
    """The names in a page's folder; each is looked up only when somebody asks for it."""

    folder: str
    """The folder's path."""

    def __contains__(self, name: object) -> bool:
        return os.path.lexists(f"{self.folder}{os.sep}{name}")


def read_pages(
    site: Site, progress: Callable[[str, int, int], None], parse: ParsePage = parse_page
) -> SitePages:
    """Return all pages of the site, because dialect, twins and duplicates follow from all of them."""
    pages: dict[str, Page] = {}
    unread: dict[str, Skipped | Failed] = {}
    for path in dict.fromkeys((*site.paths, *list_target_pages(site))):
        page = read_page_file(site, path, parse)
        if isinstance(page, Page):
            pages[path] = page
        else:
            unread[path] = page
        progress("reading", len(pages) + len(unread), 0)
    return SitePages(pages, unread)


def read_page_text(path: Path) -> str:
    """Return a file's text with its BOM and line ends; raise PageError if it is not UTF-8."""
    raw = read_regular_file(path)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise PageError("the file is UTF-16; save it as UTF-8", 1)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise PageError(
            "the file is not UTF-8 but perhaps Latin-1 or Windows-1252; save it as UTF-8", line
        ) from None
