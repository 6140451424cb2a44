"""Titles that are those of a notice only if the page says so: "Withdrawal: …", "Retraction of “…”"."""

from __future__ import annotations

import re
from functools import lru_cache

from enrich.reconciler.findings.title_status import split_status
from enrich.reconciler.notice_words import LEAD, OF, RETRACTIONS, TAIL, unquote_title
from enrich.reconciler.retraction_words import join_pattern

LONGEST_NOTICE = 200  # characters at either end of a title searched for a notice

_NOUNS = (
    rf"{LEAD}(?:(?P<part>partial)\s+|temporary\s+)?(?P<code>{RETRACTIONS}){TAIL}(?:\s+and\s+replacement)?"
)
_OF_AUTHORS = r"\s+for\s+[^,:]{2,80},\s+"  # "Retraction for Marsh et al., …"
_NOTICE = re.compile(
    rf"^\W*{_NOUNS}(?:{_OF_AUTHORS}(?=[\"“A-Z])|{OF}|\s*(?=[\"“‘«„『「《‹]))(?P<about>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_NOUN_BEFORE = re.compile(
    rf"^\W*{_NOUNS}\W*?(?:[:：】\]]|\s[-–]\s|[.–—])\W*(?P<about>\w.*)$", re.IGNORECASE | re.DOTALL
)
_NOUN_BEHIND = re.compile(
    rf"^(?P<about>.*\S)(?:\s*[:：.?!–—|]\s+|\s+-\s+|\s*[\[(【]\s*|(?<=[》」』])\s*の?)"
    rf"{_NOUNS}\W*$",
    re.IGNORECASE | re.DOTALL,
)
# "Retraction: …" is mostly the title of a notice, "RETRACTED: …" that of the article.
_NOUN_OF_NOTICE = re.compile(r"retraction|withdrawal|removal|concern|violation", re.IGNORECASE)
_WITHDRAWN = re.compile(join_pattern("withdrawal"), re.IGNORECASE)
_CONCERN = re.compile(join_pattern("concern"), re.IGNORECASE)


def split_notice(title: str) -> tuple[str, str]:
    """Return the status that a notice gives its work, and that work's title; twice `""` for other titles.

    The page has to have that title: "Retraction of the front teeth" is a title like any other.
    """
    match = _NOTICE.match(title[:LONGEST_NOTICE])
    return (
        (_name_status(match), unquote_title(match["about"] + title[LONGEST_NOTICE:])) if match else ("", "")
    )


@lru_cache(maxsize=256)
def split_noun(title: str) -> tuple[str, str]:
    """Return the status of a title with "Withdrawal:" before it or ": Retraction" after it, and the title.

    Both are `""` if it has none. The page has to have the title without it: "Withdrawal: a qualitative
    study" is a title like any other.
    """
    start = max(0, len(title) - LONGEST_NOTICE)
    if match := _NOUN_BEFORE.match(title[:LONGEST_NOTICE]):
        return _name_status(match), unquote_title(match["about"] + title[LONGEST_NOTICE:])
    if match := _NOUN_BEHIND.match(title[start:]):
        return _name_status(match), unquote_title(title[:start] + match["about"])
    return "", ""


def split_likely_notice(title: str) -> str:
    """Return the title after "Retraction:" or "Withdrawal:", `""` if a title has no such noun.

    The record may be that of the notice, or of the article itself after a change in place.
    """
    code, rest = split_status(title)
    if code is None:
        return split_noun(title)[1]
    has_noun = _NOUN_OF_NOTICE.search(title.replace(rest, "", 1)) and "temporary" not in title[:10].lower()
    return rest if has_noun else ""


def _name_status(match: re.Match[str]) -> str:
    if _CONCERN.fullmatch(match["code"]):
        return "expression-of-concern"
    if match["part"]:
        return "corrected"
    return "withdrawn" if _WITHDRAWN.fullmatch(match["code"]) else "retracted"
