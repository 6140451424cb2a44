"""Make new files and folders, each wholly or not at all; never replace one that exists."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from enrich.errors import PageError, describe_os_error
from enrich.model.new_page import NewPage
from enrich.writer.atomic_write import (
    TEMP_PREFIX,
    TEMP_SUFFIX,
    read_umask,
    remove_leftovers,
    remove_temp,
    sync_folder,
)


def write_new_page(root: Path, page: NewPage) -> None:
    """Make a page: a bundle's folder with all its files at once, or one file; raise PageError.

    The folder or file must not exist, and no part of its path may be a link. Call it under the lock.
    """
    file = _resolve_new_path(root, page.path)
    for edit in page.edits:
        if _resolve_new_path(root, edit.path).parent != file.parent:
            raise PageError("a new page has no folder in its folder")
    contents = {name: _encode_new_text(text) for name, text in page.files.items()}
    if file.name.startswith("index.") and file.name in contents:
        _create_folder(root, file.parent, contents)
    elif contents.keys() == {file.name}:
        _create_file(root, file, contents[file.name])
    else:
        raise PageError("a page is a folder with its index file, or one file")


def create_file(root: Path, path: str, text: str) -> None:
    """Make a file in the site; raise PageError if it exists, or if a part of its path is a link."""
    _create_file(root, _resolve_new_path(root, path), _encode_new_text(text))


def create_hidden_file(root: Path, path: str, text: str) -> None:
    """Make a file as `create_file` does, at a path of enrich's own such as `.github/workflows/enrich.yml`."""
    _create_file(root, _find_new_place(root, PurePosixPath(path)), _encode_new_text(text))


def count_missing_folders(root: Path, path: str) -> int:
    """Return how many folders above a file do not exist yet."""
    parents = (Path(os.path.realpath(root)) / path).parents
    return sum(not os.path.lexists(folder) for folder in parents)


def remove_empty_folders(root: Path, file: Path, count: int) -> None:
    """Remove the nearest folders above a file that are empty, at most `count` and none above the site."""
    inside = [folder for folder in file.parents if Path(os.path.realpath(root)) in folder.parents]
    with suppress(OSError):
        for folder in inside[:count]:
            folder.rmdir()


def _resolve_new_path(root: Path, path: str) -> Path:
    """Return the place of a new file or folder; raise PageError outside the site or under a link."""
    parts = PurePosixPath(path)
    is_plain = bool(parts.name) and str(parts) == path and not parts.is_absolute()
    if not is_plain or any(map(_is_unsafe_name, parts.parts)):
        raise PageError(f"{path!r} is not a path of a new page in the site")
    return _find_new_place(root, parts)


def _find_new_place(root: Path, parts: PurePosixPath) -> Path:
    """Return the place of a path in the site; raise PageError if a part of it is a link."""
    place = Path(os.path.realpath(root))
    for part in parts.parts:
        place /= part
        if place.is_symlink():
            raise PageError(f"{part} is a link, and enrich makes no file under a link")
    return place


def _is_unsafe_name(name: str) -> bool:
    """Return whether a name leads elsewhere, is hidden, or means something else on another system."""
    return name.startswith(".") or not name.isprintable() or bool(set(name) & set('\\:*?"<>|'))


def _encode_new_text(text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise PageError("the text has characters that UTF-8 cannot hold") from None


def _create_folder(root: Path, folder: Path, contents: Mapping[str, bytes]) -> None:
    """Build a folder beside its place and move it there."""
    with _prepare_place(root, folder):
        temp = Path(tempfile.mkdtemp(prefix=TEMP_PREFIX, suffix=TEMP_SUFFIX, dir=folder.parent))
        try:
            for name, content in contents.items():
                _write_synced(temp / name, content)
            # A folder that passes its group on to new folders has done so for this one.
            temp.chmod(temp.stat().st_mode & stat.S_ISGID | 0o777 & ~read_umask())
            _check_absent(folder)  # a rename would replace an empty folder
            temp.rename(folder)
        finally:
            remove_temp(temp)


def _create_file(root: Path, file: Path, content: bytes) -> None:
    """Write a file beside its place and move it there."""
    with _prepare_place(root, file):
        handle, name = tempfile.mkstemp(prefix=TEMP_PREFIX, suffix=TEMP_SUFFIX, dir=file.parent)
        os.close(handle)
        temp = Path(name)
        try:
            _write_synced(temp, content)
            temp.chmod(0o666 & ~read_umask())
            _give_name(temp, file)
        finally:
            remove_temp(temp)


@contextmanager
def _prepare_place(root: Path, place: Path) -> Iterator[None]:
    """Make the folders above a new file or folder, and remove them if it cannot be made."""
    made = count_missing_folders(root, str(place))
    try:
        _check_absent(place)
        place.parent.mkdir(parents=True, exist_ok=True)
        remove_leftovers([place.parent])
        yield
        sync_folder(place.parent)
    except BaseException as error:
        remove_empty_folders(root, place, made)
        if isinstance(error, OSError):
            raise PageError(_describe_failure(error)) from None
        raise


def _check_absent(place: Path) -> None:
    if os.path.lexists(place):
        raise FileExistsError(place)


def _write_synced(file: Path, content: bytes) -> None:
    with file.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _give_name(temp: Path, file: Path) -> None:
    """Give a finished file its final name; raise FileExistsError if that name is taken."""
    try:
        os.link(temp, file)  # unlike a rename, a link never replaces a file
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        _check_absent(file)
        temp.rename(file)


def _describe_failure(error: OSError) -> str:
    if isinstance(error, FileExistsError):
        return "it exists already, and enrich overwrites nothing"
    return describe_os_error(error)
