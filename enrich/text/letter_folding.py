"""Fold characters for comparison: letters without accents, Greek by name, signs with a meaning."""

from __future__ import annotations

import re
import unicodedata

GAP = "\ufffd"  # the replacement character that a wrong decoding leaves
# https://www.unicode.org/charts/PDF/U0370.pdf; looked up after accents and variants have been removed
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
# Latin letters that Unicode does not decompose, and signs that have several shapes. `""` drops a character;
# a space separates digits; the category decides about every other character.
_SPELLED = {
    # letters
    "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ŋ": "n", "ħ": "h",
    "ŧ": "t", "ĸ": "k", "ȷ": "j", "ɑ": "alpha", "⍺": "alpha", "ɛ": "epsilon", "∆": "delta", "∑": "sigma",
    "∏": "pi", "×": "x", "✕": "x", "&": " and ",
    # Arabic letters as keyboards of other countries type them, and the alef that Unicode does not decompose
    "ٱ": "ا", "ی": "ي", "ى": "ي", "ک": "ك", "ٴ": "",
    # signs that tell texts apart
    "%": "%", "‰": "‰", "#": "#", ".": ".", "·": ".", "±": "+", "∓": "+", "−": "−",
    "≤": "<=", "⩽": "<=", "≦": "<=", "≥": ">=", "⩾": ">=", "≧": ">=", "→": ">", "⟶": ">", "←": "<",
    "⇒": "=>", "⇐": "<=", "↔": "<>", "⇔": "<=>", "⇌": "<>",
    # signs that separate words
    "⁄": " ", "∕": " ", "∖": " ", "‐": " ", "∙": " ", "⋅": " ", "|": " ", "∣": " ", "∥": " ", "∶": " ",
    # signs that are dropped
    "'": "", '"': "", "`": "", "’": "", "‘": "", "‛": "", "ʼ": "", "ʻ": "", "ʹ": "", "ˈ": "", "′": "",
    "″": "", "*": "", "_": "", "$": "", "^": "", "{": "", "}": "", "\\": "", "~": "", "†": "", "‡": "",
    "∗": "", "⋆": "", "∼": "", "°": "", "∘": "", "˚": "", "®": "", "©": "", "ـ": "", "׳": "", "״": "",
}  # fmt: skip
# The folded forms of a single letter that have more than one character.
LONG_SPELLINGS = frozenset({*(name for name in _GREEK.values()), "ae", "oe", "th", "ss"})
_KEPT_MARKS = frozenset("\u0338\u3099\u309a")  # the stroke of ≠, and the mark that makes が of か
# Accents, the vowel points of Hebrew and Arabic, and the hamza above or below a letter. In other scripts a
# mark is a vowel: कि is not का.
_ACCENT = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20f0"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8"
    "\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)

_CYRILLIC = re.compile("[\u0400-\u04ff]")
_TRADE_MARK = re.compile("[™℠]|(?<=\\d) ?º")
_MAYBE_THOUSANDS = re.compile(r"\d[, ]\d\d\d")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:[, ]\d{3})+(?!\d)")
_BARE_DECIMAL = re.compile(r"(?<=[ <>=−])\.(?=\d)")
_NO_SHARP = re.compile(r"(?<![^\W\d_])#")
_BETWEEN_DIGITS = re.compile(r"(\d)([ .])(?=\d)")
_HELD = {" ": "\0", ".": "\1"}

# A dash is a minus sign at the start of a text, after a bracket, a relation, a comma or a small word, and
# before a number with a unit ("at -5", "(−20)", "cooled −5 °C"), but not in "2010–2015", "IL-6", "omega -3".
_DASHES = "[-\u2010-\u2014\u2212\ufe63\uff0d]"
_DASH_BEFORE_DIGIT = re.compile(rf"(?<![^\W_]){_DASHES}\.?\d")
_SMALL = "about|above|and|approximately|around|at|below|between|by|from|in|is|near|of|or|than|to|under|was"
_MINUS = re.compile(
    rf"(\A\s*|[(\[{{<>=≤≥≈~±,;:/|]\s?|\b(?:{_SMALL})\s){_DASHES}(?=\.?\d)"
    rf"|(\s){_DASHES}(?=\.?\d[\d.,]{{0,9}}\s?[°º∘%‰])",
    re.IGNORECASE,
)
# A raised or lowered minus is part of an exponent or index, not a minus sign of its own.
_RAISED_MINUS = str.maketrans("⁻₋", "⁃⁃")


class _Letters(dict[int, str]):
    """The table for `str.translate`, which grows with each new character."""

    def __missing__(self, code: int) -> str:
        self[code] = spelling = _spell_character(chr(code))
        return spelling


_LETTERS = _Letters()


def _spell_character(character: str) -> str:
    """Return the comparison form of a character of a decomposed, case-folded text."""
    if character in _SPELLED:
        return _SPELLED[character]
    if character in _GREEK:
        return _GREEK[character]
    category = unicodedata.category(character)
    if category[0] == "M":
        return "" if _ACCENT.match(character) and character not in _KEPT_MARKS else character
    if category[0] in "PZC" and category not in {"Co", "Cn"}:
        return "" if category in {"Cf", "Cs"} else " "
    return "" if category == "Sk" else character


def decompose_letters(text: str) -> str:
    """Return a text in lower case, decomposed into letters and accents, its minus signs as `−`."""
    text = _mark_minus_signs(text)
    if text.isascii():
        return text.lower()
    text = text.translate(_RAISED_MINUS)
    if _CYRILLIC.search(text):  # й is not и with an accent, but decomposes like one
        text = unicodedata.normalize("NFC", text).replace("й", "ҋ").replace("Й", "ҋ")
    return unicodedata.normalize("NFKD", _TRADE_MARK.sub("", text)).casefold()


def _mark_minus_signs(text: str) -> str:
    """Return a text in which every minus sign, and no other dash, is `−`."""
    is_signed = _DASH_BEFORE_DIGIT.search(text)
    if "−" in text:
        text = text.replace("−", "-")
    return _MINUS.sub(lambda match: (match[1] or match[2] or "") + "−", text) if is_signed else text


def spell_words(text: str) -> str:
    """Return the words of a decomposed text in their comparison forms, with one space between words."""
    if _MAYBE_THOUSANDS.search(text):
        text = _THOUSANDS.sub(lambda match: re.sub("[, ]", "", match[0]), text)
    text = " ".join(text.translate(_LETTERS).split())
    if any(bare in text for bare in (" .", "<.", ">.", "=.", "−.")):
        text = _BARE_DECIMAL.sub("0.", text)
    if "#" in text:
        text = _NO_SHARP.sub(" ", text)
    return text.replace(". ", " ").replace(" .", " ")


def squeeze_words(text: str) -> str:
    """Return spelled words without the spaces and points between them, except between two digits."""
    text = _BETWEEN_DIGITS.sub(lambda match: match[1] + _HELD[match[2]], text)
    text = text.replace(" ", "").replace(".", "")
    return text.replace(_HELD[" "], " ").replace(_HELD["."], ".")
