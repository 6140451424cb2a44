"""The title of a publication."""

from __future__ import annotations

from collections.abc import Iterator

from enrich.model.page import Remote
from enrich.model.work import Work
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.field_comparison import FieldComparison, is_empty
from enrich.reconciler.fields.field import Field
from enrich.reconciler.page_language import is_foreign
from enrich.reconciler.text_comparison import (
    as_text,
    explain_broken_text,
    explain_too_long,
    is_first_unchanged,
    is_verbatim_text,
)
from enrich.reconciler.title_forms import is_same_title, list_title_forms, propose_title
from enrich.text.jats import to_plain

LONGEST = 1_000  # characters


def compare_title(comparison: Comparison, work: Work) -> Iterator[FieldComparison]:
    """Yield the title: the same with or without its subtitle, in any of the record's languages."""
    proposed = propose_title(work)
    forms = list_title_forms(work)
    path, local = comparison.place("title")
    foreign = is_foreign(comparison, work)
    yield FieldComparison(
        "title", path, local, Remote(proposed) if forms and not foreign else None, forms, forms,
        is_equal=lambda value, known: is_same_title(as_text(value), known),
        is_verbatim=is_verbatim_text,
        record_unchanged=is_first_unchanged,
        empty=is_empty(local),
        needs_review_because=explain_broken_text(proposed),
        refused=explain_too_long(to_plain(proposed), LONGEST, "title"),
    )  # fmt: skip


FIELD = Field(
    name="title",
    policy="fill",
    after=(),
    compare=compare_title,
    read_record=lambda work: (*work.titles, *work.subtitles),
)
