"""Open the records that `--records` names: a few in memory, Parquet and large ones with DuckDB."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from enrich.errors import EnrichError, UsageError, describe_os_error
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

# Bytes up to which every run reads the files again; compressed files count four times.
SMALL = 32 * 2**20
BUILT = "parquet"


def open_records(
    path: Path,
    cache_dir: Path | None = None,
    *,
    resources: Resources | None = None,
    make_folder: Callable[[Path], object] = lambda folder: folder.mkdir(parents=True, exist_ok=True),
    small: int = SMALL,
) -> Records:
    """Return the records of a file or folder; raise UsageError if none can be read.

    Large files are turned into Parquet in the cache folder once, as `enrich records build` does.
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
    from enrich.fetcher.records.table_records import open_tables

    folder, note = _choose_folder(cache_dir, make_folder)
    leftover = None if folder.name == BUILT else folder
    try:
        built, problems = _build_once(path, folder, resources)
        return replace(open_tables(built, resources), problems=(*note, *problems), leftover=leftover)
    except BaseException:
        if leftover:
            shutil.rmtree(leftover, ignore_errors=True)
        raise


def _choose_folder(
    cache_dir: Path | None, make_folder: Callable[[Path], object]
) -> tuple[Path, tuple[str, ...]]:
    """Return the folder for Parquet files: in the cache, else one for this run alone, with a note why."""
    note: tuple[str, ...] = ()
    if cache_dir is not None:
        try:
            make_folder(cache_dir)
            _refuse_link(cache_dir / BUILT)
            (cache_dir / BUILT).mkdir(exist_ok=True)
            return cache_dir / BUILT, ()
        except (OSError, EnrichError) as error:
            reason = describe_os_error(error) if isinstance(error, OSError) else str(error)
            note = (f"the records cannot be kept as Parquet for the next run: {reason}",)
    return Path(tempfile.mkdtemp(prefix="enrich-")), note


def _refuse_link(folder: Path) -> None:
    """Raise UsageError for a link, which may come with somebody's repository and lead anywhere."""
    if folder.is_symlink():
        raise UsageError(f"{folder} is a link, which enrich does not follow; remove the link")


def _build_once(path: Path, folder: Path, resources: Resources) -> tuple[Path, list[str]]:
    """Return the folder with these records, and the messages about the parts that could not be used."""
    from enrich.fetcher.records.write_tables import build_folder, describe_files

    states = json.dumps(describe_files([path])).encode("utf-8", "surrogatepass")
    built = folder / hashlib.sha256(states).hexdigest()[:16]
    if not is_built_folder(built):
        _remove_outdated(folder, path)
        build_folder([path], built, resources, lambda *_: None)
    return built, read_left_out(built)


def _remove_outdated(folder: Path, path: Path) -> None:
    """Remove the folders that were built from an earlier state of the same records."""
    for built in filter(is_built_folder, folder.iterdir()):
        if any(Path(file).is_relative_to(path.absolute()) for file in read_source_names(built)):
            shutil.rmtree(built, ignore_errors=True)
