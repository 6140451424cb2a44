"""Write the files of a site, given as bytes, to a temporary folder."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from enrich.errors import PageError, describe_os_error

_FOLDER = "site"


@contextmanager
def unpack_files(files: Mapping[str, bytes]) -> Iterator[Path]:
    """Yield a folder with only these files, and remove it afterwards; raise PageError if a path is unusable.

    Each path is relative, has `/` between its parts, and does not leave the folder.
    """
    for path in files:
        _check_path(path)
    _refuse_files_as_folders(files.keys())
    with TemporaryDirectory(prefix="enrich-", ignore_cleanup_errors=True) as folder:
        root = Path(os.path.realpath(folder)) / _FOLDER
        root.mkdir()
        _write_files(root, files)
        yield root


def _check_path(path: object) -> None:
    """Raise PageError for a path that is not a plain one from the site's root."""
    if not isinstance(path, str):
        raise PageError(f"a path must be text, not {type(path).__name__}")
    parts = path.split("/")
    if {"", ".", ".."} & set(parts) or "\0" in path or _names_drive(path):
        raise PageError(f"{path!r} is not a path inside the site; write it as in content/publication/x.md")


def _names_drive(path: str) -> bool:
    return os.sep == "\\" and ("\\" in path or ":" in path)


def _refuse_files_as_folders(paths: Collection[str]) -> None:
    for path in paths:
        above = next((str(folder) for folder in PurePosixPath(path).parents if str(folder) in paths), None)
        if above is not None:
            raise PageError(f"{above!r} is both a file and a folder, because there is {path!r}; remove one")


def _write_files(root: Path, files: Mapping[str, bytes]) -> None:
    folders: set[Path] = set()
    for path, data in files.items():
        full = root / path
        try:
            if full.parent not in folders:
                full.parent.mkdir(parents=True, exist_ok=True)
                folders.add(full.parent)
            with full.open("xb") as file:  # raises if a system that ignores case takes two names for one
                file.write(data)
        except OSError as error:
            raise PageError(f"{path!r} cannot be unpacked: {describe_os_error(error)}") from None
        except (TypeError, ValueError) as error:  # no bytes; half a surrogate pair in a name
            raise PageError(f"{path!r} cannot be unpacked: {error}") from None
