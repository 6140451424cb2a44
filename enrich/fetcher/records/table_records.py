"""Look up records in the Parquet files that `enrich records select` and `enrich records build` write."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from enrich.errors import EnrichError, RecordError, UsageError
from enrich.fetcher.parse_json import parse_large_json
from enrich.fetcher.records import record_shapes, record_sql
from enrich.fetcher.records.duckdb_connection import (
    Resources,
    explain_duckdb_errors,
    fetch_rows,
    is_plain_name,
    open_duckdb,
    quote_names,
)
from enrich.fetcher.records.memory_records import MOST_ALIKE, make_answer
from enrich.fetcher.records.record_tables import ALIASES, TITLES, is_built_folder, list_work_tables
from enrich.model.work import Found, Work

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class TableRecords:
    """Records in Parquet files; one query finds many of them."""

    connection: DuckDBPyConnection
    """A database with the views `works` (doi, record), `aliases` (alias, doi) and `titles` (title, doi)."""
    path: Path
    """The file or folder, for messages."""
    problems: tuple[str, ...] = ()
    """Messages about the parts that could not be read."""
    leftover: Path | None = None
    """The folder to remove when the run ends; None for files that stay."""

    def find_records(self, dois: Iterable[str]) -> Mapping[str, Found]:
        """Map each DOI or alias, in lower case, to its record; omit those without a record."""
        names = dict.fromkeys(doi.lower() for doi in dois)
        records = self._load_records(names)
        missing = [name for name in names if name not in records]
        primes = dict(self._find_rows("aliases", "alias, doi", missing))
        records |= self._load_aliased(primes)
        answers = {name: make_answer(name, _parse_stored_text(text)) for name, text in records.items()}
        return {name: answer for name in names if (answer := answers.get(name))}

    def find_by_titles(self, titles: Iterable[str]) -> Mapping[str, tuple[Work, ...]]:
        """Map each title to the articles that have it; markup, case and punctuation make no difference."""
        keys = {title: record_shapes.make_title_key(title) for title in titles}
        wanted = sorted({*keys.values()} - {""})
        dois: dict[str, list[str]] = defaultdict(list)
        for key, doi in self._find_rows("titles", "title, doi", wanted):
            dois[key].append(doi)
        alike = {key: sorted(found)[:MOST_ALIKE] for key, found in dois.items()}
        works = self.find_records(doi for found in alike.values() for doi in found)
        return {
            title: tuple(works[doi].work for doi in alike.get(key, ()) if doi in works)
            for title, key in keys.items()
        }

    def find_works_of(self, orcid: str) -> tuple[Work, ...]:
        """Return the works that have this ORCID iD among their contributors."""
        rows = self._run_query("SELECT doi, record FROM works WHERE contains(record, $id)", {"id": orcid})
        answers = (make_answer(doi, _parse_stored_text(text)) for doi, text in rows)
        works = (answer.work for answer in answers if answer)
        return tuple(work for work in works if any(one.orcid == orcid for one in work.contributors))

    def close(self) -> None:
        """Close the database, and remove a folder that was built only for this run."""
        self.connection.close()
        if self.leftover:
            shutil.rmtree(self.leftover, ignore_errors=True)

    def _load_records(self, names: Iterable[str]) -> dict[str, str]:
        return dict(self._find_rows("works", "doi, record", names))

    def _load_aliased(self, primes: Mapping[str, str]) -> dict[str, str]:
        texts = self._load_records(dict.fromkeys(primes.values()))
        return {alias: texts[doi] for alias, doi in primes.items() if doi in texts}

    def _find_rows(self, table: str, columns: str, names: Iterable[str]) -> list[tuple[str, str]]:
        """Return the rows of a table whose first column has one of the names; the table is sorted by it.

        BETWEEN lets DuckDB skip groups of rows even where it does not compare every name.
        """
        if not (names := sorted(filter(_is_utf8, names))):
            return []
        column = columns.partition(",")[0]
        query = (
            f"SELECT {columns} FROM {table}"
            f" WHERE {column} IN (SELECT unnest($names)) AND {column} BETWEEN $first AND $last"
        )
        return self._run_query(query, {"names": names, "first": names[0], "last": names[-1]})

    def _run_query(self, query: str, values: Mapping[str, object]) -> list[tuple[str, str]]:
        """Return the rows of a query; raise RecordError if the files cannot be read."""
        try:
            with explain_duckdb_errors(f"{self.path} cannot be read"):
                return fetch_rows(self.connection, query, values)
        except UsageError:
            raise
        except EnrichError as error:
            raise RecordError(str(error)) from None


def open_tables(path: Path, resources: Resources) -> TableRecords:
    """Return the records of a Parquet file or a built folder; raise UsageError if they cannot be read."""
    connection = open_duckdb(resources)
    try:
        with explain_duckdb_errors(f"--records: {path} cannot be read"):
            if is_built_folder(path):
                _create_views(connection, list_work_tables(path), path)
            else:
                _create_views(connection, [path])
    except EnrichError as error:
        connection.close()
        raise UsageError(str(error)) from None
    return TableRecords(connection, path)


def _create_views(connection: DuckDBPyConnection, works: Sequence[Path], folder: Path | None = None) -> None:
    """Create the three views; without a built folder, aliases and titles come from the records' own file."""
    files = [*works, *([folder / ALIASES, folder / TITLES] if folder else [])]
    if odd := next((file for file in files if not is_plain_name(file)), None):
        raise UsageError(f"--records: DuckDB would read the name of {odd} as a pattern; rename the file")
    connection.execute(f"CREATE VIEW works AS {_select_texts(works, 'doi', 'record')}")
    if folder:
        connection.execute(f"CREATE VIEW aliases AS {_select_texts([folder / ALIASES], 'alias', 'doi')}")
        connection.execute(f"CREATE VIEW titles AS {_select_texts([folder / TITLES], 'title', 'doi')}")
        return
    connection.execute(f"CREATE TABLE fields AS {_select_names(connection, works[0])}")
    connection.execute("CREATE VIEW aliases AS SELECT unnest(aliases) AS alias, doi FROM fields")
    connection.execute("CREATE VIEW titles AS SELECT title, doi FROM fields WHERE title != ''")


def _select_texts(files: Sequence[Path], *columns: str) -> str:
    """Return the query for columns as texts, because another program may have given them other types."""
    texts = ", ".join(f"{column}::VARCHAR AS {column}" for column in columns)
    are_there = " AND ".join(f"{column} IS NOT NULL" for column in columns)
    return f"SELECT {texts} FROM read_parquet({quote_names(files)}) WHERE {are_there}"


def _select_names(connection: DuckDBPyConnection, file: Path) -> str:
    """Return the query for a file's aliases and titles, from columns with these names or from its records."""
    table = f"read_parquet({quote_names([file])})"
    columns = {row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM {table}").fetchall()}
    if not columns >= {"aliases", "title"}:
        rows = record_sql.select_stored_records([file], wanted=False)
        table = f"({record_sql.select_record_fields(rows, [(file, 0)], 'true')})"
    texts = "doi::VARCHAR AS doi, aliases::VARCHAR[] AS aliases, title::VARCHAR AS title"
    return f"SELECT {texts} FROM {table} WHERE doi IS NOT NULL"


def _parse_stored_text(text: str) -> object:
    try:
        return parse_large_json(text)
    except (ValueError, RecursionError):
        return None


def _is_utf8(name: str) -> bool:
    return name.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in name)
