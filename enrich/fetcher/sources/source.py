"""What a service looks like from here: its addresses, and how its answers are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias
from urllib.parse import quote, unquote, urlsplit

from enrich.model.work import Work

ServiceName: TypeAlias = Literal["crossref", "datacite", "doi.org"]
Record: TypeAlias = Mapping[str, object]

# 50 DOIs a call were seen to work in August 2026, 4,090 bytes of path and query gave 414 in 2017.
MOST_DOIS, MOST_BYTES = 40, 3500


@dataclass(frozen=True, slots=True)
class Reply:
    """What a service said under an address: `body` is the JSON of a 200, `location` of a redirect."""

    url: str
    status: int
    body: object = None
    location: str = ""
    cached: bool = False
    stale_answer: bool = False
    created: float = 0.0


@dataclass(frozen=True, slots=True)
class Failure:
    """That nothing was said under an address, and why; `offline`: nobody was to be asked."""

    url: str
    reason: str
    offline: bool = False


@dataclass(frozen=True, slots=True)
class NotInBatch:
    """That a list call brought nothing for an address: it has to be asked by itself."""

    url: str


LookupReply: TypeAlias = Reply | Failure | NotInBatch


@dataclass(frozen=True, slots=True)
class Source:
    """A service with records: pure functions that know its addresses and the shape of its answers.

    `list_tail` is what the address of a list call has behind `address`. `body_of` makes of a record
    what a single call would have brought, without what nobody reads: so the cache does not care how
    a record arrived. `enough` DOIs are worth a list call while others may still come.
    """

    name: ServiceName
    label: str
    address: str
    batch_query: Callable[[Sequence[str]], str]
    supports_batch: Callable[[str], bool]
    unwrap_record: Callable[[object], Record | None]
    unwrap_records: Callable[[object], list[Record] | None]
    as_single_response: Callable[[Record], object]
    dois_of: Callable[[Record], frozenset[str]]
    read_work: Callable[[Record], Work]
    min_batch_size: int = 10

    def make_single_url(self, doi: str) -> str:
        """Return the address of one work: also the key of its record in the cache."""
        return f"{self.address}/{quote_doi(doi)}"

    def make_list_url(self, dois: Sequence[str]) -> str:
        """Return the address that answers for several works at once."""
        return f"{self.address}{self.batch_query(dois)}"

    def is_list_url(self, url: str) -> bool:
        """Return whether an address of this source is that of a list call."""
        return not url.startswith(f"{self.address}/") or "," in url  # a DOI's own comma is encoded

    def extract_doi(self, url: str) -> str:
        """Return the DOI that an address asks for, `""` if it is no single call to this source."""
        start = f"{self.address}/"
        is_single = url.startswith(start) and not self.is_list_url(url)
        return unquote(url.removeprefix(start)).lower() if is_single else ""

    def find_mismatch(self, url: str, body: object) -> str:
        """Return why an answer cannot be what was asked for, `""` if it can."""
        wanted = self.extract_doi(url)
        if not wanted:
            return "" if self.unwrap_records(body) is not None else "its answer is not a list of records"
        record = self.unwrap_record(body)
        if record is None:
            return "its answer is not a record"
        return "" if wanted in self.dois_of(record) else "its answer is about another DOI"


def is_missing(reply: Reply) -> bool:
    """Return whether a service has said that there is nothing under the address."""
    return reply.status in (404, 410)


def quote_doi(doi: str) -> str:
    """Return a DOI as it stands in an address, encoded once."""
    return quote(doi, safe="/", errors="replace")


def split_batches(source: Source, dois: Sequence[str], spare: int = 0) -> Iterator[tuple[str, ...]]:
    """Yield the DOIs in groups that fit one list call; `spare` bytes are kept for parameters."""
    room = MOST_BYTES - spare - len(urlsplit(source.address).path)
    group: tuple[str, ...] = ()
    for doi in dois:
        longer = (*group, doi)
        if group and (len(longer) > MOST_DOIS or len(source.batch_query(longer)) > room):
            yield group
            longer = (doi,)
        group = longer
    if group:
        yield group
