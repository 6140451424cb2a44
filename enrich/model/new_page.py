"""A page that does not exist yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from posixpath import dirname, join

from enrich.model.plan import Baseline, FileEdit


@dataclass(frozen=True, slots=True)
class NewPage:
    """A page to make: a folder with its files, or a single file."""

    path: str
    """The path of the page from the site's root: `content/publication/x/index.md` or `…/x.md`."""
    files: Mapping[str, str]
    """The texts of the files by their names in the page's folder, the page's own among them."""
    baseline: Baseline | None = None
    """The page's baseline from earlier runs: a page of that name may have been deleted."""

    @property
    def edits(self) -> tuple[FileEdit, ...]:
        """Return the files to make, with their paths from the site's root."""
        folder = dirname(self.path)
        return tuple(FileEdit(join(folder, name), None, text) for name, text in self.files.items())
