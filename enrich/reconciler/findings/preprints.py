"""Findings about preprints."""

from __future__ import annotations

from collections.abc import Iterator

from enrich.model.work import Work
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.findings.doi import find_doi_line
from enrich.reconciler.findings.published_version import ARTICLES
from enrich.reconciler.findings.registry import Message, register_work_rule
from enrich.reconciler.type_words import csl_type_of, read_first_type, to_csl
from enrich.text.compare import strip_markup


@register_work_rule("published-version", "warning")
def check_published_version(comparison: Comparison, work: Work) -> Iterator[Message]:
    """This preprint has been published as an article.

    If the preprint's record does not name the article, enrich suggests one with the same title and authors.
    A page that has the article's DOI but still the type of a preprint gets a note.

    Why it matters: readers should find and cite the article.
    Example: `content/publication/smith2019/index.md:8: warning[published-version] this preprint was
    published: https://doi.org/10.1234/article; type that DOI on the page and run enrich check again`
    What to do: replace the DOI with the article's, and run `enrich check` again.
    What `apply` does: nothing; it never replaces a DOI. Once you have replaced it, `apply` proposes the
    article's values.
    Source: https://www.crossref.org/documentation/research-nexus/posted-content-includes-preprints/
    """
    if work.type == "posted-content":
        yield from _report_articles(comparison, work)
    elif (
        to_csl(read_first_type(comparison.page.get("publication_types"))) == "article"
        and csl_type_of(work) in ARTICLES
    ):
        text = "the page has the article's DOI, but still the type of a preprint; correct publication_types"
        yield Message(text, comparison.line("publication_types"), evidence=work.type, severity="note")


def _report_articles(comparison: Comparison, work: Work) -> Iterator[Message]:
    line = find_doi_line(comparison)
    for doi in work.became:
        title = comparison.title_of(doi)
        named = f" “{title}”" if title else ""
        text = f"this preprint was published:{named} https://doi.org/{doi}"
        yield Message(f"{text}; type that DOI on the page and run enrich check again", line, evidence=doi)
    if article := comparison.likely_article:
        journal = f" in {strip_markup(article.container_titles[0])}" if article.container_titles else ""
        text = (
            f"this preprint was probably published{journal}: https://doi.org/{article.doi} has its title and"
            " authors; compare the two, then type that DOI on the page"
        )
        yield Message(text, line, evidence=article.doi)
