"""Find the script of a name: names in two scripts cannot be compared."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_CHINESE_CHARACTERS = frozenset({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC"})


@lru_cache(maxsize=65_536)
def detect_script(name: str) -> str:
    """Return the script of a name's first letter (LATIN, CYRILLIC, CJK …), `""` without a letter."""
    letter = next(filter(str.isalpha, name), "")
    script = unicodedata.name(letter, "").partition(" ")[0] if letter else ""
    return "CJK" if script in _CHINESE_CHARACTERS else script
