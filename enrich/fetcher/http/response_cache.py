"""Write the responses to the cache file, for requests-cache; cache/cached_replies.py reads them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

import requests
from requests.structures import CaseInsensitiveDict
from requests_cache.backends.base import BaseCache
from requests_cache.backends.sqlite import SQLiteDict
from requests_cache.models.response import CachedResponse

from enrich.fetcher.cache import cache_file
from enrich.fetcher.clock import Clock
from enrich.fetcher.parse_json import parse_json
from enrich.fetcher.sources.services import Services
from enrich.fetcher.sources.source import Record, Source


class ResponseTable(SQLiteDict):
    """requests-cache's table of responses, in the layout of cache_file.py: no pickles, which could run code.

    SQLiteDict waits forever for a locked file and hides the failure of a transaction; this class raises
    sqlite3.Error.
    """

    @contextmanager
    def connection(self, commit: bool = False) -> Iterator[sqlite3.Connection]:
        """Yield the connection, in a transaction if `commit`; raise sqlite3.Error if that fails."""
        with super().connection() as connection:
            if not commit or connection.in_transaction:
                yield connection
                return
            with self.bulk_commit():
                yield connection

    @contextmanager
    def bulk_commit(self) -> Iterator[None]:
        """Write everything in this block or nothing; raise sqlite3.Error if that fails."""
        with self.connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    connection.rollback()
                raise

    def serialize(self, value: CachedResponse) -> bytes:  # type: ignore[override]
        """Return a response in the bytes that the file stores."""
        location = value.headers.get("Location", "")
        return cache_file.encode_entry(
            value.status_code, value.created_at.timestamp(), location, value.content or b""
        )


class ResponseCache(BaseCache):
    """The cache into which requests-cache writes the responses; cache_file.py reads them.

    The library decides what to write: by method, by status, and nothing of a list call (`no-store`), whose
    records `keep_records` writes one by one. It reads nothing (`force_refresh`), because the run has read
    the file in bulk before. The figures are CPU on one core, from `bench.cache_reads` with 2,000 records:

    - The bulk read takes 0.15 ms a reply; `session.get` takes 1.6. The key is the address, because the
      library's own keys are hashes that only the library can make.
    - Loading the library and what calls services takes 280 ms, which a run that finds every reply in the
      cache saves. With `only_if_cached`, an offline run would pay both.
    - `stale_if_error` replaces one reply; a failed list call needs forty, 64 ms instead of 6. It also hides
      whether the service failed or has lost the record, which the report distinguishes.
    """

    def __init__(self, path: Path | None, services: Services, clock: Clock) -> None:
        super().__init__(str(path))
        self.path = path
        if path is not None:
            self.responses: ResponseTable = ResponseTable(
                path, table_name="responses", serializer=None, timeout=cache_file.BUSY_SECONDS
            )
        self._services, self._clock = services, clock
        self._sources: dict[str, Source] = {source.name: source for source in services.all}
        self.trouble = "" if path else "the services' answers are not cached, because no folder can hold them"
        self._closed = False
        self._writing = Lock()  # to close the file while another thread writes would raise an error

    def save_response(self, response: requests.Response, cache_key: str | None = None, *_: object) -> None:
        """Write the response to a single call or a search; write nothing after the first error."""
        url = cache_key or str(response.request.url)
        status, location = response.status_code, response.headers.get("Location", "")
        service, kind = self._services.identify_call(url)
        source = self._sources.get(service) if status == 200 and kind == "single" else None
        record = source and source.unwrap_record(parse_json(response.content))
        if status in (404, 410):
            self.keep_misses([url])
        elif source and record:
            self.keep_records(source, [(url, record)])
        else:
            life = cache_file.LIFE_OF_SEARCH if kind == "list" else cache_file.LIFE
            body = response.content if status == 200 else b""
            self._keep([(url, self._make(status, body, location, life))])

    def keep_records(self, source: Source, records: Iterable[tuple[str, Record]]) -> None:
        """Write records under the addresses of their single calls, without those that JSON cannot express."""
        entries = []
        for url, record in records:
            with suppress(ValueError, RecursionError):
                entries.append((url, self._make(200, compact(source.as_single_response(record)))))
        self._keep(entries)

    def keep_misses(self, urls: Iterable[str]) -> None:
        """Write that the services have nothing under these addresses; keep the records that the file has.

        A registered DOI stays registered, so a "not found" does not replace a record. The register answers
        every request with 200, so enrich ignores its 404.
        """
        register = self._services.register.address
        urls = [url for url in urls if not url.startswith(register)]
        with suppress(sqlite3.Error):
            now = self._clock.now()
            known = cache_file.read_replies(self.path, urls, now, stale=True) if self.path else {}
            urls = [url for url in urls if url not in known or known[url].status != 200]
        self._keep([(url, self._make(404, b"", life=cache_file.LIFE_OF_404)) for url in urls])

    def _make(
        self, status: int, body: bytes, location: str = "", life: int = cache_file.LIFE
    ) -> CachedResponse:
        """Return a response for the cache, fresh for `life` seconds."""
        created = self._clock.now()
        return CachedResponse(
            status_code=status,
            content=body,
            headers=CaseInsensitiveDict({"Location": location} if location else {}),
            created_at=datetime.fromtimestamp(created, UTC),
            expires=datetime.fromtimestamp(created + life, UTC),
        )

    def _keep(self, entries: list[tuple[str, CachedResponse]]) -> None:
        # After the first error, write nothing more: this run has its replies anyway.
        with self._writing:
            if self.trouble or self._closed:
                return
            try:
                with self.responses.bulk_commit():
                    for url, entry in entries:
                        self.responses[url] = entry
            except sqlite3.Error as error:
                self.trouble = f"this run cannot keep all answers, so the next one asks again: {error}"
                super().close()  # type: ignore[no-untyped-call]  # roll the transaction back

    def close(self) -> None:
        """Close the file for good; the reply to a call in flight is not kept."""
        self._closed = True
        with self._writing:
            super().close()  # type: ignore[no-untyped-call]


def compact(value: object) -> bytes:
    """Return JSON without white space."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")
