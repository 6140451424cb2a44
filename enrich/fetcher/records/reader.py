"""Open the records that `--records` names: small files in memory, Parquet and large files with DuckDB."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from enrich.errors import EnrichError, PageError, UsageError, describe_os_error
from enrich.fetcher.records.built_records import BUILT, refuse_link
from enrich.fetcher.records.duckdb_connection import Resources
from enrich.fetcher.records.memory_records import MemoryRecords
from enrich.fetcher.records.record_files import (
    FileProblems,
    ReadError,
    estimate_size,
    list_files,
    read_records,
)
from enrich.fetcher.records.record_tables import (
    is_built_folder,
    is_table_file,
    read_left_out,
    read_source_names,
)
from enrich.fetcher.records.records import Records

if TYPE_CHECKING:
    from enrich.fetcher.records.table_records import TableRecords

# Files with fewer bytes in total are read in every run. Compressed files count four times.
SMALL = 32 * 2**20


def open_records(
    path: Path,
    cache_dir: Path | None = None,
    *,
    resources: Resources | None = None,
    make_folder: Callable[[Path], object] = lambda folder: folder.mkdir(parents=True, exist_ok=True),
    small: int = SMALL,
) -> Records:
    """Return the records of a file or folder; raise UsageError if none can be read.

    The first run turns large files into Parquet in the cache folder, as `enrich records build` does; later
    runs read that. `make_folder` makes the cache folder.
    """
    resources = resources or Resources()
    if is_built_folder(path) or is_table_file(path):
        from enrich.fetcher.records.table_records import open_tables

        return open_tables(path, resources)
    files = list_files(path)
    if estimate_size(files) >= small:
        return _open_large(path, cache_dir, resources, make_folder)
    records, problems = _read_into_memory(files)
    records.problems = _join_messages(problems)
    if not len(records):
        why = f" ({records.problems[0]})" if records.problems else ""
        raise UsageError(f"--records: no record of a work in {path}{why}; name another file or folder")
    return records


def _read_into_memory(files: Iterable[Path]) -> tuple[MemoryRecords, list[FileProblems]]:
    records, problems = MemoryRecords(), list[FileProblems]()
    for file in files:
        problems.append(FileProblems(file))
        for part in read_records(file):
            if isinstance(part, ReadError):
                problems[-1].add_error(part)
            else:
                records.add_record(part.value)
    return records, problems


def _join_messages(problems: Iterable[FileProblems]) -> tuple[str, ...]:
    return tuple(message for each in problems for message in each.messages)


def _open_large(
    path: Path, cache_dir: Path | None, resources: Resources, make_folder: Callable[[Path], object]
) -> Records:
    """Return records as Parquet, converted by an earlier run or by this one."""
    if cache_dir is None:
        return _open_for_this_run(path, resources)
    try:
        folder = _make_cache_folder(cache_dir, make_folder)
    except (OSError, EnrichError) as error:
        return _open_for_this_run(path, resources, _describe_unkept(error))
    try:
        return _open_built(path, folder, resources)
    except PageError as error:  # such as a full disk; temporary files may be on another disk
        return _open_for_this_run(path, resources, _describe_unkept(error))


def _describe_unkept(error: Exception) -> str:
    reason = describe_os_error(error) if isinstance(error, OSError) else str(error)
    return f"the records cannot be kept as Parquet for the next run: {reason}"


def _open_for_this_run(path: Path, resources: Resources, *notes: str) -> Records:
    """Return records as Parquet in a folder that is removed at the end of the run."""
    folder = Path(tempfile.mkdtemp(prefix="enrich-"))
    try:
        records = _open_built(path, folder, resources)
        return replace(records, problems=(*notes, *records.problems), leftover=folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _open_built(path: Path, folder: Path, resources: Resources) -> TableRecords:
    from enrich.fetcher.records.table_records import open_tables

    built, problems = _build_once(path, folder, resources)
    return replace(open_tables(built, resources), problems=tuple(problems))


def _make_cache_folder(cache_dir: Path, make_folder: Callable[[Path], object]) -> Path:
    """Make and return the cache's folder for Parquet files; raise OSError or EnrichError if that fails."""
    make_folder(cache_dir)
    refuse_link(cache_dir / BUILT)
    (cache_dir / BUILT).mkdir(exist_ok=True)
    return cache_dir / BUILT


def _build_once(path: Path, folder: Path, resources: Resources) -> tuple[Path, list[str]]:
    """Return the folder with these records, built now or before, and messages about unusable parts."""
    from enrich.fetcher.records.write_tables import describe_files

    states = json.dumps(describe_files([path])).encode("utf-8", "surrogatepass")
    built = folder / hashlib.sha256(states).hexdigest()[:16]
    if not is_built_folder(built):
        _remove_outdated(folder, path)
        _build_or_find(path, built, resources)
    return built, read_left_out(built)


def _build_or_find(path: Path, built: Path, resources: Resources) -> None:
    """Build the folder, unless another run is building the same one and ends first."""
    from enrich.fetcher.records.write_tables import build_folder

    if os.path.lexists(built) and not is_built_folder(built):
        raise UsageError(f"{built} is in the way of a folder that enrich makes; remove it")
    try:
        build_folder([path], built, resources, lambda *_: None)
    except EnrichError:
        if not is_built_folder(built):  # else another run has built it, and the name identifies the records
            raise


def _remove_outdated(folder: Path, path: Path) -> None:
    """Remove the folders that were built from an earlier state of the same records."""
    for built in filter(is_built_folder, folder.iterdir()):
        if any(Path(file).is_relative_to(path.absolute()) for file in read_source_names(built)):
            shutil.rmtree(built, ignore_errors=True)
