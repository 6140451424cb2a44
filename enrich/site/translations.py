"""Group the pages of a site that are translations of each other, by their paths."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from enrich.site.languages import is_code, split_name
from enrich.site.pages import Site


def group_translations(site: Site, paths: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the other translations of each page that has some, by the page's path.

    Hugo pairs pages by name (`index.de.md`) and by folder: https://gohugo.io/content-management/multilingual/
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        groups[make_translation_key(site, path)].append(path)
    return {
        path: tuple(other for other in group if other != path)
        for group in groups.values()
        if len(group) > 1
        for path in group
    }


def make_translation_key(site: Site, path: str) -> str:
    """Return a page's path without the parts that name its language."""
    folders = {**site.mounted, **site.content}
    content = next((name for name in folders if path.startswith(f"{name}/")), "")
    folder, _, name = path[len(content) :].lstrip("/").rpartition("/")
    first, _, rest = folder.partition("/")
    inner = rest if rest and is_code(first) and not folders.get(content) else folder
    return f"{inner}/{split_name(name, site.config)[0]}"
