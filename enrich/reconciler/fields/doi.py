"""The page's own DOI: the record was found by it, so enrich only removes the resolver before it."""

from __future__ import annotations

from collections.abc import Iterator

from enrich.model.page import Doi
from enrich.model.plan import Change
from enrich.model.work import Work
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.field_comparison import FieldComparison
from enrich.reconciler.fields.field import Field


def compare_doi(_comparison: Comparison, _work: Work) -> Iterator[FieldComparison]:
    """Yield nothing: the record was found by this DOI."""
    return iter(())


def normalise_doi(comparison: Comparison) -> Iterator[Change]:
    """Yield the change that makes a DOI bare; the caller has a record for the cleaned DOI."""
    path, typed = comparison.doi_place
    doi = comparison.doi
    if path is None or not isinstance(doi, Doi) or doi.bare == typed:
        return
    if comparison.is_kept(*path) or comparison.base.get("doi"):
        return  # a base is there only where the owner has answered "keep mine"
    yield Change(
        field="doi",
        path=path,
        kind="normalise",
        level="safe"
        if comparison.is_same and comparison.rules.policies.get("doi") != "propose"
        else "review",
        old=typed,
        new=doi.bare,
        reason="the theme puts https://doi.org/ before it, so only the bare DOI gives a working link",
        baseline_value=doi.key,
    )


FIELD = Field(
    name="doi",
    policy="fill",
    after=("date",),
    compare=compare_doi,
    read_record=lambda work: work.doi,
    normalise=normalise_doi,
)
