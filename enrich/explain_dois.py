"""Explain how enrich decided about a DOI, on each page that has it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from enrich.errors import UsageError
from enrich.model.explanation import Explanation
from enrich.model.page import Page
from enrich.pipeline import open_run
from enrich.reconciler.adopt_doi import adopt_doi
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.explain import explain_comparison, explain_without_page
from enrich.settings.settings import Settings
from enrich.site import page_files, pages, site_survey
from enrich.text.page_doi import page_doi


def explain_doi(settings: Settings, doi: str, targets: Sequence[Path]) -> tuple[Explanation, ...]:
    """Explain the decision on each page with a DOI; if no page has it, explain the record alone."""
    with open_run(settings, targets, act=False) as opened:
        read = page_files.read_pages(opened.site, _ignore_progress).read
        survey = site_survey.survey_site(opened.site, read.values(), settings.theme())
        answer = opened.lookup.look_up([doi])[doi.lower()]
        rules, known = settings.rules(opened.today), opened.baselines
        cases = [
            Comparison(page, answer, known.find(page.path, doi.lower()), survey.make_context(page), rules)
            for page in map(_adopt_first_doi, read.values())
            if page_doi(page).key == doi.lower()
        ]
    return tuple(explain_comparison(case, doi) for case in cases) or (explain_without_page(doi, answer),)


def find_doi(settings: Settings, path: Path) -> str:
    """Return the DOI of a page; raise UsageError if it has none or there are several pages."""
    site = pages.find_site([path], settings.sections)
    read = (page_files.read_page_file(site, name) for name in pages.list_target_pages(site))
    dois = [page_doi(_adopt_first_doi(page)).key for page in read if isinstance(page, Page)]
    if len(dois) != 1 or not dois[0]:
        step = "; `enrich find` with this path searches for it"
        problem = f"this page has no DOI{step}" if len(dois) == 1 else f"{len(dois)} pages; name one of them"
        raise UsageError(f"{path}: {problem}")
    return dois[0]


def _adopt_first_doi(page: Page) -> Page:
    """Return the page with the likeliest DOI from another key, if there is one."""
    return adopt_doi(page, page.placed_dois[0]) if page.placed_dois else page


def _ignore_progress(_stage: str, _done: int, _of: int) -> None:
    """Show no progress, because the look-up of one DOI takes a moment."""
