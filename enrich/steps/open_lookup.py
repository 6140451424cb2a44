"""Open the source of a run's records: records on disk, and for others the cache and the services."""

from __future__ import annotations

from enrich import __version__
from enrich.errors import UsageError
from enrich.fetcher.lookup import Lookup
from enrich.fetcher.records.duckdb_connection import Resources
from enrich.fetcher.records.reader import open_records
from enrich.fetcher.records.records import Records
from enrich.settings.settings import Settings
from enrich.writer.cache_folder import make_cache


def open_lookup(settings: Settings) -> Lookup:
    """Open the records on disk if the settings name some, else the cache and the services."""
    if settings.ask_missing and not settings.records:
        raise UsageError("--ask-missing needs records to search first; name them with --records")
    return Lookup(
        settings.access(__version__),
        _open_named_records(settings),
        ask_missing=settings.ask_missing,
        make_folder=make_cache,
    )


def _open_named_records(settings: Settings) -> Records | None:
    if settings.records is None:
        return None
    resources = Resources(settings.memory, settings.threads)
    return open_records(settings.records, settings.cache_dir, resources=resources, make_folder=make_cache)
