"""Decide whether a record's new value corrects the old one: only then is an update safe.

A record can also go bad: a placeholder, another paper's text, another language, a cut. A mending keeps
everything that the old value had.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import takewhile

from enrich.model.work import Person
from enrich.reconciler.field_comparison import Texts
from enrich.reconciler.language_of_text import are_in_two_languages
from enrich.reconciler.people.alignment import align_authors
from enrich.reconciler.people.parse_name import format_full_name, parse_inverted_name
from enrich.text.compare import comparison_key, strip_markup

FEW_WORDS = 3  # corrected words that are still the old text, or a tenth of it
LONGEST_WORD = 60  # letters; longer ones are sentences of a script without spaces
FEW_LETTERS = 3  # corrected letters of such a sentence
SPELLING = 0.7  # the smallest share of letters that two spellings of one word have in common


def corrects_letters(base: Texts, now: Texts) -> bool:
    """Return whether the first of the texts is the old one with letters corrected in a few words."""
    if not base or not now:
        return False
    old, new = strip_markup(base[0]).split(), strip_markup(now[0]).split()
    if len(old) != len(new):
        return comparison_key(base[0]) == comparison_key(now[0])  # a space was lost or found
    changed = [
        pair for pair in zip(old, new, strict=True) if comparison_key(pair[0]) != comparison_key(pair[1])
    ]
    return len(changed) <= max(FEW_WORDS, len(old) // 10) and all(_is_respelt(*pair) for pair in changed)


def keeps_text(base: Texts, now: Texts) -> bool:
    """Return whether the first of the texts contains the old one, or corrects letters of it."""
    if not base or not now or are_in_two_languages(base[0], now[0]):
        return False
    return comparison_key(base[0]) in comparison_key(now[0]) or corrects_letters(base, now)


def narrows_date(base: Texts, now: Texts) -> bool:
    """Return whether the record's date lies inside the old one: a day of its month, a month of its year."""
    return bool(base and now) and now[0].startswith(f"{base[0]}-")


def keeps_people(base: Texts, now: Texts) -> bool:
    """Return whether the record has the same people in the same order, whatever their spelling."""
    people: tuple[Person, ...] = tuple(map(parse_inverted_name, now))
    if len(base) != len(now):
        return False
    names = [format_full_name(parse_inverted_name(text)) for text in base]
    aligned = align_authors(names, people, {})
    return not (aligned.extra or aligned.missing or aligned.moved or aligned.unknown)


def _is_respelt(old: str, new: str) -> bool:
    """Return whether a word is another spelling of a word: no other number, no other word."""
    if any(map(str.isdigit, old + new)):
        return comparison_key(old) == comparison_key(new)
    if max(len(old), len(new)) > LONGEST_WORD:
        return count_changed_letters(old.casefold(), new.casefold()) <= FEW_LETTERS
    return SequenceMatcher(None, old.casefold(), new.casefold(), autojunk=False).ratio() >= SPELLING


def count_changed_letters(old: str, new: str) -> int:
    """Return how many letters lie between the common beginning and the common end of two texts."""
    before = _count_common_letters(old, new)
    behind = _count_common_letters(old[before:][::-1], new[before:][::-1])
    return max(len(old), len(new)) - before - behind


def _count_common_letters(one: str, other: str) -> int:
    """Return how many letters two texts have in common at their beginnings."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
