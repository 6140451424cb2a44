"""Write MathML on one line, in Unicode."""

from __future__ import annotations

import re
from collections.abc import Callable

from enrich.text.inline_marks import SUB, SUP, put_marks
from enrich.text.markup_tree import Node
from enrich.text.tex import add_accent, add_brackets, add_spaces
from enrich.text.tex_tables import DOUBLE_STRUCK

# Signs above a letter, and their combining characters.
_ABOVE = {
    "¯": "\u0304", "ˉ": "\u0304", "‾": "\u0304", "_": "\u0304", "―": "\u0304", "^": "\u0302", "ˆ": "\u0302",
    "~": "\u0303", "˜": "\u0303", "∼": "\u0303", "˙": "\u0307", ".": "\u0307", "¨": "\u0308", "→": "\u20d7",
    "⃗": "\u20d7", "ˇ": "\u030c", "˘": "\u0306",
}  # fmt: skip
_BELOW = frozenset("_¯ˉ‾―\u0332\u0331")
_SKIPPED = frozenset({"annotation", "annotation-xml", "mphantom", "none", "mprescripts"})
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_SCRIPTS = {
    "msub": (SUB,), "msup": (SUP,), "msubsup": (SUB, SUP),
    "munder": (SUB,), "mover": (SUP,), "munderover": (SUB, SUP),
}  # fmt: skip


def convert_math(node: Node) -> str:
    """Return a formula as text with marks for its sub- and superscripts."""
    return " ".join(_render_node(node).split())


def _render_node(node: Node) -> str:
    if node.name in _SKIPPED:
        return ""
    if node.name in _SCRIPTS:
        return _render_scripted(node)
    return _LAYOUTS.get(node.name, _render_row)(node)


def _render_row(node: Node) -> str:
    return "".join(map(_render_node, node.get_elements())) or " ".join(node.join_text().split())


def _render_operator(node: Node) -> str:
    sign = node.join_text().strip()
    return "−" if sign == "-" else add_spaces(sign)


def _render_identifier(node: Node) -> str:
    letter = node.join_text().strip()
    return DOUBLE_STRUCK.get(letter, letter) if "double-struck" in node.attributes else letter


def _render_scripted(node: Node) -> str:
    """Return a base with its under- and overscripts; a bar or an arrow as a combining character."""
    base, *scripts = [*map(_render_node, node.get_elements()), ""]
    text = base
    for opening, script in zip(_SCRIPTS[node.name], scripts, strict=False):
        bare = script.strip()
        if node.name[1] in "uo" and opening == SUP and bare in _ABOVE:
            text = add_accent(text, _ABOVE[bare])
        elif not (node.name.startswith("munder") and bare in _BELOW):
            text += put_marks(opening, script)
    return text


def _render_multiscripts(node: Node) -> str:
    """Return a base with the scripts before and after it, which come in pairs: below, above."""
    before, behind, into = [""], [""], 1
    elements = node.get_elements()
    place = 0
    for child in elements[1:]:
        if child.name == "mprescripts":
            into, place = 0, 0
            continue
        (before, behind)[into].append(put_marks((SUB, SUP)[place % 2], _render_node(child)))
        place += 1
    return "".join([*before, *map(_render_node, elements[:1]), *behind])


def _render_fraction(node: Node) -> str:
    return "/".join(add_brackets(_render_node(child).strip()) for child in node.get_elements())


def _render_root(node: Node) -> str:
    inner, *index = map(_render_node, node.get_elements()) if node.name == "mroot" else (_render_row(node),)
    return put_marks(SUP, "".join(index)) + "√" + add_brackets(inner.strip())


def _render_fenced(node: Node) -> str:
    values = {found[1]: found[2] or found[3] or "" for found in _ATTRIBUTE.finditer(node.attributes)}
    separator = values.get("separators", ",").strip()[:1]
    inner = f"{separator} ".join(map(_render_node, node.get_elements())) if separator else _render_row(node)
    return f"{values.get('open', '(')}{inner}{values.get('close', ')')}"


def _render_table(node: Node) -> str:
    return " ".join(_render_node(child) for child in node.get_elements())


def _render_number(node: Node) -> str:
    return node.join_text().strip()


def _render_space(_node: Node) -> str:
    return " "


_LAYOUTS: dict[str, Callable[[Node], str]] = {
    "mi": _render_identifier, "mo": _render_operator, "mn": _render_number, "ms": Node.join_text,
    "mtext": Node.join_text, "mspace": _render_space, "mmultiscripts": _render_multiscripts,
    "mfrac": _render_fraction, "msqrt": _render_root, "mroot": _render_root, "mfenced": _render_fenced,
    "mtable": _render_table, "mtr": _render_table, "mlabeledtr": _render_table,
}  # fmt: skip
