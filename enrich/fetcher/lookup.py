"""Look up a site's DOIs: in records on disk, then in the cache, then at the services."""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, Self

from enrich.errors import EnrichError
from enrich.fetcher.access import Access, make_plain_folder
from enrich.fetcher.cache import cache_file
from enrich.fetcher.cache.cached_replies import CachedReplies
from enrich.fetcher.clock import Clock
from enrich.fetcher.http.rate import get_documented_rate
from enrich.fetcher.known_records import KnownRecords, cut_groups, lacks_articles, list_lower_dois
from enrich.fetcher.records.records import Records
from enrich.fetcher.resolution import LookupBatch, NextRequest
from enrich.fetcher.searches import Searches
from enrich.fetcher.sources.services import make_services
from enrich.fetcher.sources.source import Failure, LookupReply, Reply, is_missing
from enrich.fetcher.work_search import SearchResult, TitleQuery, WorkSearch
from enrich.model.work import Answer, Found

if TYPE_CHECKING:
    from enrich.fetcher.http.batching import BatchClient

# The DOIs in a group (twelve list calls), and the most that may wait for the first group's answers.
AT_A_TIME, MOST_HELD = 480, 1920

Progress = Callable[[int, int], None]


class Lookup:
    """Look up DOIs; a run opens one Lookup, and closes it at the end.

    With `records` it calls no service, unless `ask_missing` lets it ask about DOIs that the records lack.
    `make_folder` makes the cache folder before the first request.
    """

    def __init__(
        self,
        access: Access,
        records: Records | None = None,
        *,
        ask_missing: bool = False,
        clock: Clock | None = None,
        make_folder: Callable[[Path], object] = make_plain_folder,
    ) -> None:
        """Open no file and no connection yet."""
        self._access, self._known = access, KnownRecords(records, ask_missing)
        self._clock = clock or Clock()
        self._make_folder = make_folder
        self._services = make_services(self._access)
        self._cached = CachedReplies(self._access, self._services, self._clock)
        self._client: BatchClient | None = None
        self._closing = ExitStack()
        self._closing.callback(self._known.close)
        self._notes: dict[str, None] = {}
        primary, refresh = self._services.primary, access.refresh
        self._work_search = WorkSearch(access, self._services, self._cached, self._open_network)
        self._searches = Searches(primary, self._cached.find_one, self._open_network, refresh=refresh)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the session and its cache."""
        self._closing.close()
        self._cached.set_broken_aside()

    @property
    def notes(self) -> tuple[str, ...]:
        """Return messages for the user about the look-ups of this run."""
        notes = [*self._known.problems, *self._notes, *self._cached.notes]
        notes += self._client.troubles if self._client is not None else []
        return (*notes, *self._searches.notes)

    def look_up(self, dois: Iterable[str], progress: Progress | None = None) -> dict[str, Answer]:
        """Return an answer about every DOI, by its lower-case form; request each DOI once."""
        wanted = list_lower_dois(dois)
        answers: dict[str, Answer] = {}
        for some in self.look_up_ahead(self._known.group_dois(wanted, AT_A_TIME)):
            answers.update(some)
            if progress is not None:
                progress(len(answers), len(wanted))
        answers = self._known.add_articles({doi: answers[doi] for doi in wanted})
        return {doi: self._search_articles(answer) for doi, answer in answers.items()}

    def look_up_ahead(self, groups: Iterable[Iterable[str]]) -> Iterator[dict[str, Answer]]:
        """Yield the answers about each group of DOIs; the next groups are requested in the meantime."""
        if self._known.records is None:
            yield from self._ask_ahead(iter(groups))
            return
        for group in groups:
            answers = dict(self._known.find_records(names := list_lower_dois(group)))
            missing = [name for name in names if name not in answers]
            for asked in self._ask_ahead(iter(cut_groups(missing, AT_A_TIME))):
                answers |= asked
            yield {name: answers[name] for name in names}

    def _ask_ahead(self, coming: Iterator[Iterable[str]]) -> Iterator[dict[str, Answer]]:
        batches: deque[LookupBatch] = deque()
        while True:
            self._start_batches(coming, batches)
            if not batches:
                return
            while batches[0].pending:
                self._receive_replies(batches)
                self._start_batches(coming, batches)
            yield batches.popleft().answers

    def find_by_pii(self, piis: Iterable[str]) -> dict[str, Answer]:
        """Return the works that searches find by these publisher's identifiers (PIIs)."""
        if self._known.are_all:
            return {}
        found = ((pii, self._searches.find_by_pii(pii, ask=self._is_online)) for pii in set(piis))
        return {pii: Found(work, self._services.primary.name, cached=True) for pii, work in found if work}

    def find_works(self, queries: Sequence[TitleQuery], progress: Progress) -> dict[TitleQuery, SearchResult]:
        """Return the works that each query finds; with records on disk, those that have its title."""
        known = self._known.find_works(queries)
        others = [query for query in queries if query not in known]
        return {**known, **(self._work_search.find_works(others, progress) if others else {})}

    def find_works_of(self, orcid: str) -> list[SearchResult]:
        """Return a person's works by the ORCID iD: a result of each service, or why it did not answer."""
        asked = [] if self._known.are_all else self._work_search.find_works_of(orcid)
        return [*self._known.find_works_of(orcid), *asked]

    @property
    def has_records(self) -> bool:
        """Return whether the run has records on disk."""
        return self._known.records is not None

    @property
    def has_address(self) -> bool:
        """Return whether the services get an e-mail address or a token."""
        return bool(self._access.mailto or self._access.token)

    def estimate_seconds(self, queries: Sequence[TitleQuery]) -> float:
        """Return how many seconds the services' limits make these searches take; cached ones take none."""
        if self._known.are_all:
            return 0.0
        rate = get_documented_rate(self._services.declared[self._services.primary.name], "list", self._access)
        return self._work_search.count_calls(queries) * rate.gap

    @property
    def _is_online(self) -> bool:
        """Return whether this run has used the network: a run that needs only the cache makes no search."""
        return self._client is not None

    def _search_articles(self, answer: Answer) -> Answer:
        """Return the answer; one about a preprint gets the articles with its title."""
        if not isinstance(answer, Found) or self._known.are_all or not lacks_articles(answer):
            return answer
        return replace(answer, articles=self._searches.find_articles_like(answer.work, ask=self._is_online))

    def _start_batches(self, coming: Iterator[Iterable[str]], batches: deque[LookupBatch]) -> None:
        """Start a batch if there is none, and more while too few requests (but some) are pending."""
        while not batches or (
            0 < sum(len(batch.pending) for batch in batches) < AT_A_TIME
            and sum(len(batch.dois) for batch in batches) < MOST_HELD
        ):
            group = next(coming, None)
            if group is None:
                return
            batch = LookupBatch(group, self._services)
            batches.append(batch)
            self._request_missing(batch, batch.start(self._cached.find_fresh(batch.list_first_urls())))

    def _receive_replies(self, batches: Iterable[LookupBatch]) -> None:
        """Wait for the next replies and pass them to the batches."""
        news = self._open_network().next_replies()
        self._cached.asked.update(url for url, reply in news.items() if isinstance(reply, Reply))
        failed = [url for url, reply in news.items() if isinstance(reply, Failure)]
        news |= self._cached.find_fallbacks(failed)
        news |= self._cached.recall([url for url, reply in news.items() if _is_not_found(reply)])
        for batch in batches:
            self._request_missing(batch, batch.receive(news))
            if batch.malformed:
                self._open_network().cache.keep_misses(batch.malformed)
                batch.malformed.clear()

    def _request_missing(self, batch: LookupBatch, pending: list[NextRequest]) -> None:
        """Request what the cache does not have."""
        while pending:
            urls = [need.url for need in pending if not need.singly]
            found: dict[str, LookupReply] = dict(self._cached.find_fresh(urls))
            missing = [need for need in pending if need.url not in found]
            if self._access.offline:
                reason = "the cache does not have the record; run once without --offline"
                found |= {need.url: Failure(need.url, reason, offline=True) for need in missing}
            else:
                for need in missing:
                    self._open_network().enqueue(need.url, singly=need.singly)
            pending = batch.receive(found)

    def _open_network(self) -> BatchClient:
        """Return the client for the network, made at the first call because loading requests takes time."""
        if self._client is None:
            path = self._access.cache_file
            self._client = self._open_with_cache_file(path) or self._open_with_temporary_cache()
            self._closing.callback(self._client.close)
            self._cached.in_use = True
        return self._client

    def _open_with_cache_file(self, path: Path | None) -> BatchClient | None:
        """Return a client that keeps replies in the cache file; None, with a note, if that is impossible."""
        from enrich.fetcher.http.batching import open_client

        if path is None or self._cached.is_unreadable(path):
            return None
        try:
            self._make_folder(path.parent)
            self._notes.update(dict.fromkeys(filter(None, [cache_file.make_ready(path)])))
            client = open_client(self._access, self._services, self._clock, path)
        except (OSError, sqlite3.Error, EnrichError) as error:
            self._notes[f"this run cannot keep the answers, so the next one asks again: {error}"] = None
            return None
        return client

    def _open_with_temporary_cache(self) -> BatchClient:
        from enrich.fetcher.http.batching import open_client

        with suppress(OSError, sqlite3.Error):
            path = Path(self._closing.enter_context(TemporaryDirectory(prefix="enrich-")), "http.sqlite")
            cache_file.make_ready(path)
            self._cached.files.append(path)
            return open_client(self._access, self._services, self._clock, path)
        return open_client(self._access, self._services, self._clock, None)  # the disk is full


def _is_not_found(reply: LookupReply) -> bool:
    return isinstance(reply, Reply) and is_missing(reply) and not reply.cached
