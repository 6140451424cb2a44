"""Turn TeX formulas into Unicode, or into source that a Markdown page can carry."""

from __future__ import annotations

import re
from collections import deque

from enrich.model.site_context import Math
from enrich.text.inline_marks import MARKS, SUB, SUP, put_marks
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
_DOCUMENT_BEGIN, _DOCUMENT_END = r"\begin{document}", r"\end{document}"
_DELIMITERS = re.compile(r"^\s*(?:\$\$?|\\[(\[])(.*?)(?:\$\$?|\\[)\]])\s*$", re.DOTALL)

# A formula in running text: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`, shorter than a paragraph.
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

# The signs that a formula on a page may contain: none that HTML, Markdown or TeX itself acts on.
_HARMLESS = re.compile(r"(?:[^\W_]|[\s\\^_{}()\[\]|.,;:!?'+\-*/=<>−])+")
_ACTIVE = re.compile(r"://|www\.|:[\w+-]+:", re.IGNORECASE)


def convert_tex(tex: str) -> str:
    """Return a formula as Unicode with marks for its sub- and superscripts."""
    tokens = deque(_TOKEN.findall(strip_delimiters(tex)[:4000]))
    parts = []
    while tokens:
        parts.append(_read_sequence(tokens, 0))
    return " ".join("".join(parts).split())


def strip_delimiters(tex: str) -> str:
    """Return a formula without its dollars, brackets or the LaTeX document around it."""
    begin = tex.find(_DOCUMENT_BEGIN) + len(_DOCUMENT_BEGIN)
    end = tex.find(_DOCUMENT_END, begin)
    tex = tex[begin:end] if begin >= len(_DOCUMENT_BEGIN) and end >= 0 else tex
    delimited = _DELIMITERS.match(tex)
    return (delimited[1] if delimited else tex).strip()


def is_known_tex(tex: str) -> bool:
    """Return whether this module understands all commands of a formula."""
    return all(
        name in SYMBOLS or name in TRANSPARENT or name in ACCENTS or name in _STRUCTURES or name in SPACES
        for name in _COMMAND.findall(tex)
    )


def write_tex(tex: str, math: Math) -> str:
    """Return a formula in the form that the page renders with this setting; `""` if no form is safe."""
    tex = " ".join(strip_delimiters(tex).split())
    if math == "off" or not tex or len(tex) > _LONGEST or MARKS.search(tex):
        return ""
    if not _HARMLESS.fullmatch(tex) or _ACTIVE.search(tex) or not is_known_tex(tex):
        return ""
    tex = re.sub(r"\](?=[(:])", "] ", tex.replace("<", r"\lt ").replace(">", r"\gt "))
    if math == "escaped":
        tex = re.sub(r"[_*]", r"\\\g<0>", re.sub(r"\\(?![A-Za-z0-9 ])", r"\\\\", tex))
    return f"${' '.join(tex.split())}$"


def is_formula(tex: str) -> bool:
    """Return whether the text between two dollar signs is a formula; False for text between two prices."""
    if any(sign in tex for sign in "^_{") or any(name in SYMBOLS for name in _COMMAND.findall(tex)):
        return True
    return tex == tex.strip() and bool(_SIMPLE.fullmatch(tex)) and not _WORD.search(tex)


def split_formulas(text: str) -> list[str]:
    """Return a text split into text, formula, text, formula … text."""
    parts, start, at = [], 0, 0
    while found := _SPAN.search(text, at):
        inner = next(group for group in found.groups() if group)
        if is_formula(inner):
            parts += [text[start : found.start()], inner]
            start = at = found.end()
        else:
            at = found.start() + 1  # the second dollar may open a formula
    return [*parts, text[start:]]


def decode_tex_commands(text: str) -> str:
    r"""Return a text with characters in place of its character commands: `\beta` is β."""
    if "\\" not in text:
        return text
    text = _ESCAPED.sub(r"\1", text)
    text = _BARE_ACCENT.sub(lambda found: found[2] + ACCENTS[found[1]], text)
    return _BARE_COMMAND.sub(lambda found: SYMBOLS.get(found[1], found[0]), _BARE_TEXT.sub(r"\1", text))


def _read_sequence(tokens: deque[str], depth: int) -> str:
    """Consume the tokens up to the end of a group and return them as marked text."""
    parts: list[str] = []
    while tokens:
        sign = tokens.popleft()
        if sign == "}":
            break
        if sign in "^_":
            parts.append(put_marks(SUP if sign == "^" else SUB, _read_argument(tokens, depth)))
        elif not sign.isspace():
            parts.append(_render_tokens(sign, tokens, depth))
    return "".join(parts)


def _read_argument(tokens: deque[str], depth: int) -> str:
    """Consume one argument: a group, a command with its own arguments, or a character."""
    while tokens and tokens[0].isspace():
        tokens.popleft()
    return _render_tokens(tokens.popleft(), tokens, depth) if tokens and tokens[0] != "}" else ""


def _render_tokens(sign: str, tokens: deque[str], depth: int) -> str:
    if sign == "{":
        return _read_sequence(tokens, depth + 1) if depth < _DEEPEST else ""
    if sign[0] != "\\":
        return add_spaces({"-": "−", "'": "′", "~": " ", "&": " "}.get(sign, sign))
    name = sign[1:].rstrip("*")
    if not name.isalpha():
        return name if name in "{}%#&_$|" else " " if name in ",;: \\" else ""
    return _render_command(name, tokens, depth) if depth < _DEEPEST else ""


def _render_command(name: str, tokens: deque[str], depth: int) -> str:
    """Return a command and its arguments as text; an unknown command becomes its name."""
    if name in TEXTS:
        return _read_text_group(tokens)
    if name in {"frac", "dfrac", "tfrac", "cfrac", "binom"}:
        above, below = _read_argument(tokens, depth + 1), _read_argument(tokens, depth + 1)
        return f"{add_brackets(above)}/{add_brackets(below)}"
    if name == "sqrt":
        return "√" + add_brackets(_read_argument(tokens, depth + 1))
    if name in ACCENTS:
        return add_accent(_read_argument(tokens, depth + 1), ACCENTS[name])
    if name == "mathbb":
        letter = _read_argument(tokens, depth + 1)
        return DOUBLE_STRUCK.get(letter, letter)
    if name in DROPPED:
        _read_argument(tokens, depth + 1)
        return " "
    if name in {"left", "right"} and tokens and tokens[0] == ".":
        tokens.popleft()
    return " " if name in SPACES else "" if name in TRANSPARENT else add_spaces(SYMBOLS.get(name, name))


def _read_text_group(tokens: deque[str]) -> str:
    """Consume a group as text: keep its spaces, and turn its commands into characters or nothing."""
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


def add_spaces(sign: str) -> str:
    """Return a sign with the spaces around it that a formula on one line needs."""
    return f" {sign} " if sign in SPACED else sign


def add_brackets(text: str) -> str:
    """Return a part of a fraction or a root as it is on one line: a sum in brackets."""
    return text if re.fullmatch(r"[\w.]*(?:[\ue005-\ue008]\w*)*", text) else f"({text})"


def add_accent(text: str, accent: str) -> str:
    """Return one letter with a combining accent; return a longer text unchanged."""
    return text + accent if len(text) == 1 else text
