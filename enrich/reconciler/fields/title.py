"""The title of a publication."""

from __future__ import annotations

from collections.abc import Iterator

from enrich.model.page import Remote
from enrich.model.work import Work
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.field_comparison import FieldComparison, Texts, is_empty
from enrich.reconciler.fields.field import Field
from enrich.reconciler.lost_formulas import has_lost_formulas
from enrich.reconciler.mending import corrects_letters
from enrich.reconciler.page_language import is_foreign
from enrich.reconciler.text_comparison import (
    as_text,
    explain_broken_text,
    explain_too_long,
    is_first_known,
    is_verbatim_text,
)
from enrich.reconciler.title_forms import (
    is_cut_title,
    is_same_title,
    list_title_forms,
    propose_title,
)
from enrich.reconciler.unusable_texts import is_placeholder_title
from enrich.text.jats import to_plain

LONGEST = 1_000  # characters


def compare_title(comparison: Comparison, work: Work) -> Iterator[FieldComparison]:
    """Yield the title: equal with or without its subtitle, in any language of the record."""
    proposed = propose_title(work)
    forms = list_title_forms(work)
    path, local = comparison.place("title")
    foreign = is_foreign(comparison, work, proposed, "title")
    yield FieldComparison(
        "title", path, local, Remote(proposed) if forms and not foreign else None, forms, forms,
        is_equal=lambda value, known: _has_record_title(as_text(value), known),
        is_verbatim=is_verbatim_text,
        record_unchanged=is_first_known,
        is_mended=corrects_letters,
        empty=is_empty(local),
        needs_review_because=explain_broken_text(proposed),
        refused=_explain_placeholder(proposed) or explain_too_long(to_plain(proposed), LONGEST, "title"),
    )  # fmt: skip


def _has_record_title(local: str, texts: Texts) -> bool:
    """Return whether a page's title equals the record's, or the record only lacks a part of it."""
    return (
        is_same_title(local, texts)
        or is_cut_title(local, texts)
        or any(has_lost_formulas(local, text) for text in texts)
    )


def _explain_placeholder(title: str) -> str:
    return "the record's title is a placeholder" if is_placeholder_title(title) else ""


FIELD = Field(
    name="title",
    policy="fill",
    after=(),
    compare=compare_title,
    read_record=lambda work: (*work.titles, *work.subtitles),
)
