"""Separate a title from the status that publishers write before or after it: "RETRACTED: …"."""

from __future__ import annotations

import re
from functools import lru_cache

from enrich.reconciler.retraction_words import join_pattern

LONGEST_STATUS = 200  # characters at either end of a title searched for a status

_OBJECTS = "article|paper|chapter|book|manuscript|preprint|publication|report|letter|review|study|abstract"
# The same as participles in other languages.
_ARTICLE = join_pattern("article")
_RETRACTED = join_pattern("retracted", without="en")
_ELSEWHERE = (
    rf"|(?:{_ARTICLE})\s+(?:{join_pattern('retracted', 'withdrawn', without='en')})"
    rf"|(?:{_RETRACTED})(?:\s+(?:{_ARTICLE}))?|{join_pattern('concern', without='en')}"
)
_CONSEQUENCE = (
    r"(?:\s+and\s+(?:replaced|republished)|\s+by\s+(?:the\s+)?(?:authors?|editors?|publisher|journal))?"
)
# Each is a status on its own; nouns ("Withdrawal") only in capitals or as a notice or statement.
_WORDS = (
    r"(?:(?:temporar(?:y|ily)|partial(?:ly)?|permanent(?:ly)?|previously)\s+)?"
    rf"(?:retracted|withdrawn|removed|reinstated)(?:\s+(?:{_OBJECTS}))?{_CONSEQUENCE}"
    rf"|(?:this\s+)?(?:{_OBJECTS})\s+(?:(?:has\s+been|was|is)\s+)?(?:retracted|withdrawn|removed)"
    r"|(?:partial\s+)?retraction(?:\s+(?:note|notice|statement))?(?:\s+(?:to|of|for))?"
    r"|(?:withdrawal|removal)\s+(?:note|notice|statement)"
    r"|temporary\s+(?:removal|withdrawal)"
    r"|(?:statement|notice)\s+of\s+(?:temporary\s+)?(?:retraction|withdrawal|removal|concern)"
    r"|notice\s+of\s+(?:violation|redundant\s+publication|duplicate\s+publication)"
    r"(?:\s+of\s+IEEE\s+publication\s+principles)?"
    r"|(?:editorial\s+|editors?['’]?s?['’]?\s+|publisher['’]?s?\s+)?(?:note\s*:\s*)?"
    rf"(?:expressions?\s+of\s+(?:editorial\s+)?concern|statement\s+of\s+concern){_ELSEWHERE}"
)
_TAG = r"</?[a-zA-Z:]{1,20}(?:\s[^<>]{0,100})?>"
_TEX = r"\\[a-zA-Z]{1,12}(?:\{\w{1,20}\}(?=\{))?(?=\{)"  # "\textbf{RETRACTED}", "\textcolor{red}{RETRACTED}"
_MARK = rf"(?:{_TAG}|[*_~`={{}}])"
_NOUN = r"(?:WITHDRAWAL|REMOVAL)(?=.*[a-z]{3})"  # in a title that is not in capitals itself
_STATUS = rf"(?:(?i:{_WORDS})|{_NOUN})"
_END = rf"{_MARK}*\s*(?:[:：]|\]|\s[-–]\s|[–—]|\s-)(?:\s|{_MARK})*"
_CAPITALS = r"(?:RETRACTED|WITHDRAWN|REMOVED)(?: ARTICLE| PAPER)?(?! (?:and|AND|by|BY) )"
_BEFORE = re.compile(
    rf"^(?:{_TAG}|{_TEX}|\W|_)*?(?:[\[({{«‹<《【]\s*{_STATUS}\s*[\])}}»›>》】](?:\s|{_MARK})*[:–—-]*\s*|{_STATUS}{_END})",
    re.DOTALL,
)
# Without a colon: "RETRACTED Effects of …" in capitals before a title that is not, and IEEE's notices.
_BEFORE_TITLE = re.compile(
    rf"^(?:(?:{_MARK}|{_TEX})*{_CAPITALS}{_MARK}*[.,|]?{_MARK}*\s+(?=.*[a-z]{{3}})"
    r"|Notice of (?:Retraction|Removal|Violation of IEEE Publication Principles)\s+(?=[A-Z0-9\"“]))",
    re.DOTALL,
)
_BEHIND = re.compile(
    rf"\s*(?:[\[(]\s*(?i:{_WORDS})\b[^\[\]()]*(?:\([^()]*\)[^\[\]()]*)?[\])]\s*\.?"
    rf"|\s[-–—|]\s*(?i:{_WORDS})"
    rf"|(?:\s{_MARK}{{1,9}}|(?<=[a-z)”\"?])\s+){_CAPITALS}{_MARK}{{0,9}}"
    rf"|\s*[.:]\s+{_CAPITALS})\s*$"
)
# "Retracted: how science corrects itself": journals begin a title with a capital, and a subtitle may not.
# The lower case of "mRNA", "p53" and "n-3" is a name's.
_CONTINUATION = re.compile(r"(?:[^\W\d_]{2,}|[ao])(?=[\s:,])")
_ORDINARY = re.compile(r"[A-Z][a-z]+\W*$")
_ALONE = re.compile(rf"^\W*{_STATUS}\W*$")
_CODES = (
    ("corrected", re.compile(r"partial|reinstated", re.IGNORECASE)),
    ("retracted", re.compile(rf"retract|{_RETRACTED}", re.IGNORECASE)),
    ("withdrawn", re.compile(rf"withdr|remov|{join_pattern('withdrawn', without='en')}", re.IGNORECASE)),
)


@lru_cache(maxsize=1024)
def split_status(title: str) -> tuple[str | None, str]:
    """Return the code of the finding that a title's status calls for, or None, and the title without it.

    The codes: `retracted`, `withdrawn`, `expression-of-concern`, `corrected`. A noun that belongs to the
    title ("Withdrawal: a qualitative study") is not a status; a title that is only a status gives `""`.
    """
    if _ALONE.match(title[:LONGEST_STATUS]) and len(title) <= LONGEST_STATUS:
        return _classify_status(title), ""
    status, rest = None, title
    for _ in range(2):  # "RETRACTED: … [Retracted]"
        found, without = _split_once(rest)
        if not found or not without:
            break
        status, rest = status or _classify_status(found), without
    return status, rest


def _split_once(title: str) -> tuple[str, str]:
    head = title[:LONGEST_STATUS]
    match = _BEFORE.match(head) or _BEFORE_TITLE.match(head)
    if match and not (_ORDINARY.match(match[0]) and _continues(title, match.end())):
        return match[0], title[match.end() :].strip()
    start = max(0, len(title) - LONGEST_STATUS)
    if match := _BEHIND.search(title, start):
        return match[0], title[: match.start()].rstrip()
    return "", title


def _continues(title: str, at: int) -> bool:
    """Return whether a phrase goes on at a position: a title would begin with a capital."""
    word = _CONTINUATION.match(title, at)
    return word is not None and word[0].islower()


def _classify_status(status: str) -> str:
    return next((code for code, words in _CODES if words.search(status)), "expression-of-concern")
