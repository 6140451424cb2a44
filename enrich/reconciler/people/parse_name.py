"""Parse a name, as people and publishers write it, into parts that can be compared."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from enrich.model.work import Person
from enrich.text.compare import fold, strip_markup

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md", "msc", "bsc", "dphil", "frcp", "esq"})
_GENERATION = re.compile(r"[\s,](jr|sr|ii|iii|iv)\b\.?", re.IGNORECASE)
_PHD = re.compile(r"[\s,]Ph\.\s?D\b\.?", re.IGNORECASE)
_TITLES = frozenset({"dr", "prof", "professor", "mr", "mrs", "ms", "sir"})
PARTICLES = frozenset(
    "al ap ben bin bint da dal de del della den der des di do dos du el la las le lo los san ten ter"
    " van vande vanden vander vom von zu zum zur".split()
)
_DECORATION = re.compile(r"[*†‡§¶#^~✉✝♯∗]+|[(\[]\s*[)\]]")
# A remark behind the name, "(corresponding author)"; "(Bob)" belongs to the name.
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
# PubMed writes particles in runs of initials in lower case: "TGdS", "DPe". In a name that is all
# capitals, four letters may be a name.
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
    """A parsed name."""

    parts: tuple[Token, ...]
    """The words of the name, each as its folded spellings, the one without accents first."""
    family_first: int = 0
    """How many parts are before the comma of "Family, Given"; 0 without a comma."""


def is_truncation(entry: str) -> bool:
    """Return whether an entry is only a remark that more authors follow: "et al.", "and 12 others"."""
    return bool(_TRUNCATED.match(strip_markup(entry)))


def has_trailing_et_al(entry: str) -> bool:
    """Return whether an entry is a name with such a remark behind it: "Ada Lovelace et al."."""
    return bool(_GOES_ON.search(strip_markup(entry)))


def strip_decoration(entry: str) -> str:
    """Return the name alone: `**Ada Lovelace**†1 (corresponding author)` gives `Ada Lovelace`."""
    text = _REMARK.sub("", _DECORATION.sub("", _AND.sub("", _GOES_ON.sub("", strip_markup(entry)))))
    return _MARKS_BEHIND.sub("", text).strip(" ,;")


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


def find_suffix(name: str) -> str:
    """Return the generational suffix in a name (`jr`, `sr`, `iii`), or `""`."""
    found = _GENERATION.search(name)
    return found[1].lower() if found else ""


def make_name_key(inverted: str) -> str:
    """Return a key that survives a publisher's re-deposits: folded family name and first initial."""
    family, _, given = inverted.partition(", ")
    return f"{fold(family)} {fold(given)[:1]}".strip()


def parse_inverted_name(inverted: str) -> Person:
    """Return the person that `inverted_name` formatted."""
    family, comma, given = inverted.partition(", ")
    return Person(family=family, given=given) if comma else Person(literal=inverted)


@lru_cache(maxsize=65_536)
def parse_name(entry: str) -> Name:
    """Parse a name as typed on a page."""
    text = strip_decoration(entry)
    family, comma, given = text.partition(",")
    if not comma:
        return Name(tokenize_name(text))
    rest = [part for part in given.split(",") if part.strip().strip(".").lower() not in _SUFFIXES]
    if not rest:
        return Name(tokenize_name(family))
    first = tokenize_name(family)
    return Name((*first, *tokenize_name(" ".join(rest))), len(first))


@lru_cache(maxsize=65_536)
def tokenize_name(text: str) -> tuple[Token, ...]:
    """Split a name into tokens, each with its spellings; titles and suffixes are dropped."""
    words = [word for word in _BREAKS.split(_PHD.sub(" ", text).translate(_APOSTROPHES)) if word]
    longest = LONGEST_RUN if any(map(str.islower, text)) else LONGEST_RUN_IN_CAPITALS
    parts = [_list_spellings(_mark_initials(word.strip(",;"), longest)) for word in words]
    # "Md." before a name is Mohammad, not a degree.
    kept = [
        part
        for place, part in enumerate(parts)
        if part[0]
        and part[0] not in _TITLES
        and (part[0] not in _SUFFIXES or (part[0] == "md" and not place))
    ]
    return tuple(kept or [part for part in parts if part[0]])


def _mark_initials(word: str, longest: int) -> str:
    """Mark a run of initials ("KR", "TGdS") that `_split_initials` may take apart."""
    capitals = _SMALL.sub("", word, count=1) if len(word) <= longest else ""
    run = len(capitals) >= 2 and capitals.isupper() and word.isalpha()
    return f"{word}\0" if run and word.lower() not in _SUFFIXES else word


@lru_cache(maxsize=65_536)
def _list_spellings(word: str) -> Token:
    """List a word's folded spellings: without accents first, then with the digraphs of its language."""
    run = word.endswith("\0")
    lower = unicodedata.normalize("NFC", word.rstrip("\0")).casefold().replace("ß", "ss")
    digraphs = lower
    for letter, spelling in _ASCII_SPELLINGS:
        digraphs = digraphs.replace(letter, spelling)
    plain = _strip_accents(lower)
    spelled = tuple(dict.fromkeys((plain, _strip_accents(digraphs))))
    return (*spelled, f"{plain}\0") if run else spelled


def _strip_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(char for char in decomposed if char.isalnum())
