"""Make the cache folder, which says itself what of it is not for git."""

from __future__ import annotations

import os
from pathlib import Path

from enrich.errors import PageError, describe_os_error
from enrich.writer.atomic_write import write_file

FOLDER = "cache"

_GITIGNORE = b"""\
# Written by enrich. baseline.jsonl is not listed: it is made to be committed.
*.sqlite*
undo.patch
*.lock
.enrich-*~
"""


def make_cache(folder: Path) -> Path:
    """Make a cache folder with its .gitignore if they are not there; raise PageError if it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.path.lexists(folder / ".gitignore"):
            write_file(folder / ".gitignore", [_GITIGNORE])
    except OSError as error:
        raise PageError(f"the cache folder {folder} cannot be made: {describe_os_error(error)}") from None
    return folder
