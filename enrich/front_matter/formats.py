"""Define a format of front matter, and find the formats: every file `*_format.py` of this folder."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from enrich.model.page import Comment, KeyPath, Value


@dataclass(frozen=True, slots=True)
class ParsedHeader:
    """A header as a format reads it; the caller gives the number of its first line."""

    data: Mapping[str, Value]
    """The values, with dates as typed."""
    lines: Mapping[KeyPath, int]
    """The line of every key; nested keys by their whole path."""
    comments: tuple[Comment, ...] = ()
    """The comments from the top."""


@dataclass(frozen=True, slots=True)
class InsertionPoint:
    """The place of a missing key: below a line, else below one of some keys, else at the end."""

    after: Sequence[str] = ()
    """The keys below which it may be inserted, the best first."""
    line: int = 0
    """The line of the header below which it is inserted, 0 for none."""
    newline: str = "\n"
    """The page's line break, for a header without a line."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of front matter, which its file declares as `FORMAT`."""

    name: str
    """The name of the format."""
    separator: str
    """The sign between a key and its value, "" for a format without comments."""
    split: Callable[[str, int], tuple[int, int] | None]
    """Return the start and end of the header in a text whose front matter opens at an offset.

    Return None if the header has another format; raise PageError if it is never closed.
    """
    read: Callable[[str, int], ParsedHeader]
    """Parse a header whose first line has a number; raise PageError with the line of the error."""
    assign: Callable[[str, KeyPath, Value, InsertionPoint], str]
    """Return a header with one value set; raise Refused."""
    remove: Callable[[str, str], str]
    """Return a header without a top-level key, which it has; raise Refused."""


@functools.cache
def load_formats() -> Mapping[str, Format]:
    """Return the formats by name."""
    package = importlib.import_module(__package__ or "enrich.front_matter")
    names = sorted(
        info.name for info in pkgutil.iter_modules(package.__path__) if info.name.endswith("_format")
    )
    modules = [importlib.import_module(f"{package.__name__}.{name}") for name in names]
    return {module.FORMAT.name: module.FORMAT for module in modules}
