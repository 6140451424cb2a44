"""Decide whether two abstracts are the same apart from headings, copyright lines and keywords."""

from __future__ import annotations

import re

from enrich.model.work import Work
from enrich.reconciler.field_comparison import Texts
from enrich.text.compare import strip_markup, texts_match

# A sign or a new sentence follows the heading, which is not so in "Abstract art".
_HEADING = re.compile(
    r"^[\W\d]*(?:abstract|summary|abstrakt|zusammenfassung|résumé|resumen)\b"
    r"(?:\s*[:.|—–-]+\s*|\s+(?=[“\"(]*(?-i:[A-Z])))",
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


def list_abstract_forms(work: Work) -> Texts:
    """Return the record's abstract without markup, and also without its section titles."""
    texts = (strip_markup(text) for text in (work.abstract, _TITLE.sub(" ", work.abstract)))
    return tuple(dict.fromkeys(text for text in texts if text))


def is_same_abstract(local: str, texts: Texts) -> bool:
    """Return whether a page's abstract equals one of the texts.

    Ignore a heading before it, a copyright line at either end and the keywords after it.
    """
    return any(
        texts_match(local, text) or texts_match(_extract_core(local), _extract_core(text)) for text in texts
    )


def _extract_core(abstract: str) -> str:
    text = _HEADING.sub("", " ".join(abstract.split()), count=1)
    text = _RIGHTS_BEFORE.sub("", _RIGHTS_BEHIND.sub("", _KEYWORDS.sub("", text)))
    return _HEADING.sub("", text, count=1) or abstract
