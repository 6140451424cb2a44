"""Searches that improve a message: the article of a preprint, the work with a publisher's number.

No look-up needs them. So a run makes at most MOST_SEARCHES, and only if it is online anyway; the results
stay in the cache for 30 days (records: 7).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from enrich.errors import RecordError
from enrich.fetcher.sources.crossref import ARTICLES, read_crossref_work
from enrich.fetcher.sources.source import LookupReply, Reply, Source
from enrich.model.work import Work
from enrich.text.count_noun import count_noun

if TYPE_CHECKING:
    from enrich.fetcher.http.batching import BatchClient

# Each search is a list call, and Crossref allows three of them in a second.
MOST_SEARCHES = 6
ROWS = 5
LONGEST_QUERY = 400
FIELDS = "DOI,type,title,subtitle,author,issued,container-title,update-to,alternative-id"


class Searches:
    """Make searches, up to the limit of a run; `postponed` counts the searches beyond it."""

    def __init__(
        self,
        crossref: Source,
        find_cached: Callable[[str], LookupReply | None],
        open_client: Callable[[], BatchClient],
        *,
        refresh: bool = False,
    ) -> None:
        """Search the cache first, then the service; with `refresh` the service first."""
        self._crossref, self._refresh = crossref, refresh
        self._find_cached, self._open_client = find_cached, open_client
        self._left, self.postponed = MOST_SEARCHES, 0

    @property
    def notes(self) -> tuple[str, ...]:
        """Return a message about the postponed searches; none without such searches."""
        note = (
            f"{count_noun(self.postponed, 'search', 'searches')} postponed: a run makes at most"
            f" {MOST_SEARCHES}, to find the articles of preprints and the works that links lead to; later"
            " runs make the rest"
        )
        return (note,) if self.postponed else ()

    def find_articles_like(self, work: Work, *, ask: bool) -> tuple[Work, ...]:
        """Return articles with a preprint's title and first author, the most likely first."""
        from enrich.text.jats import to_plain

        first = work.contributors[0]
        words = f"{to_plain(work.title)} {first.family or first.literal}"[:LONGEST_QUERY]
        types = ",".join(f"type:{kind}" for kind in sorted(ARTICLES))
        return self._search_works({"query.bibliographic": words, "filter": types}, ask=ask)

    def find_by_pii(self, pii: str, *, ask: bool) -> Work | None:
        """Return the work whose record lists a publisher's identifier (PII)."""
        works = self._search_works({"filter": f"alternative-id:{pii}"}, ask=ask)
        return next((work for work in works if pii in work.identifiers), None)

    def _search_works(self, query: dict[str, str], *, ask: bool) -> tuple[Work, ...]:
        tail = urlencode({**query, "select": FIELDS, "rows": ROWS}, errors="replace")
        url = f"{self._crossref.address}?{tail}"
        reply = self._find_cached(url)
        if ask and (reply is None or self._refresh):
            reply = self._ask_service(url) or reply
            self.postponed += reply is None
        records = (self._crossref.unwrap_records(reply.body) or []) if isinstance(reply, Reply) else []
        return tuple(filter(None, map(_read_hit, records[:ROWS])))

    def _ask_service(self, url: str) -> Reply | None:
        """Return the reply to a search; None if it failed or the limit is reached."""
        reply = self._open_client().search(url) if self._left else None
        self._left = self._left - 1 if isinstance(reply, Reply) else 0
        return reply if isinstance(reply, Reply) else None


def is_preprint_without_article(work: Work) -> bool:
    """Return whether a work is a preprint whose record names no article."""
    is_preprint = work.type == "posted-content" and work.subtype in ("", "preprint")
    return is_preprint and bool(work.title and work.contributors) and not work.became


def _read_hit(record: object) -> Work | None:
    try:
        return read_crossref_work(record)  # type: ignore[arg-type]  # RecordError if it is not a mapping
    except RecordError:
        return None
