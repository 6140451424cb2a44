"""Show the emphasis, sub- and superscripts of a title or abstract in HTML; drop other formatting tags."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

# A matched pair of tags, or Markdown's stars around words; unmatched marks stay as they were typed.
_PAIR = re.compile(
    r"<(sub|sup|i|em|b|strong)>((?:(?!</?\1>).)*)</\1>"
    r"|(?<![\w*])(\*\*|\*)(?=[^\s*])((?:(?!\3).)+)(?<=\S)\3(?![\w*])",
    re.IGNORECASE | re.DOTALL,
)
_EMPHASIS, _STRONG = Markup("<em>{}</em>"), Markup("<strong>{}</strong>")
_ELEMENTS = {
    "sub": Markup("<sub>{}</sub>"),
    "sup": Markup("<sup>{}</sup>"),
    **dict.fromkeys(["i", "em", "*"], _EMPHASIS),
    **dict.fromkeys(["b", "strong", "**"], _STRONG),
}
_DROPPED = re.compile(
    r"</?(?:span|p|div|br|font|u|small|jats:[\w-]+|mml:[\w-]+|math)\b[^<>]*>", re.IGNORECASE
)


def render_inline(text: str) -> Markup:
    """Return the text as HTML that is safe anywhere between tags."""
    parts: list[Markup] = []
    end = 0
    for match in _PAIR.finditer(text):
        parts.append(escape(_DROPPED.sub("", text[end : match.start()])))
        element = _ELEMENTS[(match[1] or match[3]).lower()]
        parts.append(element.format(render_inline(match[2] if match[1] else match[4])))
        end = match.end()
    parts.append(escape(_DROPPED.sub("", text[end:])))
    return Markup("").join(parts)
