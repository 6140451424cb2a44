"""Keys that people take for the DOI's own; no theme reads them."""

from __future__ import annotations

from enrich.model.page import KeyPath

UNREAD_KEYS: tuple[KeyPath, ...] = (("hugoblox.ids", "doi"), ("hugoblox.ids.doi",), ("ids", "doi"))


def is_unread_key(path: KeyPath) -> bool:
    """Return whether a key looks like the DOI's own but is none that a theme reads."""
    return tuple(name.lower() for name in path) in UNREAD_KEYS
