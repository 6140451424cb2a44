"""Find a site's content folders and the language of each page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from enrich.site.hugo_config import get_config_text, get_config_value, list_config_mappings
from enrich.site.path_kinds import is_folder

if TYPE_CHECKING:
    from enrich.model.page import Value

# If the configuration names no language, such a name of a folder or suffix of a file is one: en, pt-br.
_CODE = re.compile(r"[a-z]{2}(?:-[a-z]{2,4})?", re.IGNORECASE)


def is_code(name: str) -> bool:
    """Return whether a name looks like a language's code (`en`, `pt-br`)."""
    return _CODE.fullmatch(name) is not None


def list_content_folders(config: Mapping[str, Value]) -> Mapping[str, str]:
    """Return the content folders that the configuration names, each with its language's key or `""`."""
    mounted = {
        get_config_text(mount, "source"): get_config_text(mount, "lang")
        for mount in list_config_mappings(config, "module", "mounts")
        if get_config_text(mount, "target").strip("/") == "content"
    }
    own = {get_config_text(config, "contentdir") or "content": ""} if not mounted else {}
    named = {get_config_text(item, "contentdir"): key for key, item in _list_languages(config)}
    return {folder: key for folder, key in {**own, **mounted, **named}.items() if folder}


def list_existing_folders(root: Path, folders: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    """Yield the folders that exist inside the site, deepest first, with their languages' keys."""
    there = {Path(root, name): key for name, key in folders.items() if ".." not in Path(name).parts}
    for path, key in sorted(there.items(), key=lambda row: (-len(row[0].parts), row[0])):
        if path.is_relative_to(root) and is_folder(path):
            yield path, key


def split_name(name: str, config: Mapping[str, Value]) -> tuple[str, str]:
    """Return the name of a page's file without ending and language, and the language: `index`, `fr`."""
    stem = name.rpartition(".")[0]
    base, _, suffix = stem.rpartition(".")
    if not base:
        return stem, ""
    known = list_language_keys(config)
    if suffix.lower() in known if known else is_code(suffix):
        return base, suffix.lower()
    # Hugo knows only the configured languages, but a page called `index.fr` is surely French.
    return (base, suffix.lower()) if base == "index" and is_code(suffix) else (stem, "")


def shorten_language_code(key: str, config: Mapping[str, Value]) -> str:
    """Return a language's short code (`en`), from its `languageCode` or `locale`, else from its key."""
    entry = get_config_value(config, "languages", key)
    code = get_config_text(entry, "languagecode") or get_config_text(entry, "locale") or key
    return re.split(r"[-_]", code)[0].lower()


def find_site_language(config: Mapping[str, Value]) -> str:
    """Return the short code of the site's default language, `""` if the configuration names none."""
    default = get_config_text(config, "defaultcontentlanguage").lower()
    keys = list_language_keys(config)
    if default or len(keys) == 1:
        return shorten_language_code(default or keys[0], config)
    return re.split(r"[-_]", get_config_text(config, "languagecode") or get_config_text(config, "locale"))[
        0
    ].lower()


def find_language(path: str, content: Mapping[str, str], config: Mapping[str, Value]) -> str:
    """Return the short code of a page's language: from its name, else from its folder, else the site's.

    `content` maps the content folders (relative, deepest first) to their languages' keys.
    """
    suffix = split_name(path.rpartition("/")[2], config)[1]
    folder = next((name for name in content if path.startswith(f"{name}/")), "")
    inner = path[len(folder) :].lstrip("/").split("/", 2)
    in_folder = len(inner) > 2 and _is_language(inner[0], config)
    key = suffix or content.get(folder) or (inner[0].lower() if in_folder else "")
    return shorten_language_code(key, config) if key else find_site_language(config)


def list_language_keys(config: Mapping[str, Value]) -> list[str]:
    """Return the keys of the languages that the configuration names (`pt-br`)."""
    return [key for key, _ in _list_languages(config)]


def has_several_languages(config: Mapping[str, Value]) -> bool:
    """Return whether the configuration names more than one language."""
    return len(list_language_keys(config)) > 1


def describe_language(path: str, content: Mapping[str, str], config: Mapping[str, Value]) -> str:
    """Return the short code of a page's language, and whether it is the site's default."""
    default = find_site_language(config) or "en"  # Hugo's own default
    own = find_language(path, content, config) or default
    return f"{own}, the site's default language" if own == default else own


def list_other_languages(
    path: str, content: Mapping[str, str], config: Mapping[str, Value]
) -> tuple[str, ...]:
    """Return the short codes of the languages that the configuration names and the page is not in."""
    own = describe_language(path, content, config).partition(",")[0]
    codes = dict.fromkeys(shorten_language_code(key, config) for key in list_language_keys(config))
    return tuple(code for code in codes if code != own)


def _is_language(name: str, config: Mapping[str, Value]) -> bool:
    return name.lower() in list_language_keys(config) or is_code(name)


def _list_languages(config: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
    languages = get_config_value(config, "languages")
    if isinstance(languages, Mapping):
        yield from ((key, item) for key, item in languages.items() if isinstance(item, Mapping))
