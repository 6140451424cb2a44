"""Separate a title from the form of a part, a reply or a notice: "Correction to: …", "…: Supplement"."""

from __future__ import annotations

import re

from enrich.reconciler.notice_words import AFTER_NOTICE, CORRECTIONS, unquote_title

LONGEST = 300  # characters at either end of a title searched for such a form

_REPLIES = (
    r"(?:(?:the\s+)?(?:authors?|editors?|reviewers?|editorial)(?:['’]s|s['’]|['’])?\s+)?(?:in\s+)?"
    r"(?:repl(?:y|ies)|responses?|rejoinder|rebuttal|comments?|commentary|discussion|letter)"
    r"(?:\s+(?:to|on)(?:\s+the)?\s+(?:comments?|reply|letters?|response)(?:\s+by\s+[^:]{2,40}?)?)?"
    r"|decision\s+letter|evaluation\s+summary|eLife\s+assessment|letter\s+to\s+the\s+editor"
    r"|(?:faculty\s+opinions|faculty\s+of\s+1000)\s+(?:recommendation|evaluation)|editors?['’]?s?['’]?\s+evaluation"
    # A section's name before a colon belongs to the article: "Perspective: the future of ropes".
    r"|(?:perspective|viewpoint|spotlight|highlights?)(?=\s+(?:on|of)\s*(?::|[\"“‘«]))|acceptance\s+letter|invited\s+(?:commentary|discussion)"
)
_REVIEWS = (
    r"(?:(?:peer|book|public|referee)\s+)?review(?:er|s)?(?:\s*#?\d+)?(?:\s+report)?|(?:reviewer|referee)\s+report"
    r"|rezension|buchbesprechung|comptes?[\s-]rendus?|rese[ñn]a|recensione|resenha|recensie|рецензия|отзыв|书评|書評"
)
_PIECES = (
    r"(?:online\s+)?(?:supplement(?:ary|al)?|supporting|additional)(?:\s+(?:materials?|information|data(?:set)?"
    r"|files?|tables?|figures?|methods|appendix))?(?:\s*S?\d+)?"
    r"|(?:(?:replication|research|source|raw|underlying)\s+)?(?:data(?:set)?|code)(?:\s+and\s+(?:data|code))?"
    r"|MOESM\s*\d+|(?:figures?|tables?|fig\.)\s*S?\d*|(?:graphical|video)\s+abstract"
    r"|summary\s+for\s+patients|appendix"
    r"|(?:author|video)\s+interview|podcast|(?:plain[\s-]+language|lay)\s+summary"
    r"|(?:abstract|poster)\s*(?:no\.?\s*)?#?[a-z]{0,4}[\s.-]?\d+"
)
# Databases put the work's volume and page after the title of a correction: "(vol 12, pg 345, 2010)".
_PLACE = r"vol\.?\s*\d+\s*,[^()]{0,40}\bp[gp]?\b\.?\s*\w+[^()]{0,40}"
_FORM = rf"(?:(?P<notice>{CORRECTIONS})|(?P<reply>{_REPLIES})|(?P<review>{_REVIEWS})|(?P<piece>{_PIECES}))"
_PREPOSITION = r"\s+(?:to|on|for|of|from|regarding|re)\b(?:\s+the\s+(?:article|paper))?\s*:?\s*"
# A form before a title ends with a colon or a preposition, or the title is in quotation marks.
_BEFORE = re.compile(
    rf"^\W*(?!responses?\s+(?:of|for|on|from)\b)(?:re(?=:)|{_FORM})"
    rf"(?:\s*[:：–—]\s*|\s+-\s+|\.\s+for:\s*|{_PREPOSITION}|\s*(?=[\"“‘«]))(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_NOTICE_BEFORE = re.compile(
    rf"^\W*(?P<notice>{CORRECTIONS})(?:{AFTER_NOTICE})(?P<rest>\S.*)$", re.IGNORECASE | re.DOTALL
)
# "… [Erratum: Phys. Rev. A 12, 34]", and in East Asian titles "《…》更正".
_NOTICE_BEHIND = re.compile(
    rf"^(?P<rest>.*\S)\s*(?:[\[(]\s*(?P<notice>{CORRECTIONS})\s*[:;,.]?(?:[^\[\]()]*\d)?[^\[\]()\w]*[\])]"
    rf"|(?<=[》」』])\s*の?(?P<east>{CORRECTIONS}))\W*$",
    re.IGNORECASE | re.DOTALL,
)
_BEHIND = re.compile(
    rf"^(?P<rest>.*\S)(?:\s*[:.?!–—]\s+|\s+-\s+|\s*[\[(])\s*(?:{_FORM}|{_PLACE})\W*$",
    re.IGNORECASE | re.DOTALL,
)
# A review of a book has the book as its title: "Mooring Ropes. By R. Eide. Harbour Press, 1999. 312 pp. £20".
_REVIEWED = re.compile(
    r"^(?P<rest>.*?\S)[.,:;]\s+(?:by|edited|eds?\.|[A-Z(]).*(?:\b\d{2,4}\s?pp\b|\bISBN\b)[^a-z]*$", re.DOTALL
)
# Words that begin many titles: "Correction of refractive errors", "Data from birds of prey".
_COMMON = re.compile(
    r"^\W*(?:corrections?|clarifications?|corr\w{5,9}|korrekturen?|data(?:set)?|code|figures?|tables?)"
    r"\s+(?:of|for|on|from|in|de|del|della|di|do|da|des|du|d['’]|von|der)\b(?!\s+contents|\s*[:\"“‘«„])",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"^\W*{_FORM}(?:\s+\d+)?\W*$", re.IGNORECASE)


def split_part_form(title: str) -> tuple[bool, str]:
    """Return whether a title has the form of a part or a notice, and the title of the work it is about."""
    kind, about = _find_form(title.strip())
    return bool(kind), about


def find_part_kind(title: str) -> str:
    """Return the kind of a title's form: `notice`, `reply`, `review`, `piece`, `other`, or `""` for none."""
    return _find_form(title.strip())[0]


def is_about_another_work(title: str) -> bool:
    """Return whether a title alone tells that it is the title of a notice or a supplement of another work."""
    return find_part_kind(title) in {"notice", "piece"} and not _COMMON.match(title)


def _find_form(title: str) -> tuple[str, str]:
    if len(title) <= LONGEST and (match := _ALONE.match(title)):
        return _name_part_kind(match), ""
    if match := _NOTICE_BEFORE.match(title[:LONGEST]):
        return "notice", unquote_title(match["rest"] + title[LONGEST:])
    if match := _BEFORE.match(title[:LONGEST]):
        return _name_part_kind(match), (match["rest"] + title[LONGEST:]).strip('"“”‘’«» ')
    start = max(0, len(title) - LONGEST)
    if match := _NOTICE_BEHIND.match(title[start:]):
        return "notice", unquote_title(title[:start] + match["rest"])
    if match := _BEHIND.match(title[start:]):
        return _name_part_kind(match), title[:start] + match["rest"]
    if match := _REVIEWED.match(title[:LONGEST]):
        return "other", match["rest"]
    return "", title


def _name_part_kind(match: re.Match[str]) -> str:
    return next((kind for kind in ("notice", "reply", "review", "piece") if match[kind]), "other")
