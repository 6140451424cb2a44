"""Decide whether a site already has a page for a work, under its DOI, another DOI or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from enrich.model.page import Page
from enrich.model.site_context import SiteContext
from enrich.model.work import Answer, Found, Work
from enrich.reconciler.findings.published_version import is_article_of
from enrich.reconciler.judged_doi import judge_found_doi
from enrich.reconciler.title_forms import is_same_title, list_title_forms, read_title
from enrich.text.compare import list_telling_words
from enrich.text.page_doi import page_doi

FEWEST_SHARED = 0.4  # of the shorter title's words; other words of one title may be spelt in two ways


def list_dois_of_work(work: Work) -> tuple[str, ...]:
    """Return the DOIs of a work in lower case: its own, its aliases, its preprints and its article."""
    preprints = (
        one.id.lower() for one in work.relations if one.type == "has-preprint" and one.id_type == "doi"
    )
    return tuple(dict.fromkeys((work.doi, *work.aliases, *preprints, *work.became)))


def is_one_work(one: Work, other: Work) -> bool:
    """Return whether two records are of one work: the same one, or a preprint and its article."""
    if one.doi in list_dois_of_work(other) or other.doi in list_dois_of_work(one):
        return True
    is_titled_alike = is_same_title(one.title, list_title_forms(other))
    return is_titled_alike and (is_article_of(one, other) or is_article_of(other, one))


def find_page_with_any_doi(pages: Iterable[Page], keys: Iterable[str]) -> str:
    """Return the path of the page that has one of the DOIs, under any key; `""` if no page has one."""
    dois = set(keys)
    return next((page.path for page in pages if not dois.isdisjoint(_list_known_dois(page))), "")


def _list_known_dois(page: Page) -> Iterator[str]:
    own = page_doi(page).key
    yield from [own] if own else [placed.doi.key for placed in page.placed_dois]


def list_alike_pages(pages: Iterable[Page], work: Work) -> list[Page]:
    """Return the pages that have the title of a work."""
    forms = list_title_forms(work)
    return [page for page in pages if (title := read_title(page)) and is_same_title(title, forms)]


def list_pages_without_doi(pages: Iterable[Page], work: Work) -> list[Page]:
    """Return the pages without a DOI whose title shares many words with that of a work."""
    words = {word for form in list_title_forms(work) for word in list_telling_words(form)}
    without = (page for page in pages if not page_doi(page).key)
    return [page for page in without if _shares_words(list_telling_words(read_title(page)), words)]


def _shares_words(own: AbstractSet[str], words: AbstractSet[str]) -> bool:
    shorter = min(len(own), len(words))
    return len(own & words) >= max(1, FEWEST_SHARED * shorter)


def is_page_of_work(page: Page, site_context: SiteContext, work: Work, answer: Answer | None) -> bool:
    """Return whether a page with a work's title is about that work; `answer` is about the page's own DOI.

    A page without a DOI is if authors and year agree too; a page with a DOI is if its record is the same
    work, or a preprint of it.
    """
    if not page_doi(page).key:
        return judge_found_doi(page, site_context, work).is_certain
    record = answer.work if isinstance(answer, Found) else None
    return record is not None and (
        work.doi in list_dois_of_work(record) or is_article_of(record, work) or is_article_of(work, record)
    )
