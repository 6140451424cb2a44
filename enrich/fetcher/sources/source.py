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
    outlived: bool = False
    created: float = 0.0


@dataclass(frozen=True, slots=True)
class Failure:
    """That nothing was said under an address, and why; `offline`: nobody was to be asked."""

    url: str
    reason: str
    offline: bool = False


@dataclass(frozen=True, slots=True)
class Silence:
    """That a list call brought nothing for an address: it has to be asked by itself."""

    url: str


Known: TypeAlias = Reply | Failure | Silence


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
    list_tail: Callable[[Sequence[str]], str]
    may_be_listed: Callable[[str], bool]
    record_of: Callable[[object], Record | None]
    records_of: Callable[[object], list[Record] | None]
    body_of: Callable[[Record], object]
    names_of: Callable[[Record], frozenset[str]]
    to_work: Callable[[Record], Work]
    enough: int = 10

    def single_url(self, doi: str) -> str:
        """Return the address of one work: also the key of its record in the cache."""
        return f"{self.address}/{quoted(doi)}"

    def list_url(self, dois: Sequence[str]) -> str:
        """Return the address that answers for several works at once."""
        return f"{self.address}{self.list_tail(dois)}"

    def is_list(self, url: str) -> bool:
        """Return whether an address of this source is that of a list call."""
        return not url.startswith(f"{self.address}/") or "," in url  # a DOI's own comma is encoded

    def doi_in(self, url: str) -> str:
        """Return the DOI that an address asks for, `""` if it is no single call to this source."""
        start = f"{self.address}/"
        is_single = url.startswith(start) and not self.is_list(url)
        return unquote(url.removeprefix(start)).lower() if is_single else ""

    def complaint(self, url: str, body: object) -> str:
        """Return why an answer cannot be what was asked for, `""` if it can."""
        wanted = self.doi_in(url)
        if not wanted:
            return "" if self.records_of(body) is not None else "its answer is not a list of records"
        record = self.record_of(body)
        if record is None:
            return "its answer is not a record"
        return "" if wanted in self.names_of(record) else "its answer is about another DOI"


def is_miss(reply: Reply) -> bool:
    """Return whether a service has said that there is nothing under the address."""
    return reply.status in (404, 410)


def quoted(doi: str) -> str:
    """Return a DOI as it stands in an address, encoded once."""
    return quote(doi, safe="/", errors="replace")


def batches(source: Source, dois: Sequence[str], spare: int = 0) -> Iterator[tuple[str, ...]]:
    """Yield the DOIs in groups that fit one list call; `spare` bytes are kept for parameters."""
    room = MOST_BYTES - spare - len(urlsplit(source.address).path)
    group: tuple[str, ...] = ()
    for doi in dois:
        longer = (*group, doi)
        if group and (len(longer) > MOST_DOIS or len(source.list_tail(longer)) > room):
            yield group
            longer = (doi,)
        group = longer
    if group:
        yield group
