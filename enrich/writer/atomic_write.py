"""Replace a file wholly or not at all: temp file beside it, same mode, fsync, `os.replace`."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from enrich.errors import GuidedPageError, PageError, describe_os_error

# Hugo publishes neither names that begin with a dot nor those that end with a tilde.
TEMP_PREFIX, TEMP_SUFFIX = ".enrich-", "~"

LARGEST = 2**30  # bytes of a file of enrich's own; a baseline has 3 KB per page
LARGEST_PAGE = 2**27  # bytes; twice what enrich reads of a page, because a run may have filled it

CHANGED = "changed on disk since it was read; run the command again"
NOT_UTF8 = "the new text has characters that UTF-8 cannot hold"


def replace_page(root: Path, path: str, before: str, after: str) -> None:
    """Replace a page's text; raise PageError if the page was changed meanwhile or cannot be written."""
    try:
        replace_file(find_real_file(root, path), before.encode("utf-8"), after.encode("utf-8"))
    except UnicodeEncodeError:
        raise PageError(NOT_UTF8) from None


def find_real_file(root: Path, path: str) -> Path:
    """Return the file that a page's path leads to; raise PageError if it lies outside of the site."""
    full = Path(os.path.realpath(root / path))
    if not full.is_relative_to(os.path.realpath(root)):
        raise PageError("this is a link that leads out of the site; put a copy of the file in its place")
    return full


def read_page_bytes(file: Path) -> bytes:
    """Return the bytes of a page; raise PageError if it is missing, not a file, huge, or unreadable."""
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe or /dev/zero would never end
            raise PageError("not a file")
        if status.st_size > LARGEST_PAGE:
            raise PageError(f"larger than {LARGEST_PAGE // 2**20} MB")
        return file.read_bytes()
    except OSError as error:
        raise PageError(describe_os_error(error)) from None


def remove_file(path: Path, before: bytes) -> None:
    """Remove a file if it still has these bytes; raise PageError otherwise."""
    try:
        known = path.lstat()
        if not stat.S_ISREG(known.st_mode) or not _has_bytes(path, known, before):
            raise PageError(CHANGED)
        _check_unchanged(path, known)
        path.unlink()
    except OSError as error:
        raise PageError(describe_os_error(error)) from None
    sync_folder(path.parent)


def replace_file(path: Path, before: bytes, after: bytes) -> None:
    """Replace a file's bytes if it still has the old ones; raise PageError otherwise.

    If the file has several names (hard links), the others still lead to the old bytes.
    """
    try:
        known = path.stat()
        if not stat.S_ISREG(known.st_mode):
            raise PageError("not a file")
        if not _has_bytes(path, known, before):
            raise PageError(CHANGED)
        if not stat.S_IMODE(known.st_mode) & 0o222:  # os.replace would replace even a read-only file
            raise PageError("the file is read-only; make it writable and run the command again")
        _swap_file(path, [after], known)
    except OSError as error:
        raise PageError(describe_os_error(error)) from None


def _has_bytes(path: Path, status: os.stat_result, content: bytes) -> bool:
    """Return whether a file has these bytes; read it only if its size is right, because it may be huge."""
    return status.st_size == len(content) and path.read_bytes() == content


def write_file(path: Path, content: Iterable[bytes]) -> None:
    """Write one of enrich's own files piece by piece, wholly or not at all; raise PageError if it fails.

    Replace a link instead of following it: it may come with somebody's repository and lead anywhere.
    """
    try:
        _swap_file(path, content, path.stat() if os.path.lexists(path) and not path.is_symlink() else None)
    except OSError as error:
        raise PageError(f"{path.name} cannot be written: {describe_os_error(error)}") from None


def clear_leftovers(root: Path, paths: Iterable[str]) -> None:
    """Remove the files that a killed run left beside these pages and folders; call it before the first write.

    It removes nothing outside the site, even if the paths or links lead there.
    """
    real_root = os.path.realpath(root)
    files = {Path(os.path.realpath(root / path)) for path in paths}
    folders = {file.parent for file in files}
    folders |= {file.parent.parent for file in files if file.name.startswith("index.")}
    remove_leftovers({folder for folder in folders if folder.is_relative_to(real_root)})


def read_own_file(path: Path) -> bytes:
    """Return the bytes of one of enrich's own files, `b""` without it; raise PageError if reading fails.

    Do not follow a link: it may come with somebody's repository, and its target would be copied into the
    site.
    """
    name = f"{path.parent.name}/{path.name}"
    try:
        status = path.lstat()
        if problem := _describe_odd_file(status):
            raise GuidedPageError(f"{name} is {problem}", "remove it and run the command again")
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise PageError(f"{name} cannot be read: {describe_os_error(error)}") from None


def _describe_odd_file(status: os.stat_result) -> str:
    """Return why a file cannot be one of enrich's own, `""` if it can."""
    if not stat.S_ISREG(status.st_mode):
        kinds = {stat.S_IFLNK: "a link", stat.S_IFDIR: "a folder"}
        return kinds.get(stat.S_IFMT(status.st_mode), "not a file")
    return f"larger than {LARGEST // 1024**2} MB" if status.st_size > LARGEST else ""


def remove_leftovers(folders: Iterable[Path]) -> None:
    """Remove the temp files and folders that a killed run left here; call it only under the lock."""
    for folder in folders:
        with suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith(TEMP_PREFIX) and entry.name.endswith(TEMP_SUFFIX):
                    remove_temp(Path(entry.path))


def remove_temp(path: Path) -> None:
    """Remove a temp file, or a temp folder with the files in it, as far as the system allows.

    It removes nothing deeper, because enrich makes no folder in a temp folder.
    """
    with suppress(OSError):
        if path.is_symlink() or not path.is_dir():
            path.unlink()
            return
        for entry in path.iterdir():
            entry.unlink()
        path.rmdir()


def _swap_file(path: Path, content: Iterable[bytes], known: os.stat_result | None) -> None:
    """Replace the file by the content; raise PageError if the file has changed since it was read."""
    handle, temp = tempfile.mkstemp(prefix=TEMP_PREFIX, suffix=TEMP_SUFFIX, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(content)
            file.flush()
            _copy_mode(temp, known)
            _copy_attributes(path, temp, known)
            os.fsync(file.fileno())
        _check_unchanged(path, known)
        Path(temp).replace(path)
    except BaseException:  # also after an interrupt: leave no temp file
        with suppress(OSError):
            Path(temp).unlink()
        raise
    sync_folder(path.parent)


def _copy_mode(temp: str, known: os.stat_result | None) -> None:
    """Copy the mode and, where the system allows it, the owner of the replaced file to the temp file."""
    if known is None:
        Path(temp).chmod(0o666 & ~read_umask())
        return
    if hasattr(os, "chown"):
        with suppress(OSError):  # only root may do this, and only a run of root would change the owner
            os.chown(temp, known.st_uid, known.st_gid)
    Path(temp).chmod(stat.S_IMODE(known.st_mode))


def read_umask() -> int:
    """Return the mask of the mode of new files and folders that this process makes."""
    umask = os.umask(0)
    os.umask(umask)
    return umask


def _copy_attributes(path: Path, temp: str, known: os.stat_result | None) -> None:
    """Copy the extended attributes of the replaced file to the temp file, if the system has any."""
    if known is None or not hasattr(os, "listxattr"):
        return
    with suppress(OSError):
        for name in os.listxattr(path):
            with suppress(OSError):  # only the system may set some of them
                os.setxattr(temp, name, os.getxattr(path, name))


def _check_unchanged(path: Path, known: os.stat_result | None) -> None:
    """Raise PageError if the file is no longer the one that was read."""
    if known is None:
        return
    now = path.stat()
    if (now.st_ino, now.st_size, now.st_mtime_ns) != (known.st_ino, known.st_size, known.st_mtime_ns):
        raise PageError(CHANGED)


def sync_folder(folder: Path) -> None:
    """Write the folder to the disk, so that a new name survives a power cut; Windows cannot do this."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
