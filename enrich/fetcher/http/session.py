"""The one session: requests-cache over the cache file, our transport below it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import requests
from requests_cache import CachedSession
from requests_cache.backends.sqlite import SQLiteCache
from requests_cache.models.response import CachedResponse
from requests_cache.serializers.pipeline import SerializerPipeline, Stage

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


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer on its way into the cache file."""

    status: int
    created: float
    location: str
    body: bytes
    life: int | None = None

    @property
    def expires_unix(self) -> int:
        """Return when it is no longer fresh: requests-cache's table has a column for that."""
        return round(self.created + (self.life or cache_file.get_life(self.status)))


def _dumps(entry: Entry) -> bytes:
    return cache_file.encode_entry(entry.status, entry.created, entry.location, entry.body)


def _loads(value: bytes) -> CachedResponse:
    reply, body = cache_file.decode_entry("", value), bytes(value).partition(b"\n")[2]
    headers = requests.structures.CaseInsensitiveDict({"Location": reply.location} if reply.location else {})
    return CachedResponse(status_code=reply.status, content=body, headers=headers)


class NotKept(sqlite3.Error):
    """The cache file could not be written."""


class Connection(sqlite3.Connection):
    """A connection whose errors are told: requests-cache tries again for ever, or says nothing."""

    def execute(self, sql: str, *parameters: object) -> sqlite3.Cursor:
        """Run a statement; NotKept where that fails."""
        try:
            return super().execute(sql, *parameters)  # type: ignore[arg-type]
        except sqlite3.OperationalError as error:
            if sql.startswith("ALTER"):  # of a table that is not there yet: that may fail
                raise
            raise NotKept(str(error)) from None

    def commit(self) -> None:
        """End a transaction; NotKept where that fails."""
        try:
            super().commit()
        except sqlite3.OperationalError as error:
            raise NotKept(str(error)) from None


class Cache(SQLiteCache):
    """requests-cache's file with our keys (the address, without who asks), layout and lifetimes."""

    def __init__(self, path: Path, services: Services, clock: Clock) -> None:
        layout = SerializerPipeline([Stage(dumps=_dumps, loads=_loads)], name="enrich", is_binary=True)
        super().__init__(path, serializer=layout, factory=Connection, timeout=cache_file.BUSY_SECONDS)
        self._services, self._clock = services, clock
        self._sources: dict[str, Source] = {source.name: source for source in services.all}
        self.trouble = ""
        self._closed = False
        self._writing = Lock()  # closing the file under another thread's hands would be an error of its own

    def create_key(self, request: AnyRequest, *_: object, **__: object) -> str:
        """Return the address: the transport adds who asks only on the way out."""
        return str(request.url)

    def save_response(self, response: requests.Response, cache_key: str | None = None, *_: object) -> None:
        """Keep the answer to a single call; a list's records are kept one by one."""
        url = cache_key or str(response.request.url)
        service, kind = self._services.identify_call(url)
        if kind == "list":
            return
        status, location = response.status_code, response.headers.get("Location", "")
        if status in (404, 410):
            self.keep_misses([url])
            return
        source = self._sources.get(service) if status == 200 else None
        record = source and source.unwrap_record(parse_json(response.content))
        if source and record:
            self.keep_records(source, [(url, record)])
        else:
            body = response.content if status == 200 else b""
            self._keep([(url, Entry(status, self._clock.now(), location, body))])

    def keep_records(self, source: Source, records: Iterable[tuple[str, Record]]) -> None:
        """Write records under the addresses that single calls have; what cannot be written is not."""
        entries = []
        for url, record in records:
            with suppress(ValueError, RecursionError):
                entries.append(
                    (url, Entry(200, self._clock.now(), "", compact(source.as_single_response(record))))
                )
        self._keep(entries)

    def keep_misses(self, urls: Iterable[str]) -> None:
        """Write that there is nothing under these addresses, but for those whose record the file has.

        A registered DOI stays registered: a "not found" must not make a known record forgotten. The register
        answers every question with 200, so its 404 is no answer.
        """
        register = self._services.register.address
        urls = [url for url in urls if not url.startswith(register)]
        with suppress(sqlite3.Error):
            now = self._clock.now()
            known = cache_file.read_replies(Path(self.responses.db_path), urls, now, stale=True)
            urls = [url for url in urls if url not in known or known[url].status != 200]
        self._keep([(url, Entry(404, self._clock.now(), "", b"")) for url in urls])

    def keep_search(self, url: str, body: object) -> None:
        """Write what a search brought under its own address."""
        with suppress(ValueError, RecursionError):
            self._keep([(url, Entry(200, self._clock.now(), "", compact(body), cache_file.LIFE_OF_SEARCH))])

    def _keep(self, entries: list[tuple[str, Entry]]) -> None:
        # After the first error nothing more is written: this run has its answers anyway.
        with self._writing:
            if self.trouble or self._closed:
                return
            try:
                with self.responses.connection(), self.responses.bulk_commit():
                    for url, entry in entries:
                        self.responses[url] = entry
            except sqlite3.Error as error:
                self.trouble = f"the cache could not be written: {error}"
                super().close()  # type: ignore[no-untyped-call]  # what was begun is taken back

    def close(self) -> None:
        """Close the file for good: the reply to a call in flight is not kept."""
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
    session.auth = _nobody  # or requests would look into ~/.netrc
    return session


def _nobody(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def ask(session: CachedSession, url: str, clock: Clock) -> Reply | Failure:
    """Return what the service says under an address, or that it says nothing."""
    try:
        # Fresh replies were read from the cache before (cache_file.py): this call needs a new one.
        response = session.get(url, allow_redirects=False, force_refresh=True)
    except CallError as error:
        return Failure(url, error.reason)
    except requests.RequestException:
        return Failure(url, "there is no address for such a DOI")
    body = parse_json(response.content) if response.status_code == 200 else None
    location = response.headers.get("Location", "")
    return Reply(url, response.status_code, body, location, created=clock.now())
