"""Search the services for works by title and author; the cache keeps the results for 30 days."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from enrich.errors import RecordError
from enrich.fetcher.access import Access
from enrich.fetcher.cache.cached_replies import CachedReplies
from enrich.fetcher.person_search import PersonSearch
from enrich.fetcher.sources.services import Services
from enrich.fetcher.sources.source import MOST_HITS, PAGE_SIZE, Failure, LookupReply, Reply, Source
from enrich.model.page import Doi
from enrich.model.work import Unanswered, Work
from enrich.text.doi import parse_doi

if TYPE_CHECKING:
    from enrich.fetcher.http.batching import BatchClient

LONGEST_TITLE = 400  # characters of a title that are searched for


@dataclass(frozen=True, slots=True)
class TitleQuery:
    """A search for a work at one service."""

    service: str
    """The service's name."""
    title: str
    """The title, without markup."""
    author: str = ""
    """The family name of the first author, `""` to search for the title alone."""


SearchResult: TypeAlias = tuple[Work, ...] | Unanswered


class WorkSearch:
    """Search for works, in the cache first."""

    def __init__(
        self,
        access: Access,
        services: Services,
        cached: CachedReplies,
        open_client: Callable[[], BatchClient],
    ) -> None:
        """Search at these services; `open_client` is called before the first request."""
        self._access, self._services = access, services
        self._cached, self._open_client = cached, open_client

    def find_works(
        self, queries: Sequence[TitleQuery], progress: Callable[[int, int], None]
    ) -> dict[TitleQuery, SearchResult]:
        """Return the works that each query finds, best first, or why the service did not answer."""
        urls = {query: self._make_url(query) for query in queries}
        replies: dict[str, LookupReply] = dict(self._cached.find_fresh(urls.values()))
        for url, reply in self._ask_services([url for url in urls.values() if url not in replies]):
            replies[url] = reply
            progress(len(replies), len(urls))
        return {query: self._read_result(query, replies[url]) for query, url in urls.items()}

    def find_works_of(self, orcid: str) -> list[SearchResult]:
        """Return the works of a person at each service that can be searched so, or why it did not answer."""
        sources = [source for source in self._services.works if source.person_query]
        return [PersonSearch(source, self._ask_page, _read_hits).find_works(orcid) for source in sources]

    def _ask_page(self, url: str, from_cache: bool) -> LookupReply:
        cached = self._cached.find_fresh([url]).get(url) if from_cache else None
        return cached or dict(self._ask_services([url]))[url]

    def count_calls(self, queries: Sequence[TitleQuery]) -> int:
        """Return the number of queries that the cache cannot answer; 0 in an offline run."""
        urls = {self._make_url(query) for query in queries}
        return 0 if self._access.offline else len(urls - self._cached.find_fresh(urls).keys())

    def _make_url(self, query: TitleQuery) -> str:
        source = self._find_source(query)
        search = source.search_query
        return f"{source.address}{search(query.title[:LONGEST_TITLE], query.author)}" if search else ""

    def _find_source(self, query: TitleQuery) -> Source:
        return next(source for source in self._services.works if source.name == query.service)

    def _ask_services(self, urls: Sequence[str]) -> Iterator[tuple[str, LookupReply]]:
        """Yield the replies as they arrive; if a service fails, an expired one from the cache."""
        if self._access.offline:
            reason = "the cache does not have this search; run once without --offline"
            yield from ((url, Failure(url, reason, offline=True)) for url in urls)
            return
        for url, reply in self._open_client().search_each(urls) if urls else ():
            self._cached.asked.update([url] if isinstance(reply, Reply) else [])
            old = self._cached.find_fallbacks([url]) if isinstance(reply, Failure) else {}
            yield url, old.get(url, reply)

    def _read_result(self, query: TitleQuery, reply: LookupReply) -> SearchResult:
        return _read_hits(self._find_source(query), reply, MOST_HITS)


def _read_hits(source: Source, reply: LookupReply, most: int = PAGE_SIZE) -> SearchResult:
    """Return the first works of a list, at most `most`, or why the service did not answer."""
    records = source.unwrap_records(reply.body) if isinstance(reply, Reply) else None
    if records is not None:
        return tuple(filter(None, (_parse_hit(source, record) for record in records[:most])))
    if isinstance(reply, Failure):
        return Unanswered(reply.reason, offline=reply.offline)
    return Unanswered(f"{source.label} did not answer the search")


def _parse_hit(source: Source, record: object) -> Work | None:
    """Return the work of a record; None if its DOI cannot be that of a page."""
    try:
        work = source.read_work(record)  # type: ignore[arg-type]  # RecordError if it is not a mapping
    except RecordError:
        return None
    return work if isinstance(parse_doi(work.doi), Doi) else None
