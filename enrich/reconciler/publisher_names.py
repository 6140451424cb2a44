"""When two names of a publisher mean one house: "Elsevier" and "Elsevier BV", an acronym, an imprint."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from enrich.reconciler.field_comparison import Texts
from enrich.reconciler.name_words import list_main_words, shortens_name
from enrich.text.compare import comparison_key, texts_match

_LONGEST = 200  # characters of a publisher's name
_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
_DOTTED = re.compile(r"\b([A-Za-z])\.\s?(?=[A-Za-z]\b)")  # "B.V."
# Words that say what kind of firm or body it is; alone they name no house.
_GENERAL = frozenset(
    "academic ag american association berlin books business bv co company corporation edition editions"
    " foundation gmbh group heidelberg inc incorporated institute international journals kg limited llc ltd"
    " media nv oy press publication publications publisher publishers publishing sa sas science sciences"
    " services society sons srl technologies uk united university us usa verlag".split()
)
# The names under which a house registers DOIs (https://api.crossref.org/members), and its imprints.
_HOUSES = """
springer | nature publishing group | nature portfolio | nature research | palgrave | bmc | biomed central
elsevier | cell press | academic press | pergamon | north-holland | saunders | mosby
wiley | blackwell | john wiley | hindawi
informa | taylor & francis | routledge | crc press
ovid technologies | wolters kluwer | lippincott
emerald | mcb up
walter de gruyter | de gruyter | mouton
association for computing machinery | acm
institute of electrical and electronics engineers | ieee
"""


def is_same_publisher(text: str, forms: Texts) -> bool:
    """Return whether a publisher's name is the record's, shortened, spelled out, or an imprint's."""
    return any(
        _is_same_house(one, other)
        for form in forms
        for one in _list_bare_names(text)
        for other in _list_bare_names(form)
    )


def _list_bare_names(text: str) -> Iterator[str]:
    """Yield a name in full, the name without its brackets, and the acronym in the brackets."""
    name = _DOTTED.sub(r"\1", text[:_LONGEST])
    yield name
    if found := _BRACKETS.search(name):
        yield _BRACKETS.sub("", name)
        yield found[1]


def _is_same_house(one: str, other: str) -> bool:
    if texts_match(one, other) or shortens_name(one, other) or shortens_name(other, one):
        return True
    own, others = _list_house_words(one), _list_house_words(other)
    if own and others and (own <= others or others <= own):
        return True
    return not _find_houses(one).isdisjoint(_find_houses(other))


def _list_house_words(name: str) -> set[str]:
    """Return the words of a name that tell its house from others."""
    return set(_fold_words(name)) - _GENERAL


def _find_houses(name: str) -> set[int]:
    """Return the houses whose name, or an imprint's, a publisher's name begins with."""
    words = _fold_words(name)
    return {
        number
        for number, houses in enumerate(_list_houses())
        if any(words[: len(one)] == one for one in houses)
    }


@cache
def _list_houses() -> list[list[list[str]]]:
    """Return the folded words of each name, by house."""
    return [[_fold_words(name) for name in line.split(" | ")] for line in _HOUSES.strip().splitlines()]


def _fold_words(name: str) -> list[str]:
    return list(map(comparison_key, list_main_words(name)))
