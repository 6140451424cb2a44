"""Quote a title in a sentence."""

from __future__ import annotations

_INNER = str.maketrans("“”„‟", "‘’‚‛")


def quote_title(title: str) -> str:
    """Return a title, or words of one, in double quotation marks; those inside it become single ones."""
    return f"“{title.translate(_INNER)}”"
