"""Walk content folders as Hugo does, and find the Markdown files that are pages and their folders.

The definition of a bundle: https://gohugo.io/content-management/page-bundles/ (tried with Hugo 0.168)
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from enrich.site.path_kinds import is_folder_entry

ENDINGS = (".md", ".markdown")
_NOT_WALKED = {"node_modules"}


@dataclass(frozen=True, slots=True)
class WalkedPage:
    """A page that a walk found; both paths are from the site's root."""

    path: str
    """The path of its file."""
    folder: str
    """The folder in which Hugo lists it: for a bundle, the parent of its folder."""


@dataclass(frozen=True, slots=True)
class Walker:
    """A walk through content folders, with the settings that limit it."""

    root: str
    """The site's root without links."""
    base_name: Callable[[str], str]
    """Returns a file's name without its ending and its language."""
    ignored: tuple[re.Pattern[str], ...] = ()
    """The patterns of the files that Hugo ignores."""
    leave_out: Callable[[str], bool] = lambda _folder: False
    """Returns whether to leave out a folder."""
    roots: tuple[str, ...] = ()
    """The folders in which the walk begins."""

    def walk_pages(self, folder: str) -> Iterator[WalkedPage]:
        """Yield the pages under a folder (relative to the root), folder by folder."""
        pending, links = [folder], set[str]()
        while pending:
            here = pending.pop()
            if self.leave_out(here):
                continue
            try:
                entries = self._list_entries(here)
            except OSError:
                yield WalkedPage(here, here)  # reading the file reports the error
                continue
            bundle = self._find_bundle(entries)
            inside = _find_parent(here) if bundle else here
            files = bundle or [entry for entry in entries if self._is_page(entry)]
            for entry in files:
                if self._is_read_here(entry):
                    yield WalkedPage(_join_path(here, entry.name), inside)
            if not bundle:
                pending += [
                    _join_path(here, entry.name) for entry in entries if self._is_folder(entry, links)
                ]

    def list_index_pages(self, folder: str) -> tuple[str, ...]:
        """Return the pages of a leaf bundle, one for each language; none for any other folder."""
        try:
            return tuple(
                _join_path(folder, entry.name) for entry in self._find_bundle(self._list_entries(folder))
            )
        except OSError:
            return ()

    def _find_bundle(self, entries: list[os.DirEntry[str]]) -> list[os.DirEntry[str]]:
        """Return the index pages that make a folder a leaf bundle; its other files are resources."""
        return [entry for entry in entries if _is_text(entry) and self.base_name(entry.name) == "index"]

    def _is_page(self, entry: os.DirEntry[str]) -> bool:
        """Return whether an entry is a page; a link out of the site counts, and fails when it is read."""
        if entry.is_symlink() and is_folder_entry(entry):
            return not is_under(os.path.realpath(entry.path), self.root)
        return _is_text(entry) and self.base_name(entry.name) != "_index"

    def _list_entries(self, folder: str) -> list[os.DirEntry[str]]:
        with os.scandir(os.path.join(self.root, folder)) as entries:  # noqa: PTH118 - one for each page
            kept = [entry for entry in entries if not entry.name.startswith((".", "#"))]
        kept = [entry for entry in kept if not self._is_ignored(_join_path(folder, entry.name))]
        return sorted(kept, key=attrgetter("name"))

    def _is_ignored(self, path: str) -> bool:
        return path.endswith("~") or any(pattern.search(path) for pattern in self.ignored)

    def _is_folder(self, entry: os.DirEntry[str], links: set[str]) -> bool:
        """Return whether to walk into an entry: a folder, or a link if no other path leads to its folder."""
        if entry.name in _NOT_WALKED or not is_folder_entry(entry):
            return False
        if entry.is_symlink():
            real = os.path.realpath(entry.path)
            if real in links or not is_under(real, self.root) or self._is_walked(real):
                return False
            links.add(real)
        return True

    def _is_read_here(self, entry: os.DirEntry[str]) -> bool:
        """Return whether to read a file here; False for a link to a page that the walk finds anyway."""
        if not entry.is_symlink():
            return True
        real = os.path.realpath(entry.path)
        is_circle = real == entry.path  # a link to itself, which cannot be read
        return is_circle or not self._is_walked(real)

    def _is_walked(self, real: str) -> bool:
        return any(is_under(real, str(Path(self.root, root))) for root in self.roots)


def _is_text(entry: os.DirEntry[str]) -> bool:
    return entry.name.lower().endswith(ENDINGS) and not is_folder_entry(entry)


def is_under(path: str, folder: str) -> bool:
    """Return whether a real path is a real folder or lies in it."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _join_path(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _find_parent(folder: str) -> str:
    return folder.rpartition("/")[0]
