"""Search the services for the DOIs of pages that have none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from enrich.fetcher.lookup import Lookup
from enrich.fetcher.work_search import SearchResult, TitleQuery
from enrich.front_matter.comments import find_pinned_keys
from enrich.model.page import Page
from enrich.model.work import Answer, Found, Unanswered
from enrich.reconciler.judged_doi import JudgedDoi, judge_found_doi, judge_translated_doi
from enrich.reconciler.people.author_entries import read_first_family
from enrich.reconciler.title_forms import read_title
from enrich.reconciler.work_kinds import SPECIAL, read_page_kind
from enrich.site.translations import group_translations
from enrich.steps.page_lookup import Announce, LookedUpPages, Progress
from enrich.text.page_doi import page_doi

CROSSREF, DATACITE = "crossref", "datacite"
AT_A_TIME = 400  # pages with a search at the same time, so that memory stays bounded
WORTH_SAYING = 10  # seconds


@dataclass(frozen=True, slots=True)
class PageSearch:
    """The search for the DOI of one page."""

    page: Page
    """The page."""
    queries: tuple[TitleQuery, ...]
    """The searches that are left, in order; a later one runs only if the earlier ones found nothing."""
    judged: tuple[JudgedDoi, ...] = ()
    """The DOIs that were found so far."""
    failure: Unanswered | None = None
    """Why a service did not answer, None if all did."""

    @property
    def is_open(self) -> bool:
        """Return whether to search again, because none of the DOIs found so far may be the page's."""
        has_found = any(judged_doi.is_possible for judged_doi in self.judged)
        return bool(self.queries) and not has_found and self.failure is None


def search_missing_dois(
    lookup: Lookup, looked_up: LookedUpPages, paths: Sequence[str], progress: Progress, announce: Announce
) -> LookedUpPages:
    """Return the pages with candidates for their missing DOIs, from translations or else from a search."""
    pages = [page for path in paths if (page := looked_up.pages.read.get(path)) and _lacks_doi(page)]
    translated = _take_from_translations(lookup, looked_up, pages)
    searches = [
        plan_search(page, looked_up)
        for page in pages
        if page.path not in (translated.keys() | looked_up.failures.keys()) and read_title(page)
    ]
    _announce_duration(lookup, searches, announce)
    judged = {**looked_up.judged, **translated}
    failures = dict(looked_up.failures)
    for at in range(0, len(searches), AT_A_TIME):
        for search in _run_searches(lookup, looked_up, searches[at : at + AT_A_TIME], progress):
            judged[search.page.path] = (*judged.get(search.page.path, ()), *search.judged)
            failures |= {search.page.path: search.failure} if search.failure else {}
    return replace(looked_up, judged=judged, failures=failures)


def _lacks_doi(page: Page) -> bool:
    """Return whether a page has no DOI and no mark `# enrich: keep` at the empty key."""
    own = page_doi(page)
    return own.parsed is None and not (own.path and ".".join(own.path) in find_pinned_keys(page))


def _take_from_translations(
    lookup: Lookup, looked_up: LookedUpPages, pages: Sequence[Page]
) -> Mapping[str, tuple[JudgedDoi, ...]]:
    """Return the DOI of each page whose translation has one, by the page's path."""
    read = looked_up.pages.read
    groups = group_translations(looked_up.survey.site, read)
    dois = {
        page.path: (doi, other)
        for page in pages
        for other in groups.get(page.path, ())
        if (doi := page_doi(read[other]).key)
    }
    answers = {**lookup.look_up(sorted({doi for doi, _ in dois.values()} - looked_up.answers.keys()))}
    answers |= looked_up.answers
    return {
        path: (judged,)
        for path, (doi, other) in dois.items()
        if (judged := _judge_translation(read[other], answers.get(doi), looked_up))
    }


def _judge_translation(page: Page, answer: Answer | None, looked_up: LookedUpPages) -> JudgedDoi | None:
    if not isinstance(answer, Found):
        return None
    return judge_translated_doi(page, looked_up.survey.make_context(page), answer.work)


def plan_search(page: Page, looked_up: LookedUpPages) -> PageSearch:
    """Return the searches for a page, at most two, first at the service with most works of its kind.

    Without a first author, the second search is at the other service.
    """
    title = read_title(page)
    family = read_first_family(page.get("authors"), looked_up.survey.profiles)
    at_crossref, at_datacite = TitleQuery(CROSSREF, title, family), TitleQuery(DATACITE, title, family)
    is_special = read_page_kind(page) in SPECIAL
    return PageSearch(page, (at_datacite, at_crossref) if is_special else (at_crossref, at_datacite))


def _run_searches(
    lookup: Lookup, looked_up: LookedUpPages, searches: Sequence[PageSearch], progress: Progress
) -> Sequence[PageSearch]:
    """Return the searches with the DOIs that they found; do the first search of every page first."""
    while waiting := {search.queries[0]: None for search in searches if search.is_open}:
        results = lookup.find_works([*waiting], lambda done, of: progress("searches", done, of))
        searches = [
            _add_result(search, results[search.queries[0]], looked_up) if search.is_open else search
            for search in searches
        ]
    return searches


def _add_result(search: PageSearch, result: SearchResult, looked_up: LookedUpPages) -> PageSearch:
    """Return a search with the reply to its next query."""
    query, *rest = search.queries
    if isinstance(result, Unanswered):
        return replace(search, queries=tuple(rest), failure=None if result.offline else result)
    if not result and query.service == CROSSREF and query.author:
        rest = [replace(query, author="")]  # a wrong word in the query may find nothing
    survey = looked_up.survey
    context = survey.make_context(search.page)
    judged = (
        judge_found_doi(search.page, context, work, [page.path for page in survey.same_doi.get(work.doi, ())])
        for work in result
    )
    return replace(search, queries=tuple(rest), judged=(*search.judged, *judged))


def _announce_duration(lookup: Lookup, searches: Sequence[PageSearch], announce: Announce) -> None:
    """Announce, before the first search, how long all of them take at the services' limits."""
    seconds = lookup.estimate_seconds([search.queries[0] for search in searches])
    if seconds < WORTH_SAYING:
        return
    limits = "at the services' limits"
    limits += "" if lookup.has_address else "; --mailto ADDRESS makes it three times as fast"
    announce(
        f"searching for the DOIs of {len(searches)} pages takes {format_minutes(seconds, 2 * seconds)}"
        f" {limits}; you may interrupt it and run it again, since enrich"
        " keeps the answers for 30 days"
    )


def format_minutes(least: float, most: float) -> str:
    """Return a duration in minutes, as a range unless both ends are the same."""
    first, last = (round(seconds / 60) or 1 for seconds in (least, most))
    if first == last:
        return "about a minute" if first == 1 else f"about {first} minutes"
    return f"{first} to {last} minutes"
