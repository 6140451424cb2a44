"""Findings about a page's DOI: wrong, unknown, damaged, twice, missing, unanswered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from enrich.model.page import BadDoi, Doi
from enrich.model.plan import Severity
from enrich.model.work import NotFound, Unanswered, Unsupported, Work
from enrich.reconciler.comparison import Case
from enrich.reconciler.fields.date import read_date
from enrich.reconciler.findings.registry import Said, page_check, work_check
from enrich.reconciler.people.parse_name import format_full_name
from enrich.text.compare import strip_markup

YOUNG = 60  # days in which a new DOI may not be known everywhere yet


def doi_line(case: Case) -> int:
    """Return the line of the page's DOI, 0 where it has none."""
    path = case.doi_place[0]
    return case.page.front.lines.get(path, 0) if path else 0


@page_check("doi-mismatch", "error")
def doi_mismatch(case: Case) -> Iterator[Said]:
    """The DOI on this page belongs to another paper: title, authors and year do not fit together.

    Example: the page is about a trial of 2019, its DOI leads to an editorial of 2011.
    What to do: look the right DOI up (follow the link), correct it, run `enrich check` again. Until then
    nothing on this page is changed.
    """
    if case.work is not None and case.is_mismatch:
        people = ", ".join(format_full_name(person) for person in case.work.contributors[:3])
        title = strip_markup(case.work.title)
        named = ", ".join(case.shown_entries[:3])
        yield Said(
            f"this DOI is another paper's: “{title}” by {people or 'nobody named'}; correct the DOI",
            doi_line(case),
            evidence=f"page: “{case.text('title')}” by {named}",
            about=case.work.doi,
        )


@page_check("doi-not-found", "error")
def doi_not_found(case: Case) -> Iterator[Said]:
    """No registration agency knows this DOI.

    Example: a digit was lost when it was copied, or the publisher has not registered it yet (a page
    younger than 60 days gets a warning only).
    What to do: open https://doi.org/ with the DOI behind it; if that fails too, copy the DOI again from
    the publisher's page.
    """
    if isinstance(case.answer, NotFound) and isinstance(case.doi, Doi):
        date = read_date(case.page.get("date"))
        day = dt.date(date.year, date.month or 1, date.day or 1) if date else None
        young = day is not None and (case.rules.today - day).days < YOUNG
        yield Said(
            f"no registration agency knows the DOI {case.doi.bare}; "
            + (
                "it may be too new: look again in some weeks"
                if young
                else "copy it again from the publisher's page"
            ),
            doi_line(case),
            evidence=case.doi.key,
            severity="warning" if young else None,
        )


@page_check("agency-unsupported", "note")
def agency_unsupported(case: Case) -> Iterator[Said]:
    """The DOI is registered with an agency that enrich cannot ask.

    Example: a DOI of JaLC (Japan) or mEDRA (Italy). The DOI is fine; there is only nothing to compare.
    What to do: nothing.
    """
    if isinstance(case.answer, Unsupported):
        agency = case.answer.agency
        yield Said(
            f"the DOI is registered with {agency}, which cannot be asked", doi_line(case), evidence=agency
        )


@page_check("doi-invalid", "error")
def doi_invalid(case: Case) -> Iterator[Said]:
    """What stands at `doi` is not a DOI.

    Example: `0.1145/3292500` (the 1 was lost), a PMID, "in press".
    What to do: take the repair from the message after a look at it, or empty the key.
    """
    if isinstance(case.doi, BadDoi):
        repair = f"; probably {case.doi.repair}" if case.doi.repair else "; correct it or leave it empty"
        yield Said(
            f"not a DOI: {case.doi.reason}{repair}", doi_line(case), evidence=str(case.doi_place[1])[:200]
        )


@page_check("doi-duplicate", "warning")
def doi_duplicate(case: Case) -> Iterator[Said]:
    """Two pages have one DOI and are no translations of each other.

    Example: a page was copied as a template for the next one, and the DOI stayed.
    What to do: correct the DOI of one, or delete one page.
    """
    if case.site_context.duplicates:
        others = ", ".join(case.site_context.duplicates)
        yield Said(f"the same DOI is on {others}", doi_line(case), evidence=others)


@page_check("doi-missing", "note")
def doi_missing(case: Case) -> Iterator[Said]:
    """The page has no DOI, so there is nothing to compare it with.

    What to do: if the work has a DOI, put it at `doi`, bare (10.1234/abc), and run `enrich check` again.
    """
    if case.doi is None:
        yield Said("no DOI, so there is nothing to compare this page with", doi_line(case), about="missing")


@work_check("doi-alias", "note")
def doi_alias(case: Case, work: Work) -> Iterator[Said]:
    """The agency keeps this work under another DOI now; this one still leads there.

    What to do: nothing, or use the prime DOI that the message names.
    """
    if isinstance(case.doi, Doi) and case.doi.key != work.doi:
        yield Said(f"this DOI is an alias; the prime one is {work.doi}", doi_line(case), evidence=work.doi)


@page_check("lookup-failed", "warning")
def lookup_failed(case: Case) -> Iterator[Said]:
    """The service did not answer, so this page was not compared. That says nothing about the DOI.

    With `--offline` or `--records` it only means that the record is not at hand (a note).
    What to do: run `enrich check` again later, or without `--offline`.
    """
    if isinstance(case.answer, Unanswered):
        severity: Severity = "note" if case.answer.offline else "warning"
        yield Said(
            f"not compared: {case.answer.reason}", doi_line(case), about="lookup-failed", severity=severity
        )
