"""Measure how alike two titles are, by their words and by the numbers that distinguish parts and years."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from typing import Literal

from enrich.reconciler.contrary_words import have_contrary_words
from enrich.reconciler.field_comparison import Texts
from enrich.reconciler.part_forms import split_part_form
from enrich.reconciler.title_forms import is_same_title
from enrich.text.compare import list_telling_words, strip_markup

ALIKE = 0.6  # the smallest share of the shorter title's words that two titles of one work have in common
ALIKE_OF_LONGER = 0.6  # the same share of the longer title's words
SPELLING = 0.75  # the smallest share of letters that two spellings of one word have in common
LONGEST_WORD = 60  # letters of a word that may be misspelt
FEW_WORDS = 3  # titles of up to this many words must share all of them
MANY_WORDS = 200  # a longer title, which no paper has, is not searched for misspellings
SHORT_TITLE = 2  # words; many works have such a title
NEARLY_EQUAL = 0.8  # the share of the longer title's words in which two spellings of one title agree

TitleAgreement = Literal["equal", "near", "alike", "different"]

_WORD = re.compile(r"\w+")
_SUBTITLE = re.compile(r"\W{0,3}?(?:[:?!.;]|\s[-–—]+\s|[–—])")
# A sign counts if nothing before it can be joined by it: "−20 °C", not "10-20" or "COVID-19".
_NUMBER = re.compile(r"(?:(?<![\w)\]])(?<!\d )(?:-|−\s?))?\d+(?:\.\d+)?")
_SEQUEL = re.compile(r"[^\W\d]\s+([1-9])\W*$")  # "… 2" after a title
_THOUSANDS = re.compile(r"(?<=\d)[,\u2009 ](?=\d{3}\b)")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d{1,2}\b)")
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
# In only one title, these words indicate another work about the same subject.
_OTHER_WORK = frozenset(
    "addendum comment commentary corrected correction corrigendum editorial erratum protocol rejoinder reply"
    " retraction supplementary supplement update updated revisited".split()
)


def find_title_likeness(title: str, forms: Texts) -> float:
    """Return how alike (0 to 1) a page's title and the likeliest form of the record's title are."""
    return max((_measure_likeness(title, form) for form in forms), default=0.0)


def compare_titles(title: str, forms: Texts) -> TitleAgreement:
    """Return how far a page's title agrees with one of the record's."""
    if is_same_title(title, forms):
        return "equal"
    alike = [form for form in forms if _may_be_same_work(title, form)]
    if any(_lacks_subtitle(title, form) or _lacks_subtitle(form, title) for form in alike):
        return "equal"
    share = max((_measure_share_of_longer(title, form) for form in alike), default=0.0)
    return "equal" if share == 1 else "near" if share >= NEARLY_EQUAL else "alike" if alike else "different"


def is_title_alike(title: str, forms: Texts) -> bool:
    """Return whether a page's title and one of the record's may be the same work's."""
    return compare_titles(title, forms) != "different"


def count_words(title: str) -> int:
    """Return the number of words in a title, or of pairs of characters in a script without spaces."""
    return max(len(title.split()), len(list_telling_words(title)))


def _may_be_same_work(title: str, form: str) -> bool:
    if not _agree_on_numbers(title, form) or split_part_form(title)[0] != split_part_form(form)[0]:
        return False
    words, others = list_telling_words(title), list_telling_words(form)
    if (words ^ others) & _OTHER_WORK or have_contrary_words(title, form):
        return False
    likeness = _measure_likeness(title, form)
    if likeness < (ALIKE if min(len(words), len(others)) > FEW_WORDS else 1.0):
        return False
    # A short title whose words are scattered over a long one is often another paper's of the same people.
    return (
        _measure_share_of_longer(title, form) >= ALIKE_OF_LONGER
        or _is_cut(title, form)
        or _is_cut(form, title)
    )


def _measure_share_of_longer(title: str, form: str) -> float:
    shorter, longer = sorted((len(list_telling_words(title)), len(list_telling_words(form))))
    return _measure_likeness(title, form) * shorter / longer if longer else 0.0


def _is_cut(title: str, whole: str) -> bool:
    """Return whether a title is the beginning of another one."""
    words, all_words = (_WORD.findall(strip_markup(text).casefold()) for text in (title, whole))
    return words == all_words[: len(words)]


def _lacks_subtitle(title: str, whole: str) -> bool:
    """Return whether a title is another one cut at the start of a subtitle, not inside a phrase."""
    if count_words(title) <= SHORT_TITLE:
        return False
    words = r"\W+".join(_WORD.findall(strip_markup(title).casefold()))
    start = re.match(rf"\W*{words}(?!\w)", strip_markup(whole).casefold()) if words else None
    return start is not None and bool(_SUBTITLE.match(strip_markup(whole)[start.end() :]))


def _measure_likeness(title: str, form: str) -> float:
    """Return the share of the shorter title's words that are in the other, whatever their spelling."""
    words, others = list_telling_words(title), list_telling_words(form)
    if not words or not others:
        return 0.0
    shorter, longer = sorted((words, others), key=len)
    rest = longer - shorter if len(longer) <= MANY_WORDS else set()
    found = sum(word in longer or _is_misspelt(word, rest) for word in shorter)
    return found / len(shorter)


def _is_misspelt(word: str, others: set[str]) -> bool:
    """Return whether a word is a slip of one of the others, or its plural."""
    if not 5 <= len(word) <= LONGEST_WORD or not word.isalpha():
        return False
    near = (other for other in others if other[0] == word[0] and abs(len(other) - len(word)) <= 2)
    return any(SequenceMatcher(None, word, other, autojunk=False).ratio() >= SPELLING + 0.1 for other in near)


def _agree_on_numbers(title: str, form: str) -> bool:
    """Return whether both titles have equal parts, and one contains all numbers of the other."""
    if _list_parts(title) != _list_parts(form):
        return False
    numbers, others = _list_numbers(title), _list_numbers(form)
    if any(float(match[1]) in numbers ^ others for text in (title, form) if (match := _SEQUEL.search(text))):
        return False
    return numbers <= others or others <= numbers


def _list_parts(title: str) -> set[float]:
    plain = _normalise(title)
    values = (_read_value(match[1]) for match in _PART.finditer(plain))
    tail = {1.0} if _ROMAN_I.search(plain) else set()
    romans = {float(_ROMANS[word.lower()]) for match in _ROMAN.finditer(plain) if (word := match[2])}
    return {value for value in values if value} | tail | romans


def _list_numbers(title: str) -> set[float]:
    plain = _normalise(title)
    digits = {float(re.sub(r"−\s?", "-", number)) for number in _NUMBER.findall(plain)}
    words = {float(_WORDS[word]) for word in re.findall(r"[a-z]+", plain.casefold()) if word in _WORDS}
    return digits | words | _list_parts(title)


def _normalise(title: str) -> str:
    text = _THOUSANDS.sub("", unicodedata.normalize("NFKC", strip_markup(title)))
    return _DECIMAL_COMMA.sub(".", text)


def _read_value(text: str) -> float:
    word = text.casefold()
    return float(_ROMANS.get(word) or _WORDS.get(word) or (int(word[:9]) if word.isdecimal() else 0))
