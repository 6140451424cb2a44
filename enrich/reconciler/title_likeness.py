"""Tell how alike two titles are: by their words, and by the numbers that tell parts and years apart."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

from enrich.reconciler.field_comparison import Texts
from enrich.reconciler.part_forms import split_part_form
from enrich.reconciler.title_forms import is_same_title
from enrich.text.compare import list_telling_words, strip_markup

ALIKE = 0.6  # the share of the shorter title's words that two titles of one work have in common at least
SPELLING = 0.75  # the share of letters that two spellings of one word have in common at least
FEW_WORDS = 3  # titles of up to this many words must share all of them

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_THOUSANDS = re.compile(r"(?<=\d)[,\u2009 ](?=\d{3}\b)")
_ROMAN = re.compile(
    r"\b(?:part|paper|study|volume|vol\.?|phase|chapter|book|case)\s+([ivx]+)\b|\b(I{2,3}|IV|VI{0,3}|IX)\b"
)
_ROMAN_I = re.compile(r"[:,.–—-]\s*I\b(?!['’])|\bI\s*[:.]|\bI$")
_ROMANS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_WORDS = {
    word: number
    for number, words in enumerate(
        ("one first", "two second", "three third", "four fourth", "five fifth", "six sixth", "seven seventh",
         "eight eighth", "nine ninth", "ten tenth"), start=1
    )
    for word in words.split()
}  # fmt: skip
_PART = re.compile(
    r"\b(?:part|paper|study|studies|volume|vol\.?|phase|chapter|experiment|episode|case)\s+([\divx]+|one|two|three|four|five)\b",
    re.IGNORECASE,
)
# In one of two titles only, these make it another work about the same.
_OTHER_WORK = frozenset(
    "addendum comment commentary corrected correction corrigendum editorial erratum protocol rejoinder reply"
    " response retraction supplementary supplement update updated revisited".split()
)


def find_title_likeness(title: str, forms: Texts) -> float:
    """Return how alike (0 to 1) a page's title and the likeliest form of the record's title are."""
    return max((_measure_likeness(title, form) for form in forms), default=0.0)


def is_title_alike(title: str, forms: Texts) -> bool:
    """Return whether a page's title and one of the record's may be the same work's."""
    return is_same_title(title, forms) or any(_may_be_same_work(title, form) for form in forms)


def count_words(title: str) -> int:
    """Return how many words a title has, of a script without spaces how many pairs of characters."""
    return max(len(title.split()), len(list_telling_words(title)))


def _may_be_same_work(title: str, form: str) -> bool:
    if not _numbers_agree(title, form) or split_part_form(title)[0] != split_part_form(form)[0]:
        return False
    words, others = list_telling_words(title), list_telling_words(form)
    if (words ^ others) & _OTHER_WORK:
        return False
    shorter = min(len(words), len(others))
    return _measure_likeness(title, form) >= (ALIKE if shorter > FEW_WORDS else 1.0)


def _measure_likeness(title: str, form: str) -> float:
    """Return the share of the shorter title's words that are in the other, whatever their spelling."""
    words, others = list_telling_words(title), list_telling_words(form)
    if not words or not others:
        return 0.0
    shorter, longer = sorted((words, others), key=len)
    rest = longer - shorter
    found = sum(word in longer or _is_misspelt(word, rest) for word in shorter)
    return found / len(shorter)


def _is_misspelt(word: str, others: set[str]) -> bool:
    """Return whether a word is a slip of one of the others, or its plural."""
    if len(word) < 5 or not word.isalpha():
        return False
    near = (other for other in others if other[0] == word[0] and abs(len(other) - len(word)) <= 2)
    return any(SequenceMatcher(None, word, other, autojunk=False).ratio() >= SPELLING + 0.1 for other in near)


def _numbers_agree(title: str, form: str) -> bool:
    """Return whether the parts of two titles are equal, and the numbers of one are among the other's."""
    if _list_parts(title) != _list_parts(form):
        return False
    numbers, others = _list_numbers(title), _list_numbers(form)
    return numbers <= others or others <= numbers


def _list_parts(title: str) -> set[float]:
    plain = _normalise(title)
    values = (_read_value(match[1]) for match in _PART.finditer(plain))
    tail = {1.0} if _ROMAN_I.search(plain) else set()
    romans = {float(_ROMANS[word.lower()]) for match in _ROMAN.finditer(plain) if (word := match[2])}
    return {value for value in values if value} | tail | romans


def _list_numbers(title: str) -> set[float]:
    plain = _normalise(title)
    digits = {float(number) for number in _NUMBER.findall(plain)}
    words = {float(_WORDS[word]) for word in re.findall(r"[a-z]+", plain.casefold()) if word in _WORDS}
    return digits | words | _list_parts(title)


def _normalise(title: str) -> str:
    return _THOUSANDS.sub("", unicodedata.normalize("NFKC", strip_markup(title)))


def _read_value(text: str) -> float:
    word = text.casefold()
    return float(_ROMANS.get(word) or _WORDS.get(word) or (int(word[:9]) if word.isdecimal() else 0))
