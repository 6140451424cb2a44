"""When two abstracts say the same: what stands around the text itself aside."""

from __future__ import annotations

import re

from enrich.reconciler.slot import Texts
from enrich.text.fold import same_text, strip_markup
from enrich.work import Work

_HEADING = re.compile(
    r"^[\W\d]*(?:abstract|summary|abstrakt|zusammenfassung|résumé|resumen)\b[\W_]*", re.IGNORECASE
)
_TITLE = re.compile(r"<((?:\w+:)?title)\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_KEYWORDS = re.compile(r"\W*\b(?:key\s?words?|index terms)\b\W*[:—–-].{0,400}$", re.IGNORECASE | re.DOTALL)
_SIGN = r"(?:copyright\s*)?(?:©|\(c\))\s*(?:copyright\s*)?"
_RIGHTS = rf"{_SIGN}\d{{4}}\b[^.]{{0,120}}(?:\.|$)(?:\s*all rights reserved\.?)?"
_RIGHTS_BEHIND = re.compile(rf"\s*{_RIGHTS}\s*$", re.IGNORECASE)
_RIGHTS_BEFORE = re.compile(rf"^\s*{_RIGHTS}\s*(?=\S)", re.IGNORECASE)


def abstract_texts(work: Work) -> Texts:
    """Return the record's abstract without markup, then without the titles of its sections."""
    texts = (strip_markup(text) for text in (work.abstract, _TITLE.sub(" ", work.abstract)))
    return tuple(dict.fromkeys(text for text in texts if text))


def same_abstract(local: str, texts: Texts) -> bool:
    """Return whether a page's abstract is one of the texts.

    A heading before it, a line about rights at either end and the keywords behind it are no part of it.
    """
    return any(same_text(local, text) or same_text(_core(local), _core(text)) for text in texts)


def _core(abstract: str) -> str:
    text = _HEADING.sub("", abstract, count=1)
    text = _RIGHTS_BEFORE.sub("", _RIGHTS_BEHIND.sub("", _KEYWORDS.sub("", text)))
    return _HEADING.sub("", text, count=1) or abstract
