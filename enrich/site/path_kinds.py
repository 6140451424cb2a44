"""Find out whether a path is a file or a folder; without permission to look, the answer is no."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from enrich.errors import PageError

LARGEST = 64 * 1024 * 1024  # bytes of a configuration, a data file or a page; the largest page seen has 2 MB


@dataclass(frozen=True, slots=True)
class RealPaths:
    """The real paths below a folder; each folder on the way is resolved once."""

    root: str
    """The folder, as its paths begin."""
    folders: dict[str, str] = field(default_factory=dict)
    """The real paths of the folders so far."""

    def resolve(self, path: str) -> str:
        """Return a path without links, as `os.path.realpath` does."""
        folder, _, name = path.rpartition(os.sep)
        is_below = path.startswith(self.root + os.sep)
        if not is_below or name in {"", os.curdir, os.pardir} or os.path.islink(path):  # noqa: PTH114 - a text
            return os.path.realpath(path)
        return self._resolve_folder(folder) + os.sep + name

    def _resolve_folder(self, folder: str) -> str:
        if folder not in self.folders:
            self.folders[folder] = self.resolve(folder)
        return self.folders[folder]


def is_file(path: Path) -> bool:
    """Return whether a path leads to a regular file."""
    return os.path.isfile(path)  # noqa: PTH113 - Path.is_file raises for links in a circle and long names


def is_folder(path: Path) -> bool:
    """Return whether a path leads to a folder."""
    return os.path.isdir(path)  # noqa: PTH112 - as above


def is_folder_entry(entry: os.DirEntry[str]) -> bool:
    """Return whether an entry of a folder is a folder or leads to one."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def read_regular_file(path: Path, largest: int = LARGEST) -> bytes:
    """Return a file's bytes; raise PageError for a pipe, a device or a huge file, OSError for others.

    A pipe would never end, and neither would /dev/zero.
    """
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise PageError(
            "this folder cannot be read; check its permissions"
            if stat.S_ISDIR(status.st_mode)
            else "this is not a regular file; remove it"
        )
    if status.st_size > largest:
        raise PageError(f"the file is larger than {largest // 1024**2} MB, the most that enrich reads")
    return path.read_bytes()
