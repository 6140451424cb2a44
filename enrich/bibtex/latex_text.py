"""Turn the LaTeX of a BibTeX value into Unicode, and a record's text into inert LaTeX."""

from __future__ import annotations

import re
import unicodedata

from enrich.errors import Refused
from enrich.text.invisible import collapse_spaces, drop_invisible
from enrich.text.jats import to_plain
from enrich.text.tex import decode_tex_commands

# LaTeX's accents, https://ctan.org/pkg/latex2e-help-texinfo ("Accents"), and Unicode's combining marks.
_MARKS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331",
}  # fmt: skip
_ACCENTS = {mark: sign for sign, mark in _MARKS.items()}
_LETTERS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
    "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ",
    "textless": "<", "textgreater": ">", "textbackslash": "\\", "textasciitilde": "~",
    "textasciicircum": "^", "textendash": "–", "textemdash": "—", "textquoteright": "’",
}  # fmt: skip
_PUNCTUATION = {
    "–": "--", "—": "---", "‐": "-", "‑": "-", "−": "-", "‘": "`", "’": "'", "“": "``", "”": "''", "…": "...",
    "\u00a0": "~",
}  # fmt: skip
_COMMANDS = {letter: name for name, letter in _LETTERS.items()}

_ACCENT = re.compile(
    r"\\(?:([`'^\"~=.])\s*|([uvHckrdb])(?:\s+|(?=\{)))"
    r"(?:\{\s*(\\[ij]|[^\W\d_])\s*\}|(\\[ij])(?![A-Za-z])\s?|([^\W\d_]))"
)
_LETTER = re.compile(rf"\\({'|'.join(sorted(_LETTERS, key=len, reverse=True))})(?![A-Za-z])\s?(?:\{{\}})?")
_ESCAPED = re.compile(r"\\([&%#_$ {}])")
_FORMULA = re.compile(r"(\$[^$]*\$)")
_SPECIAL = re.compile(r"[&%#_$]")
_INERT = {"\\": r"\textbackslash{}", "<": r"\textless{}", ">": r"\textgreater{}", "{": "", "}": "", '"': "''"}
_INERT |= {"^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}


def decode_latex(source: str) -> str:
    """Return a value as a reader sees it: accents, dashes and escaped signs as Unicode, no braces."""
    text = _ACCENT.sub(_decode_accent, source)
    text = _ESCAPED.sub(r"\1", _LETTER.sub(lambda found: _LETTERS[found[1]], text))
    text = "".join(part if part[:1] == "$" else _decode_words(part) for part in _FORMULA.split(text))
    return unicodedata.normalize("NFC", collapse_spaces(text))


def encode_latex(text: str, *, ascii_only: bool) -> str:
    """Return a record's text as inert LaTeX; raise Refused if ASCII cannot spell it."""
    plain = unicodedata.normalize("NFC", collapse_spaces(drop_invisible(to_plain(text))))
    return "".join(_encode_character(sign, ascii_only=ascii_only) for sign in plain)


def _decode_accent(found: re.Match[str]) -> str:
    letter = (found[3] or found[4] or found[5]).removeprefix("\\")
    return f"{letter}{_MARKS[found[1] or found[2]]}"


def _decode_words(text: str) -> str:
    text = decode_tex_commands(text.replace("~", " "))
    text = text.replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”")
    return re.sub(r"[{}]", "", text)


def _encode_character(sign: str, *, ascii_only: bool) -> str:
    if sign in _INERT:
        return _INERT[sign]
    if sign.isascii():
        return _SPECIAL.sub(r"\\\g<0>", sign)
    return _spell_in_ascii(sign) if ascii_only else sign


def _spell_in_ascii(sign: str) -> str:
    """Return a character in LaTeX's ASCII; raise Refused if LaTeX has no command for it."""
    if sign in _PUNCTUATION:
        return _PUNCTUATION[sign]
    if sign in _COMMANDS:
        return f"{{\\{_COMMANDS[sign]}}}"
    letter, *marks = tuple(unicodedata.normalize("NFD", sign))
    if len(marks) == 1 and letter.isascii() and marks[0] in _ACCENTS:
        return f"{{\\{_ACCENTS[marks[0]]}{{{letter}}}}}"
    raise Refused(f"the file is ASCII, and LaTeX has no simple command for {sign}")
