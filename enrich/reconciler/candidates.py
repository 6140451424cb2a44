"""Judge works that may be a page's own: by our own comparison, with what speaks for and against each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from enrich.model.page import Page
from enrich.model.plan import Candidate, CandidateOrigin, CandidateVerdict
from enrich.model.site_context import SiteContext
from enrich.model.work import Work
from enrich.reconciler.author_overlap import AuthorOverlap, count_shared_authors
from enrich.reconciler.identity_facts import count_years_apart
from enrich.reconciler.partial_dates import list_dates
from enrich.reconciler.people.parse_name import format_full_name
from enrich.reconciler.title_forms import is_same_title, list_title_forms, read_title
from enrich.reconciler.title_likeness import count_words, find_title_likeness, is_title_alike
from enrich.reconciler.work_kinds import explain_other_kind, names_container, read_venue
from enrich.text.compare import strip_markup

MOST_CANDIDATES = 5
FEWEST_WORDS = 4  # of a title that is one work's alone
MOST_YEARS = 1
AGREE = 0.8  # of the shorter author list is in the other one
_ORDER: tuple[CandidateVerdict, ...] = ("certain", "unsure", "no")


@dataclass(frozen=True, slots=True)
class JudgedWork:
    """A work that may be a page's own, and how well it fits."""

    candidate: Candidate
    """What reports show of it."""
    score: tuple[float, ...]
    """How well it fits; of two that are certain only the higher one stays so."""


def judge_work(page: Page, site_context: SiteContext, work: Work, origin: CandidateOrigin) -> JudgedWork:
    """Return whether a work is the page's own, as far as it can be said without the other candidates."""
    title, forms = read_title(page), list_title_forms(work)
    is_equal, other_kind = is_same_title(title, forms), explain_other_kind(page, work)
    authors, years = count_shared_authors(page, site_context.profiles, work), count_years_apart(page, work)
    objections = (
        "" if is_equal else "the titles are alike, not equal",
        "" if count_words(title) >= FEWEST_WORDS else f"the title has under {FEWEST_WORDS} words",
        _object_to_authors(authors),
        _object_to_years(years),
        other_kind,
        _object_to_venue(page, work),
    )
    against = tuple(filter(None, objections))
    is_alike = bool(title) and (is_equal or is_title_alike(title, forms))
    is_other = not is_alike or (authors is not None and not authors.shared)
    verdict: CandidateVerdict = "no" if is_other else "unsure" if against else "certain"
    in_favour = _list_agreements(authors, years, is_equal=is_equal)
    likeness = find_title_likeness(title, forms)
    share = authors.share if authors else 0.0
    score = (not other_kind, is_equal, names_container(page, work), share, -(years or 0), likeness)
    candidate = describe_work(work, origin, verdict, (*in_favour, *against))
    return JudgedWork(candidate, tuple(map(float, score)))


def accept_work(work: Work, reason: str) -> JudgedWork:
    """Return a work that is known to be the page's own, for a reason."""
    return JudgedWork(describe_work(work, "page", "certain", (reason,)), (2.0,))


def doubt_work(judged: JudgedWork, *reasons: str) -> JudgedWork:
    """Return a judged work that is not certain whatever else speaks for it, with the reasons."""
    candidate = judged.candidate
    verdict: CandidateVerdict = "no" if candidate.verdict == "no" else "unsure"
    return replace(
        judged, candidate=replace(candidate, verdict=verdict, reasons=(*candidate.reasons, *reasons))
    )


def describe_work(
    work: Work, origin: CandidateOrigin, verdict: CandidateVerdict, reasons: tuple[str, ...]
) -> Candidate:
    """Return a work as a candidate with a verdict."""
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


def rank_candidates(judged: Iterable[JudgedWork]) -> tuple[Candidate, ...]:
    """Return the candidates, the best first; of several that fit equally well none is certain."""
    works: dict[str, JudgedWork] = {}
    for one in judged:
        works.setdefault(one.candidate.doi, one)
    best_first = sorted(works.values(), key=_rank_work)
    certain = [one for one in best_first if one.candidate.verdict == "certain"]
    if len(certain) > 1:
        tied = len({one.score[:4] for one in certain[:2]}) == 1
        doubted = {one.candidate.doi for one in certain[0 if tied else 1 :]}
        best_first = [
            _doubt_beside(one, certain) if one.candidate.doi in doubted else one for one in best_first
        ]
    return tuple(one.candidate for one in best_first)


def choose_candidates(judged: Iterable[JudgedWork], *, show_all: bool) -> tuple[Candidate, ...]:
    """Return the candidates that a report shows, the best first; with `show_all` other works' too."""
    ranked = (one for one in rank_candidates(judged) if show_all or one.verdict != "no")
    return tuple(ranked)[:MOST_CANDIDATES]


def _rank_work(judged: JudgedWork) -> tuple[object, ...]:
    return _ORDER.index(judged.candidate.verdict), [-part for part in judged.score], judged.candidate.doi


def _doubt_beside(judged: JudgedWork, certain: list[JudgedWork]) -> JudgedWork:
    other = next(one.candidate.doi for one in certain if one is not judged)
    return doubt_work(judged, f"{other} fits as well or better")


def _list_agreements(authors: AuthorOverlap | None, years: int | None, *, is_equal: bool) -> tuple[str, ...]:
    title = "the titles are equal" if is_equal else ""
    shorter = min(authors.on_page, authors.in_record) if authors else 0
    shared = f"{authors.shared} of {shorter} authors are shared" if authors else ""
    year = {0: "the years are equal", 1: "the years are one apart"}.get(-1 if years is None else years, "")
    return tuple(filter(None, (title, shared, year)))


def _object_to_authors(authors: AuthorOverlap | None) -> str:
    if authors is None:
        return "the authors cannot be compared"
    return "" if authors.share >= AGREE else "the author lists differ"


def _object_to_years(years: int | None) -> str:
    if years is None:
        return "the years cannot be compared"
    return "" if years <= MOST_YEARS else f"the years are {years} apart"


def _object_to_venue(page: Page, work: Work) -> str:
    venue = strip_markup(read_venue(page))
    if not venue or not work.container_titles or names_container(page, work):
        return ""
    return f"the page names “{venue}”, the record “{strip_markup(work.container_titles[0])}”"
