"""Look up the DOIs of a site's pages; begin with DOIs under other keys than the page's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from enrich.fetcher.lookup import Lookup
from enrich.model.page import Page, PlacedDoi
from enrich.model.plan import Failed
from enrich.model.work import Answer, Found, Unanswered
from enrich.reconciler.adopt_doi import (
    adopt_certain_doi,
    adopt_doi,
    adopt_whole_doi,
    has_whole_doi,
    is_registered,
    list_dois_to_judge,
)
from enrich.reconciler.linked_works import list_linked_dois, list_linked_piis
from enrich.site.page_files import SitePages
from enrich.site.site_survey import Survey
from enrich.text.page_doi import page_doi

if TYPE_CHECKING:
    from enrich.reconciler.judged_doi import JudgedDoi

# The number of pages to look up together: the services get full batches, and memory stays bounded. A query
# of Parquet files reads most of the records that a site needs, so there are few queries.
CHUNK, CHUNK_OF_RECORDS = 400, 4000
Progress = Callable[[str, int, int], None]
Announce = Callable[[str], None]


@dataclass(frozen=True)
class LookedUpPages:
    """The pages of a site, each with the DOI that its record confirmed."""

    pages: SitePages
    """The pages; those with a DOI under another key have adopted it."""
    survey: Survey
    """The survey with these DOIs."""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    """The answers about the adopted DOIs, by their lower-case form."""
    failures: Mapping[str, Unanswered] = field(default_factory=dict)
    """Why a service did not answer, so that nothing confirmed or found a page's DOI, by the page's path."""
    judged: Mapping[str, tuple[JudgedDoi, ...]] = field(default_factory=dict)
    """The DOIs that may belong to a page without one, by the page's path."""


def list_paths_without_doi(pages: SitePages, paths: Sequence[str]) -> tuple[str, ...]:
    """Return those of the paths whose page has no DOI, or could not be read."""
    missing = {path for path, page in pages.read.items() if page_doi(page).parsed is None}
    failed = {path for path, outcome in pages.unread.items() if isinstance(outcome, Failed)}
    return tuple(path for path in paths if path in missing or path in failed)


def confirm_dois(
    lookup: Lookup, pages: SitePages, survey: Survey, paths: Sequence[str], progress: Progress
) -> LookedUpPages:
    """Look up the DOIs that pages have under other keys; return the pages, which adopt certain ones."""
    pages = _keep_whole_dois(lookup, pages, paths)
    survey = survey.add_dois(pages.read.values())
    placed = {path: found for path, page in pages.read.items() if (found := list_dois_to_judge(page))}
    dois = sorted({each.doi.key for path in paths for each in placed.get(path, ())})
    if not dois:
        return LookedUpPages(pages, survey)
    answers = lookup.look_up(dois, lambda done, of: progress("look-ups", done, of))
    adopted, failures = dict(pages.read), dict[str, Unanswered]()
    judged: dict[str, tuple[JudgedDoi, ...]] = {}
    survey = _pair_translations(pages, placed, survey)
    for path, found in placed.items():
        judged_dois = _judge_placed_dois(adopted[path], found, survey, answers)
        if page := adopt_certain_doi(adopted[path], judged_dois):
            adopted[path] = page
        elif failed := _find_failure(found, answers):
            failures[path] = failed
        else:
            judged[path] = judged_dois
    kept = {key: answers[key] for page in adopted.values() if (key := page_doi(page).key) in answers}
    survey = survey.add_dois(adopted.values())
    return LookedUpPages(SitePages(adopted, pages.unread), survey, kept, failures, judged)


def _pair_translations(pages: SitePages, placed: Mapping[str, Sequence[PlacedDoi]], survey: Survey) -> Survey:
    """Return the survey with the likeliest DOI of each page, so that it recognises translations."""
    trials = (
        adopt_doi(page, placed[path][0]) if path in placed else page for path, page in pages.read.items()
    )
    return survey.add_dois(trials)


def _keep_whole_dois(lookup: Lookup, pages: SitePages, paths: Sequence[str]) -> SitePages:
    """Return the pages; a DOI keeps the end that enrich took off if an agency knows it with that end."""
    whole = {path: page for path in paths if (page := pages.read.get(path)) and has_whole_doi(page)}
    if not whole:
        return pages
    typed = {path: adopt_whole_doi(page) for path, page in whole.items()}
    answers = lookup.look_up(page_doi(page).key for page in typed.values())
    known = {path: page for path, page in typed.items() if is_registered(answers[page_doi(page).key])}
    return SitePages({**pages.read, **known}, pages.unread)


def _judge_placed_dois(
    page: Page, found: Sequence[PlacedDoi], survey: Survey, answers: Mapping[str, Answer]
) -> tuple[JudgedDoi, ...]:
    """Return the DOIs that have a record, each judged as if it were the page's own."""
    from enrich.reconciler.judged_doi import judge_placed_doi

    records = [(placed, answers.get(placed.doi.key)) for placed in found]
    return tuple(
        judge_placed_doi(page, survey.make_context(adopt_doi(page, placed)), placed, answer.work)
        for placed, answer in records
        if isinstance(answer, Found)
    )


def _find_failure(found: Sequence[PlacedDoi], answers: Mapping[str, Answer]) -> Unanswered | None:
    """Return why a service did not answer; None if all answered, or the run is offline."""
    replies = (answers.get(placed.doi.key) for placed in found)
    failed = (reply for reply in replies if isinstance(reply, Unanswered) and not reply.offline)
    return next(failed, None)


def look_up_pages(
    lookup: Lookup, looked_up: LookedUpPages, paths: Sequence[str], progress: Progress
) -> Iterator[tuple[Sequence[str], Mapping[str, Answer]]]:
    """Yield the paths in chunks, each with the answers about its pages' DOIs and links."""
    pages, known = looked_up.pages.read, looked_up.answers
    dois = {path: list_dois_to_look_up(page) for path in paths if (page := pages.get(path))}
    total = len({doi for page_dois in dois.values() for doi in page_dois})
    answered: set[str] = set()
    size = CHUNK_OF_RECORDS if lookup.has_records else CHUNK
    for chunk in (paths[at : at + size] for at in range(0, len(paths), size)):
        progress("look-ups", len(answered), total)
        read = [page for path in chunk if (page := pages.get(path))]
        asked = sorted({doi for page in read for doi in dois[page.path]} - known.keys())
        answers = {**known, **lookup.look_up(asked)}
        answers |= lookup.look_up(_list_missing_articles(read, answers))
        answered |= answers.keys()
        piis = (pii for page in read for pii in list_linked_piis(page, answers.get(page_doi(page).key)))
        yield chunk, {**answers, **lookup.find_by_pii(piis)}


def _list_missing_articles(pages: Sequence[Page], answers: Mapping[str, Answer]) -> list[str]:
    """Return the DOIs of the articles of these pages' preprints, if none of them is answered yet."""
    found = [answers.get(page_doi(page).key) for page in pages]
    preprints = [one for one in found if isinstance(one, Found) and one.work.type == "posted-content"]
    if not preprints:
        return []
    from enrich.reconciler.findings.published_version import list_article_dois

    dois = {doi for one in preprints for doi in list_article_dois(one)}
    return sorted(dois - answers.keys())


def list_dois_to_look_up(page: Page) -> tuple[str, ...]:
    """Return every DOI that a run looks up for a page: its own, and those in its links."""
    own = page_doi(page).key
    return (own, *list_linked_dois(page)) if own else ()


def list_page_dois(page: Page) -> tuple[str, ...]:
    """Return every DOI that a run may look up for a page, including those under other keys."""
    placed = list_dois_to_judge(page)
    whole = [adopt_whole_doi(page)] if has_whole_doi(page) else []
    trials = (page, *whole, *(adopt_doi(page, each) for each in placed))
    own = (doi for trial in trials for doi in list_dois_to_look_up(trial))
    return tuple(dict.fromkeys((*(each.doi.key for each in placed), *own)))
