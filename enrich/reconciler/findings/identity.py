"""Findings about a DOI whose record may, or may not, be that of the page's work."""

from __future__ import annotations

from collections.abc import Iterator

from enrich.model.work import Work
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.findings.doi import find_doi_line
from enrich.reconciler.findings.registry import Message, register_page_rule
from enrich.text.compare import strip_markup, texts_match
from enrich.text.quotation import quote_title

_LONGEST_TITLE = 150  # characters


@register_page_rule("doi-doubtful", "warning")
def check_doi_doubtful(comparison: Comparison) -> Iterator[Message]:
    """The DOI may belong to another work: title, authors and year agree only in part.

    Typical cases are a co-author's other paper, the second part of a series, or a review with the title of
    the book.

    Why it matters: if the DOI is wrong, the page's link and every value from the record belong to another
    paper.
    Example: `content/publication/smith2019/index.md:8: warning[doi-doubtful] this DOI may belong to another
    work: the page's title is “A careful study of Danio rerio in H2O”, the record's is “Sea ice thickness in
    the Weddell Sea”; the titles have hardly a word in common, but 3 of 3 authors are shared; open the DOI: if
    it leads to another work, correct it on the page; if it leads to this one, accept the changes that are
    right`
    What to do: open the DOI. If it leads to another work, correct it on the page. If it leads to this one,
    run `enrich review` and accept the changes that are right; once the titles agree, this warning goes away.
    What `apply` does: nothing, not even with `--all`; enrich writes only the changes that you accept in
    `review` or in the HTML report.
    """
    identity, work = comparison.identity, comparison.work
    if identity and work and identity.answer == "doubt":
        facts = "; ".join(filter(None, (_name_titles(comparison, work), identity.evidence)))
        step = (
            "open the DOI: if it leads to another work, correct it on the page; if it leads to this one,"
            " accept the changes that are right"
        )
        text = f"this DOI may belong to another work: {facts}; {step}"
        yield Message(text, find_doi_line(comparison), evidence=identity.evidence, fingerprint=work.doi)


def _name_titles(comparison: Comparison, work: Work) -> str:
    """Return both titles in words, one if they are equal, `""` if the record has none."""
    title, record_title = _shorten_title(comparison.text("title")), _shorten_title(work.title)
    if not record_title:
        return ""
    if not title or texts_match(comparison.text("title"), work.title):
        return f"the record's title is {quote_title(record_title)}"
    return f"the page's title is {quote_title(title)}, the record's is {quote_title(record_title)}"


def _shorten_title(typed: str) -> str:
    """Return a title without markup; cut a long one, so that reports have room for what follows it."""
    title = strip_markup(typed)
    return title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE].rstrip()} …"


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
