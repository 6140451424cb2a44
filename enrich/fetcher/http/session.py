"""Open the run's only session: requests-cache writes the cache file, and our transport makes the calls."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import requests
from requests.structures import CaseInsensitiveDict
from requests_cache import CachedSession
from requests_cache.backends.base import BaseCache
from requests_cache.backends.sqlite import SQLiteDict
from requests_cache.models.response import CachedResponse

from enrich.fetcher.access import Access
from enrich.fetcher.cache import cache_file
from enrich.fetcher.clock import Clock
from enrich.fetcher.http.retries import CallError
from enrich.fetcher.http.transport import Transport
from enrich.fetcher.parse_json import parse_json
from enrich.fetcher.sources.services import Services
from enrich.fetcher.sources.source import Failure, Record, Reply, Source

if TYPE_CHECKING:
    from requests_cache.models import AnyRequest

PROJECT = "https://pypi.org/project/hugo-enrich/"


class ResponseTable(SQLiteDict):
    """requests-cache's table of responses, in the layout of cache_file.py.

    SQLiteDict waits forever for a locked file and hides the failure of a transaction; this class raises
    sqlite3.Error.
    """

    @contextmanager
    def connection(self, commit: bool = False) -> Iterator[sqlite3.Connection]:
        """Yield the connection, in a transaction if `commit`; raise sqlite3.Error if that fails."""
        with self._lock:
            if self._connection is None:
                wait = cache_file.BUSY_SECONDS
                self._connection = sqlite3.connect(
                    self.db_path, timeout=wait, isolation_level=None, check_same_thread=False
                )
            if not commit or self._connection.in_transaction:
                yield self._connection
                return
            with self.bulk_commit():
                yield self._connection

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
        """Return a response as the file stores it: not as a pickle, which could run code."""
        location = value.headers.get("Location", "")
        return cache_file.encode_entry(
            value.status_code, value.created_at.timestamp(), location, value.content or b""
        )

    def deserialize(self, key: str, value: bytes) -> CachedResponse | None:
        """Return the response in an entry, None if it is unsound."""
        try:
            reply = cache_file.decode_entry(key, value)
        except cache_file.UNSOUND:
            return None
        return make_response(reply.status, reply.created, reply.location, value.partition(b"\n")[2])


def make_response(
    status: int, created: float, location: str, body: bytes, life: int | None = None
) -> CachedResponse:
    """Return a response for the cache; `life` is in seconds, by default that of its status."""
    expires = created + (life or cache_file.get_life(status))
    return CachedResponse(
        status_code=status,
        content=body,
        headers=CaseInsensitiveDict({"Location": location} if location else {}),
        created_at=datetime.fromtimestamp(created, UTC),
        expires=datetime.fromtimestamp(expires, UTC),
    )


class Cache(BaseCache):
    """What requests-cache writes to: each record under the address of its single call, without who asks.

    cache_file.py reads in bulk, before there is a session: `session.get` costs 0.8 to 1.4 ms of CPU an entry
    and the import of requests-cache 300 to 400 ms, the bulk read 0.03 to 0.05 ms an entry. So whoever calls
    `session.get` needs an answer that the file does not have (`force_refresh`). Expired answers are found by
    cached_replies.py: `stale_if_error` of requests-cache does not know the records within a list call. The
    key is the address itself, because the library's hashed keys need the library.
    """

    def __init__(self, path: Path, services: Services, clock: Clock) -> None:
        super().__init__(str(path))
        self.responses: ResponseTable = ResponseTable(path, table_name="responses")
        self._services, self._clock = services, clock
        self._sources: dict[str, Source] = {source.name: source for source in services.all}
        self.trouble = ""
        self._closed = False
        self._writing = Lock()  # closing the file under another thread's hands would be an error of its own

    def save_response(self, response: requests.Response, cache_key: str | None = None, *_: object) -> None:
        """Keep the response to a single call (`ask` keeps no list)."""
        url = cache_key or str(response.request.url)
        service = self._services.find_source(url).name
        status, location = response.status_code, response.headers.get("Location", "")
        if status in (404, 410):
            self.keep_misses([url])
            return
        source = self._sources.get(service) if status == 200 else None
        record = source and source.unwrap_record(parse_json(response.content))
        if source and record:
            self.keep_records(source, [(url, record)])
        else:
            self._keep([(url, self._make(status, response.content if status == 200 else b"", location))])

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
            known = cache_file.read_replies(Path(self.responses.db_path), urls, now, stale=True)
            urls = [url for url in urls if url not in known or known[url].status != 200]
        self._keep([(url, self._make(404, b"")) for url in urls])

    def keep_search(self, url: str, body: object) -> None:
        """Write the result of a search under the search's address."""
        with suppress(ValueError, RecursionError):
            self._keep([(url, self._make(200, compact(body), life=cache_file.LIFE_OF_SEARCH))])

    def _make(self, status: int, body: bytes, location: str = "", life: int | None = None) -> CachedResponse:
        return make_response(status, self._clock.now(), location, body, life)

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
                self.trouble = f"the cache could not be written: {error}"
                super().close()  # type: ignore[no-untyped-call]  # what was begun is taken back

    def close(self) -> None:
        """Close the file for good; the reply to a call in flight is not kept."""
        self._closed = True
        with self._writing:
            super().close()  # type: ignore[no-untyped-call]


def compact(value: object) -> bytes:
    """Return JSON without white space."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def open_session(access: Access, services: Services, clock: Clock, cache: Cache) -> CachedSession:
    """Return the session that every call goes through."""
    session = CachedSession(
        backend=cache,
        expire_after=cache_file.LIFE,
        key_fn=get_key,
        allowable_codes=tuple(cache_file.KEPT),
        allowable_methods=("GET",),
    )
    transport = Transport(access, services, clock)
    session.mount("https://", transport)
    session.mount("http://", transport)
    contact = f"; mailto:{access.mailto}" if access.mailto else ""
    session.headers["User-Agent"] = f"enrich/{access.version or 0} ({PROJECT}{contact})"
    session.headers["Accept"] = "application/json"
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.auth = _nobody  # otherwise requests reads ~/.netrc
    return session


def get_key(request: AnyRequest, **_: object) -> str:
    """Return the address; only the transport adds the e-mail address to it."""
    return str(request.url)


def _nobody(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def ask(session: CachedSession, url: str, clock: Clock, *, keep: bool) -> Reply | Failure:
    """Return the service's reply to a request, or the reason why there is none.

    Without `keep` the session does not cache the reply: the caller caches the records of a list one by one.
    """
    headers = {} if keep else {"Cache-Control": "no-store"}  # for requests-cache alone
    try:
        # Fresh replies were read from the cache before (cache_file.py): this call needs a new one.
        response = session.get(url, allow_redirects=False, headers=headers, force_refresh=keep)
    except CallError as error:
        return Failure(url, error.reason)
    except requests.RequestException:
        return Failure(url, "there is no address for such a DOI")
    body = parse_json(response.content) if response.status_code == 200 else None
    location = response.headers.get("Location", "")
    return Reply(url, response.status_code, body, location, created=clock.now())
