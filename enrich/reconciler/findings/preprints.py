"""Findings about preprints."""

from __future__ import annotations

from collections.abc import Iterator

from enrich.model.work import Work
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.findings.doi import find_doi_line
from enrich.reconciler.findings.published_version import ARTICLES
from enrich.reconciler.findings.registry import Message, register_work_rule
from enrich.reconciler.published_article import find_published_article, has_other_page, is_set_offered
from enrich.reconciler.type_words import get_csl_type, read_first_type, to_csl
from enrich.text.compare import strip_markup
from enrich.text.doi_address import format_doi_address
from enrich.text.quotation import quote_title

OFFER = "run enrich review to make this the article's page"


@register_work_rule("published-version", "warning", ended_by="doi")
def check_published_version(comparison: Comparison, work: Work) -> Iterator[Message]:
    """This preprint has been published as an article.

    If the preprint's record does not name the article, enrich suggests one with the same title and authors.
    If a page has the article's DOI but still the type of a preprint, this is a note.

    Why it matters: readers should find and cite the article.
    Example: `content/publication/smith2019/index.md:8: warning[published-version] this preprint was
    published: “A careful study of Danio rerio in H₂O” https://doi.org/10.1234/article; run enrich review to
    make this the article's page`
    What to do: run `enrich review`. It shows the article's DOI, title, authors, date, journal, type and
    abstract beside yours, as one set that you take whole or not at all; the preprint stays linked. If enrich
    does not know the article's record, replace the DOI with the article's, and run `enrich check` again.
    To silence it: answer `k` in `enrich review`, and enrich does not offer the set again; or add an
    `[[ignore]]` to `enrich.toml` with `code = "published-version"` and the `path` of the page.
    What `apply` does: nothing by itself; only `apply --all` takes the set.
    Source: https://www.crossref.org/documentation/research-nexus/posted-content-includes-preprints/
    """
    if work.type == "posted-content":
        yield from _report_articles(comparison, work)
    elif (
        to_csl(read_first_type(comparison.page.get("publication_types"))) == "article"
        and get_csl_type(work) in ARTICLES
    ):
        text = "the page has the article's DOI, but still the type of a preprint; correct publication_types"
        yield Message(text, comparison.line("publication_types"), evidence=work.type, severity="note")


def _report_articles(comparison: Comparison, work: Work) -> Iterator[Message]:
    line = find_doi_line(comparison)
    for doi in work.became:
        title = comparison.find_title(doi)
        named = f" {quote_title(title)}" if title else ""
        text = f"this preprint was published:{named} {format_doi_address(doi)}"
        step = _find_step(comparison, doi) or "type that DOI on the page and run enrich check again"
        yield Message(f"{text}; {step}", line, evidence=doi)
    if article := comparison.likely_article:
        journal = f" in {strip_markup(article.container_titles[0])}" if article.container_titles else ""
        text = (
            f"this preprint was probably published{journal}: {format_doi_address(article.doi)} has its title"
            " and authors"
        )
        step = _find_step(comparison, article.doi) or "compare the two, then type that DOI on the page"
        yield Message(f"{text}; {step}", line, evidence=article.doi)


def _find_step(comparison: Comparison, doi: str) -> str:
    """Return the next step if the article's record is known, else `""`."""
    article = find_published_article(comparison)
    if article is None or article.doi != doi:
        return ""
    if has_other_page(comparison, article):
        return "another page has that DOI already; link the two pages, or delete this one"
    return OFFER if is_set_offered(comparison, article) else ""
