"""The citation file of a page's bundle, `cite.bib`, which enrich changes only if the owner asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from enrich.bibtex.bib_edits import ENTRY_TYPE
from enrich.bibtex.bib_file import BibValue, find_bib_line
from enrich.bibtex.latex_text import decode_latex
from enrich.errors import Refused
from enrich.model.page import Value
from enrich.model.work import Work
from enrich.reconciler.citation_entry import read_citation_entry
from enrich.reconciler.citation_values import (
    is_same_author_list,
    is_same_month,
    propose_authors,
    propose_month,
    propose_text,
    propose_title_source,
    propose_verbatim,
)
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.field_comparison import FieldComparison, Texts
from enrich.reconciler.fields.field import Field
from enrich.reconciler.fields.publication import list_container_names
from enrich.reconciler.issue_values import is_same_isbn, is_same_number, is_same_pages, is_same_publisher
from enrich.reconciler.journal_names import is_same_container, list_distinct_containers
from enrich.reconciler.mending import corrects_letters
from enrich.reconciler.partial_dates import list_dates, propose_date
from enrich.reconciler.people.parse_name import format_inverted_name
from enrich.reconciler.text_comparison import explain_broken_text, is_first_known, is_verbatim_text
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


def compare_cite_bib(comparison: Comparison, work: Work) -> Iterator[FieldComparison]:
    """Yield each value of the bundle's entry: the same in LaTeX or Unicode, with initials or full names.

    A field that the entry lacks is not added.
    """
    if not comparison.page.cite_bib or comparison.is_about_article:
        return
    try:
        entry = read_citation_entry(comparison.page, work)
    except Refused:
        return
    for value in entry.values:
        key = _KEYS.get(value.key)
        if key and not _is_macro(value):
            yield _compare_value(comparison, work, value, key)


def compare_entry_type(comparison: Comparison, work: Work) -> Iterator[FieldComparison]:
    """Yield the type of an entry that BibTeX has for a preprint, beside that of the article it became."""
    new = _ARTICLE_TYPES.get(work.type)
    try:
        entry = read_citation_entry(comparison.page, work)
    except Refused:
        return
    if new and entry.type in _PREPRINT_TYPES:
        yield FieldComparison(
            f"cite.bib.{ENTRY_TYPE}", (ENTRY_TYPE,), entry.type, new, (new,), (new,),
            is_equal=lambda local, known: local in known,
            is_verbatim=lambda local, known: local in known,
            record_unchanged=is_first_known,
            is_mended=lambda _base, _now: False,
            file=comparison.page.cite_bib_path,
            line=find_bib_line(comparison.page.cite_bib, entry.type_start),
        )  # fmt: skip


def _compare_value(comparison: Comparison, work: Work, value: BibValue, key: CitationKey) -> FieldComparison:
    forms = tuple(dict.fromkeys(filter(None, key.list_forms(work))))
    new, refused = _propose_source(comparison, work, value, key, forms)
    return FieldComparison(
        f"cite.bib.{value.key}", (value.key,), value.source, new, forms, forms,
        is_equal=lambda local, known: key.is_same(_decode_source(local), known),
        is_verbatim=lambda local, known: is_verbatim_text(_decode_source(local), known),
        record_unchanged=is_first_known,
        is_mended=corrects_letters,
        empty=not value.source.strip(),
        needs_review_because=explain_broken_text("".join(forms[:1])),
        refused=value.refusal or refused,
        file=comparison.page.cite_bib_path,
        line=find_bib_line(comparison.page.cite_bib, value.start),
    )  # fmt: skip


def _propose_source(
    comparison: Comparison, work: Work, value: BibValue, key: CitationKey, forms: Texts
) -> tuple[str | None, str]:
    """Return the new value's LaTeX, or None, and the reason why it cannot be written."""
    if not forms:
        return None, ""
    try:
        return key.propose(value, forms[0], work, comparison.page.cite_bib.isascii()), ""
    except Refused as error:
        return forms[0], str(error)


def _decode_source(local: Value) -> str:
    return decode_latex(local) if isinstance(local, str) else ""


def _is_macro(value: BibValue) -> bool:
    return value.style == "bare" and not value.source.isdigit() and value.key != "month"


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


# The types of BibTeX and biblatex that people and exporters give a preprint, and those of what it became.
_PREPRINT_TYPES = frozenset({"misc", "unpublished", "techreport", "online", "report", "electronic"})
_ARTICLE_TYPES = {
    "journal-article": "article",
    "proceedings-article": "inproceedings",
    "book-chapter": "incollection",
}
_CONTAINER = CitationKey(_list_containers, is_same_container)
_KEYS = {
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

FIELD = Field(
    name="cite.bib",
    policy="keep",
    after=(),
    compare=compare_cite_bib,
    read_record=lambda work: (work.volume, work.issue, work.page),
)
