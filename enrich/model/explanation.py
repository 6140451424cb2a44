"""The reasons of a decision, field by field, as `enrich explain DOI` prints them."""

from __future__ import annotations

from dataclasses import dataclass

from enrich.model.plan import Finding


@dataclass(frozen=True, slots=True)
class ExplanationRow:
    """The decision about one field and its reasons."""

    field: str
    """The field."""
    raw: str
    """The record's value as deposited."""
    proposed: str
    """The record's value as enrich would write it on this page, such as one of several dates."""
    page: str
    """The page's value."""
    base: str
    """The value with which the page was last compared."""
    verdict: str
    """The row of the three-way table that applies, in words."""
    rule: str
    """The rule by which two values of this field are equal."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The reasons of the decision about a DOI on one page."""

    doi: str
    """The DOI."""
    path: str
    """The page's path, `""` if no page has the DOI."""
    source: str
    """The source of the record, as reports name it; `""` without a record."""
    answer: str
    """The result of the look-up, in words."""
    rows: tuple[ExplanationRow, ...] = ()
    """The fields in the order of a page."""
    findings: tuple[Finding, ...] = ()
    """The findings of the page."""
    doi_key: str = ""
    """The key from which the DOI was taken; `""` if it is under the page's own key for it."""
