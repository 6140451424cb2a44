"""TeX formulas: as Unicode, and as source that a Markdown page can carry."""

from __future__ import annotations

import re
from collections import deque

from enrich.model.site_context import Math
from enrich.text.inline_marks import MARKS, SUB, SUP, mark
from enrich.text.tex_tables import (
    ACCENTS,
    DOUBLE_STRUCK,
    DROPPED,
    SPACED,
    SPACES,
    SYMBOLS,
    TEXTS,
    TRANSPARENT,
)

_STRUCTURES = frozenset({"frac", "dfrac", "tfrac", "cfrac", "binom", "sqrt", "mathbb"})
_DEEPEST = 40
_LONGEST = 600
_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|[{}^_]|\s+|[^\\{}^_\s]", re.DOTALL)
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_DOCUMENT = re.compile(r"\\begin\{document\}(.*?)\\end\{document\}", re.DOTALL)
_DELIMITERS = re.compile(r"^\s*(?:\$\$?|\\[(\[])(.*?)(?:\$\$?|\\[)\]])\s*$", re.DOTALL)

# A formula in running text: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`, of a length that is not a paragraph's.
_SPAN = re.compile(
    rf"\$\$([^$]{{1,{_LONGEST}}})\$\$|\$([^$\n]{{1,{_LONGEST}}})\$(?!\d)"
    rf"|\\\(([^\\$]{{1,{_LONGEST}}}|[^$]{{1,{_LONGEST}}}?)\\\)|\\\[([^$]{{1,{_LONGEST}}}?)\\\]"
)
_BARE_COMMAND = re.compile(r"\\([A-Za-z]+)(?![A-Za-z])[ \t]?(?:\{\})?")
_BARE_ACCENT = re.compile(r"\\([cvHukrd])\{([A-Za-z])\}")
_ESCAPED = re.compile(r"\\([\"'&%#_])")
_BARE_TEXT = re.compile(r"\\(?:text\w*|emph|math\w+)\s*\{([^{}\\]{0,400})\}")
_WORD = re.compile(r"[^\W\d_]{3,}")
_SIMPLE = re.compile(r"[\w\s+\-*/=<>(),.|'!:\[\]−]+")

# What a formula on a page may hold: nothing that HTML, Markdown or a TeX with side effects acts on.
_HARMLESS = re.compile(r"(?:[^\W_]|[\s\\^_{}()\[\]|.,;:!?'+\-*/=<>−])+")
_ACTIVE = re.compile(r"://|www\.|:[\w+-]+:", re.IGNORECASE)


def tex_to_marked(tex: str) -> str:
    """Return a formula as Unicode with marks for its sub- and superscripts."""
    tokens = deque(_TOKEN.findall(strip_delimiters(tex)[:4000]))
    parts = []
    while tokens:
        parts.append(_sequence(tokens, 0))
    return " ".join("".join(parts).split())


def strip_delimiters(tex: str) -> str:
    """Return a formula without its dollars, brackets or the LaTeX document around it."""
    document = _DOCUMENT.search(tex)
    tex = document[1] if document else tex
    delimited = _DELIMITERS.match(tex)
    return (delimited[1] if delimited else tex).strip()


def is_known(tex: str) -> bool:
    """Return whether all commands of a formula are among those that are understood here."""
    return all(
        name in SYMBOLS or name in TRANSPARENT or name in ACCENTS or name in _STRUCTURES or name in SPACES
        for name in _COMMAND.findall(tex)
    )


def tex_source(tex: str, math: Math) -> str:
    """Return a formula as a page of that setting carries it, `""` where it cannot be carried safely."""
    tex = " ".join(strip_delimiters(tex).split())
    if math == "off" or not tex or len(tex) > _LONGEST or MARKS.search(tex):
        return ""
    if not _HARMLESS.fullmatch(tex) or _ACTIVE.search(tex) or not is_known(tex):
        return ""
    tex = re.sub(r"\](?=[(:])", "] ", tex.replace("<", r"\lt ").replace(">", r"\gt "))
    if math == "escaped":
        tex = re.sub(r"[_*]", r"\\\g<0>", re.sub(r"\\(?![A-Za-z0-9 ])", r"\\\\", tex))
    return f"${' '.join(tex.split())}$"


def is_formula(tex: str) -> bool:
    """Return whether what stands between two dollars is a formula, not the text between two prices."""
    if any(sign in tex for sign in "^_{") or any(name in SYMBOLS for name in _COMMAND.findall(tex)):
        return True
    return tex == tex.strip() and bool(_SIMPLE.fullmatch(tex)) and not _WORD.search(tex)


def split_formulas(text: str) -> list[str]:
    """Return a running text cut up: text, formula, text, formula … text."""
    parts, start, at = [], 0, 0
    while found := _SPAN.search(text, at):
        inner = next(group for group in found.groups() if group)
        if is_formula(inner):
            parts += [text[start : found.start()], inner]
            start = at = found.end()
        else:
            at = found.start() + 1  # the second dollar may open a formula
    return [*parts, text[start:]]


def commands_to_unicode(text: str) -> str:
    r"""Return a running text with the commands in it that stand for a character: `\beta` is β."""
    if "\\" not in text:
        return text
    text = _ESCAPED.sub(r"\1", text)
    text = _BARE_ACCENT.sub(lambda found: found[2] + ACCENTS[found[1]], text)
    return _BARE_COMMAND.sub(lambda found: SYMBOLS.get(found[1], found[0]), _BARE_TEXT.sub(r"\1", text))


def _sequence(tokens: deque[str], depth: int) -> str:
    """Take tokens up to the end of a group and return them as marked text."""
    parts: list[str] = []
    while tokens:
        sign = tokens.popleft()
        if sign == "}":
            break
        if sign in "^_":
            parts.append(mark(SUP if sign == "^" else SUB, _argument(tokens, depth)))
        elif not sign.isspace():
            parts.append(_rendered(sign, tokens, depth))
    return "".join(parts)


def _argument(tokens: deque[str], depth: int) -> str:
    """Take one argument: a group, a command with its own, or a character."""
    while tokens and tokens[0].isspace():
        tokens.popleft()
    return _rendered(tokens.popleft(), tokens, depth) if tokens and tokens[0] != "}" else ""


def _rendered(sign: str, tokens: deque[str], depth: int) -> str:
    if sign == "{":
        return _sequence(tokens, depth + 1) if depth < _DEEPEST else ""
    if sign[0] != "\\":
        return spaced({"-": "−", "'": "′", "~": " ", "&": " "}.get(sign, sign))
    name = sign[1:].rstrip("*")
    if not name.isalpha():
        return name if name in "{}%#&_$|" else " " if name in ",;: \\" else ""
    return _command(name, tokens, depth) if depth < _DEEPEST else ""


def _command(name: str, tokens: deque[str], depth: int) -> str:
    """Return a command with its arguments; the name itself of one that is not known."""
    if name in TEXTS:
        return _text(tokens)
    if name in {"frac", "dfrac", "tfrac", "cfrac", "binom"}:
        above, below = _argument(tokens, depth + 1), _argument(tokens, depth + 1)
        return f"{in_brackets(above)}/{in_brackets(below)}"
    if name == "sqrt":
        return "√" + in_brackets(_argument(tokens, depth + 1))
    if name in ACCENTS:
        return accented(_argument(tokens, depth + 1), ACCENTS[name])
    if name == "mathbb":
        letter = _argument(tokens, depth + 1)
        return DOUBLE_STRUCK.get(letter, letter)
    if name in DROPPED:
        _argument(tokens, depth + 1)
        return " "
    if name in {"left", "right"} and tokens and tokens[0] == ".":
        tokens.popleft()
    return " " if name in SPACES else "" if name in TRANSPARENT else spaced(SYMBOLS.get(name, name))


def _text(tokens: deque[str]) -> str:
    """Take a group as text: its spaces count, its commands are characters or nothing."""
    if not tokens or tokens[0] != "{":
        return ""
    tokens.popleft()
    parts, open_groups = [], 1
    while tokens:
        sign = tokens.popleft()
        open_groups += (sign == "{") - (sign == "}")
        if not open_groups:
            break
        if sign[0] == "\\":
            parts.append(SYMBOLS.get(sign[1:], sign[1:] if sign[1:] in "%&_#$" else ""))
            while tokens and tokens[0].isspace():
                tokens.popleft()
        elif sign not in "{}$":
            parts.append(sign)
    return "".join(parts)


def spaced(sign: str) -> str:
    """Return a sign with the spaces around it that a formula on one line needs."""
    return f" {sign} " if sign in SPACED else sign


def in_brackets(text: str) -> str:
    """Return a part of a fraction or root as it stands on one line: in brackets if it is a sum."""
    return text if re.fullmatch(r"[\w.]*(?:[\ue005-\ue008]\w*)*", text) else f"({text})"


def accented(text: str, accent: str) -> str:
    """Return one letter with a combining accent, a longer text without it."""
    return text + accent if len(text) == 1 else text
