"""Find the status around a title that is known: "Ingetrokken | …", "ОТОЗВАНО. …"."""

from __future__ import annotations

import re

from enrich.text.compare import strip_markup

FEWEST_OWN_LETTERS = 24  # of a title that is not a phrase of another title
MOST_WORDS_ADDED = 12  # words
_RETRACTED_WORDS = frozenset(
    "retracted retractado retractada retratado retratada rétracté rétractée ritrattato ritrattata"
    " ritirato ritirata zurückgezogen ingetrokken teruggetrokken отозвана отозвано отозванная"
    " ретрагирована 撤稿 已撤稿 撤回 철회".split()
)
_WITHDRAWN_WORDS = frozenset("withdrawn removed retirado retirada retiré retirée entfernt verwijderd".split())
_FILLER_WORDS = frozenset(
    "a an and article artikel articolo artigo artículo artículos articulo at author authors beitrag"
    " been by chapter diese dieser editor editors está estado este foi has is is it journal l le mit of"
    " online paper permanently preprint publication publisher request stato статья temporarily the this"
    " version von was wurde à été".split()
)


def find_status_around(text: str, title: str) -> str:
    """Return `retracted` or `withdrawn` if that is all that a record's title adds to a page's, else `""`."""
    words, own = _read_folded_words(text), _read_folded_words(title)
    if not 0 < len(words) - len(own) <= MOST_WORDS_ADDED or len("".join(own)) < FEWEST_OWN_LETTERS:
        return ""
    if words[-len(own) :] == own:
        return _read_status(words[: -len(own)])
    return _read_status(words[len(own) :]) if words[: len(own)] == own else ""


def _read_folded_words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", strip_markup(text).casefold())


def _read_status(words: list[str]) -> str:
    if not set(words) <= _RETRACTED_WORDS | _WITHDRAWN_WORDS | _FILLER_WORDS:
        return ""
    return (
        "retracted" if _RETRACTED_WORDS & set(words) else "withdrawn" if _WITHDRAWN_WORDS & set(words) else ""
    )
