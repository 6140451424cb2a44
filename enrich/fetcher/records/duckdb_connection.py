"""Open DuckDB, which reads and writes Parquet and gigabytes of JSON; only this module loads it."""

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

# DOIs that one query looks up. DuckDB compares each with the bounds of a group of rows, and reads the group
# only if one is within. Fewer would cost more queries, and more would hold more records in memory as text.
MOST_QUERIED = 5000
INTERRUPTED = "Query interrupted"
_POLL_SECONDS = 0.1
INSTALL = "python -m pip install 'hugo-enrich[scale]'"


@dataclass(frozen=True, slots=True)
class Resources:
    """The resources of the computer that DuckDB may use."""

    memory: str = "2GB"
    """The memory, in DuckDB's notation."""
    threads: int | None = None
    """The number of threads; None for one per core."""


def open_duckdb(resources: Resources, folder: Path | None = None) -> DuckDBPyConnection:
    """Return a database in memory, which moves to the folder what does not fit; it loads no extension.

    Raise UsageError, with the line to type, where DuckDB is not installed.
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
        # In a program without a file of its own, as with `python -c`, DuckDB prints a bar on our output.
        connection.execute("SET enable_progress_bar = false")
        return connection


def fetch_rows(connection: DuckDBPyConnection, query: str, values: object = None) -> list[tuple[Any, ...]]:
    """Return all rows of a query; what a signal raises ends the query at once.

    DuckDB looks for signals only in the thread that waits for the query, and there between two steps. So the
    query runs in a thread of its own, and this one only waits.
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
    """Raise PageError with the problem for an error of DuckDB, UsageError if it has too little memory.

    A signal in the middle of a query raises KeyboardInterrupt.
    """
    import duckdb

    try:
        yield
    except RuntimeError as error:  # DuckDB raises it in place of the handler's error
        if str(error) == INTERRUPTED:
            raise KeyboardInterrupt from None
        raise
    except duckdb.OutOfMemoryException as error:
        raise UsageError(f"{problem}: {_shorten_error(error)}; give it more with --memory") from None
    except duckdb.Error as error:
        raise PageError(f"{problem}: {_shorten_error(error)}") from None


def _shorten_error(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


def is_plain_name(file: Path) -> bool:
    """Return whether DuckDB reads a file's name as a name, not as a pattern."""
    name = str(file)
    return name.isprintable() and not set("*?[{") & set(name)


def quote_names(files: Sequence[Path]) -> str:
    """Return the names of files as a list in SQL."""
    return "[" + ", ".join(quote_text(str(file)) for file in files) + "]"


def quote_text(text: str) -> str:
    """Return a text as a literal in SQL."""
    return "'" + text.replace("'", "''") + "'"
