"""A service: its addresses, its limits, and how to read its replies. Each has one file in this folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias
from urllib.parse import quote, unquote, urlsplit

from enrich.model.work import Work

CallKind: TypeAlias = Literal["single", "list"]
Record: TypeAlias = Mapping[str, object]

# Calls with 50 DOIs worked in August 2026; 4,090 bytes of path and query failed with 414 in 2017.
MOST_DOIS, MOST_BYTES = 40, 3500
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_HITS = 20  # records that a search for a page's work returns
PAGE_SIZE = 200  # records on a page of a person's works


@dataclass(frozen=True, slots=True)
class Reply:
    """A service's reply to one request."""

    url: str
    """The requested address."""
    status: int
    """The HTTP status."""
    body: object = None
    """The JSON of a 200, parsed."""
    location: str = ""
    """The target of a redirect, as the service wrote it."""
    cached: bool = False
    """Whether the reply comes from the cache."""
    stale: bool = False
    """Whether its lifetime in the cache is over."""
    created: float = 0.0
    """The time at which the service sent it, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Failure:
    """No reply to a request."""

    url: str
    """The requested address."""
    reason: str
    """The reason why there is no reply, in words."""
    offline: bool = False
    """Whether the service was not asked at all, because of `--offline`."""


@dataclass(frozen=True, slots=True)
class NotInBatch:
    """A batch did not return a DOI, which must now be requested singly."""

    url: str
    """The address of the single request."""


LookupReply: TypeAlias = Reply | Failure | NotInBatch


@dataclass(frozen=True, slots=True)
class Source:
    """The API of a service under an address: pure functions that build addresses and read replies."""

    name: str
    """The service's name, such as `crossref`."""
    label: str
    """The name that reports print, such as `Crossref`."""
    address: str
    """The address of all single requests, without the DOI."""
    batch_query: Callable[[Sequence[str]], str]
    """Return the part that a batch request for some DOIs adds to `address`."""
    supports_batch: Callable[[str], bool]
    """Return whether a batch may contain a DOI."""
    unwrap_record: Callable[[object], Record | None]
    """Return the record in the reply to a single request, None if there is none."""
    unwrap_records: Callable[[object], list[Record] | None]
    """Return the records in the reply to a batch, None if it is not a reply to a batch."""
    as_single_response: Callable[[Record], object]
    """Return a record as a single request would have returned it, so that the cache stores one form."""
    dois_of: Callable[[Record], frozenset[str]]
    """Return the DOIs, in lower case, of a record and its aliases."""
    read_work: Callable[[Record], Work]
    """Return a record as a Work; raise RecordError if it has no DOI."""
    search_query: Callable[[str, str], str] | None = None
    """Return what a search for a title and a first author's family name adds to `address`."""
    person_query: Callable[[str, str], str] | None = None
    """Return what a search for the works of an ORCID iD adds to `address`; then the cursor of a page."""
    read_cursor: Callable[[object], str] = lambda _body: ""
    """Return the cursor of the page after this one, `""` on the last."""
    min_batch_size: int = 10
    """The number of DOIs that justify a batch while more may still come."""

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
        """Return the DOI that an address requests; `""` if it is not a single call to this source."""
        start = f"{self.address}/"
        is_single = url.startswith(start) and not self.is_list_url(url)
        return unquote(url.removeprefix(start)).lower() if is_single else ""

    def find_mismatch(self, url: str, body: object) -> str:
        """Return why a reply cannot be about the request, `""` if it can."""
        wanted = self.extract_doi(url)
        if not wanted:
            return "" if self.unwrap_records(body) is not None else "its answer is not a list of records"
        record = self.unwrap_record(body)
        if record is None:
            return "its answer is not a record"
        return "" if wanted in self.dois_of(record) else "its answer is about another DOI"


@dataclass(frozen=True, slots=True)
class Service:
    """A service as its file declares it, before its address is known."""

    name: str
    """Its name in settings (`ENRICH_<NAME>_URL`), the cache and the JSON report."""
    label: str
    """The name that reports print."""
    url: str
    """The default address; the owner can set another."""
    connect: Callable[[str], Source]
    """Return the API under an address."""
    rate: Callable[[CallKind, bool, bool], tuple[float, float]]
    """Return calls and seconds for a kind of call, with an e-mail address, with a token."""
    position: int = 100
    """The position among the services: enrich asks the lowest first."""
    agencies: frozenset[str] = frozenset()
    """The registration agencies, in lower case, whose DOIs it has; none means all agencies."""
    is_register: bool = False
    """Whether it knows agencies instead of works."""
    is_record: Callable[[object], bool] = lambda _: False
    """Return whether a JSON value from a file is a record of this service."""
    list_record_dois: Callable[[Record], tuple[str, ...]] = lambda _: ()
    """Return the DOI and then the aliases, in lower case, of a record from a file."""


def is_missing(reply: Reply) -> bool:
    """Return whether the service has no record under the address."""
    return reply.status in (404, 410)


@lru_cache(maxsize=10_000)  # a batch is measured again with each DOI that it takes in
def quote_doi(doi: str) -> str:
    """Return a DOI encoded for an address, once."""
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
