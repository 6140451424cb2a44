"""Find the article that a page's preprint became, and decide whether the page can be made that article's."""

from __future__ import annotations

from collections.abc import Iterator

from enrich.model.page import Doi, KeyPath
from enrich.model.work import Found, Work
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.fields.doi import is_doi_wanted
from enrich.reconciler.findings.published_version import is_article_of, list_article_dois
from enrich.reconciler.identity import identify_record
from enrich.reconciler.ignores import select_ignores
from enrich.reconciler.type_words import get_csl_type
from enrich.text.doi import parse_doi
from enrich.text.page_doi import page_doi

SET = "published-version"
# Springer's conference papers are chapters of a book.
_PUBLISHED = ("article-journal", "paper-conference", "chapter")


def find_published_article(comparison: Comparison) -> Work | None:
    """Return the article that the page's preprint became, if its record is known and is the same work.

    If there are several, a journal article comes first.
    """
    known = sorted(_list_known_articles(comparison), key=lambda work: _PUBLISHED.index(get_csl_type(work)))
    return next((article for article in known if _is_same_article(comparison, article)), None)


def has_other_page(comparison: Comparison, article: Work) -> bool:
    """Return whether another page of the site, in the page's language, has the article's DOI."""
    return not {article.doi, *article.aliases}.isdisjoint(comparison.site_context.dois_in_language)


def is_set_offered(comparison: Comparison, article: Work) -> bool:
    """Return whether the article's values are offered as one set.

    They are not if the owner has kept the preprint, keeps the DOI, or wants no change
    of it.
    """
    own, rules = page_doi(comparison.page), comparison.rules
    ignored = select_ignores(rules.ignores, comparison.page.path, own.key, rules.today)
    if any(rule.code == SET or rule.field == "doi" for rule in ignored):
        return False
    is_off = rules.policies.get("doi") == "keep" or not rules.wants("doi")
    if is_off or comparison.is_kept(*place_article_doi(comparison)) or has_other_page(comparison, article):
        return False
    is_declined = comparison.base.get(SET) == article.doi
    return not is_declined and (not own.taken_from or is_doi_wanted(comparison, own))


def place_article_doi(comparison: Comparison) -> KeyPath:
    """Return the key that gets the article's DOI."""
    return page_doi(comparison.page).path or comparison.site_context.dialect.doi


def _list_known_articles(comparison: Comparison) -> Iterator[Work]:
    found = comparison.answer
    if not isinstance(found, Found) or not comparison.is_same:
        return
    for doi in list_article_dois(found):
        answer = comparison.others.get(doi)
        if isinstance(answer, Found) and get_csl_type(answer.work) in _PUBLISHED:
            yield answer.work


def _is_same_article(comparison: Comparison, article: Work) -> bool:
    """Return whether the page, or the record of its preprint, is the article's by title and authors."""
    if not isinstance(parse_doi(article.doi), Doi) or article.update_to or comparison.work is None:
        return False
    identity = identify_record(comparison.page, comparison.site_context, article)
    if identity.answer in {"part", "other"}:
        return False
    return identity.answer == "same" or is_article_of(comparison.work, article)
