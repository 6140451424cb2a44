"""Lock a file of enrich's own between processes; the system releases it when a process ends."""

from __future__ import annotations

import errno
import os
import sys
from io import FileIO
from pathlib import Path

from enrich.fetcher.own_database import refuse_odd_file

_HELD = {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK}


def try_lock(path: Path) -> FileIO | None:
    """Return the open file with its lock, None if another process holds it; closing the file releases it.

    Raise OSError, or NotOurFile for a link or a pipe, if the file cannot be locked.
    """
    refuse_odd_file(path)
    file = FileIO(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666), "r+")
    try:
        _lock_file(file)
    except OSError as error:
        file.close()
        if error.errno in _HELD:
            return None
        raise
    return file


def _lock_file(file: FileIO) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
