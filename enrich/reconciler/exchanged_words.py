"""Find the one word in which two titles differ: a team's other paper is often called almost the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from enrich.text.compare import comparison_key, strip_markup

MOST_EXCHANGED = 2  # words in the place where the titles differ
FEWEST_EQUAL = 3  # words around that place
LONGEST = 60  # words of a title that is compared
SPELLING = 0.75  # the smallest share of letters that two forms of one word have in common
STEM = 5  # letters at the beginning of two forms of one word

# Words around the subject of a paper, which an author or an editor replaces by another on the way to print.
_FRAME = frozenset(
    "a an and as at by during for from in into its of on or over the their to toward towards under using"
    " via with accurate analyses analysis approach approaches assessing assessment based case"
    " characterisation characterization effect effective effects efficient estimate estimates estimating"
    " estimation evaluating evaluation evidence examination examining experimental exploring fast"
    " framework general impact impacts improved improving influence influences insights investigating"
    " investigation measure measured measurement measurements measuring method methodology methods new"
    " novel overview perspective perspectives predicting prediction preliminary report results review"
    " robust role roles scheme simple studies study studying survey technique techniques through"
    " understanding use der die das des den dem ein eine und von zu zur zum im für mit über le la les un"
    " une et de du en pour par sur el los las para por con il lo gli di del della per os do da dos em".split()
)


def exchanges_words(title: str, other: str) -> bool:
    """Return whether two titles differ in one place, where each has another word about its subject.

    Another form or spelling of the word ("modelling", "models") and words such as "effects" for
    "influence" do not count.
    """
    words, others = _list_subject_words(title), _list_subject_words(other)
    if max(len(words), len(others)) > LONGEST:
        return False
    steps = SequenceMatcher(None, words, others, autojunk=False).get_opcodes()
    changed = [step for step in steps if step[0] != "equal"]
    if len(changed) != 1 or changed[0][0] != "replace":
        return False
    _, start, end, other_start, other_end = changed[0]
    if (
        len(words) - (end - start) < FEWEST_EQUAL
        or max(end - start, other_end - other_start) > MOST_EXCHANGED
    ):
        return False
    return not _is_one_term(words[start:end], others[other_start:other_end])


def _list_subject_words(title: str) -> list[str]:
    words = map(comparison_key, re.findall(r"[^\W_]+", strip_markup(title)))
    return [word for word in words if word and word not in _FRAME]


def _is_one_term(words: Sequence[str], others: Sequence[str]) -> bool:
    """Return whether two runs of words are one in another form: "data base" and "database"."""
    if len(words) == len(others):
        return all(_is_one_word(*pair) for pair in zip(words, others, strict=True))
    return _is_one_word("".join(words), "".join(others)) or _is_acronym(words, others)


def _is_one_word(word: str, other: str) -> bool:
    """Return whether two words are forms of one: the beginning counts most ("mono…" and "bi…" differ)."""
    if (len(word) == 1) != (len(other) == 1):
        return True  # a symbol that one side spells
    if word[0] != other[0] or any(map(str.isdigit, word + other)):
        return word == other
    if word[:STEM] == other[:STEM]:
        return True
    return SequenceMatcher(None, word, other, autojunk=False).ratio() >= SPELLING


def _is_acronym(words: Sequence[str], others: Sequence[str]) -> bool:
    initials = {"".join(word[0] for word in run) for run in (words, others)}
    return not initials.isdisjoint((*words, *others))
