"""The abstract of a publication."""

from __future__ import annotations

from collections.abc import Iterator

from enrich.model.page import Remote
from enrich.model.work import Work
from enrich.reconciler.abstract_forms import is_same_abstract, list_abstract_forms
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.field_comparison import FieldComparison, is_empty
from enrich.reconciler.fields.field import Field
from enrich.reconciler.mending import keeps_text
from enrich.reconciler.page_language import explain_unsure_language, is_foreign
from enrich.reconciler.text_comparison import (
    as_text,
    explain_broken_text,
    explain_too_long,
    is_first_known,
    is_verbatim_text,
)
from enrich.reconciler.unusable_texts import has_lost_words, is_cut_short, is_no_abstract
from enrich.text.compare import strip_markup

LONGEST = 20_000  # characters


def compare_abstract(comparison: Comparison, work: Work) -> Iterator[FieldComparison]:
    """Yield the abstract: equal if letters and digits are the same, whatever the headings and markup."""
    text = strip_markup(work.abstract)
    forms = () if is_no_abstract(work.abstract) else list_abstract_forms(work)
    path, local = comparison.place("abstract")
    new = (
        Remote(work.abstract)
        if forms and not is_foreign(comparison, work, work.abstract, "abstract")
        else None
    )
    yield FieldComparison(
        "abstract", path, local, new, forms, forms[:1],
        is_equal=lambda value, known: is_same_abstract(as_text(value), known),
        is_verbatim=is_verbatim_text,
        record_unchanged=is_first_known,
        is_mended=keeps_text,
        empty=is_empty(local),
        needs_review_because=_explain_doubt(work.abstract)
        or explain_unsure_language(comparison, work.abstract, "abstract"),
        refused=explain_too_long(text, LONGEST, "abstract"),
    )  # fmt: skip


def _explain_doubt(abstract: str) -> str:
    """Return why the record's abstract needs review, `""` if it does not."""
    lost = "words seem to be missing in the record's abstract" if has_lost_words(abstract) else ""
    cut = "the record's abstract ends in an ellipsis, so it may be cut" if is_cut_short(abstract) else ""
    return explain_broken_text(abstract) or lost or cut


FIELD = Field(
    name="abstract",
    policy="fill",
    after=("publication_short", "hugoblox"),
    compare=compare_abstract,
    read_record=lambda work: work.abstract,
)
