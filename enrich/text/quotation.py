"""Quote a text in a sentence."""

from __future__ import annotations

_INNER = str.maketrans("“”„‟", "‘’‚‛")


def quote_text(text: str) -> str:
    """Return a text in double quotation marks; those inside it become single ones."""
    return f"“{text.translate(_INNER)}”"
