"""Ask for addresses: in batches where a service takes them, the rest singly, all lanes at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from requests_cache import CachedSession

from enrich.fetcher.access import Access, Clock
from enrich.fetcher.http.rate_limits import at_once
from enrich.fetcher.http.session import Cache, ask, open_session
from enrich.fetcher.http.workers import Lanes
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

Answers: TypeAlias = dict[str, LookupReply]

TOO_MUCH = frozenset({400, 413, 414})
# Where no list call was ever taken, it is not a DOI that is wrong: then everything is asked singly.
MOST_REJECTIONS = 20


@dataclass(slots=True)
class Caller:
    """Addresses in, answers out; `spare` bytes of an address are taken by who asks."""

    session: CachedSession
    cache: Cache
    services: Services
    clock: Clock
    lanes: Lanes[Answers]
    spare: int = 0
    bags: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    under_way: set[str] = field(default_factory=set)
    taken: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)

    def want(self, url: str, *, singly: bool = False) -> None:
        """Request an address, in a batch if possible, unless the request is already in flight."""
        if url in self.under_way:
            return
        self.under_way.add(url)
        source = self.services.find_source(url)
        doi = source.extract_doi(url)
        if not singly and doi and source.supports_batch(doi):
            self.bags[source.name].append(doi)
        else:
            self._single(url)

    def take(self) -> Answers:
        """Wait for the next answers: an answer, a failure or a list's silence for each address."""
        self._send_lists()
        answers = self.lanes.take()
        self.under_way -= answers.keys()
        return answers

    def ask_now(self, url: str) -> LookupReply:
        """Ask for one address while nothing else is under way; keep what a search brings."""
        return dict(self.ask_each([url]))[url]

    def ask_each(self, urls: Sequence[str]) -> Iterator[tuple[str, LookupReply]]:
        """Ask for addresses and yield the replies as they come; keep what each search brings."""
        for url in urls:
            self.want(url, singly=True)
        waiting = set(urls)
        while waiting:
            answers = self.take()
            for url in waiting & answers.keys():
                if isinstance(reply := answers[url], Reply) and reply.status == 200:
                    self.cache.keep_search(url, reply.body)
                yield url, reply
            waiting -= answers.keys()

    def close(self) -> None:
        """Start no more calls; those in flight find the cache closed."""
        self.lanes.clear()
        self.session.close()  # type: ignore[no-untyped-call]

    def _send_lists(self) -> None:
        """Send the lists that are long enough, and all if no list is under way that may add to them."""
        idle = not any(count for (_, kind), count in self.lanes.open.items() if kind == "list")
        for source in self.services.all:
            groups = list(split_batches(source, self.bags[source.name], self.spare))
            self.bags[source.name] = []
            for group in groups:
                if idle or group is not groups[-1] or len(group) >= source.min_batch_size:
                    self._list(source, group)
                else:
                    self.bags[source.name] = list(group)

    def _single(self, url: str) -> None:
        self.lanes.put(self.services.identify_call(url), lambda: {url: ask(self.session, url, self.clock)})

    def _list(self, source: Source, dois: Sequence[str]) -> None:
        urls = {doi: source.make_single_url(doi) for doi in dois}
        if len(dois) == 1:
            self._single(urls[dois[0]])
            return
        silences: Answers = {url: NotInBatch(url) for url in urls.values()}
        self.lanes.put((source.name, "list"), lambda: silences | self._listed(source, dois))

    def _listed(self, source: Source, dois: Sequence[str]) -> Answers:
        """Return what a list call brings; a DOI that it is silent about is not in the result."""
        hopeless = not self.taken[source.name] and self.rejected[source.name] >= MOST_REJECTIONS
        if len(dois) == 1 or hopeless:
            return {}
        urls = {doi: source.make_single_url(doi) for doi in dois}
        reply = ask(self.session, source.make_list_url(dois), self.clock)
        records = self._records(source, reply, urls) if isinstance(reply, Reply) else {}
        if source is self.services.register and not records:
            self.rejected[source.name] += MOST_REJECTIONS  # it takes no lists: it is asked singly
            return {}
        if isinstance(reply, Failure):
            return {url: Failure(url, reply.reason) for url in urls.values()}
        if reply.status in TOO_MUCH:
            self.rejected[source.name] += 1
            half = len(dois) // 2
            return self._listed(source, dois[:half]) | self._listed(source, dois[half:])
        self.taken[source.name] += 1
        self.cache.keep_records(source, records.items())
        return {url: self._reply(source, url, record) for url, record in records.items()}

    def _records(self, source: Source, reply: Reply, urls: dict[str, str]) -> dict[str, Record]:
        """Return the records that were asked for, by their single addresses: others are never used."""
        records = source.unwrap_records(reply.body) or []
        return {urls[doi]: record for record in records for doi in source.dois_of(record) if doi in urls}

    def _reply(self, source: Source, url: str, record: Record) -> Reply:
        return Reply(url, 200, source.as_single_response(record), created=self.clock.now())


def open_caller(access: Access, services: Services, clock: Clock, path: Path) -> Caller:
    """Return the way to the network, its answers kept in a cache file."""
    cache = Cache(path, services, clock)
    session = open_session(access, services, clock, cache)
    spare = len(f"&mailto={access.mailto}") + 2
    return Caller(session, cache, services, clock, Lanes(at_once(access)), spare)
