"""Request addresses from all services at once: in batches if the service accepts them, otherwise singly."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from requests_cache import CachedSession

from enrich.fetcher.access import Access
from enrich.fetcher.clock import Clock
from enrich.fetcher.http.cached_session import ask, open_session
from enrich.fetcher.http.rate import count_allowed_at_once
from enrich.fetcher.http.response_cache import ResponseCache
from enrich.fetcher.http.transport import Transport
from enrich.fetcher.http.workers import WorkerPools
from enrich.fetcher.sources.services import Services
from enrich.fetcher.sources.source import (
    Failure,
    LookupReply,
    NotInBatch,
    Record,
    Reply,
    Source,
    split_batches,
)

Replies: TypeAlias = dict[str, LookupReply]

TOO_MUCH = frozenset({400, 413, 414})
# A service that has rejected this many list calls and accepted none accepts no lists. From then on enrich
# sends single calls.
MOST_REJECTIONS = 20


@dataclass(slots=True)
class BatchClient:
    """Queue requests for addresses, and return the replies in the order in which they arrive."""

    session: CachedSession
    """The session that makes every call."""
    cache: ResponseCache
    """The cache in which the session keeps the responses."""
    services: Services
    """The services to which the addresses belong."""
    clock: Clock
    """The clock that dates the replies."""
    pools: WorkerPools[Replies]
    """The threads that make the calls."""
    reserved_bytes: int = 0
    """The bytes that the e-mail address adds to each requested address."""
    pending_dois: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """The DOIs that wait for a list call, by service."""
    in_flight: set[str] = field(default_factory=set)
    """The addresses that have no reply yet."""
    taken: Counter[str] = field(default_factory=Counter)
    """The number of list calls that each service answered."""
    rejected: Counter[str] = field(default_factory=Counter)
    """The number of list calls that each service rejected."""

    def enqueue(self, url: str, *, singly: bool = False) -> None:
        """Request an address, in a list call if possible, unless it is in flight already."""
        if url in self.in_flight:
            return
        self.in_flight.add(url)
        source = self.services.find_source(url)
        doi = source.extract_doi(url)
        if not singly and doi and source.supports_batch(doi):
            self.pending_dois[source.name].append(doi)
        else:
            self._submit_single(url)

    def next_replies(self) -> Replies:
        """Wait until a call ends; return, for each of its addresses, a reply, a failure or `NotInBatch`."""
        self._submit_lists()
        replies = self.pools.next_result()
        self.in_flight -= replies.keys()
        return replies

    def search(self, url: str) -> LookupReply:
        """Return the reply to one search; call this only when nothing else is in flight."""
        return dict(self.search_each([url]))[url]

    def search_each(self, urls: Sequence[str]) -> Iterator[tuple[str, LookupReply]]:
        """Send searches, and yield each address with its reply when that arrives."""
        for url in urls:
            self.enqueue(url, singly=True)
        waiting = set(urls)
        while waiting:
            replies = self.next_replies()
            for url in waiting & replies.keys():
                yield url, replies[url]
            waiting -= replies.keys()

    @property
    def troubles(self) -> list[str]:
        """Return the problems, in words, of the cache file and of the files that share the limits."""
        transport = self.session.get_adapter("https://")
        shared = transport.troubles if isinstance(transport, Transport) else ()
        return [*filter(None, [self.cache.trouble]), *sorted(shared)]

    def close(self) -> None:
        """Make no more calls; the replies to calls in flight are not kept."""
        self.pools.cancel_pending()
        self.session.close()  # type: ignore[no-untyped-call]

    def _submit_lists(self) -> None:
        """Send the batches that are large enough; send all if no list call in flight may bring more DOIs."""
        idle = not any(count for (_, kind), count in self.pools.open_tasks.items() if kind == "list")
        for source in self.services.all:
            groups = list(split_batches(source, self.pending_dois[source.name], self.reserved_bytes))
            self.pending_dois[source.name] = []
            for group in groups:
                if idle or group is not groups[-1] or len(group) >= source.min_batch_size:
                    self._submit_list(source, group)
                else:
                    self.pending_dois[source.name] = list(group)

    def _submit_single(self, url: str) -> None:
        channel = self.services.identify_call(url)
        self.pools.submit(channel, lambda: {url: ask(self.session, url, self.clock, keep=True)})

    def _submit_list(self, source: Source, dois: Sequence[str]) -> None:
        urls = {doi: source.make_single_url(doi) for doi in dois}
        if len(dois) == 1:
            self._submit_single(urls[dois[0]])
            return
        omitted: Replies = {url: NotInBatch(url) for url in urls.values()}
        self.pools.submit((source.name, "list"), lambda: omitted | self._fetch_list(source, dois))

    def _fetch_list(self, source: Source, dois: Sequence[str]) -> Replies:
        """Return the replies in the response to a list call, without the DOIs that the response omits."""
        accepts_none = not self.taken[source.name] and self.rejected[source.name] >= MOST_REJECTIONS
        if len(dois) == 1 or accepts_none:
            return {}
        urls = {doi: source.make_single_url(doi) for doi in dois}
        reply = ask(self.session, source.make_list_url(dois), self.clock, keep=False)
        records = self._pick_records(source, reply, urls) if isinstance(reply, Reply) else {}
        if source is self.services.register and not records:
            self.rejected[source.name] += MOST_REJECTIONS  # it accepts no lists: send single calls
            return {}
        if isinstance(reply, Failure):
            return {url: Failure(url, reply.reason) for url in urls.values()}
        if reply.status in TOO_MUCH:
            self.rejected[source.name] += 1
            half = len(dois) // 2
            return self._fetch_list(source, dois[:half]) | self._fetch_list(source, dois[half:])
        self.taken[source.name] += 1
        self.cache.keep_records(source, records.items())
        return {url: self._make_reply(source, url, record) for url, record in records.items()}

    def _pick_records(self, source: Source, reply: Reply, urls: dict[str, str]) -> dict[str, Record]:
        """Return the requested records by their single addresses, and drop all others."""
        records = source.unwrap_records(reply.body) or []
        return {urls[doi]: record for record in records for doi in source.dois_of(record) if doi in urls}

    def _make_reply(self, source: Source, url: str, record: Record) -> Reply:
        return Reply(url, 200, source.as_single_response(record), created=self.clock.now())


def open_client(access: Access, services: Services, clock: Clock, path: Path | None) -> BatchClient:
    """Return a client that keeps the responses in a cache file; None for a client that keeps none."""
    cache = ResponseCache(path, services, clock)
    session = open_session(access, services, clock, cache)
    reserved = len(f"&mailto={access.mailto}") + 2
    return BatchClient(session, cache, services, clock, WorkerPools(count_allowed_at_once(access)), reserved)
