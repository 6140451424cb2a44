"""Separate a title from the status that publishers write before or behind it: "RETRACTED: …"."""

from __future__ import annotations

import re
from functools import lru_cache

LONGEST_STATUS = 200  # characters at either end of a title in which a status is looked for

_OBJECT = (
    r"(?:\s+(?:article|paper|chapter|book|manuscript|preprint|report|letter|review|study|poster|abstract))?"
)
# Each is a status on its own; nouns ("Withdrawal") only in capitals or as a notice or statement.
_WORDS = (
    r"(?:(?:temporar(?:y|ily)|partial(?:ly)?|permanent(?:ly)?|previously)\s+)?"
    rf"(?:retracted|withdrawn|removed|reinstated){_OBJECT}"
    rf"|(?:article|paper|chapter|preprint|manuscript)\s+(?:retracted|withdrawn|removed)"
    r"|(?:partial\s+)?retraction(?:\s+(?:note|notice|statement))?(?:\s+(?:to|of|for))?"
    r"|(?:withdrawal|removal)\s+(?:note|notice|statement)"
    r"|temporary\s+(?:removal|withdrawal)"
    r"|(?:statement|notice)\s+of\s+(?:temporary\s+)?(?:retraction|withdrawal|removal|concern)"
    r"|notice\s+of\s+(?:violation|redundant\s+publication|duplicate\s+publication)"
    r"(?:\s+of\s+IEEE\s+publication\s+principles)?"
    r"|(?:editorial\s+|editors?['’]?s?['’]?\s+|publisher['’]?s?\s+)?(?:note\s*:\s*)?"
    r"(?:expressions?\s+of\s+(?:editorial\s+)?concern|statement\s+of\s+concern)"
)
_ANY_CASE = rf"(?i:{_WORDS})"
_CAPITALS = r"WITHDRAWAL|REMOVAL|EXPRESSION OF CONCERN"
_STATUS = rf"(?:{_ANY_CASE}|{_CAPITALS})"
_BEFORE = re.compile(
    rf"^\W*?(?:[\[(]\s*(?P<bracketed>{_STATUS})\s*[\])]\s*[:–—-]*|(?P<plain>{_STATUS})\s*(?::|\]|\s[-–]\s|[–—]|\s-))\s*"
)
# "RETRACTED Effects of …": without a colon only in capitals, before a title that is not in capitals
_SHOUTED = re.compile(r"^(?P<plain>RETRACTED|WITHDRAWN|REMOVED)(?: ARTICLE| PAPER)?\s+(?=.*[a-z]{3})")
_BEHIND = re.compile(
    rf"\s*(?:[\[(]\s*(?P<bracketed>{_STATUS})\b[^\[\]()]*(?:\([^()]*\)[^\[\]()]*)?[\])]\s*\.?"
    rf"|\s[-–—:|]\s*(?P<plain>(?i:{_WORDS})))\s*$"
)
_ALONE = re.compile(rf"^\W*{_STATUS}\W*$")
_CODES = (
    ("corrected", re.compile(r"partial|reinstated", re.IGNORECASE)),
    ("retracted", re.compile(r"retract", re.IGNORECASE)),
    ("withdrawn", re.compile(r"withdr|remov", re.IGNORECASE)),
)


@lru_cache(maxsize=1024)
def split_status(title: str) -> tuple[str | None, str]:
    """Return the code of the finding that a title's status calls for, or None, and the title without it.

    The codes: `retracted`, `withdrawn`, `expression-of-concern`, `corrected`. A noun that belongs to the
    title ("Withdrawal: a qualitative study") is no status; a title that is only a status gives `""`.
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
    if match := _BEFORE.match(head) or _SHOUTED.match(head):
        return match[0], title[match.end() :].strip()
    start = max(0, len(title) - LONGEST_STATUS)
    if match := _BEHIND.search(title, start):
        return match[0], title[: match.start()].rstrip()
    return "", title


def _classify_status(status: str) -> str:
    return next((code for code, words in _CODES if words.search(status)), "expression-of-concern")
