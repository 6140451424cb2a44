"""Find the folders of a site's publication pages, weigh them by age, and place a new page beside them."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from enrich.errors import UsageError
from enrich.model.addition import AddRequest, NameParts, PagePlace, WeighedPage
from enrich.model.page import Page
from enrich.site.languages import (
    find_language,
    find_site_language,
    list_content_folders,
    list_language_keys,
    shorten_language_code,
    split_name,
)
from enrich.site.pages import Site, list_section_folders
from enrich.site.translations import group_translations

HALF_LIFE = 8  # pages
YEAR = "{year}"
_DATE = re.compile(r"\s*(\d{4}(?:-\d\d){0,2})")
_FEWEST_OF_LANGUAGE = 1 / 3

Choice = TypeVar("Choice")


def weigh_pages(
    site: Site, pages: Mapping[str, Page], parts: Mapping[str, NameParts], request: AddRequest
) -> list[WeighedPage]:
    """Return the pages that are examples for a new one, the newest first.

    A page that a tool generates is no example. Of a page's translations, only the one in the new page's
    language is an example.
    """
    own = read_requested_language(site, request) or find_site_language(site.config)
    groups = group_translations(site, pages)
    examples = [
        page
        for path, page in sorted(pages.items())
        if not page.generated_from
        and path in parts
        and _is_first_language(site, path, groups.get(path, ()), own)
    ]
    examples.sort(key=read_page_day, reverse=True)
    folders = sorted(list_section_folders(site), key=len, reverse=True)
    placed = [(page, place) for page in examples if (place := read_place(site, folders, page))]
    return [
        WeighedPage(page, place, parts[page.path], 0.5 ** (rank / HALF_LIFE))
        for rank, (page, place) in enumerate(placed)
    ]


def _is_first_language(site: Site, path: str, others: Sequence[str], own: str) -> bool:
    """Return whether a page is the one among its translations that is an example."""
    languages = {name: _find_page_language(site, name) for name in (path, *others)}
    return min(languages, key=lambda name: (languages[name] != own, name)) == path


def put_own_language_first(site: Site, pages: Iterable[Page], request: AddRequest) -> list[Page]:
    """Return the pages, those in the new page's language first, because the user means these translations."""
    own = read_requested_language(site, request) or find_site_language(site.config)
    return sorted(pages, key=lambda page: _find_page_language(site, page.path) != own)


def describe_other_language(site: Site, path: str, request: AddRequest) -> str:
    """Return a note if the user asked for a language and the page is in another one, else `""`."""
    is_other = read_requested_language(site, request) not in ("", _find_page_language(site, path))
    note = f"it is not in the language '{request.language}'; to translate it, copy it and edit the copy"
    return note if is_other else ""


def read_requested_language(site: Site, request: AddRequest) -> str:
    """Return the short code of the requested language, `pt` for the site's `pt-br`; `""` without one."""
    return shorten_language_code(request.language, site.config) if request.language else ""


def _find_page_language(site: Site, path: str) -> str:
    return find_language(path, {**site.mounted, **site.content}, site.config)


def read_page_day(page: Page) -> str:
    """Return the date of a page as ISO text, as precise as it is typed; `""` without a date."""
    values = (page.get("date"), page.get("publishdate"))
    found = (_DATE.match(value) for value in map(str, values))
    return next((match[1] for match in found if match), "")


def read_place(site: Site, folders: Sequence[str], page: Page) -> PagePlace | None:
    """Return the place of a page, None outside all sections; `folders` are the sections', longest first."""
    section = next((name for name in folders if f"{page.path}/".startswith(f"{name}/" if name else "")), None)
    if section is None:
        return None
    *parents, file = page.path[len(section) :].lstrip("/").split("/")
    year = read_page_day(page)[:4]
    general = [YEAR if part == year else part for part in parents]
    base = split_name(file, site.config)[0]
    if base == "index" and parents:
        return PagePlace(section, tuple(general[:-1]), parents[-1], file)
    return PagePlace(section, tuple(general), base, file[len(base) :])


def choose_examples(site: Site, pages: Sequence[WeighedPage], request: AddRequest) -> list[WeighedPage]:
    """Return the pages of the section and the language in which a new page belongs.

    If the section or the language has no page yet, return those of the others. Raise UsageError if the site
    does not have the section or the language.
    """
    if request.section:
        _check_section(site, request.section, pages)
        pages = [one for one in pages if _is_in_section(one.place.section, request.section)] or pages
    languages = {one.page.path: _find_page_language(site, one.page.path) for one in pages}
    _check_language(site, request, languages.values())
    language = read_requested_language(site, request) or _choose_language(site, pages, languages)
    pages = [one for one in pages if languages[one.page.path] == language] or pages
    section = choose_heaviest(pages, lambda one: one.place.section)
    return [one for one in pages if one.place.section == section]


def _check_section(site: Site, section: str, pages: Sequence[WeighedPage]) -> None:
    """Raise UsageError if enrich does not know the section, or the site has others, but not this one."""
    folders = [folder for folder in list_section_folders(site) if _is_in_section(folder, section)]
    if not folders and section not in site.sections:
        raise UsageError(
            f"enrich does not know the section '{section}'; it knows {', '.join(site.sections)}."
            " Add another one to [pages] sections in enrich.toml"
        )
    if pages and not any((site.root / folder).is_dir() for folder in folders):
        used = ", ".join(sorted({one.place.section for one in pages}))
        raise UsageError(
            f"the site has no section '{section}'; its publications are in {used}. To begin a second section,"
            " make its folder first"
        )


def _check_language(site: Site, request: AddRequest, used: Iterable[str]) -> None:
    """Raise UsageError if neither the configuration nor a page has the requested language."""
    keys = list_language_keys(site.config)
    own = find_site_language(site.config) or "en"  # Hugo's own default
    known = sorted({*(shorten_language_code(key, site.config) for key in keys), *filter(None, used), own})
    if request.language and read_requested_language(site, request) not in known:
        raise UsageError(f"the site has no language '{request.language}'; it has {', '.join(known)}")


def _choose_language(site: Site, pages: Sequence[WeighedPage], languages: Mapping[str, str]) -> str:
    """Return the site's own language if a third of the pages are in it, else that of most pages."""
    own = find_site_language(site.config)
    total = sum(one.weight for one in pages)
    weight = sum(one.weight for one in pages if languages[one.page.path] == own)
    is_used = bool(total) and weight >= _FEWEST_OF_LANGUAGE * total
    return own if is_used else choose_heaviest(pages, lambda one: languages[one.page.path]) or own


def _is_in_section(folder: str, name: str) -> bool:
    """Return whether a section's folder is the requested one: `publication` or its whole path."""
    return folder == name or folder.endswith(f"/{name}")


def choose_heaviest(pages: Iterable[WeighedPage], read: Callable[[WeighedPage], Choice]) -> Choice | None:
    """Return the value that most of the pages have, by their weight; None without pages."""
    weights: dict[Choice, float] = defaultdict(float)
    for one in pages:
        weights[read(one)] += one.weight
    return max(weights, key=lambda choice: weights[choice], default=None)


def place_new_page(
    site: Site, pages: Sequence[WeighedPage], request: AddRequest, kind: Callable[[WeighedPage], bool]
) -> PagePlace:
    """Return the place of a new page beside the examples, with an empty name.

    The folders are those of pages of its `kind` if there are any.
    """
    language = read_requested_language(site, request)
    spoken = [one for one in pages if language in ("", _find_page_language(site, one.page.path))]
    if not spoken:
        return _place_first_page(site, request, next(iter(pages), None))
    alike = [*filter(kind, spoken)] or spoken
    section, folders = choose_heaviest(alike, lambda one: (one.place.section, one.place.folders)) or ("", ())
    file = choose_heaviest(alike, lambda one: one.place.file) or "index.md"
    if request.section and not _is_in_section(section, request.section):
        section = _find_section_beside(site, request.section, section)
    return PagePlace(section, folders, "", file)


def _find_section_beside(site: Site, name: str, section: str) -> str:
    """Return the folder of a section that has no page yet, in the language of another section."""
    beside = f"{section.rpartition('/')[0]}/{name}".lstrip("/")
    known = [folder for folder in list_section_folders(site) if _is_in_section(folder, name)]
    return beside if beside in known else min(known, key=len)


def _place_first_page(site: Site, request: AddRequest, other: WeighedPage | None) -> PagePlace:
    """Return the place of a page in a section that has none yet; `other` is a page in another language."""
    section = request.section or (other and other.place.section.rpartition("/")[2]) or site.sections[0]
    known = [folder for folder in list_section_folders(site) if _is_in_section(folder, section)]
    content = min(site.content, key=len, default="content")
    folder = other.place.section if other else min(known, key=len, default=f"{content}/{section}".lstrip("/"))
    name = "index" if other is None or other.place.is_bundle else ""
    own = find_site_language(site.config) or "en"
    if read_requested_language(site, request) in ("", own):
        return PagePlace(folder, (), "", f"{name}.md")
    return _place_in_language(site, folder, name, request.language)


def _place_in_language(site: Site, folder: str, name: str, language: str) -> PagePlace:
    """Return the place of the first page in a language, as the site separates its languages."""
    keys = [*list_language_keys(site.config), language]
    code = shorten_language_code(language, site.config)
    key = next(key for key in keys if language == key or shorten_language_code(key, site.config) == code)
    section = folder.rpartition("/")[2]
    folders = {**list_content_folders(site.config), **site.content}
    own_folder = next((path for path, one in folders.items() if one == key), "")
    if own_folder:
        return PagePlace(f"{own_folder}/{section}", (), "", f"{name}.md")
    return PagePlace(folder, (), "", f"{name}.{key}.md")


def join_folder(place: PagePlace, year: int | None) -> str:
    """Return the folder of a place, with the folder for the work's year if the place has one."""
    names = (str(year or "") if name == YEAR else name for name in place.folders)
    return "/".join((place.section, *filter(None, names)))


def join_page_path(folder: str, name: str, place: PagePlace) -> str:
    """Return the path of a page with a name in a folder."""
    return f"{folder}/{name}/{place.file}" if place.is_bundle else f"{folder}/{name}{place.file}"


def list_taken_names(site: Site, folder: str, planned: Iterable[str]) -> frozenset[str]:
    """Return the names in a folder and of the pages planned there, in lower case, with and without endings.

    Some systems take `Smith2020` and `smith2020` for one name.
    """
    try:
        there = os.listdir(site.root / folder)  # noqa: PTH208 - names are enough
    except OSError:
        there = []
    prefix = f"{folder}/"
    new = [path[len(prefix) :].partition("/")[0] for path in planned if path.startswith(prefix)]
    names = [name.lower() for name in (*there, *new)]
    return frozenset((*names, *(name.partition(".")[0] for name in names)))
