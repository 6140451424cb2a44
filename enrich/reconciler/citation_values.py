"""Compare a value of a BibTeX entry with the record's, and write the record's value as BibTeX."""

from __future__ import annotations

import re

from enrich.bibtex.bib_file import BibValue
from enrich.bibtex.latex_text import decode_latex, encode_latex
from enrich.errors import Refused
from enrich.model.work import Person, Work
from enrich.reconciler.field_comparison import Texts
from enrich.reconciler.issue_values import DASHES
from enrich.reconciler.people.alignment import align_authors
from enrich.reconciler.people.parse_name import format_inverted_name, parse_inverted_name

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = "january february march april may june july august september october november december".split()
_AND = re.compile(r"\s+and\s+")
_PROTECTED = re.compile(r"[^\s{}]*\{[^{}\\]+\}[^\s{}]*")
_PLAIN = re.compile(r"[\w./:()\-]+", re.ASCII)


def is_same_author_list(text: str, forms: Texts) -> bool:
    """Return whether a list joined by `and` names the same people as one joined by semicolons."""
    names = ["et al." if name == "others" else name for name in _AND.split(text.strip())]
    people = tuple(_parse_person(name) for name in forms[0].split("; ")) if forms else ()
    return align_authors(names, people, {}).agrees


def is_same_month(text: str, forms: Texts) -> bool:
    """Return whether a month, as a name, macro or number, is one of the record's."""
    word = text.strip().lower()
    number = _MONTHS.index(word[:3]) + 1 if word[:3] in _MONTHS else word.lstrip("0")
    return str(number) in forms


def propose_text(value: BibValue, form: str, _work: Work, ascii_only: bool) -> str:
    """Return a text of the record as LaTeX; pages with the dash that BibTeX uses."""
    return encode_latex(DASHES.sub("--", form) if value.key == "pages" else form, ascii_only=ascii_only)


def propose_verbatim(value: BibValue, form: str, _work: Work, _ascii_only: bool) -> str:
    """Return a DOI or an address as it is; raise Refused for one with signs that LaTeX acts on."""
    if not _PLAIN.fullmatch(form):
        raise Refused(f"the record's {value.key} has characters with a meaning in LaTeX or HTML")
    return form


def propose_month(value: BibValue, form: str, _work: Work, _ascii_only: bool) -> str:
    """Return a month as the entry has one: a number or a whole name; else as BibTeX's macro."""
    typed, month = value.source.strip(), int(form) - 1
    if typed.isdigit():
        return form
    is_name = value.style != "bare" and typed.lower() in _MONTH_NAMES
    return _MONTH_NAMES[month].capitalize() if is_name else _MONTHS[month]


def propose_authors(_value: BibValue, _form: str, work: Work, ascii_only: bool) -> str:
    """Return the record's people as `Family, Given and …`, a group in braces."""
    return " and ".join(_format_bib_person(person, ascii_only=ascii_only) for person in work.contributors)


def propose_title_source(value: BibValue, form: str, _work: Work, ascii_only: bool) -> str:
    """Return a title as LaTeX that protects capitals as the entry's title does."""
    source = encode_latex(form, ascii_only=ascii_only)
    if value.source.startswith("{") and value.source.endswith("}") and value.source.count("{") == 1:
        return f"{{{source}}}"
    words = {decode_latex(word): word for word in _PROTECTED.findall(value.source)}
    return " ".join(words.get(word, word) for word in source.split(" "))


def _parse_person(name: str) -> Person:
    return parse_inverted_name(name) if "," in name else Person(literal=name)


def _format_bib_person(person: Person, *, ascii_only: bool) -> str:
    name = format_inverted_name(person)
    text = encode_latex(name, ascii_only=ascii_only)
    return f"{{{text}}}" if "," not in name or _AND.search(name) else text
