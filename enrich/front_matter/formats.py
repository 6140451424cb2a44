"""What a front-matter format offers, and the discovery of the formats: each is a file `*_format.py`."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from enrich.model.page import Comment, KeyPath, Value


@dataclass(frozen=True, slots=True)
class ParsedHeader:
    """A header as a format reads it; lines are numbered from the line that the caller says is first."""

    data: Mapping[str, Value]
    """The values, dates as typed."""
    lines: Mapping[KeyPath, int]
    """The line of every key, nested keys by their whole path."""
    comments: tuple[Comment, ...] = ()
    """The comments from the top down."""


@dataclass(frozen=True, slots=True)
class InsertionPoint:
    """Where a missing key may go: below a line, else below one of some keys, else at the end."""

    after: Sequence[str] = ()
    """The keys below which it may go, the best first."""
    line: int = 0
    """The line of the header below which it goes, 0 for none."""
    newline: str = "\n"
    """The page's line break, for a header without a line."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of front matter; its file has it as `FORMAT`."""

    name: str
    """The name of the format."""
    separator: str
    """The sign between a key and its value, "" for a format without comments."""
    split: Callable[[str, int], tuple[int, int] | None]
    """Return the start and end of the header in a text whose front matter opens at an offset.

    None if it is not in this format. Raises PageError if it is never closed.
    """
    read: Callable[[str, int], ParsedHeader]
    """Parse a header whose first line has a number; raises PageError with the line at fault."""
    assign: Callable[[str, KeyPath, Value, InsertionPoint], str]
    """Return a header with one value set; raises Refused."""
    remove: Callable[[str, str], str]
    """Return a header without a top-level key, which it has; raises Refused."""


@functools.cache
def load_formats() -> Mapping[str, Format]:
    """Return the formats by name."""
    package = importlib.import_module(__package__ or "enrich.front_matter")
    names = sorted(
        info.name for info in pkgutil.iter_modules(package.__path__) if info.name.endswith("_format")
    )
    modules = [importlib.import_module(f"{package.__name__}.{name}") for name in names]
    return {module.FORMAT.name: module.FORMAT for module in modules}
