"""Findings about the work itself: a retraction, a withdrawal, an expression of concern, a correction."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from enrich.model.work import Work
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.findings.doi import find_doi_line
from enrich.reconciler.findings.notices import find_notice_target, find_notices, is_own_doi
from enrich.reconciler.findings.registry import Message, register_work_rule
from enrich.reconciler.findings.title_status import split_status
from enrich.reconciler.notice_titles import split_notice, split_noun
from enrich.reconciler.people.parse_name import format_full_name
from enrich.reconciler.status_around_title import find_status_around
from enrich.text.compare import strip_markup, texts_match
from enrich.text.doi_address import format_doi_address


@register_work_rule("retracted", "error")
def check_retracted(comparison: Comparison, work: Work) -> Iterator[Message]:
    """The work was retracted, according to its publisher or Retraction Watch.

    Why it matters: readers trust and cite results that the authors or the journal have taken back.
    Example: `content/publication/smith2019/index.md:8: error[retracted] this work was retracted:
    https://doi.org/10.1234/notice; say so on the page`
    What to do: read the notice. Then say on the page that the work was retracted, or delete the page.
    To silence it: once the page says so, add an `[[ignore]]` to `enrich.toml` with `code = "retracted"`, the
    `path` of the page and a `reason`.
    Source: https://www.crossref.org/documentation/retrieve-metadata/retraction-watch/
    """
    yield from _report_status(comparison, work, "retracted", "this work was retracted")


@register_work_rule("withdrawn", "error")
def check_withdrawn(comparison: Comparison, work: Work) -> Iterator[Message]:
    """The publisher withdrew or removed the work.

    Why it matters: the page's link takes readers to a notice instead of the paper.
    Example: `content/publication/smith2019/index.md:8: error[withdrawn] this work was withdrawn:
    https://doi.org/10.1234/notice; say so on the page`
    What to do: read the notice. Then say on the page that the work was withdrawn, or delete the page.
    To silence it: once the page says so, add an `[[ignore]]` to `enrich.toml` with `code = "withdrawn"`, the
    `path` of the page and a `reason`.
    Source: https://www.crossref.org/documentation/crossmark/version-control-corrections-and-retractions/
    """
    yield from _report_status(comparison, work, "withdrawn", "this work was withdrawn")


@register_work_rule("expression-of-concern", "error")
def check_expression_of_concern(comparison: Comparison, work: Work) -> Iterator[Message]:
    """The editors published an expression of concern about the work.

    Why it matters: its results may be unreliable, and the readers of your page do not know that.
    Example: `content/publication/smith2019/index.md:8: error[expression-of-concern] the editors published an
    expression of concern: https://doi.org/10.1234/notice; decide what the page should say`
    What to do: read the notice, and decide what the page should say.
    To silence it: add an `[[ignore]]` to `enrich.toml` with `code = "expression-of-concern"`, the `path` of
    the page and a `reason`.
    Source: https://www.crossref.org/documentation/crossmark/version-control-corrections-and-retractions/
    """
    fact, step = "the editors published an expression of concern", "decide what the page should say"
    yield from _report_status(comparison, work, "expression-of-concern", fact, step)


@register_work_rule("corrected", "warning")
def check_corrected(comparison: Comparison, work: Work) -> Iterator[Message]:
    """A correction of the work was published: an erratum, a corrigendum or a partial retraction.

    Why it matters: readers who download the paper should know that it has a correction.
    Example: `content/publication/smith2019/index.md:8: warning[corrected] a correction of this work was
    published: https://doi.org/10.1234/notice; consider a link to it on the page`
    What to do: read the correction, and link to it from the page.
    Source: https://www.crossref.org/documentation/crossmark/version-control-corrections-and-retractions/
    """
    fact, step = "a correction of this work was published", "consider a link to it on the page"
    yield from _report_status(comparison, work, "corrected", fact, step)


def _report_status(
    comparison: Comparison, work: Work, code: str, fact: str, step: str = "say so on the page"
) -> Iterator[Message]:
    """Yield the notices of one kind, or the status in the title if there is no notice.

    A page whose own title has the form of a notice is about the notice: it gets no finding.
    """
    line = find_doi_line(comparison)
    notices = find_notices(work, code)
    said = ""
    if _says_status(comparison, code):
        said = ", as the page's title says"
        step = f"to silence this, add the [[ignore]] that `enrich explain {code}` describes"
    for notice in notices:
        when = f" {'on' if notice.date.day else 'in'} {notice.date}" if notice.date else ""
        via = ", as Retraction Watch reports" if notice.source == "retraction-watch" else ""
        where = (
            f": {format_doi_address(notice.doi)}" if notice.doi and not is_own_doi(work, notice.doi) else ""
        )
        yield Message(f"{fact}{when}{via}{said}{where}; {step}", line, evidence=notice.doi or notice.type)
    if not notices and (title := _find_title_with_status(comparison, work, code)):
        yield Message(f"{fact}, according to the record's title; {step}", line, evidence=title)


def _says_status(comparison: Comparison, code: str) -> bool:
    """Return whether the page's own title gives the work this status."""
    title = comparison.text("title")
    return code in {split_status(title)[0], split_status(strip_markup(title))[0]}


def _find_title_with_status(comparison: Comparison, work: Work, code: str) -> str:
    """Return the record's title that gives the work this status, `""` if none does."""
    local = comparison.text("title")
    if find_notice_target(work) or _is_by_its_journal(work) or split_status(local)[0]:
        return ""
    spellings = ((title, text) for title in work.titles for text in (strip_markup(title), title))
    return next((title for title, text in spellings if _find_status(text, local) == code), "")


@lru_cache(maxsize=64)  # each of the four findings asks about the same titles
def _find_status(title: str, local: str) -> str | None:
    """Return the status in a record's title; a noun counts if the page has the title without it."""
    if found := split_status(title)[0] or find_status_around(title, local):
        return found
    forms = (split_noun(title), split_notice(title))
    return next((code for code, about in forms if texts_match(about, local)), None)


def _is_by_its_journal(work: Work) -> bool:
    """Return whether the journal itself is the author, so that the record is the notice."""
    return any(
        texts_match(format_full_name(person), title)
        for person in work.contributors
        for title in work.container_titles
    )
