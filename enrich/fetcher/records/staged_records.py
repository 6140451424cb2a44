"""Read the records of any number of files, of any size, into Parquet files that DuckDB then sorts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from enrich.fetcher.records import record_shapes, record_sql
from enrich.fetcher.records.duckdb_connection import explain_duckdb_errors, is_plain_name, quote_text
from enrich.fetcher.records.record_files import (
    FileProblems,
    Part,
    RawRecord,
    ReadError,
    estimate_size,
    has_lines,
    read_records,
)
from enrich.fetcher.records.record_tables import is_table, read_table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# The unpacked bytes that one query reads: so many that the fixed cost of a query hardly matters.
BATCH = 128 * 2**20
_ROWS = "(FORMAT parquet, COMPRESSION lz4_raw, ROW_GROUP_SIZE 10240)"
HALF_PAIR = "a text has half of a character (a surrogate without its partner)"

_T = TypeVar("_T")
Progress = Callable[[str, int, int], None]
"""Show what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class NumberedFile:
    """A file to read, and its number: if a DOI has several records, the one in the last file counts."""

    number: int
    """The position among all files, from 0."""
    file: Path
    """The file."""
    is_sorted: bool = False
    """Whether it belongs to a folder that `enrich records build` has made, where look-ups are cheap."""

    @property
    def kind(self) -> tuple[bool, bool, bool]:
        """Return whether DuckDB can read it, whether it is Parquet, and whether it is sorted."""
        can = is_plain_name(self.file) and (has_lines(self.file) or is_table(self.file))
        return can, is_table(self.file), self.is_sorted


@dataclass(slots=True)
class StagedRecords:
    """The records read so far, in a folder of Parquet files."""

    connection: DuckDBPyConnection
    """The database, in which each thread has its own cursor."""
    folder: Path
    """The folder, which is empty at first."""
    may_keep: str = "true"
    """The SQL condition for records that may be kept."""
    read_slowly: list[Path] = field(default_factory=list)
    """The files with odd or broken records, which Python has read again."""
    problems: list[FileProblems] = field(default_factory=list)
    """The parts that could not be used, by file."""
    is_stopped: bool = False
    """Whether the threads must end, because of an error or an interrupt."""

    def add_files(self, files: Sequence[NumberedFile], threads: int, progress: Progress) -> None:
        """Read all files; raise EnrichError if the records cannot be written."""
        sizes = {each.file: estimate_size([each.file]) for each in files}
        total, done = sum(sizes.values()), 0
        progress("MB read", 0, total >> 20)
        pool = ThreadPoolExecutor(threads)
        cursors: list[DuckDBPyConnection] = []
        try:
            futures = {
                pool.submit(self._add_batch, batch, cursors): batch
                for batch in _group_neighbours(files, sizes)
            }
            for future in as_completed(futures):
                future.result()
                done += sum(sizes[each.file] for each in futures[future])
                progress("MB read", done >> 20, total >> 20)
        except BaseException:
            self.is_stopped = True
            pool.shutdown(wait=False, cancel_futures=True)
            for cursor in [*cursors]:
                cursor.interrupt()
            raise
        finally:
            pool.shutdown()
        order = {source.file: source.number for source in files}
        self.problems.sort(key=lambda problem: order[problem.file])

    def create_view(self) -> None:
        """Create the view `staged` of all records; of a file read again, the second reading counts."""
        self.connection.execute("CREATE TABLE read_again (file VARCHAR)")
        if self.read_slowly:
            self.connection.execute(
                "INSERT INTO read_again SELECT unnest(?)", [list(map(str, self.read_slowly))]
            )
        self.connection.execute(
            f"CREATE VIEW staged AS SELECT * FROM read_parquet({quote_text(str(self.folder / '*.parquet'))})"
            " WHERE file NOT IN (SELECT file FROM read_again)"
        )  # fmt: skip

    def _add_batch(self, batch: Sequence[NumberedFile], cursors: list[DuckDBPyConnection]) -> None:
        with self.connection.cursor() as cursor:
            cursors.append(cursor)
            try:
                for source in self._until_stopped(self._copy_batch(cursor, batch)):
                    self._copy_slowly(cursor, source)
            finally:
                cursors.remove(cursor)

    def _copy_batch(
        self, cursor: DuckDBPyConnection, batch: Sequence[NumberedFile]
    ) -> Iterable[NumberedFile]:
        """Copy the ordinary records of a batch; return the files that Python must read."""
        import duckdb

        can, _, _ = batch[0].kind
        if not can:
            return batch
        try:
            odd = self._copy_fields(cursor, batch)
        except duckdb.InterruptException:
            raise
        except duckdb.Error:  # one broken file makes the whole query fail
            return batch if len(batch) == 1 else self._copy_each(cursor, batch)
        return [source for source in batch if str(source.file) in odd]

    def _copy_each(self, cursor: DuckDBPyConnection, batch: Sequence[NumberedFile]) -> Iterator[NumberedFile]:
        for source in self._until_stopped(batch):
            yield from self._copy_batch(cursor, [source])

    def _until_stopped(self, values: Iterable[_T]) -> Iterator[_T]:
        return takewhile(lambda _: not self.is_stopped, values)

    def _copy_fields(self, cursor: DuckDBPyConnection, batch: Sequence[NumberedFile]) -> set[str]:
        """Copy the fields of the files' records; return the names of the files with odd records."""
        files = [source.file for source in batch]
        _, is_from_table, is_sorted = batch[0].kind
        wanted = is_sorted and self.may_keep != "true"
        lines = (
            record_sql.select_stored_records(files, wanted=wanted)
            if is_from_table
            else record_sql.select_lines(files)
        )
        numbers = [(source.file, source.number) for source in batch]
        target = self._copy_query(
            cursor, batch[0], record_sql.select_record_fields(lines, numbers, self.may_keep)
        )
        odd = f"SELECT DISTINCT file FROM {quote_text(str(target))} WHERE doi = ''"
        return {file for (file,) in cursor.execute(odd).fetchall()}

    def _copy_query(self, cursor: DuckDBPyConnection, first: NumberedFile, query: str) -> Path:
        target = self.folder / f"{first.number:08d}.parquet"
        cursor.execute(f"COPY ({query}) TO {quote_text(str(target))} {_ROWS}")
        return target

    def _copy_slowly(self, cursor: DuckDBPyConnection, source: NumberedFile) -> None:
        """Copy the records of a file with Python, line by line, and note each part that cannot be used."""
        self.read_slowly.append(source.file)
        problems = FileProblems(source.file)
        rows = self.folder / f"{source.number:08d}.jsonl"
        parts = read_table(cursor, source.file) if is_table(source.file) else read_records(source.file)
        longest = _write_rows(rows, _format_rows(source.number, self._until_stopped(parts), problems))
        if problems.count:
            self.problems.append(problems)
        target = self.folder / f"{source.number:08d}-again.parquet"
        query = record_sql.select_read_rows(rows, longest, self.may_keep)
        with explain_duckdb_errors(f"the records in {source.file} cannot be copied"):
            cursor.execute(f"COPY ({query}) TO {quote_text(str(target))} {_ROWS}")
        rows.unlink()


def _group_neighbours(
    files: Sequence[NumberedFile], sizes: Mapping[Path, int]
) -> Iterator[Sequence[NumberedFile]]:
    """Yield batches of neighbouring files of one kind, each for one query."""
    batch: list[NumberedFile] = []
    for source in files:
        size = sum(sizes[each.file] for each in (*batch, source))
        if batch and (size > BATCH or source.kind != batch[0].kind):
            yield batch
            batch = []
        batch.append(source)
    if batch:
        yield batch


def _write_rows(path: Path, rows: Iterable[str]) -> int:
    """Write rows to a file; return the bytes of the longest."""
    longest = 0
    with path.open("wb") as file:
        for row in rows:
            longest = max(longest, file.write(row.encode()))
    return longest


def _format_rows(number: int, parts: Iterable[Part], problems: FileProblems) -> Iterator[str]:
    """Yield each record as a JSON line with its fields, and add errors to `problems`."""
    for count, part in enumerate(parts):
        row = _format_fields((number << 32) + count, part) if isinstance(part, RawRecord) else part
        if isinstance(row, ReadError):
            problems.add_error(row)
        else:
            yield row


def _format_fields(pos: int, part: RawRecord) -> str | ReadError:
    names = record_shapes.list_dois(part.value)
    record = part.value if isinstance(part.value, dict) else {}
    lean = {key: value for key, value in record.items() if key != "reference"}
    try:
        text = json.dumps(lean, ensure_ascii=False, separators=(",", ":"))
        text.encode()
    except UnicodeEncodeError:
        return ReadError(part.line, HALF_PAIR)
    except RecursionError:
        return ReadError(part.line, "nested too deeply")
    title = record_shapes.make_article_key(part.value)
    row = {"pos": pos, "file": "", "doi": names[0], "aliases": names[1:], "title": title, "record": text}
    return json.dumps(row, ensure_ascii=False) + "\n"
