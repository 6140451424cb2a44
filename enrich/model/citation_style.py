"""The style of a site's citation files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Enclosure = Literal["braces", "quotes", "bare"]


@dataclass(frozen=True, slots=True)
class CitationStyle:
    """The style of a site's citation files."""

    head: str = ""
    """The blank lines before the entry."""
    gap: str = "\n  "
    """The characters before a field's name."""
    equals: tuple[str, str] = (" ", " ")
    """The spaces before and after `=`."""
    column: int = 0
    """The column of `=` if the files align it, else 0."""
    tail: tuple[str, str] = ("", "\n}\n")
    """The comma after the last value, if there is one, and the end of the file."""
    type_case: str = "lower"
    """How the type is written: `lower`, `upper` or `title`."""
    key_form: str = "family year word"
    """The form of citation keys, one of `bibtex.bib_keys.KEY_FORMS`."""
    is_ascii: bool = True
    """Whether all files are ASCII."""
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The names of the fields by the entry's type, in their order; `""` for any type."""
    samples: Mapping[str, tuple[Enclosure, str]] = field(default_factory=dict)
    """A value of each field that is written as most are: its enclosure and its LaTeX source."""
    keys: frozenset[str] = frozenset()
    """The citation keys in use, in lower case."""
