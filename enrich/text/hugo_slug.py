"""Make the slug that Hugo uses for a name."""

from __future__ import annotations

import unicodedata


def urlize_name(name: str) -> str:
    """Return the slug that Hugo makes from a name (`urlize`, before percent-encoding)."""
    slug: list[str] = []
    has_gap = False
    for character in name:
        if _is_kept_in_path(character):
            slug += ["-"] if has_gap and character != "-" else []
            slug.append(character.lower()[0])
            has_gap = False
        elif character.isspace() and slug and slug[-1] != "-":
            has_gap = True
    return "".join(slug).rstrip("#")


def _is_kept_in_path(character: str) -> bool:
    """Return whether Hugo keeps a character: a letter, a digit, a mark and a few signs."""
    category = unicodedata.category(character)
    return category[0] in "LM" or category == "Nd" or character in "./\\_#+~-@"
