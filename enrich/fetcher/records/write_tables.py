"""Write records to Parquet files, sorted by DOI: all records, or those that some pages need."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from enrich.errors import PageError, UsageError, describe_os_error
from enrich.fetcher.records import record_sql
from enrich.fetcher.records.duckdb_connection import (
    Resources,
    explain_duckdb_errors,
    fetch_rows,
    open_duckdb,
    quote_text,
)
from enrich.fetcher.records.record_files import FileProblems, list_files
from enrich.fetcher.records.record_tables import (
    ALIASES,
    SOURCES,
    TITLES,
    WORKS,
    is_built_folder,
    is_table_file,
    list_work_tables,
)
from enrich.fetcher.records.stage_folder import open_stage_folder
from enrich.fetcher.records.staged_records import NumberedFile, Progress, StagedRecords

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# A look-up unpacks whole groups of rows. With small groups it takes a quarter of the time, and the files have
# a tenth more bytes.
_TABLE = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 2048"
_LARGEST_FILE = "512MB"
# If several records have one DOI, the last is kept.
_KEPT = "SELECT staged.* FROM staged LEFT JOIN repeated USING (doi) WHERE last IS NULL OR last = pos"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The works that some pages need."""

    dois: Collection[str]
    """Their DOIs, in lower case."""
    titles: Collection[str] = ()
    """The keys of the titles (`make_title_key`) by which articles are found."""


@dataclass(frozen=True, slots=True)
class WrittenRecords:
    """The result of writing records."""

    works: int
    """The number of works written."""
    problems: Sequence[FileProblems]
    """The parts of the sources that could not be used, by file."""


def build_folder(
    sources: Sequence[Path], out: Path, resources: Resources, progress: Progress
) -> WrittenRecords:
    """Write all records of the sources to a new folder, sorted by DOI; raise EnrichError if that fails."""
    with _open_stage(out, resources) as (connection, folder):
        staged = _stage_sources(connection, folder, _number_files(sources), resources, progress)
        progress("sorting", 0, 1)
        made = folder / "made"
        made.mkdir()
        works = _copy_works(connection, made / WORKS, f"{_TABLE}, FILE_SIZE_BYTES '{_LARGEST_FILE}'")
        _refuse_nothing(works, staged)
        _copy_names(connection, made)
        left_out = [message for each in staged.problems for message in each.messages]
        facts = {"schema": 1, "works": works, "sources": describe_files(sources), "left_out": left_out}
        (made / SOURCES).write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
        _move_into_place(made, out)
    return WrittenRecords(works, staged.problems)


def select_records(
    sources: Sequence[Path], wanted: Wanted, out: Path, resources: Resources, progress: Progress
) -> WrittenRecords:
    """Write the wanted records to a new file, sorted by DOI; raise EnrichError if that fails."""
    with _open_stage(out, resources) as (connection, folder):
        files = _number_files(sources)
        _create_wanted(connection, wanted, sources)
        staged = _stage_sources(connection, folder, files, resources, progress, record_sql.MAY_BE_WANTED)
        progress("sorting", 0, 1)
        made = folder / "made.parquet"
        works = _copy_works(connection, made, _TABLE, "doi, record, aliases, title", record_sql.IS_WANTED)
        _refuse_nothing(works, staged)
        _move_into_place(made, out)
    return WrittenRecords(works, staged.problems)


def describe_files(sources: Sequence[Path]) -> list[Mapping[str, object]]:
    """Return the name, size and time of change of each file, which show whether it has changed."""
    states = ((each.file.absolute(), each.file.stat()) for each in _number_files(sources))
    return [
        {"file": str(file), "size": state.st_size, "modified": state.st_mtime_ns} for file, state in states
    ]


@contextmanager
def _open_stage(out: Path, resources: Resources) -> Iterator[tuple[DuckDBPyConnection, Path]]:
    """Yield a database, and a folder beside `out` that is removed at the end."""
    if os.path.lexists(out):
        raise UsageError(f"--out: {out} exists already; name another one, or remove it")
    with ExitStack() as opened:
        try:
            folder = opened.enter_context(open_stage_folder(out))
        except OSError as error:
            raise UsageError(f"--out: {out} cannot be made: {describe_os_error(error)}") from None
        try:
            connection = open_duckdb(resources, folder / "spilled")
            with connection, explain_duckdb_errors(f"{out} cannot be written"):
                yield connection, folder
        except OSError as error:
            raise PageError(f"{out} cannot be written: {describe_os_error(error)}") from None


def _number_files(sources: Sequence[Path]) -> list[NumberedFile]:
    """Return the files of the sources, numbered in order; raise UsageError for a source without any."""
    files = [row for source in sources for row in _list_source(source)]
    return [NumberedFile(number, file, is_sorted) for number, (file, is_sorted) in enumerate(files)]


def _list_source(source: Path) -> list[tuple[Path, bool]]:
    if is_built_folder(source):
        return [(file, True) for file in list_work_tables(source)]
    if is_table_file(source):
        return [(source, False)]
    return [(file, False) for file in list_files(source, "SOURCE")]


def _create_wanted(connection: DuckDBPyConnection, wanted: Wanted, sources: Sequence[Path]) -> None:
    """Create the tables of wanted DOIs and titles; add the DOIs of aliases and titles in built folders."""
    connection.execute("CREATE TABLE wanted AS SELECT unnest(?::VARCHAR[]) AS doi", [sorted(wanted.dois)])
    titles = sorted(set(wanted.titles) - {""})
    connection.execute("CREATE TABLE wanted_titles AS SELECT unnest(?::VARCHAR[]) AS title", [titles])
    for source in filter(is_built_folder, sources):
        for name, key, known in ((ALIASES, "alias", "wanted"), (TITLES, "title", "wanted_titles")):
            table = quote_text(str(source / name))
            column = "doi" if known == "wanted" else "title"
            query = f"SELECT doi FROM {table} WHERE {key} IN (SELECT {column} FROM {known})"
            fetch_rows(connection, f"INSERT INTO wanted {query}")


def _stage_sources(
    connection: DuckDBPyConnection,
    folder: Path,
    files: Sequence[NumberedFile],
    resources: Resources,
    progress: Progress,
    may_keep: str = "true",
) -> StagedRecords:
    staged = StagedRecords(connection, folder / "staged", may_keep)
    if not files:
        _refuse_nothing(0, staged)
    staged.add_files(files, resources.threads or os.cpu_count() or 1, progress)
    staged.create_view()
    repeated = "SELECT doi, max(pos) AS last FROM staged GROUP BY doi HAVING count(*) > 1"
    fetch_rows(connection, f"CREATE TABLE repeated AS {repeated}")
    return staged


def _refuse_nothing(works: int, staged: StagedRecords) -> None:
    """Raise UsageError if no work was written."""
    if not works:
        why = next((f" ({problem.first[0]})" for problem in staged.problems), "")
        raise UsageError(f"SOURCE: no record to write{why}; name another file or folder")


def _copy_works(
    connection: DuckDBPyConnection,
    target: Path,
    options: str,
    columns: str = "doi, record",
    kept: str = "true",
) -> int:
    query = f"SELECT {columns} FROM ({_KEPT}) WHERE {kept} ORDER BY doi"
    done = fetch_rows(connection, f"COPY ({query}) TO {quote_text(str(target))} ({options})")
    return int(done[0][0]) if done else 0


def _copy_names(connection: DuckDBPyConnection, folder: Path) -> None:
    """Write the tables of aliases and titles; if several DOIs have one alias, the last counts."""
    aliases = f"SELECT unnest(aliases) AS alias, doi, pos FROM ({_KEPT})"
    for name, query in (
        (ALIASES, f"SELECT alias, arg_max(doi, pos) AS doi FROM ({aliases}) GROUP BY alias ORDER BY alias"),
        (TITLES, f"SELECT title, doi FROM ({_KEPT}) WHERE title != '' ORDER BY title, doi"),
    ):
        fetch_rows(connection, f"COPY ({query}) TO {quote_text(str(folder / name))} ({_TABLE})")


def _move_into_place(made: Path, out: Path) -> None:
    if os.path.lexists(out):
        raise UsageError(
            f"--out: another program has made {out} in the meantime; name another one, or remove it"
        )
    made.rename(out)
