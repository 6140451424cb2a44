"""Find the status around a title that is known: "Ingetrokken | …", "ОТОЗВАНО. …"."""

from __future__ import annotations

import re

from enrich.reconciler.retraction_words import list_words
from enrich.text.compare import strip_markup

FEWEST_OWN_LETTERS = 24  # of a title that is not a phrase of another title
MOST_WORDS_ADDED = 12  # words
_RETRACTED_WORDS = frozenset(list_words("retracted"))
_WITHDRAWN_WORDS = frozenset(list_words("withdrawn"))
_OTHER_WORDS = frozenset((*list_words("article"), *list_words("small")))


def find_status_around(text: str, title: str) -> str:
    """Return `retracted` or `withdrawn` if that is all that a record's title adds to a page's, else `""`."""
    words, own = _read_folded_words(text), _read_folded_words(title)
    if not 0 < len(words) - len(own) <= MOST_WORDS_ADDED or len("".join(own)) < FEWEST_OWN_LETTERS:
        return ""
    if words[-len(own) :] == own:
        return _read_status(words[: -len(own)])
    return _read_status(words[len(own) :]) if words[: len(own)] == own else ""


def _read_folded_words(text: str) -> list[str]:
    # The capital İ of Turkish folds to two characters; one of them is not a letter.
    return re.findall(r"[^\W_]+", strip_markup(text).casefold().replace("\u0307", ""))


def _read_status(words: list[str]) -> str:
    if not set(words) <= _RETRACTED_WORDS | _WITHDRAWN_WORDS | _OTHER_WORDS:
        return ""
    return (
        "retracted" if _RETRACTED_WORDS & set(words) else "withdrawn" if _WITHDRAWN_WORDS & set(words) else ""
    )
