"""Write inline markup as marks in a text, and turn the marks into Unicode or Markdown.

The marks are private characters, so that `writer/sanitize.py` can escape a text as a whole, including a
shortcode that tags split (`{{<b></b>< x >}}`).
"""

from __future__ import annotations

import re
from collections.abc import Callable

EM, EM_END, STRONG, STRONG_END = "\ue001", "\ue002", "\ue003", "\ue004"
SUB, SUB_END, SUP, SUP_END = "\ue005", "\ue006", "\ue007", "\ue008"
FORMULA = "\ue009"  # the place of the next formula of a list
GLUE = "\ue00a"  # the place of a tag; the space between the words beside it may be lost
MARKS = re.compile("[\ue000-\ue00f]")
_PAIRS = {EM: EM_END, STRONG: STRONG_END, SUB: SUB_END, SUP: SUP_END}
_OPENS = {end: opening for opening, end in _PAIRS.items()}
_SCRIPTS, _EMPHASES = frozenset({SUB, SUP}), frozenset({EM, STRONG})
_SPLIT = re.compile(f"([{EM}-{SUP_END}])")
_OTHERS = re.compile(f"[{EM}-{STRONG_END}{FORMULA}-\ue00f]")
_EMPHASIS_MARK = re.compile(f"[{EM}-{STRONG_END}]")
_MARKDOWN = str.maketrans(
    {EM: "*", EM_END: "*", STRONG: "**", STRONG_END: "**"}
    | {SUB: "<sub>", SUB_END: "</sub>", SUP: "<sup>", SUP_END: "</sup>"}
)
_EMPHASISED = re.compile(f"([{EM}{STRONG}])([^{EM}-{STRONG_END}]+)[{EM_END}{STRONG_END}]")

# https://www.unicode.org/charts/PDF/U2070.pdf and the phonetic extensions
_SUBSCRIPTS = dict(
    zip("0123456789+−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True)
)
_SUPERSCRIPTS = dict(
    zip(
        "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ",
        strict=True,
    )
)
_DASHES = str.maketrans(dict.fromkeys("-\u2010\u2011\u2012\u2013\u2014\u2015", "−"))


def put_marks(opening: str, text: str) -> str:
    """Return the text between two marks, its white space outside them; an empty text gets no marks."""
    bare = text.strip()
    if not bare:
        return text
    if opening in (SUB, SUP):
        bare = bare.replace(" ", "")
    head = "" if opening in (SUB, SUP) else text[: len(text) - len(text.lstrip())]
    return f"{head}{opening}{bare}{_PAIRS[opening]}{text[len(text.rstrip()) :]}"


def to_script(text: str, *, up: bool) -> str:
    """Return the text in superscript or subscript characters if all of them exist, else unchanged."""
    table = _SUPERSCRIPTS if up else _SUBSCRIPTS
    script = [table.get(character, "") for character in text.translate(_DASHES)]
    return "".join(script) if all(script) else text


def to_unicode(text: str) -> str:
    """Return a marked text as plain text: without emphasis, with sub- and superscript characters."""
    if not MARKS.search(text):
        return text
    text = _OTHERS.sub("", text)
    return _render_outermost(text, _SCRIPTS, lambda opening, inner: to_script(inner, up=opening == SUP))


def settle_marks(text: str) -> str:
    """Return a marked text with only the marks that readers will see.

    Drop a mark inside another of its kind, and a mark that Markdown would not read as emphasis. Call this
    before escaping: dropping a mark later would join the characters that it separated.
    """
    text = text.replace(EM_END + EM, "").replace(STRONG_END + STRONG, "").replace(GLUE, "")
    if not _SPLIT.search(text):
        return text
    text = _render_outermost(
        text, _SCRIPTS, lambda opening, inner: opening + _OTHERS.sub("", inner) + _PAIRS[opening]
    )
    text = _render_outermost(text, _EMPHASES, lambda opening, inner: opening + inner + _PAIRS[opening])
    return _EMPHASISED.sub(_mark_emphasis, text)


def to_inline_markdown(text: str) -> str:
    """Return a settled, escaped text with Markdown for its marks: `*…*`, `**…**`, `<sub>`, `<sup>`."""
    return text.translate(_MARKDOWN)


def _render_outermost(text: str, openings: frozenset[str], render: Callable[[str, str], str]) -> str:
    """Return the text with these marks rendered, and without those inside another of them."""
    parts: list[list[str]] = [[]]
    opened: list[str] = []
    for piece in _SPLIT.split(text):
        if piece in openings:
            parts.append([])
            opened.append(piece)
        elif opened and _OPENS.get(piece) in openings:
            opening, inner = opened.pop(), "".join(parts.pop())
            parts[-1].append(inner if opened else render(opening, inner))
        else:
            parts[-1].append(piece)
    return "".join(piece for part in parts for piece in part)


def _mark_emphasis(found: re.Match[str]) -> str:
    """Return emphasised text with its marks, or without them if Markdown would not read them as emphasis."""
    text, inner = found.string, found[2]
    before, after = text[max(found.start() - 1, 0) : found.start()], text[found.end() : found.end() + 1]
    opens = not before.isalnum() or inner[0].isalnum()
    closes = not after.isalnum() or inner[-1].isalnum()
    beside = _EMPHASIS_MARK.search(before + after)
    return found[0] if opens and closes and not beside and any(map(str.isalnum, inner)) else inner
