"""The citation file of a page's bundle, `cite.bib`, which enrich changes only if the owner asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from enrich.bibtex.bib_edits import ENTRY_TYPE
from enrich.bibtex.bib_file import BibValue, find_bib_line
from enrich.bibtex.latex_text import decode_latex
from enrich.errors import Refused
from enrich.model.page import CITE_BIB, Value
from enrich.model.plan import Change
from enrich.model.work import Work
from enrich.reconciler.citation_entry import read_citation_entry
from enrich.reconciler.citation_keys import CITATION_KEYS, CitationKey
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.field_comparison import FieldComparison, Texts, to_baseline_value
from enrich.reconciler.fields.field import Field
from enrich.reconciler.mending import corrects_letters
from enrich.reconciler.new_citation import propose_citation_file
from enrich.reconciler.text_comparison import explain_broken_text, is_first_known, is_verbatim_text
from enrich.reconciler.typed_citation import read_typed_citation


def compare_cite_bib(comparison: Comparison, work: Work) -> Iterator[FieldComparison]:
    """Yield each value of the bundle's entry: equal in LaTeX or Unicode, with initials or full names.

    A field that the entry lacks is not added. A file that the bundle lacks is made if most bundles have one.
    """
    if not comparison.page.cite_bib or comparison.is_about_article:
        return
    try:
        entry = read_citation_entry(comparison.page, work)
    except Refused:
        return
    for value in entry.values:
        key = CITATION_KEYS.get(value.key)
        if key and not _is_macro(value):
            yield _compare_value(comparison, work, value, key)


def list_new_file_values(comparison: Comparison, changes: Iterable[Change]) -> Iterator[tuple[str, Value]]:
    """Yield the values of a citation file that is to be made, by the baseline's names."""
    texts = (change.new for change in changes if change.file and change.path == (CITE_BIB,))
    text = next(texts, None)
    if isinstance(text, str) and comparison.work is not None:
        made = replace(comparison, page=replace(comparison.page, cite_bib=text))
        for compared in compare_cite_bib(made, comparison.work):
            yield compared.name, to_baseline_value(compared.baseline_value)


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


# The types of BibTeX and biblatex that people and exporters give a preprint, and those for its article.
_PREPRINT_TYPES = frozenset({"misc", "unpublished", "techreport", "online", "report", "electronic"})
_ARTICLE_TYPES = {
    "journal-article": "article",
    "proceedings-article": "inproceedings",
    "book-chapter": "incollection",
}
FIELD = Field(
    name="cite.bib",
    policy="keep",
    after=(),
    compare=compare_cite_bib,
    read_record=lambda work: (work.volume, work.issue, work.page),
    normalise=propose_citation_file,
    read_typed=read_typed_citation,
)
