"""Find a site and its publication pages, and read one of them."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from enrich.errors import PageError, UsageError, describe_os_error
from enrich.front_matter.page_text import NoFrontMatter, read_page
from enrich.model.page import Page, Value
from enrich.model.plan import Failed, Skipped
from enrich.site import languages
from enrich.site.content_walk import Walker, compiled, is_under
from enrich.site.generated_pages import find_generator
from enrich.site.hugo_config import is_site, load_config, texts_at
from enrich.site.module_mounts import find_mounted_sections
from enrich.text.doi import find_page_doi

SECTIONS = ("publication", "publications")


@dataclass(frozen=True)
class Site:
    """A Hugo site: where it is, what was asked for (`targets`), and what its configuration says.

    `content` maps each content folder (from the root, deepest first) to its language's key or "";
    `mounted` does so for the folders that are mounted on a section, `notes` says which configuration files
    could not be read.
    """

    root: Path
    targets: tuple[Path, ...]
    content_dirs: tuple[Path, ...] = ()
    config: Mapping[str, Value] = field(default_factory=dict)
    sections: tuple[str, ...] = SECTIONS
    content: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    mounted: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def real_root(self) -> str:
        """Return the root without links."""
        return os.path.realpath(self.root)

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Return the paths of all publication pages, from the root with `/`, sorted; walked once."""
        folders = section_folders(self)
        walk = walker(self, folders)
        return tuple(sorted({found.path for folder in folders for found in walk.pages(folder)}))

    @property
    def title(self) -> str:
        """Return what the site calls itself, else the name of its folder."""
        title = self.config.get("title")
        return title.strip() if isinstance(title, str) and title.strip() else Path(self.real_root).name


@dataclass(frozen=True, slots=True)
class SitePages:
    """The pages of a site by path: those that were read, and why each of the others was not."""

    read: Mapping[str, Page]
    unread: Mapping[str, Skipped | Failed]


def find_root(target: Path) -> Path:
    """Return the root of the site a path lies in; the folder itself where nothing marks a site."""
    typed, real = (Path(os.path.abspath(target)), Path(os.path.realpath(target)))  # noqa: PTH100
    for path in dict.fromkeys((typed, real)):
        for folder in (path, *path.parents):
            if is_site(folder):
                return folder
    return typed if typed.is_dir() else typed.parent


def locate(targets: Sequence[Path], sections: Sequence[str] = ()) -> Site:
    """Return the site that all the paths lie in; raise UsageError if one is not there or elsewhere."""
    for target in targets:
        if not os.path.lexists(target):
            raise UsageError(f"{target}: there is no such file or folder")
    roots = list(dict.fromkeys(find_root(target) for target in targets))
    if len(roots) != 1:
        where = ", ".join(map(str, roots))
        raise UsageError(f"the paths lie in different sites: {where}" if roots else "no path was given")
    root = roots[0]
    config, notes = load_config(root)
    folders = dict(languages.inside(root, languages.content_folders(config)))
    if not folders and not is_site(root):
        folders = {root: ""}
    sections = tuple(dict.fromkeys((*SECTIONS, *(name.strip("/") for name in sections))))
    return Site(
        root=root,
        targets=tuple(dict.fromkeys(_within(target, root) for target in targets)),
        content_dirs=tuple(folders),
        config=config,
        sections=sections,
        mounted=find_mounted_sections(config, sections),
        content={_relative(path, root): key for path, key in folders.items()},
        notes=notes,
    )


def wanted(site: Site) -> tuple[str, ...]:
    """Return the pages under the targets, sorted; a page that is named (or its bundle) is always one."""
    targets = [_relative(target, site.root) for target in site.targets]
    files = {name for name, path in zip(targets, site.targets, strict=True) if not path.is_dir()}
    folders = [f"{name}/" if name else "" for name in targets if name not in files]
    under = {path for path in site.paths if path.startswith(tuple(folders))} if folders else set()
    walk = walker(site, ())
    bundles = {path for name in folders if name for path in walk.index_pages(name.rstrip("/"))}
    return tuple(sorted(files | under | bundles))


def section_folders(site: Site) -> tuple[str, ...]:
    """Return the folders that hold the site's publications, from its root with `/`, none twice."""
    names = list(site.mounted)
    names += [
        f"{base}{section}"
        for content in site.content
        for base in language_folders(site, content)
        for section in site.sections
    ]
    if site.content_dirs == (site.root,) and site.root.name in site.sections:
        names.append("")
    there = [name for name in names if (site.root / name).is_dir()]
    there.sort(key=lambda name: (site.root / name).is_symlink())
    return tuple({os.path.realpath(site.root / name): name for name in reversed(there)}.values())


def language_folders(site: Site, content: str) -> tuple[str, ...]:
    """Return a content folder and those in it that are called like a language, ready to be joined."""
    base = f"{content}/" if content else ""
    try:
        with os.scandir(site.root / content) as entries:
            found = [entry.name for entry in entries if languages.is_code(entry.name) and entry.is_dir()]
    except OSError:
        found = []
    return (base, *(f"{base}{name}/" for name in sorted(found)))


def walker(
    site: Site, folders: Sequence[str], leave_out: Callable[[str], bool] = lambda _folder: False
) -> Walker:
    """Return what walks the site's folders as its Hugo does."""
    return Walker(
        root=site.real_root,
        base_name=lambda name: languages.split_name(name, site.config)[0],
        ignored=compiled(texts_at(site.config, "ignorefiles")),
        leave_out=leave_out,
        roots=tuple(folders),
    )


def read(site: Site, path: str) -> Page | Skipped | Failed:
    """Read a page: what is not one is skipped with the reason, what cannot be read has failed."""
    full = site.root / path
    if leaves_site(site, full):
        return Skipped(path, "a link that leads out of the site")
    try:
        text = _text(full)
        page = read_page(path, text)
    except NoFrontMatter:
        return Skipped(path, "no front matter")
    except PageError as error:
        return Failed(path, str(error), error.line)
    except OSError as error:
        return Failed(path, f"cannot be read: {describe_os_error(error)}")
    if _is_off(page.get("enrich")):
        return Skipped(path, "`enrich: false`")
    generator = find_generator(full.name, text, _Siblings(full.parent))
    return replace(page, doi=find_page_doi(page), generated_from=generator)


@dataclass(frozen=True, slots=True)
class _Siblings:
    """The names in a page's folder, looked up only where one is asked for."""

    folder: Path

    def __contains__(self, name: object) -> bool:
        return os.path.lexists(self.folder / str(name))


def read_pages(site: Site, progress: Callable[[str, int, int], None]) -> SitePages:
    """Read every page of the site: dialect, twins and duplicates come from all of them."""
    pages: dict[str, Page] = {}
    unread: dict[str, Skipped | Failed] = {}
    for path in dict.fromkeys((*site.paths, *wanted(site))):
        page = read(site, path)
        if isinstance(page, Page):
            pages[path] = page
        else:
            unread[path] = page
        progress("reading", len(pages) + len(unread), 0)
    return SitePages(pages, unread)


def _is_off(value: Value) -> bool:
    return value is False or (isinstance(value, str) and value.strip().lower() in {"false", "no", "off"})


def leaves_site(site: Site, path: Path) -> bool:
    """Tell whether a path leads out of the site through a link."""
    return not is_under(os.path.realpath(path), site.real_root)


def _text(path: Path) -> str:
    """Return a file's text with BOM and line ends; raise PageError if it is none."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise PageError("a folder that cannot be read" if path.is_dir() else "not a file")
    raw = path.read_bytes()
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise PageError("the file is UTF-16; save it as UTF-8", 1)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise PageError("the file is not UTF-8 (saved as Latin-1 or Windows-1252?)", line) from None


def _within(target: Path, root: Path) -> Path:
    typed = Path(os.path.abspath(target))  # noqa: PTH100 - a link is kept: it is what was named
    return typed if typed.is_relative_to(root) else Path(os.path.realpath(target))


def _relative(path: Path, root: Path) -> str:
    name = path.relative_to(root).as_posix()
    return "" if name == "." else name
