"""Write a name that was deposited in capitals in normal case: VAN DER BERG is van der Berg."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from enrich.model.work import Person
from enrich.reconciler.people.name_tables import ARTICLES, SMALL_PARTICLES, SUFFIXES
from enrich.reconciler.people.parse_name import repair_person

_VOWELS = frozenset("AEIOUY")


def capitalise_person(person: Person) -> Person:
    """Return a person with names in capitals written normally, and a suffix not as a family name.

    Two letters are a family name (LI), but given ones may be initials (KR). A group keeps its name.
    """
    person = repair_person(person)
    if not person.family or not person.given:
        return person
    suffix = person.suffix.title() if person.suffix in {"JR", "JR.", "SR", "SR."} else person.suffix
    family, given = capitalise_name(person.family, 2), capitalise_name(person.given, 3)
    return replace(person, family=family, given=given, suffix=suffix)


def capitalise_name(name: str, shortest: int) -> str:
    """Return a name in normal case if all of it but particles is capitals; any other name unchanged."""
    words = name.split()
    names = [word for word in words if word not in SMALL_PARTICLES]
    if not names or not all(_is_shouted(word) for word in names):
        return name
    *before, last = words
    return " ".join((*_capitalise_all(before, shortest), _capitalise(last, shortest)))


def _capitalise_all(words: Sequence[str], shortest: int) -> Iterator[str]:
    """Yield the words before the last: particles in lower case, also articles that follow one ("de la")."""
    is_behind_particle = False
    for word in words:
        small = SMALL_PARTICLES | ARTICLES if is_behind_particle else SMALL_PARTICLES
        is_behind_particle = word.lower() in small
        yield word.lower() if is_behind_particle else _capitalise(word, shortest)


def _is_shouted(word: str) -> bool:
    return not any(map(str.islower, word))


def _capitalise(word: str, shortest: int) -> str:
    """Capitalise a word unless it may be initials: short, with full stops, or without a vowel."""
    letters = "".join(filter(str.isalpha, word))
    ascii_initials = letters.isascii() and len(letters) <= 4 and _VOWELS.isdisjoint(letters) and shortest > 2
    if len(letters) < shortest or "." in word or ascii_initials or letters.lower() in SUFFIXES:
        return word
    lower = re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word)
    lower = re.sub(r"['’]S\b", "’s", lower)
    return re.sub(r"\bMc(\w)", lambda part: f"Mc{part[1].upper()}", lower)
