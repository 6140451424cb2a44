"""Find the place of a site in its git repository, because other programs name files from the git root."""

from __future__ import annotations

import os
from pathlib import Path


def find_git_prefix(root: Path) -> str:
    """Return the path from the git root to the site, `website/`; `""` at the root or without a repository."""
    real = root.resolve()
    for folder in (real, *real.parents):
        if os.path.lexists(folder / ".git"):  # a file in a worktree or a submodule
            inside = real.relative_to(folder).as_posix()
            return "" if inside == "." else f"{inside}/"
    return ""
