"""Build the services' search queries: for a work by title and first author, and for a person's works."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from enrich.fetcher.sources import json_fields
from enrich.fetcher.sources.source import MOST_HITS, PAGE_SIZE

MOST_WORDS = 16  # the first words of a title distinguish it enough
# The fields that distinguish works; Crossref's search returns only these.
_FIELDS = (
    "DOI,type,title,subtitle,author,editor,issued,published-online,published-print,posted,container-title,"
    "short-container-title,group-title,publisher,update-to,relation"
)
_WORD = re.compile(r"\w+")


def make_bibliographic_query(title: str, author: str) -> str:
    """Return the query for Crossref's search for a reference, which ranks its hits."""
    words = f"{title} {author}".strip()
    parameters = {"query.bibliographic": words, "select": _FIELDS, "rows": MOST_HITS}
    return f"?{urlencode(parameters, errors='replace')}"


def make_title_query(title: str, _author: str) -> str:
    """Return DataCite's query for titles with all these words, in lower case: OR and NOT are operators."""
    words = " ".join(_WORD.findall(title.lower())[:MOST_WORDS])
    query = quote(f"titles.title:({words})", safe="/:()", errors="replace")
    return f"?query={query}&page%5Bsize%5D={MOST_HITS}"


def make_orcid_filter(orcid: str, cursor: str) -> str:
    """Return Crossref's query for one page of a person's works; the cursor of the first page is `""`."""
    parameters = {
        "filter": f"orcid:{orcid}",
        "select": _FIELDS,
        "rows": PAGE_SIZE,
        "cursor": cursor or "*",
    }
    return f"?{urlencode(parameters, errors='replace')}"


def read_crossref_cursor(body: object) -> str:
    """Return the cursor of Crossref's next page; `""` if this page is not full, and therefore the last."""
    message = json_fields.read_mapping(json_fields.read_mapping(body).get("message"))
    items = message.get("items")
    is_full = isinstance(items, list) and len(items) >= PAGE_SIZE
    return json_fields.read_text(message.get("next-cursor")) if is_full else ""


def make_creator_query(orcid: str, cursor: str) -> str:
    """Return DataCite's query for one page of a person's works; records have three forms of an ORCID iD."""
    forms = " OR ".join(f'"{start}{orcid}"' for start in ("https://orcid.org/", "http://orcid.org/", ""))
    query = quote(f"creators.nameIdentifiers.nameIdentifier:({forms})", safe="/:()", errors="replace")
    page = f"page%5Bsize%5D={PAGE_SIZE}&page%5Bcursor%5D={quote(cursor or '1', errors='replace')}"
    return f"?query={query}&{page}"


def read_datacite_cursor(body: object) -> str:
    """Return the cursor from DataCite's link to the next page, `""` on the last page; ignore the rest."""
    body = json_fields.read_mapping(body)
    data = body.get("data")
    following = json_fields.read_mapping(body.get("links")).get("next")
    is_full = isinstance(data, list) and len(data) >= PAGE_SIZE
    query = parse_qs(urlsplit(following).query) if is_full and isinstance(following, str) else {}
    return next(iter(query.get("page[cursor]", [])), "")
