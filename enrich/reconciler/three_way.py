"""The three-way table: page, record and baseline decide what happens to one field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from enrich.model.page import drop_params
from enrich.model.plan import Kind, Level, Policy
from enrich.model.work import Work
from enrich.reconciler.commented_out import is_declined
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.field_comparison import FieldComparison, list_texts
from enrich.reconciler.fields.field import Field
from enrich.reconciler.fields.registry import load_fields

# The values in which a preprint and its article differ.
OF_THE_VERSION = frozenset({"date", "publication", "publication_types"})


@dataclass(frozen=True, slots=True)
class FieldDecision:
    """The outcome for one field of a page."""

    compared: FieldComparison
    """The two values."""
    row: str
    """The row of the three-way table that applies, in words."""
    kind: Kind | None = None
    """The kind of the change, None if nothing is proposed."""
    level: Level = "review"
    """Whether `apply` writes the change."""


def decide_fields(comparison: Comparison, work: Work) -> Iterator[FieldDecision]:
    """Yield the decision on every field that the owner's settings include."""
    for field in load_fields().values():
        if is_included(comparison, field):
            for compared in field.compare(comparison, work):
                yield decide_field(comparison, compared, get_policy(comparison, field))


def get_policy(comparison: Comparison, field: Field) -> Policy:
    """Return the owner's policy for a field."""
    return comparison.rules.policies.get(field.name, field.policy)


def is_included(comparison: Comparison, field: Field) -> bool:
    """Return whether this run compares a field."""
    return get_policy(comparison, field) != "keep" and comparison.rules.wants(field.name)


def decide_field(comparison: Comparison, compared: FieldComparison, policy: Policy) -> FieldDecision:
    """Return the row of the three-way table that applies to a field, and the change that it allows."""
    base = list_texts(comparison.base.get(compared.name))
    if not compared.record_forms:
        return FieldDecision(compared, "the record has no value")
    if compared.empty:
        if base or compared.name in comparison.declined:
            return FieldDecision(compared, "you emptied it, or declined the value")
        if is_declined(comparison, compared.path):
            return FieldDecision(compared, "you commented it out")
        return _propose(
            comparison, compared, "the page has no value", "fill", safe=policy in {"fill", "overwrite"}
        )
    if compared.is_equal(compared.local, compared.record_forms):
        return FieldDecision(compared, "equal")
    if not base:
        return _propose(comparison, compared, "differs", "replace", safe=policy == "overwrite")
    if compared.record_unchanged(base, compared.baseline_value):
        return FieldDecision(compared, "your own value")
    if compared.is_equal(compared.local, base):
        follows = compared.is_verbatim(compared.local, base) and compared.is_mended(
            base, compared.baseline_value
        )
        safe = policy == "overwrite" or (policy == "fill" and follows)
        return _propose(comparison, compared, "the record changed", "update", safe=safe)
    return _propose(
        comparison, compared, "page and record both changed", "conflict", safe=policy == "overwrite"
    )


def _propose(
    comparison: Comparison, compared: FieldComparison, row: str, kind: Kind, *, safe: bool
) -> FieldDecision:
    """Return a decision with its change, unless the key is pinned or there is nothing to propose."""
    if comparison.is_kept(*compared.path):
        return FieldDecision(compared, "`# enrich: keep` keeps it")
    if comparison.is_about_article and drop_params(compared.path)[0].lower() in OF_THE_VERSION:
        return FieldDecision(compared, "the page is about the article that this preprint became")
    if not compared.file and not comparison.may_write_key(compared.path):
        return FieldDecision(compared, "few pages of the site have this key, and the theme is unknown")
    if compared.new is None:
        return FieldDecision(compared, f"{row}, but nothing can be proposed")
    is_safe = safe and comparison.is_same and not compared.needs_review_because
    return FieldDecision(compared, row, kind, "safe" if is_safe else "review")
