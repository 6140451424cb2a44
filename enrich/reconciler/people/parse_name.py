"""Parse a name, as people and publishers write it, into parts that can be compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from enrich.model.work import Person
from enrich.reconciler.people.decoration import LONGEST_NAME, strip_decoration
from enrich.reconciler.people.degrees import (
    DOTTED_DEGREE,
    drop_family_degree,
    drop_last_degree,
    is_degree,
    list_letters,
    may_be_degrees,
)
from enrich.reconciler.people.name_tables import GENERATIONS, SUFFIXES, SYLLABLES, TITLES
from enrich.reconciler.people.spelling_variants import list_variants, unify_characters
from enrich.text.compare import comparison_key

_GENERATION = re.compile(r"[\s,](jr|sr|ii|iii|iv|j[uú]nior|filho|neto|sobrinho)\b\.?", re.IGNORECASE)
_ABBREVIATED = re.compile(r"\b([^\W\d_]{2,5})\.(?![a-z])")  # "Ch.", "Zs.": an abbreviated given name
_BREAKS = re.compile(r"[\s.‐‑‒–—\-_·・]+")
_ASCII_SPELLINGS = (
    ("ä", "ae"),
    ("ö", "oe"),
    ("ü", "ue"),
    ("ø", "oe"),
    ("å", "aa"),
    ("æ", "ae"),
    ("œ", "oe"),
    ("ß", "ss"),
    ("đ", "dj"),
)
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "ħ": "h", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ð": "d"}
)
# PubMed writes particles in runs of initials in lower case: "TGdS", "DPe". In a name that is all
# capitals, four letters may be a name.
_SMALL = re.compile(r"(?<!^)(?:d[aeio]?s?|e|y|v)(?![a-z])")
LONGEST_RUN, LONGEST_RUN_IN_CAPITALS = 5, 3
# Marks at the end of a word: a run of initials, an abbreviated name, the bin of Wen-bin (no particle).
RUN, ABBREVIATION, SYLLABLE = MARKS_OF_WORDS = "\0\1\2"
_SYLLABLE = re.compile(rf"(?<=[^\W\d_])[-‐‑](?P<last>{'|'.join(SYLLABLES)})(?=[\s,;]|$)", re.IGNORECASE)
_APOSTROPHES = dict.fromkeys(map(ord, "’'`ʼ‘"))
# A name as one word. "McDonald", "DeVries" and "VanHook" are family names.
_HANDLE = re.compile(
    r"(?!(?:Mac|Fitz|Van|Von|Del|Des|Der|Den|Dos|Das|San|Saint|Ben|Ter|Ten|Abu)[A-Z])"
    r"(?:[^\W\d_a-z][^\W\d_A-Z]{2,})(?:[^\W\d_a-z][^\W\d_A-Z]+)+"
)
_CAPITAL_INSIDE = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
Token = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A parsed name."""

    parts: tuple[Token, ...]
    """The words of the name, each as its folded spellings, the one without accents first."""
    family_first: int = 0
    """The number of parts before the comma of "Family, Given"; 0 without a comma."""
    has_given: bool = False
    """Whether the parts cannot all be the family name: "Jane Lee, MD"."""


def format_full_name(person: Person) -> str:
    """Format a person as `Given Family Suffix`, a group by its name."""
    if person.literal and not person.family:
        return person.literal
    return " ".join(part for part in (person.given, person.family, person.suffix) if part)


def format_inverted_name(person: Person) -> str:
    """Format a person as `Family, Given`, the form that the baseline stores."""
    if not (person.family and person.given):
        return format_full_name(person)
    return f"{person.family}, {' '.join(part for part in (person.given, person.suffix) if part)}"


def parse_inverted_name(inverted: str) -> Person:
    """Return the person that `format_inverted_name` formatted."""
    family, comma, given = inverted.partition(", ")
    return Person(family=family, given=given) if comma else Person(literal=inverted)


def make_name_key(inverted: str) -> str:
    """Return a key that survives a publisher's re-deposits: folded family name and first initial."""
    family, _, given = inverted.partition(", ")
    return f"{comparison_key(family)} {comparison_key(given)[:1]}".strip()


def find_suffix(name: str) -> str:
    """Return the generational suffix in a name (`jr`, `sr`, `iii`), or `""`."""
    found = _GENERATION.search(name)
    return re.sub("j[uú]nior", "jr", found[1].lower()) if found else ""


def has_other_suffix(entry: str, person: Person) -> bool:
    """Return whether both names have a suffix and the suffixes differ (Jr., III)."""
    remote = find_suffix(f"{person.family} {person.given} {person.suffix}")
    local = find_suffix(entry) if remote else ""
    return bool(local and remote and local != remote)


@lru_cache(maxsize=65_536)
def repair_person(person: Person) -> Person:
    """Return a person with no suffix or degree as a family name: {III, John Smith}, {Smith MD, John}."""
    words = person.given.split()
    if len(words) < 2 or list_letters(person.family) not in GENERATIONS:
        return replace(person, family=drop_family_degree(person.family)) if words else person
    return replace(person, family=words[-1].strip(",."), given=" ".join(words[:-1]), suffix=person.family)


def parse_name(entry: str) -> Name:
    """Parse a name as typed on a page."""
    return parse_readings(entry)[0]


@lru_cache(maxsize=65_536)
def parse_readings(entry: str) -> tuple[Name, ...]:
    """Parse a name in each way it can be read: "Jane Lee, MA" has a degree, "Garcia Lopez, MA" initials."""
    if len(entry) > LONGEST_NAME:
        return (Name(()),)
    text = strip_decoration(entry)
    handle = [Name(tokenize_name(_split_handle(text)))] if _HANDLE.fullmatch(text) else []
    return tuple(dict.fromkeys((*_read_person_name(text), *handle)))


def _split_handle(word: str) -> str:
    """Return a name that was written as one word, `JaneMaryDoe`, with its spaces."""
    return _CAPITAL_INSIDE.sub(" ", word)


def _read_person_name(text: str) -> Iterator[Name]:
    family, *behind = (part.strip() for part in DOTTED_DEGREE.sub("", text).split(","))
    given = [part for part in behind if not is_degree(part)]
    first = tokenize_name(family)
    if given:
        yield Name((*first, *tokenize_name(" ".join(given))), len(first))
    elif not behind:
        yield Name(first)
        yield Name(tokenize_name(drop_last_degree(family)))
    if len(first) > 1 and behind and not text.isupper() and all(map(may_be_degrees, behind)):
        yield Name(first, has_given=True)
    initials = [part for part in behind if not is_degree(part, SUFFIXES) or part.isupper()][:1]
    if not given and initials:
        yield Name((*first, *tokenize_name(initials[0])), len(first))
    elif not given:
        yield Name(first)


@lru_cache(maxsize=65_536)
def tokenize_name(text: str) -> tuple[Token, ...]:
    """Split a name into tokens, each with its spellings; titles and suffixes are dropped.

    A text longer than `LONGEST_NAME` is not a name and has no tokens.
    """
    if len(text) > LONGEST_NAME:
        return ()
    text = (
        DOTTED_DEGREE.sub(" ", text).translate(_APOSTROPHES).replace("Mª", "Maria ").replace("M.ª", "Maria ")
    )
    text = _ABBREVIATED.sub(_mark_abbreviation, text)
    text = _SYLLABLE.sub(rf" \g<last>{SYLLABLE}", text)
    words = [stripped for word in _BREAKS.split(text) if (stripped := word.strip(",;"))]
    longest = LONGEST_RUN if any(map(str.islower, text)) else LONGEST_RUN_IN_CAPITALS
    kept = _drop_titles(words)
    return tuple(part for word in kept if (part := _list_spellings(_mark_initials(word, longest)))[0])


def _drop_titles(words: list[str]) -> list[str]:
    """Drop titles before a name and suffixes after it, unless too little of the name would remain.

    "Md." or "Junior" in front is a given name; "DR Brown" and "Lee MD" have initials, "Dr. Brown" a title.
    """
    is_kept = [_is_part_of_name(word, place) for place, word in enumerate(words)]
    kept = [word for word, keep in zip(words, is_kept, strict=True) if keep]
    has_initials = len(words) == 2 and len(kept) == 1 and words[is_kept.index(False)].isupper()
    return words if has_initials or not kept else kept


def _is_part_of_name(word: str, place: int) -> bool:
    low = word.rstrip(MARKS_OF_WORDS).lower()
    return low not in TITLES | SUFFIXES or (place == 0 and low in {"md", "junior", "júnior"})


def _mark_abbreviation(found: re.Match[str]) -> str:
    short = found[1]
    return found[0] if short.lower() in TITLES | SUFFIXES or short.isupper() else f"{short}{ABBREVIATION} "


def _mark_initials(word: str, longest: int) -> str:
    """Mark a run of initials ("KR", "TGdS") that `_split_initials` may take apart."""
    capitals = _SMALL.sub("", word, count=1) if len(word) <= longest else ""
    return f"{word}{RUN}" if len(capitals) >= 2 and capitals.isupper() and word.isalpha() else word


@lru_cache(maxsize=65_536)
def _list_spellings(word: str) -> Token:
    """List a word's folded spellings: without accents first, then with the digraphs of its language."""
    mark = word[-1:] if word.endswith(tuple(MARKS_OF_WORDS)) else ""
    lower = unicodedata.normalize("NFC", word.rstrip(MARKS_OF_WORDS)).casefold().replace("ß", "ss")
    digraphs = lower
    for letter, spelling in _ASCII_SPELLINGS:
        digraphs = digraphs.replace(letter, spelling)
    lower, digraphs = unify_characters(lower), unify_characters(digraphs)
    plain = _strip_accents(lower)
    others = () if mark else map(_strip_accents, list_variants(lower))
    spelled = tuple(dict.fromkeys((plain, "st" if plain == "saint" else _strip_accents(digraphs), *others)))
    return (*spelled, f"{plain}{mark}") if mark else spelled


def _strip_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(char for char in decomposed if char.isalnum())
