"""The abbreviated name of the journal, which enrich changes only if the owner asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from enrich.model.work import Work
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.field_comparison import FieldComparison
from enrich.reconciler.fields.field import Field
from enrich.reconciler.fields.publication import list_container_names
from enrich.reconciler.journal_names import is_same_container
from enrich.reconciler.text_comparison import as_text, compare_plain_text
from enrich.reconciler.typed_values import read_typed_label


def compare_publication_short(comparison: Comparison, work: Work) -> Iterator[FieldComparison]:
    """Yield the journal's short name: equal to any of the journal's names."""
    short = next((name for name in work.container_titles_short if name not in work.container_titles), "")
    path, local = comparison.place("publication_short")
    names = (short, *list_container_names(work))
    compared = compare_plain_text("publication_short", path, local, short, names)
    yield replace(compared, is_equal=lambda value, forms: is_same_container(as_text(value), forms))


FIELD = Field(
    name="publication_short",
    policy="keep",
    after=("publication",),
    compare=compare_publication_short,
    read_record=lambda work: work.container_titles_short,
    read_typed=read_typed_label,
)
