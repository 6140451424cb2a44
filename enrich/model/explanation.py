"""How a decision came about, field by field: what `enrich explain DOI` prints."""

from __future__ import annotations

from dataclasses import dataclass

from enrich.model.plan import Finding


@dataclass(frozen=True, slots=True)
class Row:
    """How one field was decided."""

    field: str
    """The field."""
    raw: str
    """The record's value as deposited."""
    cleaned: str
    """The record's value in plain text."""
    page: str
    """The page's value."""
    base: str
    """The value that the page was last reconciled against."""
    verdict: str
    """The row of the three-way table, in words."""
    rule: str
    """When two values of this field count as equal."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """How the decision about a DOI on one page came about."""

    doi: str
    """The DOI."""
    path: str
    """The page's path, `""` where no page has the DOI."""
    source: str
    """Where the record came from, `""` where there is none."""
    answer: str
    """What the look-up brought, in words."""
    rows: tuple[Row, ...] = ()
    """The fields in the order of a page."""
    findings: tuple[Finding, ...] = ()
    """What was found on the page."""
