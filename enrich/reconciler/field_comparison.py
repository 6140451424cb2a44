"""One value of a page beside what the record says about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from enrich.model.page import KeyPath, Value

Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A field's place on one page, and its two sides.

    `texts` is all that the record's value may be called, the proposed form first; `normal` the part
    of it that the baseline keeps; both are empty where the record is silent. `new` is the key's whole
    value as it would be written, None where nothing may be proposed. `same` compares a page's value
    with such texts, `exact` tells whether the page says the first of them apart from markup and white
    space, `unchanged` compares a stored `normal` with today's. `doubt` forces a look, `refused` says
    why it cannot be written at all.
    """

    name: str
    path: KeyPath
    local: Value
    new: Value
    texts: Texts
    normal: Texts
    same: Callable[[Value, Texts], bool]
    exact: Callable[[Value, Texts], bool]
    unchanged: Callable[[Texts, Texts], bool]
    empty: bool = False
    doubt: str = ""
    refused: str = ""


def stored(texts: Texts) -> Value:
    """Return texts as the baseline keeps them: one alone as itself."""
    return texts[0] if len(texts) == 1 else list(texts)


def texts_of(value: Value) -> Texts:
    """Return what `stored` kept; anything else is nothing."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list | tuple):
        return tuple(item for item in value if isinstance(item, str))
    return ()


def is_empty(value: Value) -> bool:
    """Return whether a value says nothing: absent, null, `""`, white space, `[]` or a list of these."""
    if value is None:
        return True
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, list | tuple | dict):
        return all(is_empty(item) for item in (value.values() if isinstance(value, dict) else value))
    return False
