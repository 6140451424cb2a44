"""Make the cache folder, and hold the lock that keeps two runs from writing to one site at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from enrich.errors import PageError
from enrich.site.replace import in_words

FOLDER = "cache"
LOCK = "apply.lock"

_GITIGNORE = """\
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
        with suppress(FileExistsError):
            (folder / ".gitignore").touch(exist_ok=False)
            (folder / ".gitignore").write_text(_GITIGNORE, encoding="utf-8", newline="\n")
    except OSError as error:
        raise PageError(f"the cache folder {folder} cannot be made: {in_words(error)}") from None
    return folder


@contextmanager
def only_run(root: Path) -> Iterator[None]:
    """Hold the site's lock while writing; raise PageError, naming the other run, if one holds it."""
    path = make_cache(root / FOLDER) / LOCK
    file = _locked(path)
    try:
        file.truncate(0)
        file.write(f"process {os.getpid()}")
        file.flush()
        yield
    finally:
        if sys.platform == "win32":
            file.close()  # an open file cannot be removed there
        with suppress(OSError):
            path.unlink()
        file.close()


def _locked(path: Path) -> IO[str]:
    """Return the lock file, open and locked: the very file that the path leads to."""
    while True:
        try:
            file = path.open("a+", encoding="utf-8")
        except OSError as error:
            raise PageError(f"{path.name} cannot be written: {in_words(error)}") from None
        if not _lock(file):
            with file:
                file.seek(0)
                other = file.read(100).strip() or "it has just begun"
            raise PageError(f"another run is writing to this site ({other}); try again when it has ended")
        with suppress(OSError):
            if os.fstat(file.fileno()).st_ino == path.stat().st_ino:
                return file
        file.close()  # the other run ended, and removed it, between our opening and our locking


def _lock(file: IO[str]) -> bool:
    """Take the operating system's lock, which dies with its process; tell whether it was free."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(1 << 20)  # far behind the text: a locked range cannot be read by others
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
