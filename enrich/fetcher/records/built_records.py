"""List and delete the Parquet copies of `--records` files that runs have made in a cache folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from enrich.errors import PageError, UsageError, describe_os_error
from enrich.fetcher.records.record_tables import ALIASES, SOURCES, TITLES, WORKS, read_source_names
from enrich.fetcher.records.stage_folder import remove_abandoned

BUILT = "parquet"
_NAME = re.compile(r"[0-9a-f]{16}")  # the beginning of a digest (reader.py)
_WORKS_NAME = re.compile(r"data_\d+\.parquet")  # as DuckDB names them


@dataclass(frozen=True, slots=True)
class BuiltRecords:
    """A folder with a Parquet copy of `--records` files."""

    folder: Path
    """The folder."""
    files: tuple[Path, ...]
    """The files in it that enrich wrote; last the one that shows that the folder is enrich's."""
    size: int
    """The size of these files in bytes."""


def refuse_link(folder: Path) -> None:
    """Raise UsageError for a link: it may come with another person's repository and lead anywhere."""
    if folder.is_symlink():
        raise UsageError(f"{folder} is a link, which enrich does not follow; remove the link")


def list_built_records(cache_dir: Path) -> list[BuiltRecords]:
    """Return the copies in a cache folder; raise UsageError for a link, PageError if they cannot be read."""
    folder = cache_dir / BUILT
    refuse_link(folder)
    try:
        return [_describe_built(built) for built in sorted(folder.iterdir()) if _is_ours(built)]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise PageError(f"{folder} cannot be read: {describe_os_error(error)}") from None


def delete_built_records(cache_dir: Path) -> int:
    """Delete the copies and what killed runs left, no other file; return the bytes of the copies."""
    every = list_built_records(cache_dir)
    for built in every:
        _delete_built(built)
    if (cache_dir / BUILT).is_dir():
        remove_abandoned(cache_dir / BUILT)
    _remove_empty(cache_dir / BUILT)
    return sum(built.size for built in every)


def _is_ours(folder: Path) -> bool:
    is_named = bool(_NAME.fullmatch(folder.name)) and not folder.is_symlink() and folder.is_dir()
    return is_named and _is_plain(folder / SOURCES) and bool(read_source_names(folder))


def _is_plain(file: Path) -> bool:
    return file.is_file() and not file.is_symlink()


def _describe_built(folder: Path) -> BuiltRecords:
    files = tuple(filter(_is_plain, _list_names(folder)))
    return BuiltRecords(folder, files, sum(file.stat().st_size for file in files))


def _list_names(folder: Path) -> Iterator[Path]:
    if not (folder / WORKS).is_symlink() and (folder / WORKS).is_dir():
        yield from (file for file in sorted((folder / WORKS).iterdir()) if _WORKS_NAME.fullmatch(file.name))
    yield from (folder / name for name in (ALIASES, TITLES, SOURCES))


def _delete_built(built: BuiltRecords) -> None:
    try:
        for file in built.files:
            file.unlink(missing_ok=True)
    except OSError as error:
        raise PageError(f"{built.folder} cannot be deleted: {describe_os_error(error)}") from None
    _remove_empty(built.folder / WORKS)
    _remove_empty(built.folder)


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):  # not empty, or a link
        folder.rmdir()
