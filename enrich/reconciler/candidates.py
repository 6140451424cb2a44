"""Rank the judged DOIs of a page, and choose those that a report shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from enrich.model.plan import Candidate, CandidateVerdict

if TYPE_CHECKING:
    from enrich.reconciler.judged_doi import JudgedDoi

MOST_CANDIDATES = 5
_ORDER: tuple[CandidateVerdict, ...] = ("certain", "unsure", "no")


def rank_candidates(judged: Iterable[JudgedDoi]) -> tuple[Candidate, ...]:
    """Return the candidates, the best first; at most one is certain, and none if two agree equally well."""
    dois: dict[str, JudgedDoi] = {}
    for judged_doi in judged:
        dois.setdefault(judged_doi.candidate.doi, judged_doi)
    best_first = sorted(dois.values(), key=_rank_doi)
    certain = [judged_doi for judged_doi in best_first if judged_doi.is_certain]
    are_tied = len(certain) > 1 and certain[0].score[:4] == certain[1].score[:4]
    doubted = certain[0 if are_tied else 1 :]
    ranked = (
        _doubt_beside(judged_doi, certain) if judged_doi in doubted else judged_doi
        for judged_doi in best_first
    )
    return tuple(judged_doi.candidate for judged_doi in ranked)


def choose_candidates(judged: Iterable[JudgedDoi], *, show_all: bool) -> tuple[Candidate, ...]:
    """Return the candidates that a report shows, the best first; with `show_all` other works' too."""
    ranked = (candidate for candidate in rank_candidates(judged) if show_all or candidate.verdict != "no")
    return tuple(ranked)[:MOST_CANDIDATES]


def _rank_doi(judged: JudgedDoi) -> tuple[object, ...]:
    candidate = judged.candidate
    return _ORDER.index(candidate.verdict), [-part for part in judged.score], candidate.doi


def _doubt_beside(judged: JudgedDoi, certain: list[JudgedDoi]) -> JudgedDoi:
    from enrich.reconciler.judged_doi import doubt_doi

    other = next(rival.candidate.doi for rival in certain if rival is not judged)
    return doubt_doi(judged, f"{other} fits as well or better")
