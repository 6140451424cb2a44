"""Titles that are those of a notice only if the page says so: "Withdrawal: …", "Retraction of “…”"."""

from __future__ import annotations

import re

LONGEST_NOTICE = 200  # characters at either end of a title searched for a notice

_NOUNS = (
    r"(?:(?:notice|statement)\s+of\s+)?(?:(?P<part>partial)\s+|temporary\s+)?"
    r"(?P<code>(?:retract|withdraw|remov)\w{1,4}|(?:editorial\s+|editors?['’]?s?['’]?\s+)?expressions?\s+of\s+concern"
    r"|r[ée]tractation|retractaci[óo]n|retracci[óo]n|retrata[çc][ãa]o|ritrattazione|zur[üu]cknahme|widerruf"
    r"|retiro|retrait|ретракция|отзыв|撤稿|撤回|撤销|철회)"
    r"(?:\s+(?:note|notice|statement)|声明|聲明|公告|告知|のお知らせ)?(?:\s+and\s+replacement)?"
)
_OF = r"\s+(?:to|of|for|on|regarding|de|del|di|do|von|zu)\b(?:\s+the\s+(?:article|paper))?\s*:?\s*"
_OF_AUTHORS = r"\s+for\s+[^,:]{2,80},\s+"  # "Retraction for Marsh et al., …"
_NOTICE = re.compile(
    rf"^\W*{_NOUNS}(?:{_OF_AUTHORS}(?=[\"“A-Z])|{_OF}|\s*(?=[\"“‘«]))(?P<about>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_NOUN_BEFORE = re.compile(
    rf"^\W*{_NOUNS}\W*?(?:[:：】\]]|\s[-–]\s|[.–—])\W*(?P<about>\w.*)$", re.IGNORECASE | re.DOTALL
)
_NOUN_BEHIND = re.compile(
    rf"^(?P<about>.*\S)(?:\s*[:：.?!–—|]\s+|\s+-\s+|\s*[\[(【]\s*){_NOUNS}\W*$", re.IGNORECASE | re.DOTALL
)
_QUOTED = re.compile(r"^[\"“‘«]\s*(.{9,}?)\s*[\"”’»](?:\W|$)", re.DOTALL)
_WITHDRAWN = re.compile(r"withdr|remov|retir|retrait", re.IGNORECASE)


def split_notice(title: str) -> tuple[str, str]:
    """Return the status that a notice gives the work it is about, and that work's title; `""` if it is none.

    The page has to have that title: "Retraction of the front teeth" is a title like any other.
    """
    match = _NOTICE.match(title[:LONGEST_NOTICE])
    return (
        (_name_status(match), _unquote_title(match["about"] + title[LONGEST_NOTICE:])) if match else ("", "")
    )


def split_noun(title: str) -> tuple[str, str]:
    """Return the status of a title with "Withdrawal:" before it or ": Retraction" behind, and the title.

    Both are `""` if it has none. The page has to have the title without it: "Withdrawal: a qualitative
    study" is a title like any other.
    """
    start = max(0, len(title) - LONGEST_NOTICE)
    if match := _NOUN_BEFORE.match(title[:LONGEST_NOTICE]):
        return _name_status(match), match["about"] + title[LONGEST_NOTICE:]
    if match := _NOUN_BEHIND.match(title[start:]):
        return _name_status(match), title[:start] + match["about"]
    return "", ""


def _unquote_title(about: str) -> str:
    """Return a title without its quotation marks and what follows them: "“…” [J. Fish Biol. 3 (2010)]"."""
    quoted = _QUOTED.match(about)
    return quoted[1] if quoted else about.strip('"“”‘’«» ')


def _name_status(match: re.Match[str]) -> str:
    if "concern" in match["code"].lower():
        return "expression-of-concern"
    if match["part"]:
        return "corrected"
    return "withdrawn" if _WITHDRAWN.search(match["code"]) else "retracted"
