"""Write a text as HTML: with a record's emphasis, sub- and superscripts, without its other tags."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from enrich.report.parts.safe_text import escape_line
from enrich.text.inline_marks import EM, EM_END, STRONG, STRONG_END, SUB, SUB_END, SUP, SUP_END, settle_marks
from enrich.text.jats import read_marked_line

# A pair of tags, or of Markdown's stars around words; marks without a partner stay as typed.
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

_TAG_OF_MARK = str.maketrans(
    {EM: "<em>", EM_END: "</em>", STRONG: "<strong>", STRONG_END: "</strong>"}
    | {SUB: "<sub>", SUB_END: "</sub>", SUP: "<sup>", SUP_END: "</sup>"}
)

# A browser may break a line after any hyphen, but not inside an option.
_OPTION = re.compile(r"(?<![\w-])(--[a-z][a-z-]*[a-z])(?![\w-])")
_CODE = re.compile(r"`([^`]+)`")
_CODE_ELEMENT = Markup("<code>{}</code>")
_WHOLE = Markup('<span class="option">{}</span>')


def keep_options(text: str) -> Markup:
    """Return a text as HTML in which no line breaks inside an option such as `--records`."""
    parts = _OPTION.split(text)
    return Markup("").join(_WHOLE.format(part) if at % 2 else escape(part) for at, part in enumerate(parts))


def render_code(text: str) -> Markup:
    """Return a text as HTML in which words between backticks are code and no line breaks in an option."""
    parts = _CODE.split(text)
    return Markup("").join(
        _CODE_ELEMENT.format(keep_options(part)) if at % 2 else keep_options(part)
        for at, part in enumerate(parts)
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


def render_record_text(markup: str) -> Markup:
    """Return a record's title as HTML on one line, with formulas in Unicode; cut a very long title."""
    escaped = escape(escape_line(settle_marks(read_marked_line(markup))))
    return Markup(escaped.translate(_TAG_OF_MARK))  # noqa: S704 - the marks alone become tags
