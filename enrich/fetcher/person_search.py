"""Search a service for all works of a person, page by page; the cache keeps each page for 30 days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from enrich.fetcher.sources.source import LookupReply, Reply, Source
from enrich.model.work import Unanswered, Work

MOST_PAGES = 25  # 5,000 works; if there are more, several people share the ORCID iD

# Return the reply to an address; the second argument says whether a cached reply is good enough.
AskPage = Callable[[str, bool], LookupReply]
ReadWorks = Callable[[Source, LookupReply], "tuple[Work, ...] | Unanswered"]


@dataclass(frozen=True, slots=True)
class PersonSearch:
    """The search for the works of a person at one service."""

    source: Source
    """The service."""
    ask: AskPage
    """Return the reply to the request of one page."""
    read_works: ReadWorks
    """Return the works of a page, or why the service did not answer."""

    def find_works(self, orcid: str) -> tuple[Work, ...] | Unanswered:
        """Return the works that name a person by this ORCID iD, or why the service did not answer.

        The service forgets a cursor after minutes. If the cache has only the first pages and the next request
        fails, the search starts again without the cache.
        """
        found = self._read_pages(orcid, from_cache=True)
        is_cut = isinstance(found, Unanswered) and not found.offline
        return self._read_pages(orcid, from_cache=False) if is_cut else found

    def _read_pages(self, orcid: str, *, from_cache: bool) -> tuple[Work, ...] | Unanswered:
        works: list[Work] = []
        cursor = ""
        for _ in range(MOST_PAGES):
            reply = self.ask(self._make_url(orcid, cursor), from_cache)
            page = self.read_works(self.source, reply)
            if isinstance(page, Unanswered):
                return page
            works += page
            cursor = self.source.read_cursor(reply.body) if isinstance(reply, Reply) else ""
            if not cursor or not page:
                break
        return tuple(works)

    def _make_url(self, orcid: str, cursor: str) -> str:
        query = self.source.person_query
        return f"{self.source.address}{query(orcid, cursor)}" if query else ""
