"""Check a value of a citation file that the owner types in `review`, by the key that it is for."""

from __future__ import annotations

import re

from enrich.errors import Refused
from enrich.model.page import CITE_BIB, Doi, Value
from enrich.model.plan import Change
from enrich.reconciler.typed_values import (
    read_typed_label,
    read_typed_number,
    read_typed_pages,
    read_typed_people,
    read_typed_text,
    read_typed_words,
)
from enrich.text.doi import parse_doi

_READERS = {
    "title": read_typed_words,
    "journal": read_typed_label,
    "booktitle": read_typed_label,
    "publisher": read_typed_label,
    "volume": read_typed_number,
    "number": read_typed_number,
    "pages": read_typed_pages,
}
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
# What the value of a key looks like, and what to type.
_FORMS = {
    "year": (r"\d{4}", "a year, as in 2019"),
    "month": (rf"(?i:{_MONTHS})[a-z]*|0?[1-9]|1[0-2]", "a month, as in mar"),
    "url": (r"https?://[^\s{}<>\\]+", "an address, as in https://doi.org/10.1038/nature14539"),
    "issn": (r"\d{4}-?\d{3}[\dXx](?:, ?\d{4}-?\d{3}[\dXx])*", "an ISSN, as in 0028-0836"),
    "isbn": (r"(?:\d-?){9}(?:[\dXx]|(?:\d-?){3}\d)", "an ISBN, as in 978-3-16-148410-0"),
}
_AND = re.compile(r"\s+and\s+")
_BARE_SIGN = re.compile(r"(?<!\\)[&%#]")


def read_typed_citation(typed: str, change: Change) -> Value:
    """Return a typed value of an entry as LaTeX; raise Refused if its key cannot hold it."""
    key = change.path[-1].lower()
    if key == CITE_BIB:
        raise Refused("this is a whole file; take it with y, then edit it")
    text = read_typed_text(typed)
    if "<" in text:
        raise Refused("older themes take < for HTML; type \\textless instead")
    if key == "doi":
        return _read_bare_doi(text)
    if key in _FORMS:
        form, example = _FORMS[key]
        if not re.fullmatch(form, text):
            raise Refused(f"type {example}")
        return text
    source = _BARE_SIGN.sub(r"\\\g<0>", text)
    if key == "author":
        proposed = len(_AND.split(str(change.new)))
        return " and ".join(read_typed_people(_AND.split(source), proposed, "“and”"))
    return _READERS.get(key, read_typed_words)(source, change)


def _read_bare_doi(text: str) -> str:
    doi = parse_doi(text)
    if not isinstance(doi, Doi) or re.search(r"[{}\\%#]", doi.bare):
        raise Refused("this is not a DOI that BibTeX can hold; type it as in 10.1038/nature14539")
    return doi.bare
