"""Decide whether two abstracts are the same apart from headings, labels and what publishers append."""

from __future__ import annotations

import re

from enrich.model.work import Work
from enrich.reconciler.field_comparison import Texts
from enrich.reconciler.language_of_text import detect_language
from enrich.reconciler.lost_formulas import has_lost_formulas
from enrich.text.compare import strip_markup, texts_match

# A sign or a new sentence follows the heading, which is not so in "Abstract art".
_HEADING = re.compile(
    r"^[\W\d]*(?:abstract|summary|abstrakt|zusammenfassung|résumé|resumen)\b"
    r"(?:\s*[:.|—–-]+\s*|\s+(?=[“\"(]*(?-i:[A-Z])|\d\)))",
    re.IGNORECASE,
)
_TITLE = re.compile(r"<((?:\w+:)?title)\b[^>]*>.{0,200}?</\1\s*>", re.IGNORECASE | re.DOTALL)
_KEYWORDS = re.compile(
    r"(?:^|(?<=[.!?]) )\W?\b(?:key ?words?|index terms)\W?(?::|—|–| - ).{0,400}$", re.IGNORECASE
)
# A sign, a year, and whose they are: names, and small words between them.
_SIGN = r"(?:(?i:copyright )?(?:©|\([cC]\)) ?(?i:copyright )?|(?i:copyright ))\d{4}"
_SMALL = "all|and|authors?|behalf|by|de|exclusive|for|licensee|of|on|published|reserved|rights|the|under"
_WHOSE = rf"(?:[ ,.]+(?:[A-Z0-9][\w&'’()-]*|{_SMALL}))"
_RIGHTS_BEHIND = re.compile(rf" ?{_SIGN}{_WHOSE}{{0,20}}\.?$")
_RIGHTS_BEFORE = re.compile(rf"^{_SIGN}{_WHOSE}{{0,20}}?\. (?=\S)")

# Labels of the parts of a structured abstract, in front of a sentence: "Methods: we counted …".
_PARTS = (
    r"(?:study |trial )?(?:background|context|introduction|rationale|motivation|purpose|objectives?|aims?"
    r"|goals?|hypothesis|design|setting|participants|patients|interventions?|measurements|methods?"
    r"|materials?|subjects|main outcomes?(?: measures?)?|methodology|results?|findings|discussion"
    r"|conclusions?|interpretation|implications|significance|limitations|originality)"
)
_JOINED = rf"{_PARTS}(?:(?: and |/|, | & ){_PARTS}){{0,3}}"
_LABEL = re.compile(rf"(?:^|(?<=[.!?)\]”] )){_JOINED}\s?(?:[:—–]|\.(?= ))\s*", re.IGNORECASE)
# What publishers append to an abstract, under a heading of its own.
_APPENDED = re.compile(
    r"(?<=[.!?)\]”\"]) \W{0,2}(?:(?i:(?:plain[ -](?:language|english)(?: abstract)?|lay) (?:summary|abstract)"
    r"|graphical abstract|key points|highlights|significance statement|supplementary (?:information|material)"
    r"|mathematics subject classification|pacs numbers?)\b(?=\s*[:.–—]|\s+[A-Z0-9“\"•]).*"
    r"|(?i:(?:clinical )?trials? (?:registration|registry|registered)|registration number)\b.{0,300})$"
)
_PARAGRAPH = re.compile(r"</(?:\w+:)?p\s*>", re.IGNORECASE)


def list_abstract_forms(work: Work) -> Texts:
    """Return the record's abstract without markup, also without its section titles, and in each language."""
    sources = (work.abstract, _TITLE.sub(" ", work.abstract), *_split_languages(work.abstract))
    texts = (strip_markup(text) for text in sources)
    return tuple(dict.fromkeys(text for text in texts if text))


def _split_languages(abstract: str) -> list[str]:
    """Return the paragraphs of each language of an abstract in several, none of one in a single language."""
    found: dict[str, str] = {}
    language = ""
    paragraphs = _PARAGRAPH.split(abstract)
    if sum(map(bool, map(str.strip, paragraphs))) < 2:
        return []
    for paragraph in paragraphs:
        language = detect_language(strip_markup(paragraph)) or language
        found[language] = f"{found.get(language, '')} {paragraph}"
    return list(found.values()) if len(found) > 1 else []


def is_same_abstract(local: str, texts: Texts) -> bool:
    """Return whether a page's abstract equals one of the texts.

    Ignore a heading before it, labels inside it, a copyright line at either end, and keywords, a summary in
    plain language or a trial's registration after it; and formulas that the record lost.
    """
    core = _extract_core(local)
    return any(texts_match(local, text) or _match_cores(core, _extract_core(text)) for text in texts)


def _match_cores(local: str, text: str) -> bool:
    return texts_match(local, text) or has_lost_formulas(local, text)


def _extract_core(abstract: str) -> str:
    text = _HEADING.sub("", " ".join(abstract.split()), count=1)
    text = _RIGHTS_BEFORE.sub("", _RIGHTS_BEHIND.sub("", _KEYWORDS.sub("", text)))
    text = _APPENDED.sub("", _HEADING.sub("", text, count=1))
    return _LABEL.sub("", text) or abstract
