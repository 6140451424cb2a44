"""Put whole values into a new page, where no old text has to stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from enrich.errors import Refused
from enrich.front_matter.page_text import remove_key, set_value
from enrich.model.page import KeyPath, Page, Value


def put_value(page: Page, path: KeyPath, value: Value, *, after: Sequence[str] = ()) -> Page:
    """Return the page with a value of any kind in place of the old one; raise Refused.

    It writes a list of mappings anew, and does not edit it item by item as on an existing page.
    """
    try:
        return set_value(page, path, value, after=after)
    except Refused:
        key = page.find(path[0])
        if key is None or len(path) > 1:
            raise
    after = list_keys_before(page, key[0]) or after
    return set_value(remove_key(page, key[0]), path, value, after=after)


def list_keys_before(page: Page, key: str) -> tuple[str, ...]:
    """Return the keys before a key of a page, the nearest first."""
    names = [name.lower() for name in page.front.data]
    return tuple(reversed(names[: names.index(key.lower())])) if key.lower() in names else ()


def blank_value(value: Value) -> Value:
    """Return the empty value of the same kind: `""`, `[]`, false, or a mapping of such."""
    if isinstance(value, Mapping):
        return {key: blank_value(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return []
    if isinstance(value, bool):
        return False
    return "" if isinstance(value, str) else value
