"""What a character is compared as: letters without accents, Greek by name, signs that carry meaning."""

from __future__ import annotations

import unicodedata

# https://www.unicode.org/charts/PDF/U0370.pdf; accents and variants are gone when these are looked up
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψω",
        (
            "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma"
            " tau upsilon phi chi psi omega"
        ).split(),
        strict=True,
    )
)
# Latin letters that Unicode does not take apart, and signs of one meaning in several shapes. `""` is
# nothing between two letters; a space between digits; for all other characters the category decides.
_SPELLED = {
    # letters
    "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ŋ": "n", "ħ": "h",
    "ŧ": "t", "ĸ": "k", "ȷ": "j", "ɑ": "alpha", "⍺": "alpha", "ɛ": "epsilon", "∆": "delta", "∑": "sigma",
    "∏": "pi", "×": "x", "✕": "x", "&": " and ",
    # what tells texts apart
    "%": "%", "‰": "‰", "#": "#", ".": ".", "·": ".", "±": "+", "∓": "+",
    "≤": "<=", "⩽": "<=", "≦": "<=", "≥": ">=", "⩾": ">=", "≧": ">=", "→": ">", "⟶": ">", "←": "<",
    "⇒": "=>", "⇐": "<=", "↔": "<>", "⇔": "<=>", "⇌": "<>",
    # what parts words
    "⁄": " ", "∕": " ", "∖": " ", "−": " ", "‐": " ", "∙": " ", "⋅": " ", "|": " ", "∣": " ", "∥": " ",
    "∶": " ",
    # nothing
    "'": "", '"': "", "`": "", "’": "", "‘": "", "‛": "", "ʼ": "", "ʻ": "", "ʹ": "", "ˈ": "", "′": "",
    "″": "", "*": "", "_": "", "$": "", "^": "", "{": "", "}": "", "\\": "", "~": "", "†": "", "‡": "",
    "∗": "", "⋆": "", "∼": "", "°": "", "∘": "", "˚": "", "®": "", "©": "", "ـ": "", "\ufffd": "",
}  # fmt: skip
_KEPT_MARKS = frozenset("\u0338\u3099\u309a")  # the stroke of ≠, and what makes か into が


class _Letters(dict[int, str]):
    """The table for `str.translate`, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = spelled = _spell_letter(chr(code))
        return spelled


LETTERS = _Letters()


def _spell_letter(character: str) -> str:
    """Return what a character of a decomposed, case-folded text is compared as."""
    if character in _SPELLED:
        return _SPELLED[character]
    if character in _GREEK:
        return _GREEK[character]
    category = unicodedata.category(character)
    if category[0] == "M":
        return _keep_mark(character)
    if category[0] in "PZC" and category not in {"Co", "Cn"}:
        return "" if category in {"Cf", "Cs"} else " "
    return "" if category == "Sk" else character


def _keep_mark(character: str) -> str:
    """Return nothing for an accent and a variation selector, the mark itself where it is a vowel."""
    accent = (
        "\u0300" <= character <= "\u036f"
        or "\u1ab0" <= character <= "\u1aff"
        or "\u20d0" <= character <= "\u20f0"
    )
    selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return "" if (accent or selector) and character not in _KEPT_MARKS else character
