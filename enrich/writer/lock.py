"""Hold the lock that lets one run at a time write to a site; the system releases it when the process ends.

After a run the file is empty and has its old time, so that a run that writes nothing leaves no trace. On
Windows no program can read a locked range, so enrich locks a byte far after the text; filelock and
portalocker lock the first byte.
"""

from __future__ import annotations

import datetime as dt
import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

from enrich.errors import GuidedPageError, PageError, describe_os_error
from enrich.writer.atomic_write import read_own_file, remove_leftovers
from enrich.writer.cache_folder import FOLDER, make_cache

NAME = "apply.lock"

_BEHIND_THE_TEXT = 1 << 20
_HELD = {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK}


@contextmanager
def hold_lock(root: Path) -> Iterator[None]:
    """Hold the site's lock while writing; raise PageError, naming the other run, if one holds it."""
    path = make_cache(root / FOLDER) / NAME
    read_own_file(path)  # raises for a link, which may come with somebody's repository and lead anywhere
    try:
        file = FileIO(path, "a+")
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT} and not path.exists():
            yield  # if the lock cannot be written, nor can the pages, and the report names each of them
            return
        raise PageError(f"{FOLDER}/{NAME} cannot be written: {describe_os_error(error)}") from None
    with file:
        if not _lock_byte(file):
            raise GuidedPageError(
                f"another run is writing to this site ({_read_holder(file)})", "try again when it ends"
            )
        known = os.fstat(file.fileno())
        try:
            remove_leftovers([path.parent])
            _write_holder(file, f"process {os.getpid()}, started {_format_now()}")
            yield
        finally:
            _write_holder(file, "")
            with suppress(OSError):
                os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns))


def _lock_byte(file: FileIO) -> bool:
    """Take the operating system's lock; return whether it was free."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(_BEHIND_THE_TEXT)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        # A network folder may have no locks. enrich still replaces a page only if its bytes are the old ones.
        return error.errno not in _HELD
    return True


def _read_holder(file: FileIO) -> str:
    file.seek(0)
    return file.read(100).decode("utf-8", "replace").strip() or "it has just begun"


def _write_holder(file: FileIO, who: str) -> None:
    with suppress(OSError):  # a full disk: the next write will report it
        file.truncate(0)
        file.write(who.encode("utf-8"))


def _format_now() -> str:
    return dt.datetime.now(tz=dt.UTC).isoformat(" ", "seconds")
