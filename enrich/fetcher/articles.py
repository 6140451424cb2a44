"""What a preprint may have become, where its record does not say: articles with its title."""

from __future__ import annotations

from urllib.parse import urlencode

from enrich.errors import RecordError
from enrich.fetcher.crossref import ARTICLES, to_work
from enrich.fetcher.source import Known, Reply, Source
from enrich.text.jats import to_plain
from enrich.work import Work

# A search costs a list call, and of these three a second are allowed: so many a run. What was found
# is kept longer than records are, so that later runs come to the other preprints.
MOST_SEARCHES = 6
LIFE = 30 * 86_400
ROWS = 5
LONGEST_QUERY = 400
FIELDS = "DOI,type,title,subtitle,author,issued,container-title,update-to"


def is_sought(work: Work) -> bool:
    """Return whether a work is a preprint whose record does not say what it became."""
    is_preprint = work.type == "posted-content" and work.subtype in ("", "preprint")
    return is_preprint and bool(work.title and work.contributors) and not any(work.became)


def search_url(crossref: Source, work: Work) -> str:
    """Return the address of a search for articles with a work's title and first author."""
    first = work.contributors[0]
    words = f"{to_plain(work.title)} {first.family or first.literal}"
    query = {
        "query.bibliographic": words[:LONGEST_QUERY],
        "filter": ",".join(f"type:{kind}" for kind in sorted(ARTICLES)),
        "select": FIELDS,
        "rows": str(ROWS),
    }
    return f"{crossref.address}?{urlencode(query, errors='replace')}"


def works_in(crossref: Source, reply: Known | None) -> tuple[Work, ...]:
    """Return the works that a search brought."""
    records = (crossref.records_of(reply.body) or []) if isinstance(reply, Reply) else []
    works = []
    for record in records[:ROWS]:
        try:
            works.append(to_work(record))
        except RecordError:
            continue
    return tuple(works)
