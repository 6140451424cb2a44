"""Turn the services' replies into an answer about each DOI, or into the next request; call no service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from enrich.errors import RecordError
from enrich.fetcher.sources import doi_org
from enrich.fetcher.sources.services import Services
from enrich.fetcher.sources.source import Failure, LookupReply, NotInBatch, Reply, Source, is_missing
from enrich.model.work import Answer, Found, NotFound, Unanswered, Unsupported

MOST_HOPS = 5  # redirects that enrich follows for one address
REDIRECTED = range(300, 400)


@dataclass(frozen=True, slots=True)
class NextRequest:
    """The request that a DOI needs next."""

    url: str
    """The address."""
    singly: bool = False
    """Whether it must be a single call, because a batch did not return the record."""


Resolution: TypeAlias = Answer | NextRequest


@dataclass(frozen=True, slots=True)
class LookupState:
    """A DOI, and the replies so far."""

    doi: str
    """The DOI, in lower case."""
    known: Mapping[str, LookupReply]
    """The replies, by address."""
    services: Services
    """The services of the run."""
    asked: bool = False
    """Whether one of the replies about the DOI came from the network."""


def resolve_doi(case: LookupState) -> Resolution:
    """Return the answer about a DOI, from Crossref or else from its agency; or the next request."""
    primary, register = case.services.primary, case.services.register.make_single_url(case.doi)
    label = _read_agency_label(case.known.get(register))
    if label and label.lower() != primary.name:
        return _resolve_registered(case, label)
    url = primary.make_single_url(case.doi)
    reply = _follow_redirects(case, url)
    # Many DOIs that a batch omits belong to other agencies, and one call to doi.org names forty agencies.
    if reply == NextRequest(url, singly=True) and register not in case.known:
        return NextRequest(register)
    if not isinstance(reply, Reply):
        return _as_unanswered(reply)
    return _read_record(case, primary, reply) if reply.status == 200 else _ask_other_agency(case, reply)


def _as_unanswered(step: Failure | NextRequest) -> Resolution:
    return Unanswered(step.reason, step.offline) if isinstance(step, Failure) else step


def _follow_redirects(case: LookupState, url: str) -> Reply | Failure | NextRequest:
    """Return the reply after an address's redirects: the address of an alias redirects to its prime DOI."""
    seen: list[str] = []
    for _ in range(MOST_HOPS):
        reply = case.known.get(url)
        if reply is None or isinstance(reply, NotInBatch):
            return NextRequest(url, singly=reply is not None)
        if isinstance(reply, Failure) or reply.status not in REDIRECTED:
            return reply
        seen.append(url)
        url = case.services.resolve_redirect(url, reply.location)
        if not url:
            return Failure(seen[0], "the service redirected enrich to another host")
    return Failure(seen[0], "the service redirected enrich in a loop")


def _read_record(case: LookupState, source: Source, reply: Reply) -> Answer:
    record = source.unwrap_record(reply.body)
    mismatch = source.find_mismatch(reply.url, reply.body)
    if record is None or mismatch:
        return Unanswered(f"{source.label}: {mismatch}")
    try:
        work = source.read_work(record)
    except RecordError as error:
        return Unanswered(f"{source.label}: {error}")
    return Found(work, source.name, not case.asked)


def _ask_other_agency(case: LookupState, reply: Reply) -> Resolution:
    """Return the answer about a DOI that Crossref rejects as malformed, or of which it has no record."""
    label = _find_agency(case)
    if isinstance(label, Failure | NextRequest):
        return _as_unanswered(label)
    if not label:
        return NotFound()
    if label.lower() == case.services.primary.name:
        return _explain_missing_record(case.services.primary, reply)
    return _resolve_registered(case, label)


def _resolve_registered(case: LookupState, label: str) -> Resolution:
    """Return the answer about another agency's DOI, from the first service that has its record."""
    answer: Resolution = Unsupported(label)
    for source in case.services.list_sources_for(label):
        reply = _follow_redirects(case, source.make_single_url(case.doi))
        if not isinstance(reply, Reply):
            return _as_unanswered(reply)
        if reply.status == 200:
            return _read_record(case, source, reply)
        if label.lower() in case.services.declared[source.name].agencies or not is_missing(reply):
            answer = _explain_missing_record(source, reply)
    return answer


def _explain_missing_record(source: Source, reply: Reply) -> Answer:
    # The DOI exists: whatever the service replies, the answer is never "not found".
    if is_missing(reply):
        return Unsupported(source.label, lacks_record=True)
    return Unanswered(f"{source.label} answered with status {reply.status}")


def _find_agency(case: LookupState) -> str | Failure | NextRequest:
    """Return the agency's label, `""` if the DOI does not exist; or the next request, or why it failed."""
    register, crossref = case.services.list_agency_urls(case.doi)
    reply = _follow_redirects(case, register)
    # The register answers every request with 200: a 404 comes from a proxy or a network in between.
    is_blocked = isinstance(reply, Reply) and is_missing(reply)
    if isinstance(reply, Failure) or (isinstance(reply, Reply) and reply.status != 200):
        reply = _follow_redirects(case, crossref)
    if not isinstance(reply, Reply):
        return reply
    if is_missing(reply):
        reason = "doi.org seemed to answer with status 404, which it never does"
        return Failure(register, f"{reason}; check the network or proxy") if is_blocked else ""
    label = doi_org.read_agency(reply.body)
    return Failure(reply.url, "the registration agency of the DOI cannot be read") if label is None else label


def _read_agency_label(reply: LookupReply | None) -> str:
    """Return the agency in the register's reply; `""` if there is no reply yet, or it names none."""
    return doi_org.read_agency(reply.body) or "" if isinstance(reply, Reply) and reply.status == 200 else ""


class LookupBatch:
    """Collect the replies, by address, until every DOI of the batch has an answer."""

    def __init__(self, dois: Iterable[str], services: Services) -> None:
        """Start with no replies."""
        self.dois = tuple(dict.fromkeys(doi.lower() for doi in dois))
        self.pending: dict[str, NextRequest] = {}
        """The request that each DOI without an answer waits for."""
        self._services = services
        self._known: dict[str, LookupReply] = {}
        self._asked: set[str] = set()
        self._answers: dict[str, Answer] = {}
        self.malformed: list[str] = []
        """The addresses that the service rejects as malformed; the cache stores them as missing."""

    @property
    def answers(self) -> dict[str, Answer]:
        """Return the answers, in the order of the DOIs; call this when no request is pending."""
        return {doi: self._answers[doi] for doi in self.dois}

    def list_first_urls(self) -> list[str]:
        """Return the addresses to look up in the cache first: Crossref's record, and the DOI's agency."""
        primary, register = self._services.primary, self._services.register
        return [
            url for doi in self.dois for url in (primary.make_single_url(doi), register.make_single_url(doi))
        ]

    def start(self, known: Mapping[str, LookupReply]) -> list[NextRequest]:
        """Take the cached replies, and return the requests that are necessary."""
        self._known.update(known)
        return self._resolve_each(self.dois)

    def receive(self, news: Mapping[str, LookupReply]) -> list[NextRequest]:
        """Take replies, even to other batches' requests; return the requests that are now necessary."""
        concerned = [doi for doi, need in self.pending.items() if need.url in news]
        self._known.update(news)
        self._asked.update(doi for doi in concerned if _is_from_network(news[self.pending[doi].url]))
        return self._resolve_each(concerned)

    def _resolve_each(self, dois: Iterable[str]) -> list[NextRequest]:
        """Store the complete answers, and return the requests that the other DOIs need."""
        pending: dict[NextRequest, None] = {}
        for doi in dois:
            step = resolve_doi(LookupState(doi, self._known, self._services, doi in self._asked))
            if isinstance(step, NextRequest):
                self.pending[doi] = step
                pending[step] = None
            else:
                self.pending.pop(doi, None)
                self._answers[doi] = step
                self._note_malformed(doi, step)
        return list(pending)

    def _note_malformed(self, doi: str, answer: Answer) -> None:
        """Note an address that Crossref rejects as malformed if no other service knows the DOI either."""
        url = self._services.primary.make_single_url(doi)
        reply = self._known.get(url)
        if isinstance(answer, NotFound) and isinstance(reply, Reply) and reply.status == 400:
            self.malformed.append(url)


def _is_from_network(reply: LookupReply) -> bool:
    return not isinstance(reply, Failure) and not (isinstance(reply, Reply) and reply.cached)
