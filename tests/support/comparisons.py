"""Short ways to make a page, a record and a case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from enrich.front_matter.page_text import read_page
from enrich.model.page import Page, Value
from enrich.model.plan import Baseline, Policy
from enrich.model.site_context import SiteContext
from enrich.model.work import Answer, Dates, Found, PartialDate, Person, Work
from enrich.reconciler.reconcile import reconcile
from enrich.reconciler.rules import Rules
from enrich.reconciler.verdict import Reconciliation

DOI = "10.1234/abc"
ALONE = SiteContext()
TODAY = dt.date(2026, 11, 1)
WORK = Work(
    doi=DOI,
    type="journal-article",
    titles=("A careful study of <i>Danio rerio</i> in H<sub>2</sub>O",),
    contributors=(Person("Reyes", "Kevin R"), Person("Liu", "Yen-Chun"), Person("Huang", "Chiung-Yu")),
    container_titles=("Blood Advances",),
    container_titles_short=("Blood Adv.",),
    dates=Dates(
        online=PartialDate(2024, 4, 29), print=PartialDate(2024, 5, 14), issued=PartialDate(2024, 4, 29)
    ),
    abstract="<jats:title>Abstract</jats:title>"
    "<jats:p>We looked at fish for a long time and saw p &lt; 0.05.</jats:p>",
    volume="8",
    issue="9",
    page="2207-2216",
    publisher="American Society of Hematology",
    issns=("2473-9529", "2473-9537"),
)
PAGE = """\
---
title: A careful study of Danio rerio in H2O
authors:
- Kevin R Reyes
- Yen-Chun Liu
- Chiung-Yu Huang
date: 2024-04-29
doi: 10.1234/abc
publication_types: ["2"]
publication: "*Blood Advances*"
abstract: We looked at fish for a long time and saw p < 0.05.
---
"""


def page(text: str = PAGE, path: str = "content/publication/x/index.md") -> Page:
    """Return a page of this text."""
    return read_page(path, text)


def work(**changed: object) -> Work:
    """Return the record, some of it changed."""
    return replace(WORK, **changed)  # type: ignore[arg-type]  # a table's row names the fields it changes


def judged(
    text: str = PAGE,
    record: Work | None = WORK,
    *,
    answer: Answer | None = None,
    base: Mapping[str, Value] | None = None,
    site_context: SiteContext = ALONE,
    policies: Mapping[str, Policy] | None = None,
    fill_commented: bool = False,
    declined: tuple[str, ...] = (),
    generated_from: str = "",
    cite_bib: str = "",
    others: Mapping[str, Answer] | None = None,
) -> Reconciliation:
    """Return the verdict on a page of this text beside a record."""
    found = answer if answer is not None else Found(record, "crossref", cached=True) if record else None
    path = "content/publication/x/index.md"
    known = Baseline(path, DOI, base or {}, declined=declined)
    baseline = known if base is not None or declined else None
    rules = Rules(TODAY, policies or {}, fill_commented=fill_commented)
    read = replace(page(text), generated_from=generated_from, cite_bib=cite_bib)
    return reconcile(read, found, baseline, site_context, rules, others or {})


def kinds(verdict: Reconciliation) -> dict[str, tuple[str, str]]:
    """Return each changed field with its kind and level."""
    return {change.field: (change.kind, change.level) for change in verdict.changes}


def found_codes(verdict: Reconciliation) -> set[str]:
    """Return the codes of a verdict's findings."""
    return {finding.code for finding in verdict.findings}
