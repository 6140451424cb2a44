"""From what the services said to an answer about a DOI, or to the next address to ask: pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from enrich.errors import RecordError
from enrich.fetcher.sources import doi_org
from enrich.fetcher.sources.services import Services
from enrich.fetcher.sources.source import Failure, Known, Reply, Silence, Source, is_miss
from enrich.model.work import Answer, Found, NotFound, Unanswered, Unsupported

MOST_HOPS = 5
REDIRECTED = range(300, 400)


@dataclass(frozen=True, slots=True)
class Need:
    """The address whose answer is missing; `singly`: a list call has nothing to say about it."""

    url: str
    singly: bool = False


Step: TypeAlias = Answer | Need


@dataclass(frozen=True, slots=True)
class Case:
    """A DOI and what is known so far, by address; `asked`: the network has told some of it."""

    doi: str
    known: Mapping[str, Known]
    services: Services
    asked: bool = False
    keep_record: bool = False


def resolve(case: Case) -> Step:
    """Return the answer about a DOI: Crossref, else the agency that it is registered with."""
    crossref, register = case.services.crossref, case.services.register.single_url(case.doi)
    label = _label(case.known.get(register))
    if label and label.lower() != crossref.name:
        return _registered(case, label)
    url = crossref.single_url(case.doi)
    reply = _follow(case, url)
    # Many of those that a list does not know are other agencies': doi.org says so for forty at once.
    if reply == Need(url, singly=True) and register not in case.known:
        return Need(register)
    if not isinstance(reply, Reply):
        return _open(reply)
    return _found(case, crossref, reply) if reply.status == 200 else _elsewhere(case, reply)


def _open(step: Failure | Need) -> Step:
    return Unanswered(step.reason, step.offline) if isinstance(step, Failure) else step


def _follow(case: Case, url: str) -> Reply | Failure | Need:
    """Return the answer at the end of an address's redirects (an alias leads to its prime DOI)."""
    seen: list[str] = []
    for _ in range(MOST_HOPS):
        reply = case.known.get(url)
        if reply is None or isinstance(reply, Silence):
            return Need(url, singly=reply is not None)
        if isinstance(reply, Failure) or reply.status not in REDIRECTED:
            return reply
        seen.append(url)
        url = case.services.followed(url, reply.location)
        if not url:
            return Failure(seen[0], "the service sent us to another host")
    return Failure(seen[0], "the service sent us in circles")


def _found(case: Case, source: Source, reply: Reply) -> Answer:
    record = source.record_of(reply.body)
    complaint = source.complaint(reply.url, reply.body)
    if record is None or complaint:
        return Unanswered(f"{source.label}: {complaint}")
    try:
        work = source.to_work(record)
    except RecordError as error:
        return Unanswered(f"{source.label}: {error}")
    name: Literal["crossref", "datacite"] = "crossref" if source is case.services.crossref else "datacite"
    return Found(work, name, not case.asked, record if case.keep_record else {})


def _elsewhere(case: Case, reply: Reply) -> Step:
    """Return the answer about a DOI that Crossref has no record of, or does not take for one."""
    label = _agency(case)
    if isinstance(label, Failure | Need):
        return _open(label)
    if not label:
        return NotFound()
    if label.lower() == case.services.crossref.name:
        return _nothing_to_be_had(case.services.crossref, reply)
    return _registered(case, label)


def _registered(case: Case, label: str) -> Step:
    """Return the answer about a DOI that is another agency's."""
    return _at_datacite(case) if label.lower() == case.services.datacite.name else Unsupported(label)


def _nothing_to_be_had(source: Source, reply: Reply) -> Answer:
    # The DOI exists: whatever the source says, it is not "not found".
    if is_miss(reply):
        return Unsupported(f"{source.label} (which has no record of it)")
    return Unanswered(f"{source.label} answered with status {reply.status}")


def _agency(case: Case) -> str | Failure | Need:
    """Return the agency's label, `""` if the DOI does not exist."""
    register, crossref = case.services.agency_urls(case.doi)
    reply = _follow(case, register)
    if isinstance(reply, Failure) or (isinstance(reply, Reply) and reply.status != 200):
        reply = _follow(case, crossref)
    if not isinstance(reply, Reply):
        return reply
    if is_miss(reply):
        return ""
    label = doi_org.agency_of(reply.body)
    return Failure(reply.url, "the register of agencies cannot be read") if label is None else label


def _label(reply: Known | None) -> str:
    """Return the agency that the register has named, `""` if it has not (yet)."""
    return doi_org.agency_of(reply.body) or "" if isinstance(reply, Reply) and reply.status == 200 else ""


def _at_datacite(case: Case) -> Step:
    source = case.services.datacite
    reply = _follow(case, source.single_url(case.doi))
    if not isinstance(reply, Reply):
        return _open(reply)
    return _found(case, source, reply) if reply.status == 200 else _nothing_to_be_had(source, reply)
