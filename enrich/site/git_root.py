"""Find the place of a site in its git repository, because other programs name files from the git root."""

from __future__ import annotations

import os
from pathlib import Path


def find_git_prefix(root: Path) -> str:
    """Return the path from the git root to the site, `website/`; `""` at the root or without a repository."""
    folder = find_git_root(root)
    inside = root.resolve().relative_to(folder).as_posix() if folder else "."
    return "" if inside == "." else f"{inside}/"


def find_git_root(path: Path) -> Path | None:
    """Return the root of the repository that a path is in, None without a repository."""
    real = path.resolve()
    folders = (real, *real.parents)
    # `.git` is a file in a worktree or a submodule.
    return next((folder for folder in folders if os.path.lexists(folder / ".git")), None)
