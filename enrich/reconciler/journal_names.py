"""When a page's `publication` and a record's container are the same."""

from __future__ import annotations

import re
from itertools import product

from enrich.reconciler.journal_sections import SMALL_WORDS, Section, drop_kind, split_section
from enrich.text.compare import comparison_key, strip_markup, texts_match

_ARTICLES = frozenset("der die das le la les el il".split())
_OPENING = re.compile(
    r"^\W*(?:(?:published|presented|accepted|appeared|to appear|in press)\s+)?(?:in|im|dans|en)\b:?\s+",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(r"(?<![\w*_])([*_]{1,2})(?=\S)(.+?)(?<=\S)\1(?![\w*_])")
# A comma inside a name: "Diabetes, Obesity and Metabolism".
_LISTED = r"(?![^\d,;(]*(?:,[^\d,;(]*)*\s(?:and|&)\s)"
_AFTER_NAME = re.compile(
    rf"[;(]|,{_LISTED}|:\s*\d|\.\s|\s+(?=\d)|\s[-–—]\s|\bvol(?:ume|\.)|\bno\.|\bpp?\.", re.IGNORECASE
)
_UNPUBLISHED = re.compile(r"\b(?:submitted|(?:under|in) (?:review|revision)|in preparation)\b", re.IGNORECASE)
_BRACKET = re.compile(r"\s+\(|\s[-–—]\s")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# words around a proceedings' name that are not part of it
_FRAME = frozenset(
    "proceedings proc conf annual first second third fourth fifth sixth seventh eighth ninth tenth".split()
)
_PREPRINT = re.compile(r"\s+\(?preprints?\)?\W*$", re.IGNORECASE)
_ORDINAL = re.compile(r"\b\d+(?:st|nd|rd|th)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
LONGEST = 1_000  # characters of a value in which a journal's name is looked for
_SERIES = re.compile(
    r"(?:(?:advances|communications|studies|methods|progress|topics) in|lecture notes|springer|ifip)\b"
    r"|.*\bseries\b",
    re.IGNORECASE,
)
_MEETING = re.compile(
    r"\b(?:proceedings|conference|workshop|symposium|congress|lecture notes)\b", re.IGNORECASE
)
_LEARNED = re.compile(r"\b(?:academy|society|association)\b", re.IGNORECASE)
_WORKSHOP = re.compile(r"\bworkshops?\b", re.IGNORECASE)
# in the names of many meetings, and the name of none
PUBLISHERS = frozenset("ACM AIAA AIP ASME CVF IEEE IEE IET IFAC IFIP IOP SIAM SPIE USA USENIX".split())
_OF_AMERICA = re.compile(r"\s+of\s+the\s+(?:united\s+states(?:\s+of\s+america)?|usa)\s*$", re.IGNORECASE)


def find_wrapper(value: str) -> tuple[str, str] | None:
    """Return the wrapper of the name (`*…*`, `In *…*`), None if the value contains more than that."""
    found = re.fullmatch(r"(\s*(?:[Ii]n:?\s+)?)([*_]{0,2})(\S.*?)\2(\s*)", value, re.DOTALL)
    if found is None or carries_more(value):
        return None
    return found[1] + found[2], found[2] + found[4]


def remove_wrapper(value: str) -> str:
    """Return the name alone: `In *Nature*` is `Nature`."""
    site_context = find_wrapper(value)
    return value[len(site_context[0]) : len(value) - len(site_context[1])] if site_context else value


def carries_more(value: str) -> bool:
    """Return whether a value says more than the journal's name: a volume, pages, a DOI, a citation."""
    rest = _EMPHASIS.sub("", value, count=1)
    if rest == value:
        return bool(re.search(r"\d|[,;]\s|[(\[]|\bsubmitted\b|\bunder review\b", _YEAR.sub("", value)))
    return bool(_WORD.search(_OPENING.sub("", rest + " ")))


def sort_books_first(containers: tuple[str, ...]) -> tuple[str, ...]:
    """Return a chapter's containers, its book before the series that the book is in."""
    return tuple(sorted(containers, key=lambda name: bool(_SERIES.match(name))))


def find_names(value: str) -> tuple[str, ...]:
    """Return what may be the container's name in a page's value, the likeliest first."""
    emphasised = [found[2] for found in _EMPHASIS.finditer(value)]
    plain = strip_markup(value)
    bare = _OPENING.sub("", plain)
    cut = _AFTER_NAME.split(bare, maxsplit=1)[0]
    short = _PREPRINT.sub("", bare)
    return tuple(dict.fromkeys(name for name in (*emphasised, plain, bare, cut, short) if name.strip()))


def is_same_container(value: str, containers: tuple[str, ...]) -> bool:
    """Return whether a value names a container.

    Levels: the same text ("The", "&" and years aside); a long name inside a longer value, on either
    side; an abbreviation word by word ("Phys. Rev. Lett."); its initials ("PNAS"); the acronym that
    the container carries itself ("… Pattern Recognition (CVPR)").
    """
    value = " ".join(value[:LONGEST].split())
    if _UNPUBLISHED.search(strip_markup(value)):
        return False  # "Submitted to Nature" is out of date once the paper is in Nature
    containers = tuple(" ".join(one[:LONGEST].split()) for one in containers)
    containers = tuple(one for one in containers if not _contradict(strip_markup(value), one))
    known = {name for container in containers for name in (container, _BRACKET.split(container)[0])}
    names = find_names(value)
    # One side alone may lack the subtitle: two subtitles are compared.
    bare = () if any(": " in container for container in containers) else map(drop_kind, names)
    pairs = [*product(names, known | set(map(drop_kind, known))), *product(bare, known)]
    return any(_same_name(name, other) for name, other in pairs) or any(
        _opens_with(value, container) for container in containers
    )


def _opens_with(value: str, container: str) -> bool:
    """Return whether a value begins with the container's words, and goes on as a citation does."""
    words = r"\W+".join(map(re.escape, _WORD.findall(strip_markup(container).casefold())))
    text = _OPENING.sub("", strip_markup(value)).casefold()
    # Behind the full stop of an abbreviation another word goes on with the name: "Genet. Res. Letters".
    # "Evolution: Education and Outreach" and "Diabetes, Obesity and Metabolism" are names of others.
    cited = r"\s*(?:[\d,;:(]|vol\b|no\b|pp?\b|$)"
    ends = rf"(?:[;(]|,{_LISTED}|:(?={cited})|\.{cited}|\d|$)"
    return bool(words) and bool(re.match(rf"\W*{words}\s*[^\w.,;:(]*\s*{ends}", text))


def _same_name(name: str, container: str) -> bool:
    """Return whether two names are one; a section is only that section."""
    one, other = split_section(name), split_section(container)
    if one and other:
        return _same_section(one, other)
    return one is other is None and _same_title(*_drop_publisher(name, container))


def _same_section(one: Section, other: Section) -> bool:
    """Return whether two sections have one letter and journal, and no titles that differ.

    One word alone is no section's title: "Physical Review B Letters" is another journal.
    """
    titles = [title for title in (one.title, other.title) if title]
    agree = _same_title(*titles) if len(titles) == 2 else not titles or len(titles[0].split()) > 1
    return agree and one.letter == other.letter and _same_title(*_drop_publisher(one.journal, other.journal))


def _drop_publisher(name: str, container: str) -> tuple[str, str]:
    """Return both names, without the publisher's acronym that only one of them begins with."""
    firsts = [(_WORD.findall(text) or [""])[0] in PUBLISHERS for text in (name, container)]
    if firsts[0] == firsts[1] or min(len(_words(name)), len(_words(container))) < 1:
        return name, container
    bare = [
        text.partition(" ")[2] if is_first and len(text.split()) > 2 else text
        for text, is_first in zip((name, container), firsts, strict=True)
    ]
    return bare[0], bare[1]


def _same_title(name: str, container: str) -> bool:
    key, known = _key(name), _key(container)
    if not key or not known:
        return False
    if key == known or texts_match(name, container):
        return True
    if _same_core(name, container) or _abbreviates(name, container) or _abbreviates(container, name):
        return True
    return key in map(_key, _acronyms(container)) or _is_meeting(name, container)


def is_of_meeting(container: str) -> bool:
    """Return whether a container's name is that of a meeting's proceedings."""
    return bool(_MEETING.search(container))


def _is_meeting(name: str, container: str) -> bool:
    """Return whether a meeting's acronym, or its initials, is a word of the container.

    Example: "ECCV 2020" and "European Conference on Computer Vision" in "Computer Vision – ECCV 2020".
    """
    if not (is_of_meeting(container) or _YEAR.search(container)):
        return False  # "JAMA" is not "JAMA Internal Medicine"
    if bool(_WORKSHOP.search(container)) != bool(_WORKSHOP.search(name)):
        return False
    capitals = {word for word in _WORD.findall(container) if len(word) > 2 and word.isupper()} - PUBLISHERS
    words = [word for word in _words(_YEAR.sub(" ", strip_markup(name))) if not word.isdigit()]
    initials = "".join(word[0] for word in words)
    return not container.isupper() and (
        (len(words) == 1 and words[0] in capitals) or (len(words) > 2 and initials in capitals)
    )


def _contradict(one: str, other: str) -> bool:
    """Return whether two names are of other years or other meetings: the 12th and the 13th."""
    one, other = one.casefold(), other.casefold()
    pairs = ((set(kind.findall(one)), set(kind.findall(other))) for kind in (_YEAR, _ORDINAL))
    return any(left and right and left.isdisjoint(right) for left, right in pairs)


def _same_core(name: str, container: str) -> bool:
    """Return whether two names are one without their frame: "Proc. of the 31st … (CVPR) 2019".

    One word more ("… Letters") makes another journal, another number another year's proceedings.
    """
    if not (is_of_meeting(name) or is_of_meeting(container)):
        return False  # "Journal of Molecular Structure: THEOCHEM" is a journal of its own
    (one, numbers), (other, others) = _split_core(name), _split_core(container)
    return len(one) >= 3 and one == other and (numbers == others or not numbers or not others)


def _split_core(text: str) -> tuple[list[str], set[str]]:
    """Return the words of a name without its frame, and the numbers in it."""
    words = _words(text)
    shouted = text.isupper()
    numbers = {word for word in words if any(char.isdigit() for char in word)}
    core = [
        word.casefold()
        for word in words
        if word not in numbers
        and word.casefold() not in _FRAME
        and (shouted or len(word) == 1 or not word.isupper())
    ]
    return core, numbers


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(strip_markup(text)) if word.casefold() not in SMALL_WORDS]


def _acronyms(container: str) -> list[str]:
    return re.findall(r"\(([A-Z][\w&/-]{1,11})(?:\s+\d+)?\)", container)


def _key(text: str) -> str:
    plain = strip_markup(text)
    plain = _OF_AMERICA.sub("", plain) if _LEARNED.search(plain) else plain
    words = _WORD.findall(_YEAR.sub(" ", plain).casefold().replace("&", " and "))
    words = words[1:] if len(words) > 1 and words[0] in _ARTICLES else words
    return comparison_key(" ".join(word for word in words if word not in {"the", "and", "of", "in"}))


def _abbreviates(short: str, long: str) -> bool:
    """Return whether each word of one is a beginning of the other's, or its letters are the initials."""
    shorts = [word.casefold() for word in _words(short)]
    longs = [word.casefold() for word in _words(long)]
    if not shorts or not longs or len(longs) < 2:
        return False
    if len(shorts) == len(longs):
        return all(_shortens(one, other) for one, other in zip(shorts, longs, strict=True))
    initials = "".join(word[0] for word in longs)
    everything = "".join(word[0].casefold() for word in _WORD.findall(strip_markup(long)))
    return len(shorts) == 1 and len(initials) > 2 and shorts[0] in {initials, everything}


def _shortens(short: str, long: str) -> bool:
    """Return whether a word is the other, its beginning, or its letters in order ("intl", "natl")."""
    if long.startswith(short):
        return True
    if not short or short[0] != long[0] or not 3 <= len(short) <= 5 or len(short) >= len(long):
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)
