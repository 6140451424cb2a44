"""Publication types: translate Crossref's types into the themes' words, and compare two types.

Each row of the table has the theme's number, CSL's word and Crossref's words.
"""

from __future__ import annotations

import re

from enrich.model.page import Value
from enrich.model.site_context import NUMBER_TYPES, Types
from enrich.model.work import Work
from enrich.reconciler.meetings import is_of_meeting

NUMBERS = {word: number for number, word in NUMBER_TYPES.items()}
NAMES = {
    "paper-conference": "conference paper",
    "article-journal": "journal article",
    "article": "preprint",
    "report": "report",
    "book": "book",
    "chapter": "book chapter",
    "thesis": "thesis",
    "patent": "patent",
}
CSL = dict(NUMBER_TYPES)
_FROM_CROSSREF = {
    "article-journal": ("journal-article",),
    "paper-conference": ("proceedings-article",),
    "article": ("posted-content",),
    "report": ("report", "report-component", "report-series", "standard"),
    "book": ("book", "monograph", "edited-book", "reference-book", "proceedings", "book-set"),
    "chapter": ("book-chapter", "book-section", "book-part", "book-track", "reference-entry"),
    "thesis": ("dissertation",),
}
CSL_OF = {crossref: csl for csl, words in _FROM_CROSSREF.items() for crossref in words}

# other types that a page may give a work without being wrong
_MORE_SPECIFIC = {
    "article-journal": {"article-magazine", "article-newspaper", "review", "review-book", "entry", "post"},
    "paper-conference": {"speech", "article-journal-proceedings"},
    "article": {"report", "manuscript", "post", "post-weblog"},
    "report": {"article", "standard", "regulation", "legislation", "pamphlet"},
    "book": {"collection", "classic", "periodical"},
    "chapter": {"entry", "entry-dictionary", "entry-encyclopedia"},
}
# Proceedings with the ISSN of a journal; "Proceedings of the National Academy of Sciences" is a journal.
_PROCEEDINGS_JOURNAL = re.compile(
    r"\b(?:conferences?|workshops?|symposi(?:um|a)|procedia|papersonline)\b"
    r"|\bproc(?:eedings|\.)? (?:of the )?(?:acm|vldb)\b",
    re.IGNORECASE,
)
_NEVER_DOWNGRADED = {"thesis", "patent"}


def get_csl_type(work: Work) -> str:
    """Return the CSL word for a work, `""` for a kind that no theme can show."""
    return CSL_OF.get(work.type, "")


def read_first_type(value: Value) -> str:
    """Return the only element that the themes show, as text; `""` for none and for `0`."""
    if isinstance(value, list | tuple):
        value = value[0] if value else None
    if isinstance(value, bool) or not isinstance(value, int | str):
        return ""
    text = str(value).strip()
    return "" if text == "0" else text


def to_csl(local: str) -> str:
    """Return a page's type as a CSL word, `""` for an unknown type."""
    word = CSL.get(local, local.lower())
    known = word in NUMBERS or any(word in words for words in _MORE_SPECIFIC.values())
    return word if known else ""


def types_agree(local: str, csl: str) -> bool:
    """Return whether a page's type and a CSL word do not contradict each other."""
    word = to_csl(local)
    return not word or word == csl or word in _NEVER_DOWNGRADED or word in _MORE_SPECIFIC.get(csl, ())


def is_conference_paper(local: str, work: Work) -> bool:
    """Return whether a page calls a work a conference paper that the record calls an article or a chapter."""
    return to_csl(local) == "paper-conference" and is_of_conference(work)


def is_of_conference(work: Work) -> bool:
    """Return whether an article or a chapter may be called a conference paper: it is part of proceedings.

    Crossref has the papers of Springer's proceedings as chapters of a book in a series, and those of
    proceedings that appear as a journal as articles.
    """
    names = (*work.container_titles, *work.container_titles_short)
    if get_csl_type(work) == "article-journal":
        return any(map(_PROCEEDINGS_JOURNAL.search, names))
    return get_csl_type(work) == "chapter" and (
        len(work.container_titles) > 1 or any(map(is_of_meeting, names))
    )


def format_type_like(csl: str, dialect: Types, local: Value) -> Value:
    """Return the key's whole value, in the page's own form: the other types of its list stay, each once."""
    code = NUMBERS[csl] if dialect == "number" else csl
    items = list(local) if isinstance(local, list | tuple) else []
    if isinstance(local, str) and local.strip():
        return code
    first: Value = int(code) if items and isinstance(items[0], int) and dialect == "number" else code
    return [first, *(item for item in items[1:] if str(item) != code)]
