"""Name citation keys as exporters do: by the first author's family name, the year and a word of the title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from string import ascii_lowercase

from enrich.bibtex.bib_file import BibEntry, parse_bib_file
from enrich.bibtex.latex_text import decode_latex

# The words that Zotero, Better BibTeX and Google Scholar omit.
_SMALL = frozenset("a an and at by for from in is of on the to with der die das la le les el un une".split())
_AND = re.compile(r"\s+and\s+")
_YEAR = re.compile(r"\d{4}")
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "ł": "l", "Ł": "L", "đ": "d"})


@dataclass(frozen=True, slots=True)
class KeyParts:
    """The parts of a citation key."""

    family: str
    """The first author's family name, in ASCII letters."""
    year: str
    """The year."""
    word: str
    """The first word of the title that is not a small one, in ASCII letters and digits."""
    folder: str = ""
    """The name of the bundle's folder."""


KEY_FORMS: Mapping[str, Callable[[KeyParts], str]] = {
    "family year word": lambda parts: f"{parts.family}{parts.year}{parts.word}".lower(),
    "family year": lambda parts: f"{parts.family}{parts.year}".lower(),
    "Family year": lambda parts: f"{parts.family}{parts.year}",
    "Family year word": lambda parts: f"{parts.family}{parts.year}{parts.word.lower()}",
    "Family year Word": lambda parts: f"{parts.family}{parts.year}{parts.word.capitalize()}",
    "family Word year": lambda parts: f"{parts.family.lower()}{parts.word.capitalize()}{parts.year}",
    "family_word_year": lambda parts: f"{parts.family}_{parts.word}_{parts.year}".lower(),
    "family_year_word": lambda parts: f"{parts.family}_{parts.year}_{parts.word}".lower(),
    "family-year-word": lambda parts: f"{parts.family}-{parts.year}-{parts.word}".lower(),
    "family_year": lambda parts: f"{parts.family}_{parts.year}".lower(),
    "Family_year": lambda parts: f"{parts.family}_{parts.year}",
    "family-year": lambda parts: f"{parts.family}-{parts.year}".lower(),
    "Family:year": lambda parts: f"{parts.family}:{parts.year}",
    "family:year": lambda parts: f"{parts.family}:{parts.year}".lower(),
    "folder": lambda parts: parts.folder,
}


def list_citation_keys(text: str) -> frozenset[str]:
    """Return the citation keys of a file's entries, in lower case; raise PageError if it cannot be read."""
    return frozenset(entry.key.lower() for entry in parse_bib_file(text))


def read_key_parts(entry: BibEntry, folder: str) -> KeyParts:
    """Return the parts that an entry's own values give."""
    values = {value.key: value.source for value in entry.values}
    year = _YEAR.search(values.get("year", "") or values.get("date", ""))
    first = _AND.split(values.get("author", "").strip())[0]
    return make_key_parts(
        _find_family(decode_latex(first)),
        year[0] if year else "",
        decode_latex(values.get("title", "")),
        folder,
    )


def make_key_parts(family: str, year: str, title: str, folder: str) -> KeyParts:
    """Return the parts of a key from names and a title in Unicode."""
    words = (spell_in_letters(word) for word in re.split(r"[\s\-‐–—/:]+", title))
    word = next((word for word in words if word and word.lower() not in _SMALL), "")
    return KeyParts(spell_in_letters(family), year, word, folder)


def choose_citation_key(form: str, parts: KeyParts, taken: Collection[str]) -> str:
    """Return an unused key in this form, if necessary with a letter: `smith2020a`."""
    key = KEY_FORMS[form](parts) or "paper"
    key = re.sub(r"[^\w:.+/-]", "", key, flags=re.ASCII) or "paper"
    free = (
        name for name in (key, *(f"{key}{letter}" for letter in ascii_lowercase)) if name.lower() not in taken
    )
    return next(free, f"{key}-{len(taken)}")


def spell_in_letters(text: str) -> str:
    """Return the ASCII letters and digits of a text; drop accents."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(sign for sign in plain if sign.isascii() and sign.isalnum())


def _find_family(name: str) -> str:
    family, comma, _ = name.partition(",")
    return family if comma else name.rpartition(" ")[2]
