"""Ask for many addresses at once: works in batches where the service takes them, the rest singly."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeAlias, TypeVar

from requests_cache import CachedSession

from enrich.fetcher.access import Access, Clock
from enrich.fetcher.http import Cache, ask, open_session
from enrich.fetcher.limits import at_once
from enrich.fetcher.services import Services
from enrich.fetcher.source import Failure, Known, Record, Reply, Source, batches

T = TypeVar("T")
Answers: TypeAlias = dict[str, Known]

TOO_MUCH = frozenset({400, 413, 414})
# Where no list call was ever taken, it is not a DOI that is wrong: then everything is asked singly.
MOST_REJECTIONS = 20
POLL_SECONDS = 0.2


@dataclass(slots=True)
class Caller:
    """A session and how many calls may be under way; `spare` bytes of an address are taken."""

    session: CachedSession
    cache: Cache
    services: Services
    clock: Clock
    workers: int
    spare: int = 0
    taken: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)

    def fetch(self, urls: Sequence[str]) -> Answers:
        """Return an answer or a failure for every address."""
        found: Answers = {}
        lists = [task for source in self.services.sources for task in self._lists(source, urls)]
        for answers in each(lists, self.workers):
            found.update(answers)
        singles = [self._single(url) for url in urls if url not in found]
        for answers in each(singles, self.workers):
            found.update(answers)
        return found

    def _single(self, url: str) -> Callable[[], Answers]:
        return lambda: {url: ask(self.session, url, self.clock)}

    def _lists(self, source: Source, urls: Sequence[str]) -> Iterator[Callable[[], Answers]]:
        dois = [doi for doi in map(source.doi_in, urls) if doi and source.may_be_listed(doi)]
        for group in batches(source, dois, self.spare):
            if len(group) > 1:
                yield lambda group=group: self._list(source, group)  # type: ignore[misc]

    def _list(self, source: Source, dois: Sequence[str]) -> Answers:
        """Return what a list call brings; a DOI that it is silent about is not in the result."""
        hopeless = not self.taken[source.name] and self.rejected[source.name] >= MOST_REJECTIONS
        if len(dois) == 1 or hopeless:
            return {}
        reply = ask(self.session, source.list_url(dois), self.clock)
        urls = {doi: source.single_url(doi) for doi in dois}
        if isinstance(reply, Failure):
            return {url: Failure(url, reply.reason) for url in urls.values()}
        if reply.status in TOO_MUCH:
            self.rejected[source.name] += 1
            half = len(dois) // 2
            return self._list(source, dois[:half]) | self._list(source, dois[half:])
        self.taken[source.name] += 1
        records = self._records(source, reply, urls)
        self.cache.keep_records(source, records.items())
        return {url: self._reply(source, url, record) for url, record in records.items()}

    def _records(self, source: Source, reply: Reply, urls: dict[str, str]) -> dict[str, Record]:
        """Return the records that were asked for, by their single addresses: others are never used."""
        records = source.records_of(reply.body) or []
        return {urls[doi]: record for record in records for doi in source.names_of(record) if doi in urls}

    def _reply(self, source: Source, url: str, record: Record) -> Reply:
        return Reply(url, 200, source.body_of(record), created=self.clock.now())


def open_caller(access: Access, services: Services, clock: Clock, path: Path) -> Caller:
    """Return the way to the network, its answers kept in a cache file."""
    cache = Cache(path, services, clock)
    session = open_session(access, services, clock, cache)
    spare = len(f"&mailto={access.mailto}") + 2
    return Caller(session, cache, services, clock, at_once(access), spare)


def each(tasks: Sequence[Callable[[], T]], workers: int) -> Iterator[T]:
    """Yield the tasks' results as they come, so many at once; the first error ends it.

    The threads are daemons: an interrupt is not held up by a service that takes its time.
    """
    waiting = deque(tasks)
    done: SimpleQueue[tuple[T | None, BaseException | None]] = SimpleQueue()

    def work() -> None:
        while waiting:
            try:
                task = waiting.popleft()
            except IndexError:
                return
            try:
                done.put((task(), None))
            except BaseException as error:  # noqa: BLE001  # raised again where it is awaited
                waiting.clear()
                done.put((None, error))

    for _ in range(min(workers, len(tasks))):
        Thread(target=work, daemon=True).start()
    try:
        for _ in tasks:
            result, error = _next(done)
            if error is not None:
                raise error
            yield result  # type: ignore[misc]  # None only where there is an error
    finally:
        waiting.clear()


def _next(done: SimpleQueue[T]) -> T:
    # Not without a limit: on Windows nothing interrupts an unlimited wait.
    while True:
        try:
            return done.get(timeout=POLL_SECONDS)
        except Empty:
            continue
