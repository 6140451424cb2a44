"""What a front-matter format has to offer, and the discovery of the files that offer it."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from enrich.model.page import Comment, KeyPath, Value


@dataclass(frozen=True, slots=True)
class Header:
    """A front matter that was read; lines are 1-based within it, or from `first_line` on."""

    data: Mapping[str, Value]
    lines: Mapping[KeyPath, int]
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a missing key may go: after `line` of the header (0: nowhere), else after a key of `after`.

    `newline` is the page's own, for a header without a line.
    """

    after: Sequence[str] = ()
    line: int = 0
    newline: str = "\n"


@dataclass(frozen=True, slots=True)
class Format:
    """One format of front matter: a file `*_text.py` with its `FORMAT`.

    `split` returns the offsets of the header in a text whose front matter opens at an offset, None
    if it is not in this format, and raises PageError if it is never closed. `read` raises PageError
    with the line. `assign` returns the header with one value set, or raises Refused. `sign` stands
    between a key and its value ("" where there are no comments).
    """

    name: str
    sign: str
    split: Callable[[str, int], tuple[int, int] | None]
    read: Callable[[str, int], Header]
    assign: Callable[[str, KeyPath, Value, Spot], str]


@functools.cache
def formats() -> Mapping[str, Format]:
    """Return every format by name: each file `*_text.py` beside this one."""
    package = importlib.import_module(__package__ or "enrich.front_matter")
    names = sorted(
        info.name for info in pkgutil.iter_modules(package.__path__) if info.name.endswith("_format")
    )
    modules = [importlib.import_module(f"{package.__name__}.{name}") for name in names]
    return {module.FORMAT.name: module.FORMAT for module in modules}
