"""Read a name, as people and publishers write it, into parts that are ready to compare."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from enrich.model.work import Person
from enrich.text.compare import comparison_key, strip_markup

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md", "msc", "bsc", "dphil", "frcp", "esq"})
_GENERATION = re.compile(r"[\s,](jr|sr|ii|iii|iv)\b\.?", re.IGNORECASE)
_PHD = re.compile(r"[\s,]Ph\.\s?D\b\.?", re.IGNORECASE)
_TITLES = frozenset({"dr", "prof", "professor", "mr", "mrs", "ms", "sir"})
PARTICLES = frozenset(
    "al ap ben bin bint da dal de del della den der des di do dos du el la las le lo los san ten ter"
    " van vande vanden vander vom von zu zum zur".split()
)
_DECORATION = re.compile(r"[*†‡§¶#^~✉✝♯∗]+|[(\[]\s*[)\]]")
# What is said about a person behind the name; "(Bob)" is part of it.
_REMARK = re.compile(r"[(\[](?:[a-z][^()\[\]]*|Eds?\.?|Hrsg\.?|M\.?D\.?|Ph\.?\s?D\.?)[)\]](?=[\W\d_]*$)")
_AND = re.compile(r"^\s*(?:and|und|&)\s+(?=\w)")
_GOES_ON = re.compile(
    r"[\s,;]+(?:et(?:\.\s*|\s+)al\b\.?|and\s+(?:\d+\s+)?(?:others|more)\b\.?|…|\.\.\.)[\W_]*$", re.IGNORECASE
)
_MARKS_BEHIND = re.compile(r"(?<=[^\W\d_])[\s,]*(?:[\d⁰¹²³⁴-⁹]+[\s,]*)+$")
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
# PubMed's runs of initials leave a particle small: "TGdS", "DPe". Where the whole name is in capitals,
# four of them may be a name.
_SMALL = re.compile(r"(?<!^)(?:d[aeio]?s?|e|y|v)(?![a-z])")
LONGEST_RUN, LONGEST_RUN_IN_CAPITALS = 5, 3
_TRUNCATED = re.compile(
    r"^\W*(?:and\s+)?(?:et(?:\.\s*|\s+)al\b|etal\W*$|others\b|\d+\s+(?:others?|more)\b|\.\.\.|…)"
    r"|^\W*(?:und andere|u\.\s*a\.|y otros|e outros)",
    re.IGNORECASE,
)

_APOSTROPHES = dict.fromkeys(map(ord, "’'`ʼ‘"))
Token = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A name as parts ready to compare: each part is its folded spellings, the plain one first."""

    parts: tuple[Token, ...]
    family_first: int = 0


def is_truncation(entry: str) -> bool:
    """Return whether an entry only says that the list goes on: "et al.", "and 12 others"."""
    return bool(_TRUNCATED.match(strip_markup(entry)))


def goes_on(entry: str) -> bool:
    """Return whether an entry says behind a name that the list goes on: "Ada Lovelace et al."."""
    return bool(_GOES_ON.search(strip_markup(entry)))


def bare(entry: str) -> str:
    """Return a name without decoration: `**Ada Lovelace**†1 (corresponding author)` is `Ada Lovelace`."""
    text = _REMARK.sub("", _DECORATION.sub("", _AND.sub("", _GOES_ON.sub("", strip_markup(entry)))))
    return _MARKS_BEHIND.sub("", text).strip(" ,;")


def full_name(person: Person) -> str:
    """Return a person as `Given Family Suffix`, a group as its name."""
    if person.literal and not person.family:
        return person.literal
    return " ".join(part for part in (person.given, person.family, person.suffix) if part)


def inverted_name(person: Person) -> str:
    """Return a person as `Family, Given`; what the baseline keeps, and some pages write."""
    if not (person.family and person.given):
        return full_name(person)
    return f"{person.family}, {' '.join(part for part in (person.given, person.suffix) if part)}"


def suffix_in(name: str) -> str:
    """Return the generation that a name states (`jr`, `sr`, `iii`), `""` for none."""
    found = _GENERATION.search(name)
    return found[1].lower() if found else ""


def name_mark(inverted: str) -> str:
    """Return what of a name never churns: the folded family name and the first initial."""
    family, _, given = inverted.partition(", ")
    return f"{comparison_key(family)} {comparison_key(given)[:1]}".strip()


def person_of(inverted: str) -> Person:
    """Return the person that `inverted_name` wrote down."""
    family, comma, given = inverted.partition(", ")
    return Person(family=family, given=given) if comma else Person(literal=inverted)


@lru_cache(maxsize=65_536)
def parse(entry: str) -> Name:
    """Return the parts of a name as typed; `family_first` counts those before a comma."""
    text = bare(entry)
    family, comma, given = text.partition(",")
    if not comma:
        return Name(tokens(text))
    rest = [part for part in given.split(",") if part.strip().strip(".").lower() not in _SUFFIXES]
    if not rest:
        return Name(tokens(family))
    first = tokens(family)
    return Name((*first, *tokens(" ".join(rest))), len(first))


@lru_cache(maxsize=65_536)
def tokens(text: str) -> tuple[Token, ...]:
    """Return the parts of a text that holds names, each by its spellings; titles and suffixes dropped."""
    words = [word for word in _BREAKS.split(_PHD.sub(" ", text).translate(_APOSTROPHES)) if word]
    longest = LONGEST_RUN if any(map(str.islower, text)) else LONGEST_RUN_IN_CAPITALS
    parts = [_spellings(_marked_initials(word.strip(",;"), longest)) for word in words]
    # "Md." in front is Mohammad, and no degree.
    kept = [
        part
        for place, part in enumerate(parts)
        if part[0]
        and part[0] not in _TITLES
        and (part[0] not in _SUFFIXES or (part[0] == "md" and not place))
    ]
    return tuple(kept or [part for part in parts if part[0]])


def _marked_initials(word: str, longest: int) -> str:
    """Mark a run of initials, the "KR" of "KR Reyes" or "TGdS", to be taken apart when it helps."""
    capitals = _SMALL.sub("", word, count=1) if len(word) <= longest else ""
    run = len(capitals) >= 2 and capitals.isupper() and word.isalpha()
    return f"{word}\0" if run and word.lower() not in _SUFFIXES else word


@lru_cache(maxsize=65_536)
def _spellings(word: str) -> Token:
    """Return a word's folded spellings: plain letters first, then the ASCII digraphs of its language."""
    run = word.endswith("\0")
    lower = unicodedata.normalize("NFC", word.rstrip("\0")).casefold().replace("ß", "ss")
    digraphs = lower
    for letter, spelling in _ASCII_SPELLINGS:
        digraphs = digraphs.replace(letter, spelling)
    plain = _plain(lower)
    spelled = tuple(dict.fromkeys((plain, _plain(digraphs))))
    return (*spelled, f"{plain}\0") if run else spelled


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(char for char in decomposed if char.isalnum())
