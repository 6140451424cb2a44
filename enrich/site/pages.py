"""Find a site and its publication pages, and read one of them."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from enrich.errors import UsageError, describe_os_error
from enrich.model.page import Value
from enrich.site import languages
from enrich.site.content_walk import Walker
from enrich.site.hugo_config import is_configured, is_site, list_config_texts, load_config
from enrich.site.ignore_patterns import compile_patterns, describe_slow_patterns
from enrich.site.module_mounts import find_mounted_sections
from enrich.site.page_suggestions import suggest_page
from enrich.site.path_kinds import RealPaths, is_folder, is_folder_entry

SECTIONS = ("publication", "publications")
# Hugo reads these as data or configuration, and a JSON file would look like the front matter of a page.
DATA = (".bib", ".csv", ".json", ".jsonl", ".toml", ".yaml", ".yml")


@dataclass(frozen=True)
class Site:
    """A Hugo site."""

    root: Path
    """Its folder."""
    targets: tuple[Path, ...]
    """The sites, folders and pages that this run is about."""
    content_dirs: tuple[Path, ...] = ()
    """The content folders that exist."""
    config: Mapping[str, Value] = field(default_factory=dict)
    """The configuration of Hugo, its keys in lower case."""
    sections: tuple[str, ...] = SECTIONS
    """The names of the sections with publications."""
    content: Mapping[str, str] = field(default_factory=dict)
    """Each content folder from the root, deepest first, with its language's key or `""`."""
    notes: tuple[str, ...] = ()
    """A message for each configuration file that could not be read."""
    mounted: Mapping[str, str] = field(default_factory=dict)
    """Each folder that is mounted on a section, with its language's key or `""`."""

    @cached_property
    def real_root(self) -> str:
        """Return the root without links."""
        return os.path.realpath(self.root)

    @cached_property
    def real_paths(self) -> RealPaths:
        """Return the real paths in the site."""
        return RealPaths(str(self.root))

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Return the paths of all publication pages, from the root with `/`, sorted; walked once."""
        folders = list_section_folders(self)
        walk = make_walker(self, folders)
        paths = sorted({found.path for folder in folders for found in walk.walk_pages(folder)})
        return _drop_other_names(self, paths)

    @property
    def title(self) -> str:
        """Return the title of the site, or the name of its folder."""
        title = self.config.get("title")
        return title.strip() if isinstance(title, str) and title.strip() else Path(self.real_root).name


def find_root(target: Path) -> Path:
    """Return the root of the site that contains a path; the folder itself if nothing marks a site.

    A folder that is configured beats any folder with `content` in it: sections may be called so. Raise
    OSError for a name that is too long for the system.
    """
    try:
        target.lstat()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise
    typed, real = (Path(os.path.abspath(target)), Path(os.path.realpath(target)))  # noqa: PTH100
    folders = [folder for path in dict.fromkeys((typed, real)) for folder in (path, *path.parents)]
    for marks_site in (is_configured, is_site):
        if root := next(filter(marks_site, folders), None):
            return root
    return typed if is_folder(typed) else typed.parent


def find_site(targets: Sequence[Path], sections: Sequence[str] = ()) -> Site:
    """Return the site of all the paths; raise UsageError if one is missing, a data file or elsewhere."""
    for target in targets:
        if not os.path.lexists(target):
            raise UsageError(
                f"{target}: there is no such file or folder{suggest_page_near(target, sections)}"
            )
        if target.suffix.lower() in DATA and not is_folder(target):
            raise UsageError(f"{target}: this is a data file, not a page; name a page, a folder or a site")
    try:
        roots = list(dict.fromkeys(find_root(target) for target in targets))
    except OSError as error:  # a working directory that was deleted
        raise UsageError(f"{targets[0]}: {describe_os_error(error)}") from None
    if len(roots) != 1:
        where = ", ".join(map(str, roots))
        raise UsageError(
            f"the paths belong to different sites; run enrich once for each: {where}"
            if roots
            else "no path was given; name a site, a folder or a page"
        )
    return open_site(roots[0], targets, sections)


def suggest_page_near(target: Path, sections: Sequence[str] = ()) -> str:
    """Return `; did you mean '…'?` with a page of the site around a path that does not exist, or `""`."""
    try:
        root = find_root(target)
        paths = open_site(root, [root], sections).paths if is_site(root) else ()
    except (OSError, UsageError):
        return ""
    return suggest_page(root, paths, str(target))


def open_site(root: Path, targets: Sequence[Path], sections: Sequence[str] = ()) -> Site:
    """Return the site in this folder, even if a folder above looks like a site; the targets lie in it."""
    config, notes = load_config(root)
    folders = dict(languages.list_existing_folders(root, languages.list_content_folders(config)))
    if not folders and not is_site(root):
        folders = {root: ""}
    sections = tuple(dict.fromkeys((*SECTIONS, *map(_clean_section, sections))))
    return Site(
        root=root,
        targets=tuple(dict.fromkeys(_place_target(target, root) for target in targets)),
        content_dirs=tuple(folders),
        config=config,
        sections=sections,
        mounted=find_mounted_sections(config, sections),
        content={_make_relative(path, root): key for path, key in folders.items()},
        notes=(*notes, *describe_slow_patterns(list_config_texts(config, "ignorefiles"))),
    )


def list_target_pages(site: Site) -> tuple[str, ...]:
    """Return the pages under the targets, sorted; a page or bundle that is itself a target always counts."""
    targets = [_make_relative(target, site.root) for target in site.targets]
    files = {name for name, path in zip(targets, site.targets, strict=True) if not is_folder(path)}
    folders = [f"{name}/" if name else "" for name in targets if name not in files]
    under = {path for path in site.paths if path.startswith(tuple(folders))} if folders else set()
    walk = make_walker(site, ())
    bundles = {path for name in folders if name for path in walk.list_index_pages(name.rstrip("/"))}
    return tuple(sorted(files | under | bundles))


def list_places(site: Site) -> tuple[str, ...]:
    """Return the targets from the site's root, each with a `/` after it; `""` for the whole site."""
    names = (_make_relative(target, site.root) for target in site.targets)
    return tuple(f"{name}/" if name else "" for name in names)


def list_section_folders(site: Site) -> tuple[str, ...]:
    """Return the folders of the site's publications, from its root with `/`, each once."""
    names = list(site.mounted)
    names += [
        f"{base}{section}".rstrip("/")
        for content in site.content
        for base in list_language_folders(site, content)
        for section in site.sections
    ]
    if site.content_dirs == (site.root,) and site.root.name in site.sections:
        names.append("")
    there = [name for name in names if not _is_above(name) and is_folder(site.root / name)]
    there.sort(key=lambda name: (site.root / name).is_symlink())
    return tuple({os.path.realpath(site.root / name): name for name in reversed(there)}.values())


def _is_above(name: str) -> bool:
    """Return whether a path from the root leads out of it, as `content/../../x` does."""
    return Path(os.path.normpath(name)).parts[:1] == (os.pardir,)


def _clean_section(name: str) -> str:
    """Return a section as a path from a content folder, `""` for the content folder itself (`.`)."""
    parts = [part for part in name.split("/") if part not in {"", "."}]
    return "/".join(parts)


def _drop_other_names(site: Site, paths: Sequence[str]) -> tuple[str, ...]:
    """Return each page once, by its own name if the list has that name beside links to the page."""
    real = {path: site.real_paths.resolve(str(site.root / path)) for path in paths}
    own = {name: path for path, name in real.items() if name == site.real_root + os.sep + path}
    first: dict[str, str] = {}
    for path in paths:
        first.setdefault(real[path], own.get(real[path], path))
    return tuple(sorted(first.values()))


def list_language_folders(site: Site, content: str) -> tuple[str, ...]:
    """Return a content folder and the folders in it named like a language, each with a final slash."""
    base = f"{content}/" if content else ""
    try:
        with os.scandir(site.root / content) as entries:
            folders = filter(is_folder_entry, entries)
            found = [entry.name for entry in folders if languages.is_code(entry.name)]
    except OSError:
        found = []
    return (base, *(f"{base}{name}/" for name in sorted(found)))


def make_walker(
    site: Site, folders: Sequence[str], leave_out: Callable[[str], bool] = lambda _folder: False
) -> Walker:
    """Return a walk through these folders of the site that ignores the files that Hugo ignores."""
    return Walker(
        root=site.real_root,
        base_name=lambda name: languages.split_name(name, site.config)[0],
        ignored=compile_patterns(list_config_texts(site.config, "ignorefiles")),
        leave_out=leave_out,
        roots=tuple(folders),
    )


def _place_target(target: Path, root: Path) -> Path:
    typed = Path(os.path.abspath(target))  # noqa: PTH100 - keep a link that was named
    return typed if typed.is_relative_to(root) else Path(os.path.realpath(target))


def _make_relative(path: Path, root: Path) -> str:
    name = path.relative_to(root).as_posix()
    return "" if name == "." else name
