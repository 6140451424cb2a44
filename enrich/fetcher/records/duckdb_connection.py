"""Open DuckDB, which reads and writes Parquet files and gigabytes of JSON, and explain its errors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from enrich.errors import PageError, UsageError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# The DOIs that one query looks up. DuckDB knows the first and the last DOI of each group of rows, and reads
# only the groups that may have one of these. Fewer DOIs mean more queries; more DOIs, more records in memory.
MOST_QUERIED = 5000
INTERRUPTED = "Query interrupted"
_POLL_SECONDS = 0.1
INSTALL = "python -m pip install 'hugo-enrich[scale]'"


@dataclass(frozen=True, slots=True)
class Resources:
    """The resources of the computer that DuckDB may use."""

    memory: str = "2GB"
    """The most memory, in DuckDB's notation."""
    threads: int | None = None
    """The number of threads; None for one per core."""


def open_duckdb(resources: Resources, folder: Path | None = None) -> DuckDBPyConnection:
    """Return a database in memory that loads no extensions; what exceeds the memory goes to `folder`.

    Raise UsageError, with the command to install it, if DuckDB is missing.
    """
    try:
        import duckdb
    except ImportError:
        raise UsageError(f"Parquet and large records need DuckDB; install it: {INSTALL}") from None
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": resources.memory,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "dynamic_or_filter_threshold": MOST_QUERIED,
        **({"threads": resources.threads} if resources.threads else {}),
        **({"temp_directory": str(folder)} if folder else {}),
    }
    with explain_duckdb_errors("DuckDB cannot be started"):
        connection = duckdb.connect(config=settings)
        # In some programs, such as `python -c`, DuckDB would print a progress bar on our output.
        connection.execute("SET enable_progress_bar = false")
        return connection


def fetch_rows(connection: DuckDBPyConnection, query: str, values: object = None) -> list[tuple[Any, ...]]:
    """Return all rows of a query; Ctrl+C and other signals end the query at once.

    DuckDB would notice a signal only between two steps of the query. So the query runs in another thread,
    while this thread waits and can receive signals.
    """
    running: Future[list[tuple[Any, ...]]] = Future()
    is_given_up = Event()

    def run() -> None:
        try:
            running.set_result([] if is_given_up.is_set() else connection.execute(query, values).fetchall())
        except BaseException as error:  # noqa: BLE001  # raised again in the thread that waits
            running.set_exception(error)

    thread = Thread(target=run)
    try:
        thread.start()
        while not running.done():  # with a timeout: Ctrl+C does not interrupt an endless wait on Windows
            wait([running], timeout=_POLL_SECONDS)
    except BaseException:
        is_given_up.set()
        while thread.is_alive():  # DuckDB loses an interrupt that comes before the query runs
            connection.interrupt()
            thread.join(_POLL_SECONDS)
        raise
    return running.result()


@contextmanager
def explain_duckdb_errors(problem: str) -> Iterator[None]:
    """Raise PageError, with `problem` before the reason, for an error of DuckDB.

    Raise UsageError if DuckDB needs more memory, and KeyboardInterrupt if a signal ended the query.
    """
    import duckdb

    try:
        yield
    except RuntimeError as error:  # DuckDB raises it in place of the handler's error
        if str(error) == INTERRUPTED:
            raise KeyboardInterrupt from None
        raise
    except duckdb.OutOfMemoryException as error:
        raise UsageError(f"{problem}: {_shorten_error(error)}; allow it more memory with --memory") from None
    except duckdb.Error as error:
        raise PageError(f"{problem}: {_shorten_error(error)}") from None


def _shorten_error(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


def is_plain_name(file: Path) -> bool:
    """Return whether DuckDB takes a file's name literally, not as a pattern of names."""
    name = str(file)
    return name.isprintable() and not set("*?[{") & set(name)


def quote_names(files: Sequence[Path]) -> str:
    """Return the names of files as an SQL list."""
    return "[" + ", ".join(quote_text(str(file)) for file in files) + "]"


def quote_text(text: str) -> str:
    """Return a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
