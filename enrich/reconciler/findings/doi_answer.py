"""Findings about the answers of the registration agencies about a page's DOI."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from enrich.model.page import Doi
from enrich.model.plan import Severity
from enrich.model.work import NotFound, Unanswered, Unsupported, Work
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.findings.doi import find_doi_line
from enrich.reconciler.findings.registry import Message, register_page_rule, register_work_rule
from enrich.reconciler.partial_dates import read_date
from enrich.reconciler.people.parse_name import format_full_name
from enrich.text.compare import strip_markup
from enrich.text.quotation import quote_title

YOUNG = 60  # days after a page's date in which its DOI may not be registered yet


@register_page_rule("doi-mismatch", "error")
def check_doi_mismatch(comparison: Comparison) -> Iterator[Message]:
    """The DOI on this page belongs to another work: neither the title nor the authors agree.

    Why it matters: the page's link takes readers to another work.
    Example: `content/publication/smith2019/index.md:8: error[doi-mismatch] this DOI belongs to another work,
    “Sea ice thickness in the Weddell Sea” by Roald Amundsen; replace it with the right one`
    What to do: look up the DOI of your paper on the publisher's page, type it, and run `enrich check` again.
    What `apply` does: nothing on this page until you have corrected the DOI.
    """
    if comparison.work and comparison.identity and comparison.identity.answer == "other":
        work = comparison.work
        people = ", ".join(format_full_name(person) for person in work.contributors[:3])
        title = quote_title(strip_markup(work.title))
        entries = ", ".join(comparison.shown_entries[:3])
        own = f"the page has {quote_title(comparison.text('title'))} by {entries}"
        text = f"this DOI belongs to another work, {title} by {people}; replace it with the right one"
        yield Message(text, find_doi_line(comparison), evidence=own, fingerprint=work.doi)


@register_page_rule("doi-not-found", "error")
def check_doi_not_found(comparison: Comparison) -> Iterator[Message]:
    """No registration agency knows this DOI.

    Often a digit was lost when somebody copied it. On a page less than 60 days old this is a warning, because
    publishers may print a DOI before they register it.

    Why it matters: the page's link leads to an error page.
    Example: `content/publication/smith2019/index.md:8: error[doi-not-found] no registration agency knows the
    DOI 10.1234/abc; copy it again from the publisher's page`
    What to do: open https://doi.org/ followed by the DOI. If that fails, copy the DOI again from the
    publisher's page.
    Source: https://www.crossref.org/documentation/reports/resolution-report/
    """
    if isinstance(comparison.answer, NotFound) and isinstance(comparison.doi, Doi):
        is_young = _is_young(comparison)
        step = (
            "if it is new, check again in a few weeks"
            if is_young
            else "copy it again from the publisher's page"
        )
        yield Message(
            f"no registration agency knows the DOI {comparison.doi.bare}; {step}",
            find_doi_line(comparison),
            evidence=comparison.doi.key,
            severity="warning" if is_young else None,
        )


def _is_young(comparison: Comparison) -> bool:
    date = read_date(comparison.page.get("date"))
    day = dt.date(date.year, date.month or 1, date.day or 1) if date else None
    return day is not None and (comparison.rules.today - day).days < YOUNG


@register_page_rule("agency-unsupported", "note")
def check_agency_unsupported(comparison: Comparison) -> Iterator[Message]:
    """An agency that enrich cannot query, such as JaLC or mEDRA, registered the DOI.

    If enrich can query the agency but the agency has no record of the DOI, the message says so.

    Why it matters: the DOI works, but enrich cannot tell you if the work is corrected or retracted.
    Example: `content/publication/smith2019/index.md:8: note[agency-unsupported] the DOI is registered with
    JaLC, which enrich cannot query; compare the page by hand`
    What to do: compare the page with the publisher's by hand. If the DOI is new, check again in a few days.
    Source: https://www.doi.org/the-community/existing-registration-agencies/
    """
    if isinstance(comparison.answer, Unsupported):
        fact, step = _explain_unsupported(comparison.answer)
        agency = comparison.answer.agency
        text = f"the DOI is registered with {agency}, {fact}; {step}"
        yield Message(text, find_doi_line(comparison), evidence=agency)


def _explain_unsupported(answer: Unsupported) -> tuple[str, str]:
    """Return why enrich has no record, and the next step."""
    if answer.lacks_record:
        return "which has no record of it", "if it is new, check again in a few days"
    return "which enrich cannot query", "compare the page by hand"


@register_work_rule("doi-alias", "note")
def check_doi_alias(comparison: Comparison, work: Work) -> Iterator[Message]:
    """The publisher now registers this work under another DOI; the one on the page redirects to it.

    Why it matters: the link works, but readers who cite the work from your page use the old DOI.
    Example: `content/publication/smith2019/index.md:8: note[doi-alias] this DOI redirects to 10.1234/new; you
    may replace it`
    What to do: replace the DOI, or leave it.
    Source: https://www.crossref.org/documentation/register-maintain-records/maintaining-your-metadata/
    """
    if isinstance(comparison.doi, Doi) and comparison.doi.key != work.doi:
        text = f"this DOI redirects to {work.doi}; you may replace it"
        yield Message(text, find_doi_line(comparison), evidence=work.doi)


@register_page_rule("lookup-failed", "warning")
def check_lookup_failed(comparison: Comparison) -> Iterator[Message]:
    """A service did not answer, so enrich did not compare this page. The DOI itself may be right.

    With `--offline` or `--records` this is a note: the record is not in the cache or in those files.

    Why it matters: you do not hear of a correction or a retraction until a look-up succeeds.
    Example: `content/publication/smith2019/index.md:8: warning[lookup-failed] not compared: Crossref did not
    answer; run the command again later`
    What to do: run `enrich check` again later, or without `--offline`.
    """
    if isinstance(comparison.answer, Unanswered):
        severity, text = describe_failed_lookup(comparison.answer)
        yield Message(text, find_doi_line(comparison), fingerprint="lookup-failed", severity=severity)


def describe_failed_lookup(answer: Unanswered) -> tuple[Severity, str]:
    """Return the severity and the message of `lookup-failed`: a note if no service was to be asked."""
    step = "" if answer.offline else "; run the command again later"
    return "note" if answer.offline else "warning", f"not compared: {answer.reason}{step}"
