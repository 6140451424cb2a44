"""Remove invisible characters and entities from a text, and normalise its spaces and line ends."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from html.entities import html5

# C0 and C1 controls, soft hyphen, zero width, bidi, tags, byte order marks, lone surrogates and
# noncharacters, and the combining grapheme joiner, all of which hide words from a search.
_HIDDEN = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
)
_HIDDEN_ASTRAL = "\U000e0000-\U000e007f" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
)
_SPACES = "\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_LINE_ENDS = "\r\x0b\x0c\x85\u2028\u2029"
_INVISIBLE = re.compile(f"[{_HIDDEN}]+")
# A pattern of its own, because sets beyond the first plane are slow.
_INVISIBLE_ASTRAL = re.compile(f"[{_HIDDEN_ASTRAL}]+")
_SPACE = re.compile(f"[{_SPACES}]")
_LINE_END = re.compile(f"\r\n|[{_LINE_ENDS}]")
_ANY = re.compile(f"[{_HIDDEN}\u200c\u200d{_SPACES}{_LINE_ENDS}\U00010000-\U0010ffff]")

# Zero-width joiners and non-joiners belong to the spelling of some scripts, and join several emoji to one:
# https://www.rfc-editor.org/rfc/rfc5892#appendix-A, https://www.unicode.org/reports/tr51/#def_emoji_zwj_sequence
_NON_JOINER, _JOINER = "\u200c", "\u200d"
_JOINERS = re.compile(f"[{_NON_JOINER}{_JOINER}]+")
_CURSIVE = re.compile("[\u0620-\u065f\u066e-\u06ef\u06fa-\u07ff\u0840-\u085f\u0860-\u08ff\u1800-\u18af]")
_VIRAMA = 9  # the combining class of the sign that joins two consonants of an Indic script
_EMOJI_VARIANT = "\ufe0f"

# An entity escaped again and again: `&amp;amp;lt;`. Only those with a semicolon are entities.
_DOUBLED = re.compile(r"&(?:amp;|#0*38;|#[xX]0*26;)+")
_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,40});")


def drop_invisible(text: str) -> str:
    """Return the text without control, bidi, zero-width and ill-formed characters, and with LF as line end.

    Keep a joiner that the spelling of Persian, an Indic script or an emoji needs.
    """
    if text.isprintable() and "\u034f" not in text:  # most texts; the grapheme joiner counts as printable
        return text
    if not _ANY.search(text):
        return text
    text = _INVISIBLE_ASTRAL.sub("", _INVISIBLE.sub("", text))
    return _JOINERS.sub(_keep_joiner, _SPACE.sub(" ", _LINE_END.sub("\n", text)))


def _keep_joiner(match: re.Match[str]) -> str:
    """Return one joiner of a run if its neighbours need it, else nothing."""
    text, joiner = match.string, match[0][0]
    before = text[match.start() - 1] if match.start() else " "
    after = text[match.end() : match.end() + 1] or " "
    if _VIRAMA in (unicodedata.combining(before), unicodedata.combining(after)):
        return joiner
    if _CURSIVE.match(before):  # a joiner shapes the letter before it, even at the end of a word
        return joiner if joiner == _JOINER or _CURSIVE.match(after) else ""
    is_emoji = _is_emoji(before) or before == _EMOJI_VARIANT or "\U0001f3fb" <= before <= "\U0001f3ff"
    return joiner if joiner == _JOINER and is_emoji and _is_emoji(after) else ""


def _is_emoji(character: str) -> bool:
    return unicodedata.category(character) == "So"


def collapse_spaces(text: str) -> str:
    """Return the text with one space for each run of white space, and none at its ends."""
    return " ".join(text.split())


def decode_entities(text: str) -> str:
    """Return the text with HTML's entities decoded once; keep texts that only look like an entity."""
    return _ENTITY.sub(_decode_entity, text) if "&" in text else text


def decode_all_entities(text: str) -> str:
    """Return the text with entities decoded however often they were escaped."""
    return decode_entities(_DOUBLED.sub("&", text)) if "&" in text else text


def _decode_entity(match: re.Match[str]) -> str:
    entity = match[0]
    return unescape(entity) if entity[1] == "#" else html5.get(entity[1:], entity)
