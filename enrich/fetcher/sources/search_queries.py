"""Build the searches for a work by its title and first author: what each service's address is followed by."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

from enrich.fetcher.sources.source import MOST_HITS

MOST_WORDS = 16  # of a title; the first of them are distinctive enough
# What tells works apart; a search at Crossref returns no more of its records.
_FIELDS = (
    "DOI,type,title,subtitle,author,editor,issued,published-online,published-print,posted,container-title,"
    "short-container-title,group-title,publisher,update-to,relation"
)
_WORD = re.compile(r"\w+")


def make_bibliographic_query(title: str, author: str) -> str:
    """Return Crossref's search for the words of a reference, ranked by the service."""
    words = f"{title} {author}".strip()
    parameters = {"query.bibliographic": words, "select": _FIELDS, "rows": MOST_HITS}
    return f"?{urlencode(parameters, errors='replace')}"


def make_title_query(title: str, _author: str) -> str:
    """Return DataCite's search for titles with all of these words; in capitals, OR and NOT are operators."""
    words = " ".join(_WORD.findall(title.lower())[:MOST_WORDS])
    query = quote(f"titles.title:({words})", safe="/:()", errors="replace")
    return f"?query={query}&page%5Bsize%5D={MOST_HITS}"
