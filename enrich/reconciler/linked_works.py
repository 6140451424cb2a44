"""Find the other works to which the links of a page lead."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from enrich.model.page import Page
from enrich.model.work import Answer, Found, Work
from enrich.text.doi import find_dois, find_piis
from enrich.text.page_doi import page_doi

if TYPE_CHECKING:
    from enrich.reconciler.comparison import Comparison

# DOI prefixes of preprint servers and repositories: such a link beside the article is intended
# https://www.crossref.org/documentation/research-nexus/posted-content-includes-preprints/
ELSEWHERE = (
    "10.48550/", "10.1101/", "10.64898/", "10.31234/", "10.31235/", "10.31219/", "10.31222/", "10.31223/",
    "10.26434/", "10.20944/", "10.21203/", "10.2139/ssrn", "10.36227/", "10.22541/", "10.5281/", "10.6084/",
    "10.17605/", "10.5061/", "10.7910/", "10.17632/", "10.1002/essoar", "10.33774/", "10.7287/",
)  # fmt: skip
# whose works have a PII even if the record lists neither it nor an ISSN: Elsevier's own prefixes
PII_PUBLISHERS = (
    "10.1016/",
    "10.1006/",
    "10.1053/",
    "10.1054/",
    "10.1067/",
    "10.1078/",
    "10.1157/",
    "10.1383/",
)
_CALLED_PDF = re.compile(r"\b(?:pdf|source|full text|paper|article)\b", re.IGNORECASE)
_MEANT_ELSEWHERE = re.compile(
    r"preprint|arxiv|dataset|\bdata\b|code|slides|project|poster|video|supplement|appendix|github",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PdfLink:
    """An address that a page offers as the paper itself."""

    key: str
    """The key of the address."""
    url: str
    """The address."""
    line: int
    """The line of the key."""


def list_pdf_links(page: Page) -> Iterator[PdfLink]:
    """Yield `url_pdf`, `url_source` and the links called PDF or source."""
    for key in ("url_pdf", "url_source"):
        url = page.get(key)
        if isinstance(url, str) and url.strip():
            yield PdfLink(key, url, page.line(key))
    links = page.get("links")
    for item in links if isinstance(links, list | tuple) else ():
        if isinstance(item, Mapping):
            said = {key.lower(): str(value) for key, value in item.items() if isinstance(value, str)}
            name = f"{said.get('type', '')} {said.get('name', '')} {said.get('label', '')}"
            if _CALLED_PDF.search(name) and not _MEANT_ELSEWHERE.search(name):
                yield PdfLink("links", said.get("url", ""), page.line("links"))


def list_linked_dois(page: Page) -> tuple[str, ...]:
    """Return the DOIs in a page's PDF links, without its own DOI and preprints."""
    known = {page_doi(page).key} - {""}
    dois = (
        doi
        for link in list_pdf_links(page)
        if "10." in link.url
        for doi in _list_foreign_dois(link.url, known)
    )
    return tuple(dict.fromkeys(dois))


def list_linked_piis(page: Page, answer: Answer | None) -> tuple[str, ...]:
    """Return the PIIs in a page's PDF links that are those of other works than the record's."""
    if not isinstance(answer, Found):
        return ()
    return tuple(pii for link in list_pdf_links(page) for pii in _list_foreign_piis(link.url, answer.work))


def find_other_work(link: PdfLink, comparison: Comparison, work: Work) -> str:
    """Return the DOI or PII of another work in a link, `""` if it has none."""
    if _MEANT_ELSEWHERE.search(link.url):
        return ""
    return next(
        iter(
            (
                *_list_foreign_dois(link.url, list_own_dois(comparison, work)),
                *_list_foreign_piis(link.url, work),
            )
        ),
        "",
    )


def _list_foreign_dois(url: str, own: Collection[str]) -> list[str]:
    """Return the DOIs in an address that are neither of these nor a preprint's or a data set's."""
    works = (doi for doi in find_dois(url) if not doi.startswith(ELSEWHERE))
    return [doi for doi in works if not any(_is_same_doi(doi, known) for known in own)]


def _list_foreign_piis(url: str, work: Work) -> list[str]:
    return [pii for pii in find_piis(url) if not _may_be_own(pii, work)]


def list_own_dois(comparison: Comparison, work: Work) -> frozenset[str]:
    """Return every DOI that is this work's or a version of it."""
    key = getattr(comparison.doi, "key", "")
    related = (relation.id.lower() for relation in work.relations if relation.id_type == "doi")
    return frozenset({work.doi, key, *work.aliases, *related} - {""})


def _is_same_doi(found: str, own: str) -> bool:
    """Return whether two DOIs are one; an address may add to it (`.full.pdf`) or cut it."""
    if found == own or own.startswith(found + "("):
        return True
    return found.startswith(own) and not found[len(own)].isalnum()


def _may_be_own(pii: str, work: Work) -> bool:
    """Return whether a PII can be this work's: the record lists it, or lists none and has its ISSN.

    Characters 2 to 9 of a PII are the journal's ISSN.
    """
    describe_dates = {found for identifier in work.identifiers for found in find_piis(identifier)}
    describe_dates |= {
        found for text in (work.doi, *(link.url for link in work.links)) for found in find_piis(text)
    }
    if describe_dates:
        return pii in describe_dates
    if not work.issns and work.doi.startswith(PII_PUBLISHERS):
        return True
    issns = {issn.replace("-", "").upper() for issn in work.issns}
    return pii[1:9] in issns
