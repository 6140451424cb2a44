"""Findings about a DOI whose record may, or may not, be that of the page's work."""

from __future__ import annotations

from collections.abc import Iterator

from enrich.reconciler.comparison import Comparison
from enrich.reconciler.findings.doi import find_doi_line
from enrich.reconciler.findings.registry import Message, register_page_rule
from enrich.text.compare import strip_markup


@register_page_rule("doi-doubtful", "warning")
def check_doi_doubtful(comparison: Comparison) -> Iterator[Message]:
    """The DOI may belong to another work: title, authors and year agree only in part.

    Typical cases are a co-author's other paper, the second part of a series, or a review with the title of
    the book.

    Why it matters: if the DOI is wrong, the page's link and every value from the record belong to another
    paper.
    Example: `content/publication/smith2019/index.md:8: warning[doi-doubtful] this DOI may belong to another
    work, “Sea ice thickness in the Weddell Sea”: the titles share 0 % of the words, 3 of 3 authors are
    shared; correct it, or accept with enrich review only the changes that are right`
    What to do: open the link. If it leads to another work, correct the DOI. If it is right, accept the
    changes in `enrich review`; once the titles agree, this warning goes away.
    What `apply` does: nothing, not even with `--all`; enrich writes only the changes that you accept in
    `review` or in the HTML report.
    """
    identity, work = comparison.identity, comparison.work
    if identity and work and identity.answer == "doubt":
        title = strip_markup(work.title)
        named = f", “{title}”" if title else ""
        text = f"this DOI may belong to another work{named}: {identity.evidence}"
        step = "correct it, or accept with enrich review only the changes that are right"
        yield Message(
            f"{text}; {step}", find_doi_line(comparison), evidence=identity.evidence, fingerprint=work.doi
        )


@register_page_rule("doi-of-notice", "error")
def check_doi_of_notice(comparison: Comparison) -> Iterator[Message]:
    """The DOI on this page belongs to a correction, a reply, a review, a supplement or a figure of the work.

    Why it matters: the page's link takes readers to the notice instead of the paper.
    Example: `content/publication/smith2019/index.md:8: error[doi-of-notice] this DOI does not belong to the
    work itself: the record is a notice of correction; replace it with the work's own DOI, 10.1234/right`
    What to do: type the DOI of the work itself. The message names it if the record does.
    What `apply` does: nothing on this page until you have corrected the DOI.
    Source: https://www.crossref.org/documentation/crossmark/version-control-corrections-and-retractions/
    """
    identity, work = comparison.identity, comparison.work
    if identity and work and identity.answer == "part":
        step = (
            f"replace it with the work's own DOI, {identity.parent_doi}"
            if identity.parent_doi
            else "look up the DOI of the work itself and type it instead"
        )
        text = f"this DOI does not belong to the work itself: {identity.evidence}; {step}"
        yield Message(text, find_doi_line(comparison), evidence=identity.evidence, fingerprint=work.doi)
