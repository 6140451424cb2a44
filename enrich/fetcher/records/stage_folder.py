"""Prepare a file or folder in a working folder beside its place; clear up after runs that were killed."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from io import FileIO
from pathlib import Path

from enrich.fetcher.file_lock import try_lock
from enrich.fetcher.own_database import NotOurFile

# Beside the target, so that the system can rename the result; Hugo does not publish such a name.
_PREFIX, _SUFFIX = ".enrich-", "~"
_LOCK = "stage.lock"  # held while the folder is used; the system releases it when the process ends
_NAMES = frozenset({_LOCK, "staged", "spilled", "made", "made.parquet"})


@contextmanager
def open_stage_folder(out: Path) -> Iterator[Path]:
    """Yield a folder beside `out`, and remove it at the end; raise OSError if it cannot be made."""
    remove_abandoned(out.parent)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, suffix=_SUFFIX, dir=out.parent))
    try:
        with _take_lock(folder) or nullcontext():
            (folder / "staged").mkdir()
            yield folder
    finally:
        _remove_folder(folder)


def remove_abandoned(parent: Path) -> None:
    """Remove the working folders that killed runs have left in a folder, and nothing else."""
    with suppress(OSError), os.scandir(parent) as entries:
        for entry in entries:
            is_named = entry.name.startswith(_PREFIX) and entry.name.endswith(_SUFFIX)
            if is_named and entry.is_dir(follow_symlinks=False) and _is_abandoned(Path(entry.path)):
                _remove_folder(Path(entry.path))


def _is_abandoned(folder: Path) -> bool:
    """Return whether a folder has only enrich's files, and a lock that no run holds."""
    names = {path.name for path in folder.iterdir()}
    if _LOCK not in names or not names <= _NAMES:
        return False
    lock = _take_lock(folder)
    if lock is not None:
        lock.close()
    return lock is not None


def _take_lock(folder: Path) -> FileIO | None:
    """Return the folder's lock; None if another run holds it, or if this disk has no locks."""
    with suppress(OSError, NotOurFile):
        return try_lock(folder / _LOCK)
    return None


def _remove_folder(folder: Path) -> None:
    """Remove the folder, even if a second Ctrl+C interrupts that."""
    try:
        shutil.rmtree(folder, ignore_errors=True)
    except KeyboardInterrupt:
        shutil.rmtree(folder, ignore_errors=True)
        raise
