"""Name the pages of a site that may be about the work of a new page, without proof."""

from __future__ import annotations

from collections.abc import Iterator

from enrich.model.page import Page
from enrich.model.work import Work
from enrich.reconciler.judged_doi import FEWEST_WORDS, judge_found_doi
from enrich.reconciler.known_work import list_alike_pages, list_pages_without_doi
from enrich.reconciler.title_likeness import count_words
from enrich.steps.make_page import SiteHabits
from enrich.text.page_doi import page_doi

_IF_SAME = "If it is, write the DOI there and remove the new page"
_IF_ONE = "If both are one work, keep one page"


def list_similar_pages(habits: SiteHabits, work: Work) -> Iterator[str]:
    """Yield a warning for each page with no or another DOI that may be about the work."""
    pages = habits.pages.read.values()
    own_title = count_words(work.title) >= FEWEST_WORDS  # every editorial is called “Editorial”
    alike = list_alike_pages(pages, work) if own_title else []
    found = {page.path: page for page in (*list_pages_without_doi(pages, work), *alike)}
    for page in found.values():
        judged = judge_found_doi(page, habits.survey.make_context(page), work)
        if judged.is_possible:
            yield _describe_page(page, "; ".join(judged.candidate.reasons))


def _describe_page(page: Page, reasons: str) -> str:
    if key := page_doi(page).key:
        return f"{page.path} has this title and the DOI {key}: {reasons}. {_IF_ONE}"
    return f"{page.path} has no DOI and may be about this work: {reasons}. {_IF_SAME}"
