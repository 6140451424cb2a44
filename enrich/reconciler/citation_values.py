"""When a value of a BibTeX entry is the record's, and how the record's value is written there."""

from __future__ import annotations

import re

from enrich.bibtex.bib_file import BibValue
from enrich.bibtex.latex_text import decode_latex, encode_latex
from enrich.errors import Refused
from enrich.model.work import Person, Work
from enrich.reconciler.field_comparison import Texts
from enrich.reconciler.people.alignment import align_authors
from enrich.reconciler.people.parse_name import format_inverted_name, parse_inverted_name
from enrich.text.compare import comparison_key, texts_match, word_overlap

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_AND = re.compile(r"\s+and\s+")
_DASHES = re.compile(r"\s*[-–—‐‑−]+\s*")
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


def is_same_number(text: str, forms: Texts) -> bool:
    """Return whether a volume or an issue is the record's, with "Vol." or zeros before it or not."""
    plain = _DASHES.sub(
        "-", re.sub(r"^(?:vol(?:ume)?|no|number|issue)\b\.?\s*", "", text, flags=re.IGNORECASE)
    )
    return any(_strip_zeros(plain) == _strip_zeros(_DASHES.sub("-", form)) for form in forms)


def is_same_pages(text: str, forms: Texts) -> bool:
    """Return whether pages are the record's: any dash, a shortened last page, "pp." before them."""
    return any(_expand_pages(text) == _expand_pages(form) for form in forms)


def is_same_publisher(text: str, forms: Texts) -> bool:
    """Return whether a publisher's name is the record's, or one has all words of the other."""
    return any(texts_match(text, form) or word_overlap(text, form) == 1 for form in forms)


def propose_text(value: BibValue, form: str, _work: Work, ascii_only: bool) -> str:
    """Return a text of the record as LaTeX; pages with the dash that BibTeX uses."""
    return encode_latex(_DASHES.sub("--", form) if value.key == "pages" else form, ascii_only=ascii_only)


def propose_verbatim(value: BibValue, form: str, _work: Work, _ascii_only: bool) -> str:
    """Return a DOI or an address as it is; raise Refused for one with signs that LaTeX acts on."""
    if not _PLAIN.fullmatch(form):
        raise Refused(f"{value.key} has signs that LaTeX or HTML acts on")
    return form


def propose_month(value: BibValue, form: str, _work: Work, _ascii_only: bool) -> str:
    """Return a month as a number where the entry has one, else as BibTeX's macro."""
    return form if value.source.strip().isdigit() else _MONTHS[int(form) - 1]


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


def _strip_zeros(text: str) -> str:
    return comparison_key(text).lstrip("0")


def _expand_pages(text: str) -> tuple[str, ...]:
    """Return the first and the last page: "123-8" is 123 to 128."""
    plain = re.sub(r"^p(?:p|ages?)?\b\.?\s*", "", text.strip(), flags=re.IGNORECASE)
    pages = [comparison_key(page) for page in _DASHES.split(plain) if page]
    if len(pages) == 2 and pages[1].isdigit() and len(pages[1]) < len(pages[0]):
        pages[1] = pages[0][: len(pages[0]) - len(pages[1])] + pages[1]
    return tuple(dict.fromkeys(pages))
