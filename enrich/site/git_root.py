"""Where a site lies in its git repository: what other programs name its files from."""

from __future__ import annotations

import os
from pathlib import Path


def prefix(root: Path) -> str:
    """Return the way from the git root to the site, as `website/`; `""` if they are one or there is none."""
    real = root.resolve()
    for folder in (real, *real.parents):
        if os.path.lexists(folder / ".git"):  # a file in a worktree or a submodule
            inside = real.relative_to(folder).as_posix()
            return "" if inside == "." else f"{inside}/"
    return ""
