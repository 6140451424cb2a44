"""Resolve the links in the paths of many files, each of their folders once."""

from __future__ import annotations

import os
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RealPaths:
    """The real paths of the folders that one walk through a site has met; a later walk resolves them anew."""

    folders: dict[str, str] = field(default_factory=dict)
    """The real path of each folder, by its path as given."""

    def resolve(self, path: str) -> str:
        """Return the path without links, as `os.path.realpath` does."""
        folder, name = os.path.split(path)
        if name in {"", os.curdir, os.pardir} or os.path.islink(path):  # noqa: PTH114 - as fast as can be
            return os.path.realpath(path)
        return os.path.join(self._resolve_folder(folder), name)  # noqa: PTH118 - a name is appended as it is

    def _resolve_folder(self, folder: str) -> str:
        if folder not in self.folders:
            self.folders[folder] = self.resolve(folder)
        return self.folders[folder]
