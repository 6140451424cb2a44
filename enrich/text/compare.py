"""Compare two texts as a reader does, by `comparison_key`; `strip_markup` returns what a reader sees."""

from __future__ import annotations

import re
from functools import lru_cache

from enrich.text.gap_matching import match_with_gaps
from enrich.text.letter_folding import GAP, decompose_letters, spell_words, squeeze_words
from enrich.text.visible_text import remove_all_markup, remove_markup

_CACHED = 1024  # texts; those of a page come several times, those of a record with each translation
_SIGNS = "+<>=%‰#"

# Decoded wrongly, one character becomes two, or U+FFFD.
_ODD_PAIR = re.compile(f"[^\0-\x7f]{{2}}|[{GAP}ÂÃâ]")
# A letter that ASCII may spell with another letter after it: Müller is Muller or Mueller.
_UMLAUT = re.compile("([aou]\u0308|ø|a\u030a)")
_ASCII_UMLAUT = re.compile(r"([aou])e")
_OPTIONAL = "\uf8ff"
_MOST_BROKEN_WORDS = 30  # words with a gap that are looked for in the other text
_SMALL_WORDS = frozenset(
    "a an and as at by de der des di die du el en et for from fur i in is la las le les of on or the to und"
    " using via von with y zur zum".split()
)


@lru_cache(_CACHED)
def comparison_key(text: str) -> str:
    """Return the form in which texts are compared: only letters, digits and signs with a meaning.

    It lacks markup, entities, capitals, accents, dashes, quotes and punctuation, and has white space only
    between two digits. It has the names of Greek letters, and `−` for each minus sign.
    """
    return _fold_with_gaps(text).replace(GAP, "")


@lru_cache(_CACHED)
def _fold_with_gaps(text: str) -> str:
    key = squeeze_words(spell_words(decompose_letters(remove_markup(text))))
    return key.lstrip(_SIGNS).rstrip("<>=")


def texts_match(a: str, b: str) -> bool:
    """Return whether two texts are the same, even if one has ASCII spellings (Mueller, Orsted, Strasse)."""
    if a == b or comparison_key(a) == comparison_key(b):
        return True
    if a.isascii() and b.isascii() and not ("\\" in a + b or "&" in a + b):
        return False
    one, two = _fold_with_umlauts(a), _fold_with_umlauts(b)
    if (_OPTIONAL in one or _OPTIONAL in two) and _are_loosely_equal(one, two):
        return True
    return texts_match_with_gaps(a, b)


def texts_match_with_gaps(a: str, b: str) -> bool:
    """Return whether two texts are the same if each U+FFFD may be any single letter or sign."""
    one, two = _fold_with_gaps(a), _fold_with_gaps(b)
    return (GAP in one or GAP in two) and match_with_gaps(one, two)


def measure_shared_words(a: str, b: str) -> float:
    """Return the share (0 to 1) of the words of two texts that both have."""
    one, two = list_telling_words(a), list_telling_words(b)
    if texts_match(a, b):
        return 1.0
    common = _count_common_words(one, two)
    return common / (len(one) + len(two) - common) if one or two else 0.0


@lru_cache(_CACHED)
def strip_markup(text: str) -> str:
    """Return a text as a reader sees it: on one line, in its case, without Markdown, HTML or JATS."""
    return remove_all_markup(text)


def has_substance(text: str) -> bool:
    """Return whether a text has a letter or a digit."""
    return any(map(str.isalnum, text))


@lru_cache(_CACHED)
def is_mojibake(text: str) -> bool:
    """Return whether a text was decoded wrongly: it has replacement characters, or `Ã©` instead of é."""
    if text.isascii() or not _ODD_PAIR.search(text):
        return False
    if GAP in text:
        return True
    from ftfy.badness import is_bad

    return bool(is_bad(text))


def list_telling_words(text: str) -> set[str]:
    """Return the words that distinguish texts; in a script without spaces, each pair of characters."""
    words = {word.strip("." + _SIGNS) for word in spell_words(decompose_letters(remove_markup(text))).split()}
    words -= {"", GAP}
    return {part for word in words - _SMALL_WORDS or words for part in _split_word(word)}


def _split_word(word: str) -> list[str]:
    if word.isascii():
        return [_ASCII_UMLAUT.sub(r"\1", word)]
    if GAP in word or word[0] == "−":
        return [word]
    return [word[at : at + 2] for at in range(max(len(word) - 1, 1))]


def _count_common_words(one: set[str], two: set[str]) -> int:
    """Return the number of words that two texts share; a word with a gap matches any word that fits."""
    common = one & two
    broken = sorted(word for word in one ^ two if GAP in word)[:_MOST_BROKEN_WORDS]
    matches = sum(_has_match(word, (two if word in one else one) - common) for word in broken)
    return min(len(common) + matches, len(one), len(two))


def _has_match(broken: str, words: set[str]) -> bool:
    return any(abs(len(word) - len(broken)) <= 1 and match_with_gaps(broken, word) for word in words)


def _fold_with_umlauts(text: str) -> str:
    letters = _UMLAUT.sub(rf"\1{_OPTIONAL}", decompose_letters(remove_markup(text)))
    return squeeze_words(spell_words(letters))


def _are_loosely_equal(one: str, two: str) -> bool:
    """Return whether two texts are equal if `ü` and `ue` count as equal."""
    i = j = 0
    while i < len(one) or j < len(two):
        a, b = one[i : i + 1], two[j : j + 1]
        if a == b:
            i, j = i + 1, j + 1
        elif a == _OPTIONAL:
            i, j = i + 1, j + (b in {"e", "a"} and one[i + 1 : i + 2] != b)
        elif b == _OPTIONAL:
            i, j = i + (a in {"e", "a"} and two[j + 1 : j + 2] != a), j + 1
        else:
            return False
    return True
