"""Compare names in which a wrong decoding lost a letter: U+FFFD matches any single letter."""

from __future__ import annotations

from dataclasses import replace

from enrich.model.work import Person
from enrich.text.compare import texts_match
from enrich.text.letter_folding import GAP

FEWEST_LETTERS = 2  # that a word must have left


def is_broken_person(person: Person) -> bool:
    """Return whether letters of a person's name are lost."""
    return GAP in f"{person.family}{person.given}{person.literal}"


def heal_name(name: str, other: str) -> str:
    """Return a name with each broken word as the other name has it, if the two may be one word."""
    if GAP not in name:
        return name
    whole = other.replace(",", " ").split()
    return " ".join(_heal_word(word, whole) for word in name.split())


def heal_person(person: Person, entry: str) -> Person:
    """Return a person with each broken word of the name as an author entry has it."""
    if not is_broken_person(person):
        return person
    family, given = heal_name(person.family, entry), heal_name(person.given, entry)
    return replace(person, family=family, given=given, literal=heal_name(person.literal, entry))


def _heal_word(word: str, whole: list[str]) -> str:
    is_readable = sum(map(str.isalpha, word)) >= FEWEST_LETTERS
    if GAP not in word or not is_readable:
        return word
    comma = "," if word.endswith(",") else ""
    return next((f"{other}{comma}" for other in whole if texts_match(word, other)), word)
