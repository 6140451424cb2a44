"""Findings about the work itself: retracted, corrected, published since."""

from __future__ import annotations

from collections.abc import Iterator

from enrich.model.work import Work
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.findings.doi import doi_line
from enrich.reconciler.findings.notices import notices
from enrich.reconciler.findings.registry import Said, work_check
from enrich.reconciler.people.parse_name import format_full_name
from enrich.reconciler.title_forms import has_retracted_status, has_withdrawn_status
from enrich.reconciler.type_words import csl_type_of, read_first_type, to_csl
from enrich.text.compare import same_text, strip_markup


def _noticed(comparison: Comparison, work: Work, code: str, what: str) -> Iterator[Said]:
    for update in notices(work, code):
        when = f" on {update.date}" if update.date else ""
        via = (
            f", as reported by {update.source.replace('-', ' ').title()}"
            if update.source == "retraction-watch"
            else ""
        )
        where = f", see https://doi.org/{update.doi}" if update.doi else ""
        yield Said(f"{what}{when}{via}{where}", doi_line(comparison), evidence=update.doi or update.type)


@work_check("retracted", "error")
def retracted(comparison: Comparison, work: Work) -> Iterator[Said]:
    """The work was retracted, says its publisher or Retraction Watch.

    What to do: read the notice; say on the page that the paper was retracted, or take the page away. If
    you know and have said so, an ignore in `enrich.toml` keeps it quiet.
    """
    noticed = list(_noticed(comparison, work, "retracted", "this work was retracted"))
    yield from noticed
    if (
        not noticed
        and not work.update_to
        and has_retracted_status(work.title)
        and not _is_by_its_journal(work)
    ):
        yield Said(
            "this work was retracted, says the record's title", doi_line(comparison), evidence=work.title
        )


def _is_by_its_journal(work: Work) -> bool:
    """Return whether the journal itself is the author: then the work is the notice."""
    return any(
        same_text(format_full_name(person), title)
        for person in work.contributors
        for title in work.container_titles
    )


@work_check("withdrawn", "error")
def withdrawn(comparison: Comparison, work: Work) -> Iterator[Said]:
    """The work was withdrawn or removed, says its publisher.

    What to do: read the notice; say so on the page, or take the page away.
    """
    noticed = list(_noticed(comparison, work, "withdrawn", "this work was withdrawn"))
    yield from noticed
    if not noticed and not work.update_to and has_withdrawn_status(work.title):
        yield Said(
            "this work was withdrawn, says the record's title", doi_line(comparison), evidence=work.title
        )


@work_check("expression-of-concern", "error")
def expression_of_concern(comparison: Comparison, work: Work) -> Iterator[Said]:
    """The editors published an expression of concern about the work.

    What to do: read the notice, and decide what the page should say.
    """
    yield from _noticed(
        comparison, work, "expression-of-concern", "the editors published an expression of concern"
    )


@work_check("corrected", "warning")
def corrected(comparison: Comparison, work: Work) -> Iterator[Said]:
    """A correction (erratum, corrigendum, partial retraction) to the work was published.

    What to do: read it; a link to it on the page is a courtesy to readers.
    """
    yield from _noticed(comparison, work, "corrected", "a correction to this work was published")


def _published_as(comparison: Comparison, work: Work) -> Iterator[Said]:
    for doi in work.became:
        title = comparison.title_of(doi)
        named = f" “{title}”" if title else ""
        yield Said(
            f"this preprint was published:{named} https://doi.org/{doi}", doi_line(comparison), evidence=doi
        )
    if article := comparison.likely_article:
        journal = f" in {strip_markup(article.container_titles[0])}" if article.container_titles else ""
        yield Said(
            f"this preprint seems to be published{journal}: https://doi.org/{article.doi} has its title and"
            " authors; its own record does not say so: compare the two",
            doi_line(comparison),
            evidence=article.doi,
        )


@work_check("published-version", "warning")
def published_version(comparison: Comparison, work: Work) -> Iterator[Said]:
    """This preprint is an article now.

    Example: the page has bioRxiv's DOI, and the record names the journal article it became. Where it
    names none, an article with the same title and authors is suggested: compare the two.
    What to do: put the article's DOI on the page and run `enrich check` again. Where the page has the
    article's DOI already and still the preprint's type, it is a note.
    """
    if work.type == "posted-content":
        yield from _published_as(comparison, work)
        return
    if to_csl(read_first_type(comparison.page.get("publication_types"))) == "article" and csl_type_of(
        work
    ) in {
        "article-journal",
        "paper-conference",
    }:
        yield Said(
            "the page has the article's DOI but still the preprint's type",
            comparison.line("publication_types"),
            evidence=work.type,
            severity="note",
        )
