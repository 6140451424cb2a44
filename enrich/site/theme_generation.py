"""Find the generation of the theme that builds a site, from its modules, themes and data files.

The names were counted on 45 sites.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from enrich.errors import PageError
from enrich.model.site_context import Generation, Types
from enrich.site.hugo_config import get_config_text, list_config_mappings, list_config_texts
from enrich.site.pages import Site
from enrich.site.path_kinds import is_folder, read_regular_file

TYPES_OF: dict[Generation, Types] = {
    "academic": "number",
    "wowchemy": "number",
    "bootstrap": "csl",
    "tailwind": "csl",
    "kit": "csl",
}

# Module paths of go.mod and of the configuration, the most telling first, then themes' names.
_MODULES: tuple[tuple[re.Pattern[str], Generation], ...] = (
    (re.compile(r"hugoblox/kit/modules"), "kit"),
    (re.compile(r"blox-tailwind"), "tailwind"),
    (re.compile(r"blox-bootstrap"), "bootstrap"),
    (re.compile(r"wowchemy[\w-]*/(?:modules/)?wowchemy(?:/v\d+)?(?:\s|$)"), "wowchemy"),
)
_THEMES: tuple[tuple[re.Pattern[str], Generation], ...] = (
    *_MODULES,
    (re.compile(r"(?:^|/)starter-|wowchemy"), "wowchemy"),
    (re.compile(r"academic"), "academic"),
)
# The module named wowchemy writes CSL types from version 5.9 and from this day.
_CSL_VERSION, _CSL_DAY = 9, "20230930"
_VERSION = re.compile(r" v5\.(\d+)")
_DAY = re.compile(r"[-.](\d{8})\d{6}-")


def find_module(site: Site) -> tuple[Generation | None, str]:
    """Return the generation that the site's configuration names, and the file and line."""
    for where, names, table in _list_name_sources(site):
        for pattern, generation in table:
            name = next((name for name in names if pattern.search(name)), "")
            if name:
                return _date_generation(generation, name), f"{where}: {name}"
    return None, ""


# The name of each known theme contains one of these.
_KNOWN_THEMES = re.compile(r"academic|wowchemy|hugo-?blox|blox")


def find_theme_names(site: Site) -> tuple[str, ...]:
    """Return the themes and modules that the configuration names, in lower case."""
    imports = list_config_mappings(site.config, "module", "imports")
    names = (*list_config_texts(site.config, "theme"), *(get_config_text(item, "path") for item in imports))
    return tuple(name.lower() for name in names if name)


def find_foreign_theme(site: Site, *, has_types: bool) -> str | None:
    """Return the name of a theme that enrich does not know (`""` if nothing names it), None on other sites.

    If the configuration names no theme, pages without any `publication_types` indicate a foreign one.
    """
    names = find_theme_names(site)
    if any(_KNOWN_THEMES.search(name) for name in names):
        return None
    if names:
        return names[0]
    return None if has_types else ""


def _list_name_sources(
    site: Site,
) -> Iterator[tuple[str, list[str], tuple[tuple[re.Pattern[str], Generation], ...]]]:
    imports = list_config_mappings(site.config, "module", "imports")
    yield "go.mod", _read_lines(site.root / "go.mod"), _MODULES
    yield "module.imports", [get_config_text(item, "path").lower() for item in imports], _MODULES
    yield "theme", [name.lower() for name in list_config_texts(site.config, "theme")], _THEMES
    themes = filter(is_folder, site.root.glob("themes/*"))
    yield "themes", sorted(path.name.lower() for path in themes), _THEMES
    yield "data", [path.name.lower() for path in site.root.glob("data/academic.toml")], _THEMES


def _read_lines(path: Path) -> list[str]:
    """Return a file's lines without comments, in lower case; none if it cannot be read."""
    try:
        text = read_regular_file(path).decode("utf-8", "replace")
    except (OSError, PageError):
        return []
    return [line.partition("//")[0].strip().lower() for line in text.splitlines()]


def _date_generation(generation: Generation, name: str) -> Generation:
    """Return the generation of a module at its version: late modules named wowchemy are already Bootstrap."""
    version, day = _VERSION.search(name), _DAY.search(name)
    late = (version and int(version[1]) >= _CSL_VERSION) or (day and day[1] >= _CSL_DAY)
    return "bootstrap" if generation == "wowchemy" and late else generation
