"""Searches that make a message better: what a preprint became, whose number a link holds.

None is needed for a look-up. So they are few in a run, are made only in runs that ask for records
anyway, and what one brings is kept longer than records are: later runs come to the others.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from enrich.errors import RecordError
from enrich.fetcher.sources.crossref import ARTICLES, read_crossref_work
from enrich.fetcher.sources.source import LookupReply, Reply, Source
from enrich.model.work import Work
from enrich.text.jats import to_plain

if TYPE_CHECKING:
    from enrich.fetcher.http.batching import BatchClient

# Each costs a list call, of which three a second are allowed.
MOST_SEARCHES = 6
ROWS = 5
LONGEST_QUERY = 400
FIELDS = "DOI,type,title,subtitle,author,issued,container-title,update-to,alternative-id"


class Searches:
    """Make searches; `postponed` counts those that a later run will make."""

    def __init__(
        self,
        crossref: Source,
        kept: Callable[[str], LookupReply | None],
        open_client: Callable[[], BatchClient],
        *,
        refresh: bool = False,
    ) -> None:
        """Take what the cache has, and who asks the network; `refresh`: what is kept is asked again."""
        self._crossref, self._kept, self._open_client, self._refresh = crossref, kept, open_client, refresh
        self._left, self.postponed = MOST_SEARCHES, 0

    def find_articles_like(self, work: Work, *, ask: bool) -> tuple[Work, ...]:
        """Return articles with a preprint's title and first author, the likeliest first."""
        first = work.contributors[0]
        words = f"{to_plain(work.title)} {first.family or first.literal}"[:LONGEST_QUERY]
        types = ",".join(f"type:{kind}" for kind in sorted(ARTICLES))
        return self._search_works({"query.bibliographic": words, "filter": types}, ask=ask)

    def find_by_pii(self, pii: str, *, ask: bool) -> Work | None:
        """Return the work that lists a publisher's number (PII)."""
        works = self._search_works({"filter": f"alternative-id:{pii}"}, ask=ask)
        return next((work for work in works if pii in work.identifiers), None)

    def _search_works(self, query: dict[str, str], *, ask: bool) -> tuple[Work, ...]:
        tail = urlencode({**query, "select": FIELDS, "rows": ROWS}, errors="replace")
        url = f"{self._crossref.address}?{tail}"
        reply = self._kept(url)
        if ask and (reply is None or self._refresh):
            reply = self._ask_service(url) or reply
            self.postponed += reply is None
        records = (self._crossref.unwrap_records(reply.body) or []) if isinstance(reply, Reply) else []
        return tuple(filter(None, map(_read_hit, records[:ROWS])))

    def _ask_service(self, url: str) -> Reply | None:
        """Return what a search brings; None where it failed, or once there were enough of them."""
        reply = self._open_client().search(url) if self._left else None
        self._left = self._left - 1 if isinstance(reply, Reply) else 0
        return reply if isinstance(reply, Reply) else None


def is_preprint_without_article(work: Work) -> bool:
    """Return whether a work is a preprint whose record does not say what it became."""
    is_preprint = work.type == "posted-content" and work.subtype in ("", "preprint")
    return is_preprint and bool(work.title and work.contributors) and not work.became


def _read_hit(record: object) -> Work | None:
    try:
        return read_crossref_work(record)  # type: ignore[arg-type]  # what is no mapping is an error of its own
    except RecordError:
        return None
