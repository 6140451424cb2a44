"""How a decision came about, field by field: what `enrich explain DOI` prints."""

from __future__ import annotations

from dataclasses import dataclass

from enrich.model.plan import Finding


@dataclass(frozen=True, slots=True)
class Row:
    """One field: the record's value as deposited and cleaned, the page's, the base, and the outcome.

    `verdict` is the row of the three-way table in words, `rule` what makes two values the same.
    """

    field: str
    raw: str
    cleaned: str
    page: str
    base: str
    verdict: str
    rule: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A DOI on one page; `path` is empty where no page has it, `source` where there is no record."""

    doi: str
    path: str
    source: str
    answer: str
    rows: tuple[Row, ...] = ()
    findings: tuple[Finding, ...] = ()
