"""Read a value that the owner types in `review`: plain text, a list with semicolons between its items."""

from __future__ import annotations

from enrich.errors import Refused
from enrich.model.page import Value
from enrich.text.compare import has_substance
from enrich.text.invisible import collapse_spaces, drop_invisible


def read_typed_text(typed: str, _proposed: Value) -> Value:
    """Return the typed text without invisible characters; raise Refused without a letter or digit."""
    text = collapse_spaces(drop_invisible(typed))
    if not has_substance(text):
        raise Refused("this has neither a letter nor a digit")
    return text


def read_typed_list(typed: str, proposed: Value) -> Value:
    """Return the typed items as a list, of at least one item; raise Refused for an empty item."""
    return [read_typed_text(item, proposed) for item in typed.rstrip("; \t\r\n").split(";")]
