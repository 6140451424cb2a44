"""Translate DataCite's types into Crossref's, which `Work.type` uses for all sources."""

from __future__ import annotations

import re
from collections.abc import Mapping

from enrich.fetcher.sources import json_fields

# https://datacite-metadata-schema.readthedocs.io/en/4.6/appendices/appendix-1/resourceTypeGeneral/
# A type for which Crossref has no word (Software, Image, Audiovisual, Collection …) becomes `other`, with
# DataCite's word as the subtype.
GENERAL: Mapping[str, str] = {
    "Award": "grant",
    "Book": "book",
    "BookChapter": "book-chapter",
    "ConferencePaper": "proceedings-article",
    "ConferenceProceeding": "proceedings",
    "Dataset": "dataset",
    "Dissertation": "dissertation",
    "Journal": "journal",
    "JournalArticle": "journal-article",
    "PeerReview": "peer-review",
    "Preprint": "posted-content",
    "Report": "report",
    "Standard": "standard",
}

# `Text` and `Other` name no type: the depositor's own word decides, reduced to its letters.
VAGUE = frozenset({"", "Text", "Other"})
WORDS: Mapping[str, str] = {
    "book": "book",
    "bookchapter": "book-chapter",
    "chapter": "book-chapter",
    "conferencepaper": "proceedings-article",
    "dissertation": "dissertation",
    "doctoralthesis": "dissertation",
    "journalarticle": "journal-article",
    "journalissue": "journal-issue",
    "mastersthesis": "dissertation",
    "monograph": "monograph",
    "phdthesis": "dissertation",
    "preprint": "posted-content",
    "report": "report",
    "technicalreport": "report",
    "thesis": "dissertation",
    "thesisphd": "dissertation",
}

# DataCite itself guesses these, and calls every unknown text an `article-journal`. So enrich accepts that
# word only for a work in a journal.
CITEPROC: Mapping[str, str] = {"chapter": "book-chapter", "report": "report", "thesis": "dissertation"}

# Some old records of arXiv have the type `Text` and the word "Article".
ARXIV = "10.48550/"

_NOT_A_LETTER = re.compile(r"[\W\d_]+")


def translate_type(types: Mapping[str, object], doi: str, *, in_journal: bool) -> tuple[str, str]:
    """Return a work's type and subtype from DataCite's `types`; if these are vague, also from its DOI."""
    general = json_fields.read_text(types.get("resourceTypeGeneral"))
    if general in GENERAL:
        kind = GENERAL[general]
    elif general in VAGUE:
        kind = _guess_type(types, in_journal=in_journal)
    else:
        return "other", general.lower()
    if kind == "other" and doi.startswith(ARXIV):
        kind = "posted-content"
    return kind, "preprint" if kind == "posted-content" else ""


def _guess_type(types: Mapping[str, object], *, in_journal: bool) -> str:
    word = _NOT_A_LETTER.sub("", json_fields.read_text(types.get("resourceType"))).lower()
    citeproc = json_fields.read_text(types.get("citeproc"))
    if word in WORDS:
        return WORDS[word]
    if citeproc == "article-journal" and in_journal:
        return "journal-article"
    return CITEPROC.get(citeproc, "other")
