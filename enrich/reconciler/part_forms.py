"""Separate a title from the form of a part, a reply or a notice: "Correction to: …", "…: Supplement"."""

from __future__ import annotations

import re

LONGEST = 300  # characters at either end of a title in which a form is looked for

_NOTICES = (
    r"(?:(?:author|publisher|editorial|amended|published)['’]?s?\s+)?(?:correction|corrigend(?:um|a)|errat(?:um|a)"
    r"|addend(?:um|a)|corrected\s+(?:article|version))"
)
_REPLIES = (
    r"(?:(?:the\s+)?(?:authors?|editors?|reviewers?|editorial)(?:['’]s|s['’]|['’])?\s+)?(?:in\s+)?"
    r"(?:repl(?:y|ies)|responses?|rejoinder|rebuttal|comments?|commentary|discussion|letter)"
    r"|decision\s+letter|evaluation\s+summary|eLife\s+assessment|letter\s+to\s+the\s+editor"
    r"|faculty\s+opinions\s+recommendation|acceptance\s+letter|invited\s+(?:commentary|discussion)"
)
_REVIEWS = (
    r"(?:(?:peer|book|public|referee)\s+)?(?:re)?views?(?:er)?(?:\s*#?\d+)?(?:\s+report)?|reviewer\s+report"
)
_PIECES = (
    r"(?:online\s+)?(?:supplement(?:ary|al)?|supporting|additional)(?:\s+(?:materials?|information|data(?:set)?"
    r"|files?|tables?|figures?|methods|appendix))?(?:\s*S?\d+)?"
    r"|data(?:set)?|(?:figures?|tables?|fig\.)\s*S?\d*|graphical\s+abstract|summary\s+for\s+patients|appendix"
)
_ALL = rf"(?:{_NOTICES}|{_REPLIES}|{_REVIEWS}|{_PIECES})"
# A form in front of a title has a colon or a preposition behind it, or the title in quotation marks.
_BEFORE = re.compile(
    rf"^\W*{_ALL}(?:\s*[:–—]\s*|\s+-\s+|\s+(?:to|on|for|of|from|regarding|re)\b(?:\s+the\s+(?:article|paper))?\s*:?\s*"
    rf"|\s*(?=[\"“‘«]))(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_BEHIND = re.compile(
    rf"^(?P<rest>.*\S)(?:\s*[:.?!–—]\s+|\s+-\s+|\s*[\[(])\s*{_ALL}\W*$", re.IGNORECASE | re.DOTALL
)
_ALONE = re.compile(rf"^\W*{_ALL}(?:\s+\d+)?\W*$", re.IGNORECASE)


def split_part_form(title: str) -> tuple[bool, str]:
    """Return whether a title has the form of a part or a notice, and the title of the work it is about."""
    title = title.strip()
    if _ALONE.match(title[:LONGEST]) and len(title) <= LONGEST:
        return True, ""
    match = _BEFORE.match(title[:LONGEST])
    if match:
        return True, (match["rest"] + title[LONGEST:]).strip('"“”‘’«» ')
    start = max(0, len(title) - LONGEST)
    if match := _BEHIND.match(title[start:]):
        return True, title[:start] + match["rest"]
    return False, title
