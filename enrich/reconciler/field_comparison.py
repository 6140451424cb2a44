"""Compare one value of a page with the record's value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from enrich.model.page import KeyPath, Value
from enrich.model.plan import Alternative

Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldComparison:
    """A key of one page and the record's value for it, with the rules that compare them."""

    name: str
    """The baseline's name for the value: the field, or `field.part` for a part of a mapping."""
    path: KeyPath
    """The key under which the page keeps the value, or would keep it."""
    local: Value
    """The page's value, None if the key is absent."""
    new: Value
    """The new value of the whole key, None if enrich may propose nothing."""
    record_forms: Texts
    """Every form of the record's value, the proposed one first; empty without a value."""
    baseline_value: Texts
    """The part of `record_forms` that the baseline keeps."""
    is_equal: Callable[[Value, Texts], bool]
    """Return whether a page's value is equivalent to one of the texts."""
    is_verbatim: Callable[[Value, Texts], bool]
    """Return whether a page's value is the first of the texts apart from markup and white space."""
    record_unchanged: Callable[[Texts, Texts], bool]
    """Return whether today's `baseline_value` is equivalent to a stored one."""
    is_mended: Callable[[Texts, Texts], bool]
    """Return whether today's `baseline_value` only repairs a stored one."""
    empty: bool = False
    """Whether the page's value is empty."""
    reason: str = ""
    """The reason for the change, `""` if the row of the three-way table has it."""
    needs_review_because: str = ""
    """The reason why the change needs review whatever the policy, or `""`."""
    needs_answer: bool = False
    """Whether only an answer or a decision writes the change, not `apply --all`."""
    refused: str = ""
    """The reason why the change cannot be written at all, or `""`."""
    file: str = ""
    """The other file that has the value, from the site's root; `""` for the page itself."""
    line: int = 0
    """The line of the value in that file, 1-based."""
    alternatives: tuple[Alternative, ...] = ()
    """The record's other values that the owner may choose, as they would be written."""


def to_baseline_value(texts: Texts) -> Value:
    """Return texts as the baseline stores them: a single text not as a list."""
    return texts[0] if len(texts) == 1 else list(texts)


def list_texts(value: Value) -> Texts:
    """Return the texts that `to_baseline_value` stored; none for any other value."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list | tuple):
        return tuple(item for item in value if isinstance(item, str))
    return ()


def is_empty(value: Value) -> bool:
    """Return whether a value is empty: absent, null, `""`, white space, `[]` or a list of these."""
    if value is None:
        return True
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, list | tuple | dict):
        return all(is_empty(item) for item in (value.values() if isinstance(value, dict) else value))
    return False
