"""Judge whether a DOI is that of a page's work, wherever the DOI was found, and give the reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from enrich.model.page import Page, PlacedDoi
from enrich.model.plan import Candidate, CandidateOrigin, CandidateVerdict
from enrich.model.site_context import SiteContext
from enrich.model.work import Work
from enrich.reconciler.author_overlap import AuthorOverlap, count_shared_authors
from enrich.reconciler.identity import identify_record
from enrich.reconciler.identity_facts import count_years_apart
from enrich.reconciler.partial_dates import list_dates
from enrich.reconciler.people.parse_name import format_full_name
from enrich.reconciler.title_forms import is_same_title, list_title_forms, read_title
from enrich.reconciler.title_likeness import count_words, find_title_likeness, is_title_alike
from enrich.reconciler.work_kinds import explain_other_kind, names_container, read_venue
from enrich.text.compare import strip_markup

FEWEST_WORDS = 4  # of a title that only one work has
MOST_YEARS = 1  # between the page's date and the record's
MOST_AUTHORS = 0.8  # the share of the shorter author list that must be in the other


@dataclass(frozen=True, slots=True)
class JudgedDoi:
    """A DOI that may be that of a page's work, as its record shows."""

    candidate: Candidate
    """The DOI, what reports show of its record, the verdict, and the reasons for and against."""
    score: tuple[float, ...] = ()
    """How well page and record agree; the highest score comes first."""
    placed: PlacedDoi | None = None
    """Where the page has the DOI; None if the page does not have it."""

    @property
    def is_certain(self) -> bool:
        """Return whether the DOI is that of the page's work."""
        return self.candidate.verdict == "certain"

    @property
    def is_possible(self) -> bool:
        """Return whether the DOI may be that of the page's work."""
        return self.candidate.verdict != "no"


def judge_found_doi(
    page: Page, site_context: SiteContext, work: Work, owners: Sequence[str] = ()
) -> JudgedDoi:
    """Judge a DOI that a search found; `owners` are the paths of other pages that have it."""
    judged = _judge_record(page, site_context, work, "search")
    if not owners:
        return judged
    return doubt_doi(judged, f"{', '.join(owners)} {'has' if len(owners) == 1 else 'have'} this DOI already")


def judge_placed_doi(page: Page, site_context: SiteContext, placed: PlacedDoi, work: Work) -> JudgedDoi:
    """Judge a DOI that the page has elsewhere, or the repair of a damaged one."""
    if _is_confirmed(page, site_context, work):
        reason = "title, authors, year and kind of work agree"
        return JudgedDoi(make_candidate(work, "page", "certain", (reason,)), placed=placed)
    return replace(doubt_doi(_judge_record(page, site_context, work, "page")), placed=placed)


def judge_translated_doi(translation: Page, site_context: SiteContext, work: Work) -> JudgedDoi | None:
    """Judge the DOI of a page's translation by the translation itself; None if its record is not its own."""
    if identify_record(translation, site_context, work).answer != "same":
        return None
    reason = f"its translation {translation.path} has this DOI"
    return JudgedDoi(make_candidate(work, "page", "certain", (reason,)), (2.0,))


def doubt_doi(judged: JudgedDoi, *reasons: str) -> JudgedDoi:
    """Return a judged DOI that is at most unsure, with more reasons."""
    candidate = judged.candidate
    verdict: CandidateVerdict = "unsure" if judged.is_possible else "no"
    return replace(
        judged, candidate=replace(candidate, verdict=verdict, reasons=(*candidate.reasons, *reasons))
    )


def make_candidate(
    work: Work, origin: CandidateOrigin, verdict: CandidateVerdict, reasons: tuple[str, ...]
) -> Candidate:
    """Return a candidate with what reports show of its record."""
    names = (*work.container_titles, *work.institutions)
    return Candidate(
        doi=work.doi,
        title=strip_markup(work.title),
        authors=tuple(map(format_full_name, work.contributors)),
        year=min((date.year for date in list_dates(work.dates)), default=None),
        type=work.type,
        container=strip_markup(names[0]) if names else "",
        origin=origin,
        verdict=verdict,
        reasons=reasons,
    )


def _is_confirmed(page: Page, site_context: SiteContext, work: Work) -> bool:
    """Return whether a record is that of the page's work, of its kind and of its year, beyond doubt."""
    titles = [title for version in (page, *site_context.twins) if (title := read_title(version))]
    if not read_title(page) or (count_years_apart(page, work) or 0) > MOST_YEARS:
        return False
    if explain_other_kind(page, work) or identify_record(page, site_context, work).answer != "same":
        return False
    # Titles in two languages prove nothing here, nor do similar titles if one side names no authors.
    has_authors = count_shared_authors(page, site_context.profiles, work) is not None
    are_alike = is_title_alike if has_authors else is_same_title
    return any(are_alike(title, list_title_forms(work)) for title in titles)


def _judge_record(page: Page, site_context: SiteContext, work: Work, origin: CandidateOrigin) -> JudgedDoi:
    """Judge a DOI by its record alone, without the other candidates."""
    title, forms = read_title(page), list_title_forms(work)
    is_equal, likeness = is_same_title(title, forms), find_title_likeness(title, forms)
    if not title or not (is_equal or is_title_alike(title, forms)):  # most hits; to compare more takes time
        return JudgedDoi(make_candidate(work, origin, "no", ("the titles differ",)), (0.0,) * 5 + (likeness,))
    authors, years = count_shared_authors(page, site_context.profiles, work), count_years_apart(page, work)
    other_kind = explain_other_kind(page, work)
    objections = (
        "" if is_equal else "the titles are alike, not equal",
        "" if count_words(title) >= FEWEST_WORDS else f"the title has fewer than {FEWEST_WORDS} words",
        _object_to_authors(authors),
        _object_to_years(years),
        other_kind,
        _object_to_venue(page, work),
    )
    against = tuple(filter(None, objections))
    is_other = authors is not None and not authors.shared
    verdict: CandidateVerdict = "no" if is_other else "unsure" if against else "certain"
    in_favour = _list_agreements(authors, years, is_equal=is_equal)
    share = authors.share if authors else 0.0
    score = (not other_kind, is_equal, names_container(page, work), share, -(years or 0), likeness)
    candidate = make_candidate(work, origin, verdict, (*in_favour, *against))
    return JudgedDoi(candidate, tuple(map(float, score)))


def _list_agreements(authors: AuthorOverlap | None, years: int | None, *, is_equal: bool) -> tuple[str, ...]:
    title = "the titles are equal" if is_equal else ""
    shared = authors.describe() if authors else ""
    year = {0: "the years are equal", 1: "the years are one apart"}.get(-1 if years is None else years, "")
    return tuple(filter(None, (title, shared, year)))


def _object_to_authors(authors: AuthorOverlap | None) -> str:
    if authors is None:
        return "the authors cannot be compared"
    return "" if authors.share >= MOST_AUTHORS else "the author lists differ"


def _object_to_years(years: int | None) -> str:
    if years is None:
        return "the years cannot be compared"
    return "" if years <= MOST_YEARS else f"the years are {years} apart"


def _object_to_venue(page: Page, work: Work) -> str:
    venue = strip_markup(read_venue(page))
    if not venue or not work.container_titles or names_container(page, work):
        return ""
    return f"the page names “{venue}”, the record “{strip_markup(work.container_titles[0])}”"
