"""Which other works the links of a page lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from enrich.reconciler.case import Case
from enrich.text.doi import find_dois, find_piis
from enrich.work import Work

# DOI prefixes of preprint servers and repositories: such a link beside the article is meant
# https://www.crossref.org/documentation/research-nexus/posted-content-includes-preprints/
ELSEWHERE = (
    "10.48550/", "10.1101/", "10.64898/", "10.31234/", "10.31235/", "10.31219/", "10.31222/", "10.31223/",
    "10.26434/", "10.20944/", "10.21203/", "10.2139/ssrn", "10.36227/", "10.22541/", "10.5281/", "10.6084/",
    "10.17605/", "10.5061/", "10.7910/", "10.17632/", "10.1002/essoar", "10.33774/", "10.7287/",
)  # fmt: skip
_MEANT_ELSEWHERE = re.compile(
    r"preprint|arxiv|dataset|\bdata\b|code|slides|project|poster|video|supplement|appendix|github",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PdfLink:
    """An address that a page offers as the paper itself, and its line."""

    key: str
    url: str
    line: int


def pdf_links(case: Case) -> Iterator[PdfLink]:
    """Yield `url_pdf`, `url_source` and the links called PDF or source."""
    for key in ("url_pdf", "url_source"):
        url = case.text(key)
        if url.strip():
            yield PdfLink(key, url, case.line(key))
    links = case.page.get("links")
    for item in links if isinstance(links, list | tuple) else ():
        if isinstance(item, Mapping):
            said = {key.lower(): str(value) for key, value in item.items() if isinstance(value, str)}
            name = f"{said.get('type', '')} {said.get('name', '')} {said.get('label', '')}"
            if re.search(
                r"\b(?:pdf|source|full text|paper|article)\b", name, re.IGNORECASE
            ) and not _MEANT_ELSEWHERE.search(name):
                yield PdfLink("links", said.get("url", ""), case.line("links"))


def other_work(link: PdfLink, case: Case, work: Work) -> str:
    """Return the DOI or PII of the other work a link holds, `""` where it holds none."""
    if _MEANT_ELSEWHERE.search(link.url):
        return ""
    own = own_dois(case, work)
    for doi in find_dois(link.url):
        if not doi.startswith(ELSEWHERE) and not any(_same_doi(doi, known) for known in own):
            return doi
    for pii in find_piis(link.url):
        if not _may_be_own(pii, work):
            return pii
    return ""


def own_dois(case: Case, work: Work) -> frozenset[str]:
    """Return every DOI that is this work's or a version of it."""
    key = getattr(case.doi, "key", "")
    related = (relation.id.lower() for relation in work.relations if relation.id_type == "doi")
    return frozenset({work.doi, key, *work.aliases, *related} - {""})


def _same_doi(found: str, own: str) -> bool:
    """Return whether two DOIs are one; an address goes on behind it (`.full.pdf`) or cuts it."""
    return (
        found == own
        or (found.startswith(own) and not found[len(own)].isalnum())
        or own.startswith(found + "(")
    )


def _may_be_own(pii: str, work: Work) -> bool:
    """Return whether a PII can be this work's: the record lists it, or lists none and has its ISSN.

    Publishers that use PIIs deposit them (`alternative-id`); characters 2 to 9 are the journal's ISSN.
    """
    listed = {found for identifier in work.identifiers for found in find_piis(identifier)}
    listed |= {found for text in (work.doi, *(link.url for link in work.links)) for found in find_piis(text)}
    if listed:
        return pii in listed
    issns = {issn.replace("-", "").upper() for issn in work.issns}
    return pii[1:9] in issns
