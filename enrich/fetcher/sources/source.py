"""Describe a service (each has a file in this folder): its addresses, its limits, how to read its replies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias
from urllib.parse import quote, unquote, urlsplit

from enrich.model.work import Work

CallKind: TypeAlias = Literal["single", "list"]
Record: TypeAlias = Mapping[str, object]

# The limits of a list call. Calls with 50 DOIs worked in August 2026; 4,090 bytes of path and query failed
# with status 414 in 2017.
MOST_DOIS, MOST_BYTES = 40, 3500
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_HITS = 20  # the records that a search for a page's work returns
PAGE_SIZE = 200  # the records on each page of a list of a person's works


@dataclass(frozen=True, slots=True)
class Reply:
    """A service's reply to one request."""

    url: str
    """The requested address."""
    status: int
    """The HTTP status."""
    body: object = None
    """The parsed JSON if the status is 200, None otherwise."""
    location: str = ""
    """The target of a redirect, as the service wrote it."""
    cached: bool = False
    """Whether the reply comes from the cache."""
    stale: bool = False
    """Whether the cached reply has expired."""
    created: float = 0.0
    """When the service sent it, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A request without a reply."""

    url: str
    """The requested address."""
    reason: str
    """Why there is no reply, in words."""
    offline: bool = False
    """Whether enrich sent no request, because of `--offline`."""


@dataclass(frozen=True, slots=True)
class NotInBatch:
    """A DOI that the reply to a batch omits; enrich requests it singly."""

    url: str
    """The address of the single request."""


LookupReply: TypeAlias = Reply | Failure | NotInBatch


@dataclass(frozen=True, slots=True)
class Source:
    """The API of a service at an address: pure functions that build addresses and read replies."""

    name: str
    """The service's name, such as `crossref`."""
    label: str
    """The name that reports print, such as `Crossref`."""
    address: str
    """The address of every single request, up to the DOI."""
    batch_query: Callable[[Sequence[str]], str]
    """Return what a batch request for these DOIs adds to `address`."""
    supports_batch: Callable[[str], bool]
    """Return whether a batch may contain this DOI."""
    unwrap_record: Callable[[object], Record | None]
    """Return the record in the reply to a single request; None if the reply has none."""
    unwrap_records: Callable[[object], list[Record] | None]
    """Return the records in the reply to a batch; None if it is not such a reply."""
    as_single_response: Callable[[Record], object]
    """Return a record as the reply to a single request, so that the cache has only this form."""
    dois_of: Callable[[Record], frozenset[str]]
    """Return the DOIs, in lower case, of a record and its aliases."""
    read_work: Callable[[Record], Work]
    """Return a record as a Work; raise RecordError if it has no DOI."""
    search_query: Callable[[str, str], str] | None = None
    """Return what a search for a title and a first author's family name adds to `address`; or None."""
    person_query: Callable[[str, str], str] | None = None
    """Return what a search for a person's works adds to `address`, from the ORCID iD and a page's cursor."""
    read_cursor: Callable[[object], str] = lambda _body: ""
    """Return, from one page's reply, the cursor of the next page; `""` on the last page."""
    min_batch_size: int = 10
    """While more DOIs may come, enrich sends no batch with fewer DOIs than this."""

    def make_single_url(self, doi: str) -> str:
        """Return the address of one work, which is also the key of its record in the cache."""
        return f"{self.address}/{quote_doi(doi)}"

    def make_list_url(self, dois: Sequence[str]) -> str:
        """Return the address that answers for several works at once."""
        return f"{self.address}{self.batch_query(dois)}"

    def is_list_url(self, url: str) -> bool:
        """Return whether an address of this source is for a list call."""
        return not url.startswith(f"{self.address}/") or "," in url  # a DOI's own comma is encoded

    def extract_doi(self, url: str) -> str:
        """Return the DOI that an address requests; `""` if it is not a single call to this source."""
        start = f"{self.address}/"
        is_single = url.startswith(start) and not self.is_list_url(url)
        return unquote(url.removeprefix(start)).lower() if is_single else ""

    def find_mismatch(self, url: str, body: object) -> str:
        """Return why a reply does not answer the request; `""` if it does."""
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
    """Return the API at an address."""
    rate: Callable[[CallKind, bool, bool], tuple[float, float]]
    """Return how many calls the service allows in how many seconds.

    This depends on the kind of call, and on whether the run has an e-mail address and a token.
    """
    position: int = 100
    """The position among the services; enrich asks the lowest first."""
    agencies: frozenset[str] = frozenset()
    """The registration agencies, in lower case, whose DOIs it has; empty for all agencies."""
    is_register: bool = False
    """Whether it has the agencies of DOIs instead of works."""
    is_record: Callable[[object], bool] = lambda _: False
    """Return whether a JSON value from a file is a record of this service."""
    list_record_dois: Callable[[Record], tuple[str, ...]] = lambda _: ()
    """Return the DOI and then the aliases of a record from a file, in lower case."""


def is_missing(reply: Reply) -> bool:
    """Return whether the service has no record under the address."""
    return reply.status in (404, 410)


@lru_cache(maxsize=10_000)  # `split_batches` measures a batch again after each DOI
def quote_doi(doi: str) -> str:
    """Return a DOI percent-encoded for an address."""
    return quote(doi, safe="/", errors="replace")


def split_batches(source: Source, dois: Sequence[str], spare: int = 0) -> Iterator[tuple[str, ...]]:
    """Yield the DOIs in groups that each fit one list call; `spare` bytes stay free for other parameters."""
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
