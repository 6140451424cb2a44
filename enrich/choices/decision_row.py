"""Read one row of a file of decisions, which is untrusted."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeAlias

from enrich.model.page import KeyPath, Value

Place: TypeAlias = tuple[str, str, str, KeyPath]
_WORDS = ("take", "keep", "later")


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision about a proposal."""

    path: str
    """The path of the page."""
    sha256: str
    """The digest of the page as the report showed it."""
    field: str
    """The field."""
    key: KeyPath
    """The key on the page."""
    old: Value
    """The value that the report showed on the page."""
    new: Value
    """The value that it proposed."""
    word: str
    """The decision: `take`, `keep` or `later`."""
    set_name: str = ""
    """The name of the set that the change belongs to; `""` for a single change."""

    @property
    def place(self) -> Place:
        """Return the value that it is about; a page's place gets one value."""
        return self.path, self.set_name, self.field, self.key

    @property
    def option(self) -> str:
        """Return which of several DOIs that a page may have it is about; `""` for all other fields."""
        return str(self.new) if self.field == "doi" else ""


def parse_decision(row: object) -> Decision | None:
    """Return a row of the file as a decision, None if it is not one."""
    if not isinstance(row, dict) or not {"old", "new"} <= row.keys():
        return None
    path, digest, field, key, word = (
        row.get(name) for name in ("path", "sha256", "field", "key", "decision")
    )
    if not (isinstance(path, str) and isinstance(digest, str) and isinstance(field, str)):
        return None
    if not (isinstance(key, list) and key and all(isinstance(name, str) and name for name in key)):
        return None
    if word not in _WORDS or not _is_inside(path):
        return None
    name = row.get("set", "")
    return Decision(path, digest, field, tuple(key), row["old"], row["new"], word, str(name))


def _is_inside(path: str) -> bool:
    """Return whether a path is relative to the site's root, as reports print paths."""
    parts = PurePosixPath(path)
    is_relative = not parts.is_absolute() and ".." not in parts.parts
    return bool(parts.name) and str(parts) == path and is_relative and _is_possible_name(path)


def _is_possible_name(path: str) -> bool:
    """Return whether a file can have this name: no NUL, no half of a surrogate pair."""
    try:
        return b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        return False
