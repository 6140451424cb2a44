"""Read the author profiles of a site: the names of the people in `authors`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from enrich.model.page import Page, Value
from enrich.model.plan import Failed
from enrich.model.site_context import Profile
from enrich.site.hugo_config import EXTENSIONS, get_config_value, read_data
from enrich.site.languages import split_name
from enrich.site.page_files import read_content_file
from enrich.site.pages import Site, list_language_folders
from enrich.text.hugo_slug import urlize_name

Get = Callable[..., Value]

_NAMES_OF_FILES = ("_index", "index")
_DATA = tuple(f".{extension}" for extension in EXTENSIONS)

# The keys of the person's name in a profile: Academic 4 `name`, from 4.1 `title`, Kit `name.…`.
_NAMES = (("title",), ("name",), ("name", "display"), ("name", "alternate"))
_PARTS = ((("name", "given"), ("name", "family")), (("first_name",), ("last_name",)))
# The owner's profile has one of these names in the themes' starter sites: Academic to HugoBlox, and Kit.
OWNERS = frozenset({"admin", "me"})
_LINKS = ("social", "profiles", "links")
_ORCID = re.compile(r"(?<!\d)(\d{4}-\d{4}-\d{4}-\d{3}[\dX])(?!\d)", re.IGNORECASE)


def read_author_profiles(site: Site) -> tuple[Mapping[str, Profile], tuple[str, ...]]:
    """Return the profiles by slug, and a message for each that cannot be read."""
    profiles: dict[str, Profile] = {}
    problems: list[str] = []
    for name, get, problem in (*_read_profile_pages(site), *_read_profile_data(site)):
        problems += [problem] if problem else []
        slug = urlize_name(name)
        found = Profile(slug, _collect_names(get), _find_orcid(get), is_owner=_is_owner(slug, get))
        if slug and found.names:
            profiles[slug] = _join_profiles(profiles.get(slug), found)
    return profiles, tuple(problems)


def _read_profile_pages(site: Site) -> Iterator[tuple[str, Get, str]]:
    """Yield (name, its values, problem) for content/authors/<name>/_index.md in every language."""
    for path in _list_profile_pages(site):
        page = read_content_file(site, path.relative_to(site.root).as_posix())
        if isinstance(page, Page):
            yield path.parent.name, page.get, ""
        else:
            reason = page.error if isinstance(page, Failed) else page.reason
            yield "", _get_nothing, f"{page.path}: {reason}"


def list_profile_files(site: Site) -> Iterator[Path]:
    """Yield the files with author profiles, pages first."""
    yield from _list_profile_pages(site)
    yield from _list_profile_data(site)


def _list_profile_pages(site: Site) -> Iterator[Path]:
    """Yield the profiles in content folders: `_index.md`, and `_index.fr.md` for another language."""
    for base in (base for content in site.content for base in list_language_folders(site, content)):
        files = site.root.glob(f"{base}authors/*/*.md")
        yield from sorted(path for path in files if split_name(path.name, site.config)[0] in _NAMES_OF_FILES)


def _list_profile_data(site: Site) -> list[Path]:
    files = site.root.glob("data/authors/*")
    return sorted(path for path in files if path.suffix.lower() in _DATA)


def _read_profile_data(site: Site) -> Iterator[tuple[str, Get, str]]:
    """Yield (name, its values, problem) for data/authors/<name>.yaml."""
    for path in _list_profile_data(site):
        data, problem = read_data(path)
        yield path.stem, partial(get_config_value, data), f"data/authors/{problem}" if problem else ""


def _collect_names(get: Get) -> tuple[str, ...]:
    """Return all names of a profile, the most important first, each once."""
    whole = [name for path in _NAMES for name in _list_profile_texts(get(*path))]
    parts = [" ".join(name for path in pair for name in _list_profile_texts(get(*path))) for pair in _PARTS]
    return tuple(dict.fromkeys(name.strip() for name in (*whole, *parts) if name.strip()))


def _find_orcid(get: Get) -> str:
    """Return the bare ORCID of a profile: its own key, or a link to orcid.org."""
    for value in (get("orcid"), *(value for key in _LINKS for value in _list_orcid_links(get(key)))):
        if isinstance(value, str) and (found := _ORCID.search(value)):
            return found[1].upper()
    return ""


def _is_owner(slug: str, get: Get) -> bool:
    """Return whether a profile is the site owner's: it says so, or has the name that themes give it."""
    return slug in OWNERS or any(get(key) is True for key in ("superuser", "is_owner"))


def _list_orcid_links(value: Value) -> Iterator[Value]:
    for item in value if isinstance(value, list) else ():
        if isinstance(item, Mapping):
            yield from (
                text for text in item.values() if isinstance(text, str) and "orcid.org/" in text.lower()
            )


def _list_profile_texts(value: Value) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(item for item in items if isinstance(item, str))


def _join_profiles(first: Profile | None, second: Profile) -> Profile:
    """Join two profiles of one person, from two languages or from content and data."""
    if first is None:
        return second
    return Profile(
        first.slug,
        tuple(dict.fromkeys((*first.names, *second.names))),
        first.orcid or second.orcid,
        is_owner=first.is_owner or second.is_owner,
    )


def _get_nothing(*_path: str) -> Value:
    return None
