"""Learn how a site names the folders or files of its publication pages, and name a new page in the same way.

A name is made of parts (families, year, words of the title, DOI), a sign between them, and capitals.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, product

from enrich.model.addition import NameParts, WeighedPage

MOST_PAGES = 40  # of the newest pages; all others together have a thirtieth of the weight
FEWEST = 0.2  # the share of the pages' weight that a pattern needs
LONGEST = 80  # characters of a name; real ones have 20 to 60
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
# Hugo reads a file `index.md` in a section as the page of the whole section.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d|index)(?:\..*)?", re.IGNORECASE)
# The marks above and below Latin letters; in other scripts a mark makes another letter or is a vowel.
_ACCENTS = re.compile(r"(?<=[\0-\u024f])[\u0300-\u036f]+")
_YEAR_LETTER = re.compile(r"(?<=(?:19|20)\d\d)[a-d]$")
# Words that people leave out of short names, in the languages of most titles.
_STOP_WORDS = frozenset(
    "a an and are as at be by can do does for from how in into is it its of on or the to toward towards"
    " using via what when where which why with der die das ein eine und im von zu la le les el los las un"
    " une de del des du et y en o os as um uma e".split()
)
BEGINS = 0.4  # the weight of a name for a pattern that gives only its beginning
_MOST_WORDS = 8
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
MOST_RUN = 4  # gaps between words without a sign; more would be unreadable

MakePart = Callable[[NameParts], str]


@dataclass(frozen=True, slots=True)
class NamePattern:
    """A way to name pages."""

    parts: tuple[str, ...]
    """The names of its parts, which `PARTS` makes."""
    sign: str
    """The sign between the parts and the words: `-`, `_` or none."""
    form: str
    """`lower`, or `title` for a capital at the beginning of each word, or `typed`."""

    def make_name(self, parts: NameParts) -> str:
        """Return the name of a work's page, `""` if a part is unknown."""
        return self.join_parts({name: PARTS[name](parts) for name in self.parts})

    def join_parts(self, texts: Mapping[str, str]) -> str:
        """Return the name made of the texts of its parts, `""` if one is empty."""
        words = [texts[name] for name in self.parts]
        if not self.sign and any(word.count(" ") > MOST_RUN for word in words):
            return ""
        return self.sign.join(_FORMS[self.form](word, self.sign) for word in words) if all(words) else ""


def learn_name_pattern(pages: Iterable[WeighedPage]) -> NamePattern:
    """Return the pattern that most of the pages' names follow, by their weight; else the title's words."""
    pages = [*islice(pages, MOST_PAGES)]
    weights: dict[NamePattern, float] = defaultdict(float)
    for page in pages:
        for pattern, fit in _rate_patterns(page):
            weights[pattern] += fit * page.weight
    total = sum(page.weight for page in pages)
    best = max(weights, key=lambda pattern: weights[pattern], default=BY_TITLE)
    return best if weights.get(best, 0) >= FEWEST * total else BY_TITLE


def choose_name(pattern: NamePattern, parts: NameParts, is_taken: Callable[[str], bool]) -> str:
    """Return a name for a work's page that no other page has; it gets `-2`, `-3` … if it needs one."""
    name = next(
        filter(None, (_cut_name(one.make_name(parts)) for one in (pattern, BY_TITLE, BY_DOI))), "page"
    )
    name = f"{name}-page" if is_reserved_name(name) else name
    names = (name, *(f"{name}-{number}" for number in range(2, 1_000)))
    return next(one for one in names if not is_taken(one))


def is_reserved_name(name: str) -> bool:
    """Return whether a page cannot have a name, because Windows or Hugo has another use for it."""
    return _RESERVED.fullmatch(name) is not None


def _rate_patterns(page: WeighedPage) -> Iterator[tuple[NamePattern, float]]:
    """Yield every pattern that gives a page's name, and with less weight each that gives only its beginning.

    `2016-rosema-louwerse-pi` begins with year and families; the rest is the owner's own word.
    """
    name = fold_letters(_YEAR_LETTER.sub("", page.place.name))
    texts = {part: make(page.parts) for part, make in PARTS.items()}
    spelled = {part: make(_spell_umlauts(page.parts)) for part, make in PARTS.items()}
    spellings = (texts, spelled) if spelled != texts else (texts,)
    for pattern in _list_patterns():
        names = {*filter(None, map(pattern.join_parts, spellings))}
        if name in names:
            yield pattern, 1.0
        elif (
            pattern.sign
            and len(pattern.parts) > 1
            and name.startswith(tuple(f"{made}{pattern.sign}" for made in names))
        ):
            yield pattern, BEGINS


def _spell_umlauts(parts: NameParts) -> NameParts:
    """Return the parts of a name as German readers spell them: `Schüler` as `Schueler`."""
    families = tuple(family.translate(_UMLAUTS) for family in parts.families)
    return replace(parts, families=families, title=parts.title.translate(_UMLAUTS))


@cache
def _list_patterns() -> tuple[NamePattern, ...]:
    """Return every pattern, the plainest first."""
    signs = ("-", "_", "")
    return tuple(NamePattern(*pattern) for pattern in product(_COMBINATIONS, signs, _FORMS))


def _cut_name(name: str) -> str:
    """Return a name without signs at its ends, cut between two words if it is too long for some system."""
    if len(name) > LONGEST:
        name = (
            re.sub(r"[-_.][^-_.]*$", "", name[: LONGEST + 1]) if re.search(r"[-_]", name) else name[:LONGEST]
        )
    return name.strip("-_. ")[:LONGEST]


def fold_letters(text: str) -> str:
    """Return a text with plain Latin letters for those with accents; other scripts stay as they are."""
    text = text.replace("ß", "ss").replace("ø", "o").replace("Ø", "O").replace("ł", "l").replace("Ł", "L")
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", text)))


def _split_title(title: str) -> list[str]:
    text = re.sub(r"['’ʼ]", "", fold_letters(title))
    words = "".join(one if one.isalnum() or _is_mark(one) else " " for one in text).split()
    return [word for word in words if not all(map(_is_mark, word))]


def _is_mark(one: str) -> bool:
    """Return whether a character belongs to the letter before it, such as a Thai or Hindi vowel."""
    return unicodedata.category(one).startswith("M")


def _drop_stop_words(title: str) -> list[str]:
    words = _split_title(title)
    return [word for word in words if word.lower() not in _STOP_WORDS] or words


def _join_typed(words: Sequence[str], sign: str) -> str:
    """Return the words as typed; without a sign between them, each gets a capital, so that it can be read."""
    is_run = len(words) > 1 and not sign
    return "".join(word[:1].upper() + word[1:] for word in words) if is_run else sign.join(words)


def _join_words(words: Iterable[str]) -> str:
    return " ".join(words)


def _read_family(parts: NameParts, at: int = 0) -> str:
    return _join_words(_split_title(parts.families[at])) if len(parts.families) > at else ""


def _join_families(most: int, shown: int, others: str) -> MakePart:
    """Return the part with the families of up to `most` authors; of more, the first ones and "et al"."""

    def join(parts: NameParts) -> str:
        count = len(parts.families)
        names = [_read_family(parts, at) for at in range(count if count <= most else shown)]
        return _join_words([*names, others] if count > most else names)

    return join


def _spell_year(parts: NameParts) -> str:
    return str(parts.date.year) if parts.date else ""


def _spell_day(parts: NameParts) -> str:
    return str(parts.date) if parts.date and parts.date.day else ""


def _take_words(count: int, *, telling: bool) -> MakePart:
    """Return the part with the first words of a title; with `telling`, only words that tell works apart."""

    def take(parts: NameParts) -> str:
        words = (_drop_stop_words if telling else _split_title)(parts.title)
        return _join_words(words[:count])

    return take


def _take_before_colon(parts: NameParts) -> str:
    before, colon, _ = parts.title.partition(":")
    return _join_words(_split_title(before)) if colon else ""


PARTS: Mapping[str, MakePart] = {
    "family": _read_family,
    **{
        f"families-{most}-{shown}-{others}": _join_families(most, shown, others)
        for most, shown in ((1, 1), (2, 1), (2, 2), (3, 1), (3, 3))
        for others in ("etal", "et al")
    },
    "year": _spell_year,
    "short-year": lambda parts: _spell_year(parts)[2:],
    "day": _spell_day,
    "title": lambda parts: _join_words(_split_title(parts.title)),
    "main-title": _take_before_colon,
    "suffix": lambda parts: _join_words(_split_title(parts.doi.partition("/")[2])),
    "doi": lambda parts: _join_words(_split_title(parts.doi)),
    **{f"words-{count}": _take_words(count, telling=False) for count in range(1, _MOST_WORDS + 1)},
    **{f"telling-{count}": _take_words(count, telling=True) for count in range(1, _MOST_WORDS + 1)},
}
_TITLES = (
    "telling-1", "words-1", "title", "main-title",
    *(f"{kind}-{count}" for count in range(2, _MOST_WORDS + 1) for kind in ("telling", "words")),
)  # fmt: skip
_FAMILIES = tuple(name for name in PARTS if name.startswith("families"))
_COMBINATIONS: tuple[tuple[str, ...], ...] = (
    ("family", "year"), ("year", "family"),
    *(parts for name in _FAMILIES for parts in ((name, "year"), ("year", name))),
    ("family", "short-year"), ("suffix",), ("doi",), ("day", "title"),
    *((title,) for title in _TITLES),
    *(("family", "year", title) for title in _TITLES),
    *(("family", title) for title in _TITLES),
    *(("family", title, "year") for title in _TITLES),
    *(("year", title) for title in _TITLES),
    *(("year", "family", title) for title in _TITLES),
    *((title, "year") for title in _TITLES),
)  # fmt: skip
_FORMS: Mapping[str, Callable[[str, str], str]] = {
    "lower": lambda words, sign: sign.join(words.lower().split()),
    "title": lambda words, sign: sign.join(word[:1].upper() + word[1:] for word in words.split()),
    "typed": lambda words, sign: _join_typed(words.split(), sign),
}
BY_TITLE = NamePattern(("title",), "-", "lower")
BY_DOI = NamePattern(("doi",), "-", "lower")
