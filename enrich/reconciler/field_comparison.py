"""One value of a page beside the record's value for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from enrich.model.page import KeyPath, Value

Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldComparison:
    """A key of one page and the record's value for it, with the rules that compare them."""

    name: str
    """The baseline's name for the value: the field, or `field.part` for a part of a mapping."""
    path: KeyPath
    """Where the page keeps the value, or would keep it."""
    local: Value
    """The page's value, None where the key is absent."""
    new: Value
    """The key's whole value as it would be written, None where nothing may be proposed."""
    record_forms: Texts
    """Everything that the record's value may be called, the proposed form first; empty without a value."""
    baseline_value: Texts
    """The part of `record_forms` that the baseline keeps."""
    is_equal: Callable[[Value, Texts], bool]
    """Return whether a page's value is equivalent to one of the texts."""
    is_verbatim: Callable[[Value, Texts], bool]
    """Return whether a page's value is the first of the texts apart from markup and white space."""
    record_unchanged: Callable[[Texts, Texts], bool]
    """Return whether today's `baseline_value` is equivalent to a stored one."""
    empty: bool = False
    """Whether the page's value holds nothing."""
    needs_review_because: str = ""
    """Why the change needs review whatever the policy, `""` if it does not."""
    refused: str = ""
    """Why the change cannot be written at all, `""` if it can."""


def to_baseline_value(texts: Texts) -> Value:
    """Return texts as the baseline keeps them: a single one as itself."""
    return texts[0] if len(texts) == 1 else list(texts)


def read_texts(value: Value) -> Texts:
    """Return the texts that `to_baseline_value` stored, none for any other value."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list | tuple):
        return tuple(item for item in value if isinstance(item, str))
    return ()


def is_empty(value: Value) -> bool:
    """Return whether a value holds nothing: absent, null, `""`, white space, `[]` or a list of these."""
    if value is None:
        return True
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, list | tuple | dict):
        return all(is_empty(item) for item in (value.values() if isinstance(value, dict) else value))
    return False
