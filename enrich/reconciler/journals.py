"""When a page's `publication` and a record's container are the same."""

from __future__ import annotations

import re

from enrich.text.fold import fold, same_text, strip_markup

_SMALL = frozenset(
    "a an and & at by de der des di du el en et for für im in la le les los of on the to und van von".split()
)
_OPENING = re.compile(
    r"^\W*(?:(?:published|presented|accepted|appeared|to appear|in press)\s+)?(?:in|im|dans|en)\b:?\s+",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(r"(?<![\w*_])([*_]{1,2})(?=\S)(.+?)(?<=\S)\1(?![\w*_])")
_AFTER_NAME = re.compile(r"[,;(:]|\.\s|\s+(?=\d)|\s[-–—]\s|\bvol(?:ume|\.)|\bno\.|\bpp?\.", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WORD = re.compile(r"[^\W_]+")


def wrapper_of(value: str) -> tuple[str, str] | None:
    """Return what stands around the name (`*…*`, `In *…*`), None where more than that stands there."""
    found = re.fullmatch(r"(\s*(?:[Ii]n:?\s+)?)([*_]{0,2})(\S.*?)\2(\s*)", value, re.DOTALL)
    if found is None or carries_more(value):
        return None
    return found[1] + found[2], found[2] + found[4]


def carries_more(value: str) -> bool:
    """Return whether a value says more than the journal's name: a volume, pages, a DOI, a citation."""
    rest = _EMPHASIS.sub("", value, count=1)
    if rest == value:
        return bool(re.search(r"\d", _YEAR.sub("", value))) or bool(re.search(r"[,;]\s", value))
    return bool(_WORD.search(_OPENING.sub("", rest + " ")))


def names_in(value: str) -> tuple[str, ...]:
    """Return what may be the container's name in a page's value, the likeliest first."""
    emphasised = [found[2] for found in _EMPHASIS.finditer(value)]
    plain = strip_markup(value)
    bare = _OPENING.sub("", plain)
    cut = _AFTER_NAME.split(bare, maxsplit=1)[0]
    return tuple(dict.fromkeys(name for name in (*emphasised, plain, bare, cut) if name.strip()))


def same_container(value: str, containers: tuple[str, ...]) -> bool:
    """Return whether a value names one of the containers.

    Levels: the same text ("The", "&" and years aside); a long name inside a longer value, on either
    side; an abbreviation word by word ("Phys. Rev. Lett."); its initials ("PNAS"); the acronym that
    the container carries itself ("… Pattern Recognition (CVPR)").
    """
    names = names_in(value)
    return any(
        _same_name(name, known) for container in containers for known in names_in(container) for name in names
    )


def _same_name(name: str, container: str) -> bool:
    key, known = _key(name), _key(container)
    if not key or not known:
        return False
    if key == known or same_text(name, container):
        return True
    if (_is_long(container) and known in key) or (_is_long(name) and key in known):
        return True
    return (
        _abbreviates(name, container)
        or _abbreviates(container, name)
        or key in map(_key, _acronyms(container))
    )


def _is_long(name: str) -> bool:
    return len([word for word in _WORD.findall(name) if word.casefold() not in _SMALL]) >= 4


def _acronyms(container: str) -> list[str]:
    return re.findall(r"\(([A-Z][\w&/-]{1,11})(?:\s+\d+)?\)", container)


def _key(text: str) -> str:
    words = _WORD.findall(_YEAR.sub(" ", strip_markup(text)).casefold().replace("&", " and "))
    return fold(" ".join(word for word in words if word not in {"the", "and", "of", "in"}))


def _abbreviates(short: str, long: str) -> bool:
    """Return whether each word of one is a beginning of the other's, or its letters are the initials."""
    shorts = [word.casefold() for word in _WORD.findall(strip_markup(short)) if word.casefold() not in _SMALL]
    longs = [word.casefold() for word in _WORD.findall(strip_markup(long)) if word.casefold() not in _SMALL]
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
    if not short or short[0] != long[0] or len(short) < 3 or len(short) >= len(long):
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)
