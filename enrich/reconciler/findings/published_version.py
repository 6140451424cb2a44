"""Decide whether an article is the published version of a preprint."""

from __future__ import annotations

import re
from collections.abc import Iterable

from enrich.model.page import Doi
from enrich.model.work import Work
from enrich.reconciler.partial_dates import list_dates
from enrich.reconciler.people.parse_name import format_full_name
from enrich.reconciler.people.same_person import is_same_person
from enrich.reconciler.title_forms import ABOUT_ANOTHER, list_title_forms
from enrich.reconciler.type_words import csl_type_of
from enrich.text.compare import strip_markup, word_jaccard
from enrich.text.doi import parse_doi

ARTICLES = ("article-journal", "paper-conference")
# A title of few words is many works' ("Introduction"); what was retitled keeps most of them.
FEWEST_WORDS, SHARED_WORDS = 4, 0.75
# Numbers in words; those in digits and single letters tell works of a series apart as well.
COUNTED = frozenset("one two three four five six seven eight nine ten eleven twelve".split())
# Of the authors of the longer list, so many stand in the other one too.
SHARED_AUTHORS, SHARED_AUTHORS_IF_RETITLED = 0.5, 0.8
# A manuscript may be put on a server after it was published.
MOST_YEARS_BEFORE, MOST_YEARS_AFTER = 1, 6


def likely_article(preprint: Work, candidates: Iterable[Work]) -> Work | None:
    """Return the work, if any, that title, authors and year say the preprint became."""
    likely = [work for work in candidates if is_article_of(preprint, work)]
    return min(likely, key=lambda work: (-_likeness(preprint, work), work.doi), default=None)


def is_article_of(preprint: Work, article: Work) -> bool:
    """Return whether title, authors and year together say so; a notice, a reply or a part is none.

    Example: the same title and half of the authors; or three words in four and nearly all authors.
    """
    if csl_type_of(article) not in ARTICLES or article.doi == preprint.doi or article.update_to:
        return False
    if not isinstance(parse_doi(article.doi), Doi) or _is_about_it(preprint, article):
        return False
    shared = _likeness(preprint, article)
    if shared < SHARED_WORDS or not _years_fit(preprint, article):
        return False
    enough = SHARED_AUTHORS if shared == 1 else SHARED_AUTHORS_IF_RETITLED
    return _shared_authors(preprint, article) >= enough


def _is_about_it(preprint: Work, article: Work) -> bool:
    """Return whether a title makes it a notice, a reply or a part: "Correction: …", "… II"."""
    own, other = (_words((*work.titles, *work.subtitles)) for work in (preprint, article))
    return any(
        word in ABOUT_ANOTHER | COUNTED or (len(word) == 1 and word != "a") or any(map(str.isdigit, word))
        for word in own ^ other
    )


def _words(titles: Iterable[str]) -> set[str]:
    return set(re.findall(r"\w+", strip_markup(" ".join(titles)).casefold()))


def _likeness(one: Work, other: Work) -> float:
    """Return the greatest likeness (0 to 1) of a title of the one and a title of the other."""
    titles = [title for title in list_title_forms(one) if len(title.split()) >= FEWEST_WORDS]
    return max((word_jaccard(a, b) for a in titles for b in list_title_forms(other)), default=0.0)


def _shared_authors(one: Work, other: Work) -> float:
    shorter, longer = sorted((one.contributors, other.contributors), key=len)
    known = sum(any(is_same_person(format_full_name(a), b) for b in longer) for a in shorter)
    return known / len(longer) if longer else 0.0


def _years_fit(preprint: Work, article: Work) -> bool:
    posted = min((date.year for date in list_dates(preprint.dates)), default=0)
    years = [date.year - posted for date in list_dates(article.dates)]
    return not posted or not years or any(-MOST_YEARS_BEFORE <= year <= MOST_YEARS_AFTER for year in years)
