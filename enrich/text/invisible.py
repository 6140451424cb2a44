"""Characters that nobody sees, spaces of every width, and entities: what to clean before anything else."""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5

# C0 and C1 controls, soft hyphen, zero width, bidi, tags, byte order marks, lone surrogates and
# noncharacters; a combining grapheme joiner hides words from a search just as well.
_HIDDEN = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
)
_HIDDEN_ASTRAL = "\U000e0000-\U000e007f" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
)
_SPACES = "\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_LINE_ENDS = "\r\x0b\x0c\x85\u2028\u2029"
_INVISIBLE = re.compile(f"[{_HIDDEN}]+")
_INVISIBLE_ASTRAL = re.compile(f"[{_HIDDEN_ASTRAL}]+")  # apart: sets beyond the first plane are slow
_SPACE = re.compile(f"[{_SPACES}]")
_LINE_END = re.compile(f"\r\n|[{_LINE_ENDS}]")
_ANY = re.compile(f"[{_HIDDEN}{_SPACES}{_LINE_ENDS}\U00010000-\U0010ffff]")

# An entity escaped again and again: `&amp;amp;lt;`. Only those with a semicolon are entities.
_DOUBLED = re.compile(r"&(?:amp;|#0*38;|#[xX]0*26;)+")
_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,40});")


def drop_invisible(text: str) -> str:
    """Return the text without control, bidi, zero-width and ill-formed characters, line ends as LF."""
    if text.isprintable() and "\u034f" not in text:  # most texts; the joiner counts as printable
        return text
    if not _ANY.search(text):
        return text
    text = _INVISIBLE_ASTRAL.sub("", _INVISIBLE.sub("", text))
    return _SPACE.sub(" ", _LINE_END.sub("\n", text))


def collapse_spaces(text: str) -> str:
    """Return the text with every run of white space made one space, none at its ends."""
    return " ".join(text.split())


def decode_entities(text: str) -> str:
    """Return the text with HTML's entities decoded once; what only looks like one stays."""
    return _ENTITY.sub(_decoded, text) if "&" in text else text


def decode_all_entities(text: str) -> str:
    """Return the text with entities decoded however often they were escaped."""
    return decode_entities(_DOUBLED.sub("&", text)) if "&" in text else text


def _decoded(found: re.Match[str]) -> str:
    entity = found[0]
    return unescape(entity) if entity[1] == "#" else html5.get(entity[1:], entity)
