"""The fields of BibTeX's entries that enrich knows, and how each is compared with a record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from enrich.bibtex.bib_file import BibValue
from enrich.model.work import Work
from enrich.reconciler.citation_values import (
    is_same_author_list,
    is_same_month,
    propose_authors,
    propose_month,
    propose_text,
    propose_title_source,
    propose_verbatim,
)
from enrich.reconciler.field_comparison import Texts
from enrich.reconciler.fields.publication import list_container_names
from enrich.reconciler.issue_values import is_same_isbn, is_same_number, is_same_pages
from enrich.reconciler.journal_names import is_same_container, list_distinct_containers
from enrich.reconciler.partial_dates import list_dates, propose_date
from enrich.reconciler.people.parse_name import format_inverted_name
from enrich.reconciler.publisher_names import is_same_publisher
from enrich.reconciler.title_forms import is_same_title, list_title_forms
from enrich.text.compare import texts_match


@dataclass(frozen=True, slots=True)
class CitationKey:
    """A field of BibTeX's entries, and how it is compared with a record."""

    list_forms: Callable[[Work], Texts]
    """Return every form of the record's value, the proposed one first."""
    is_same: Callable[[str, Texts], bool]
    """Return whether a decoded value is equivalent to one of the forms."""
    propose: Callable[[BibValue, str, Work, bool], str] = propose_text
    """Return the first form as LaTeX (ASCII or not); raise Refused."""


def _list_years(work: Work) -> Texts:
    first = propose_date(work.dates)
    return (str(first.year), *(str(date.year) for date in list_dates(work.dates))) if first else ()


def _list_months(work: Work) -> Texts:
    first = propose_date(work.dates)
    dates = (first, *list_dates(work.dates)) if first and first.month else ()
    return tuple(str(date.month) for date in dates if date.month)


def _list_containers(work: Work) -> Texts:
    if work.type == "posted-content":
        return ()
    return (*list_distinct_containers(work.container_titles)[:1], *list_container_names(work))


def _list_addresses(work: Work) -> Texts:
    return (f"https://doi.org/{work.doi}",)


def _match_any(text: str, forms: Texts) -> bool:
    return any(texts_match(text, form) for form in forms)


_CONTAINER = CitationKey(_list_containers, is_same_container)
CITATION_KEYS = {
    "title": CitationKey(list_title_forms, is_same_title, propose_title_source),
    "author": CitationKey(
        lambda work: ("; ".join(map(format_inverted_name, work.contributors)),),
        is_same_author_list,
        propose_authors,
    ),
    "journal": _CONTAINER,
    "booktitle": _CONTAINER,
    "year": CitationKey(_list_years, _match_any),
    "month": CitationKey(_list_months, is_same_month, propose_month),
    "volume": CitationKey(lambda work: (work.volume,), is_same_number),
    "number": CitationKey(lambda work: (work.issue,), is_same_number),
    "pages": CitationKey(lambda work: (work.page or work.article_number, work.article_number), is_same_pages),
    "publisher": CitationKey(lambda work: (work.publisher,), is_same_publisher),
    "doi": CitationKey(lambda work: (work.doi,), lambda text, _forms: bool(text), propose_verbatim),
    # Any address is the owner's choice: only an empty one is filled.
    "url": CitationKey(_list_addresses, lambda text, _forms: bool(text), propose_verbatim),
    "issn": CitationKey(lambda work: work.issns, lambda text, forms: any(form in text for form in forms)),
    "isbn": CitationKey(lambda work: work.isbns, is_same_isbn),
}
