"""Decide whether an article is the published version of a preprint."""

from __future__ import annotations

import re
from collections.abc import Iterable

from enrich.model.page import Doi
from enrich.model.work import Found, Work
from enrich.reconciler.partial_dates import list_dates
from enrich.reconciler.people.name_matching import match_by_name, read_entry
from enrich.reconciler.people.parse_name import format_full_name
from enrich.reconciler.title_forms import ABOUT_ANOTHER, list_title_forms
from enrich.reconciler.type_words import get_csl_type
from enrich.text.compare import measure_shared_words, strip_markup
from enrich.text.doi import parse_doi

ARTICLES = ("article-journal", "paper-conference")
# A title of fewer words is not distinctive ("Introduction"). A retitled article keeps most of the words.
FEWEST_WORDS, SHARED_WORDS = 4, 0.75
# Numbers as words; like digits and single letters they tell the works of a series apart.
COUNTED = frozenset("one two three four five six seven eight nine ten eleven twelve".split())
# The share of the longer author list that must also be in the other one.
SHARED_AUTHORS, SHARED_AUTHORS_IF_RETITLED = 0.5, 0.8
# A manuscript may be put on a server after the article appeared.
MOST_YEARS_BEFORE, MOST_YEARS_AFTER = 1, 6


def list_article_dois(found: Found) -> tuple[str, ...]:
    """Return the DOIs, in lower case, of the articles that a preprint became.

    They are those that its record names; else that of the article with its title and authors.
    """
    if found.work.type != "posted-content":
        return ()
    likely = find_likely_article(found.work, found.articles)
    return found.work.became or ((likely.doi,) if likely else ())


def find_likely_article(preprint: Work, candidates: Iterable[Work]) -> Work | None:
    """Return the article that the preprint became according to title, authors and year, or None."""
    likely = [work for work in candidates if is_article_of(preprint, work)]
    return min(likely, key=lambda work: (-_measure_titles(preprint, work), work.doi), default=None)


def is_article_of(preprint: Work, article: Work) -> bool:
    """Return whether an article has the preprint's title and authors, and is not a notice, reply or part.

    Example: the same title and half of the authors; or three words in four and nearly all authors.
    """
    if get_csl_type(article) not in ARTICLES or article.doi == preprint.doi or article.update_to:
        return False
    if not isinstance(parse_doi(article.doi), Doi) or _is_about_preprint(preprint, article):
        return False
    shared = _measure_titles(preprint, article)
    if shared < SHARED_WORDS or not _has_fitting_year(preprint, article):
        return False
    enough = SHARED_AUTHORS if shared == 1 else SHARED_AUTHORS_IF_RETITLED
    return _compare_author_lists(preprint, article) >= enough


def _is_about_preprint(preprint: Work, article: Work) -> bool:
    """Return whether a word in only one title marks a notice, a reply or a part: "Correction", "II"."""
    words, others = (_list_title_words((*work.titles, *work.subtitles)) for work in (preprint, article))
    return any(
        word in ABOUT_ANOTHER | COUNTED or (len(word) == 1 and word != "a") or any(map(str.isdigit, word))
        for word in words ^ others
    )


def _list_title_words(titles: Iterable[str]) -> set[str]:
    return set(re.findall(r"\w+", strip_markup(" ".join(titles)).casefold()))


def _measure_titles(preprint: Work, article: Work) -> float:
    """Return the similarity (0 to 1) of the most similar titles of both works."""
    titles = [title for title in list_title_forms(preprint) if len(title.split()) >= FEWEST_WORDS]
    return max((measure_shared_words(a, b) for a in titles for b in list_title_forms(article)), default=0.0)


def _compare_author_lists(preprint: Work, article: Work) -> float:
    """Return the share (0 to 1) of the longer author list that is also in the other one."""
    entries = [read_entry(format_full_name(person), {}) for person in preprint.contributors]
    longest = max(len(entries), len(article.contributors))
    return len(match_by_name(entries, article.contributors)) / longest if longest else 0.0


def _has_fitting_year(preprint: Work, article: Work) -> bool:
    posted = min((date.year for date in list_dates(preprint.dates)), default=0)
    years = [date.year - posted for date in list_dates(article.dates)]
    return not posted or not years or any(-MOST_YEARS_BEFORE <= year <= MOST_YEARS_AFTER for year in years)
