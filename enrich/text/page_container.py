"""Find the key under which a page names its journal, book or preprint server."""

from __future__ import annotations

from collections.abc import Mapping

from enrich.model.page import Page, Value

PUBLICATION = "publication"
# Sites with a theme of their own use this key instead; enrich's themes do not read it.
JOURNAL = "journal"


def find_container_key(page: Page) -> str:
    """Return `publication`, or `journal` for a page that has only that key."""
    has_only_journal = page.find(PUBLICATION) is None and page.find(JOURNAL) is not None
    return JOURNAL if has_only_journal else PUBLICATION


def read_container_name(value: Value) -> str:
    """Return the name in the value of such a key, `""` if it has none."""
    named = value.get("name") if isinstance(value, Mapping) else value
    return named.strip() if isinstance(named, str) else ""
