"""Remove markup, entities and escapes from a text, so that only the text that readers see is left."""

from __future__ import annotations

import re
import unicodedata

from enrich.text.invisible import collapse_spaces, decode_all_entities, drop_invisible
from enrich.text.jats import to_plain_text

# The signs of markup: tags, entities, TeX, links, the marks of `inline_marks`.
_MARKUP = re.compile(r"[<&\\$\ue000-\ue00f]|\]\(")
_BACKSLASHES = re.compile(r"\\+(?=\\)")
# `M\"uller`; other accents look like Markdown's escapes
_TEX_ACCENT = re.compile(r"(?<=[\w{])\\([\"'])\{?([A-Za-z])\}?")
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*+(?:\s+\"[^\"]*\")?\)")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:|www\.)[^<>\s]*|[\w.+-]+@[\w.-]+)>", re.IGNORECASE)
_LINE_START = re.compile(r"(?:\n|\A) {0,3}(?:[-*+]|#{1,6}|>) +")
_EMPHASIS = {  # by the sign that each kind of emphasis contains
    # "3*4 and 5*6" is not emphasis, "4*H*-1,2,4-triazole" is
    "*": re.compile(r"(?:(?<!\d)|(?=\*{1,3}[^\W\d]))(\*{1,3})(?=[^\s*])([^*]{1,2000}?)(?<=[^\s*])\1"),
    "_": re.compile(r"(?<!\w)(_{1,3})(?=[^\s_])([^_]{1,2000}?)(?<=[^\s_])\1(?!\w)"),
    "`": re.compile(r"(`{1,2})(?=[^\s`])([^`]{1,2000}?)(?<=[^\s`])\1"),
    "~~": re.compile(r"(~~)(?=[^\s~])([^~]{1,2000}?)(?<=[^\s~])\1"),
}
_MOST_ESCAPES = 8  # how often a text is unescaped at most


def remove_markup(text: str) -> str:
    """Return a text on one line without tags, entities, escapes, links and formulas, but with emphasis."""
    text = tidy_spaces(text)
    return _remove_tags(_undo_escapes(text)) if _has_markup(text) else text


def remove_all_markup(text: str) -> str:
    """Return a text on one line without any markup, Markdown's emphasis and lists included."""
    if "\n" in text or _has_markup(text):
        text = _remove_tags(_LINE_START.sub("\n", _undo_escapes(text)))
    elif text[:1] in " -*+#>":
        text = _LINE_START.sub("", text, count=1)
    for sign, pattern in _EMPHASIS.items():
        if sign in text:  # twice, for emphasis inside emphasis
            text = pattern.sub(r"\2", pattern.sub(r"\2", text))
    return tidy_spaces(text)


def tidy_spaces(text: str) -> str:
    """Return a text on one line, without invisible characters."""
    return collapse_spaces(drop_invisible(text))


def _has_markup(text: str) -> bool:
    """Return whether a text contains markup, or begins with the word "Abstract"."""
    return bool(_MARKUP.search(text)) or "abstract" in text[:20].lower()


def _remove_tags(text: str) -> str:
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if "<" in text and ("://" in text or "@" in text or "www." in text.lower()):
        text = _AUTOLINK.sub(r"\1", text)
    return to_plain_text(text, without_abstract=True)


def _undo_escapes(text: str) -> str:
    """Return a text without entities and backslash escapes, however often they were applied.

    This undoes all escapes of `writer/sanitize.py`, so that a value that enrich wrote equals the record's.
    """
    text = drop_invisible(text)
    for _ in range(_MOST_ESCAPES):
        before = text
        if "&" in text:
            text = drop_invisible(decode_all_entities(text))
        if "\\" in text:
            text = _TEX_ACCENT.sub(_compose_accent, _BACKSLASHES.sub("", text))
            text = _ESCAPE.sub("", text)
        if text == before:
            break
    return text


def _compose_accent(match: re.Match[str]) -> str:
    accent = {'"': "\u0308", "'": "\u0301"}[match[1]]
    return unicodedata.normalize("NFC", match[2] + accent)
