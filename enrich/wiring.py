"""Open what the settings say that records come from."""

from __future__ import annotations

from enrich import __version__
from enrich.fetcher.access import Access
from enrich.fetcher.lookup import Lookup
from enrich.fetcher.records.reader import open_records
from enrich.settings.load import Settings
from enrich.writer.cache_folder import make_cache


def open_lookup(settings: Settings) -> Lookup:
    """Return where answers come from: the records on disk if some were given, else cache and services."""
    access = Access(
        urls={"crossref": settings.crossref_url, "datacite": settings.datacite_url, "doi": settings.doi_url},
        mailto=settings.mailto,
        token=settings.token,
        cache_dir=settings.cache_dir,
        offline=settings.offline,
        refresh=settings.refresh,
        version=__version__,
    )
    records = None
    if settings.records:
        records = open_records(settings.records, settings.cache_dir, make_folder=make_cache)
    return Lookup(access, records, make_folder=make_cache)
