"""Make any text safe for one line of a terminal or a log; characters that hide or act become escapes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from enrich.model.page import Value, to_plain_value

# Controls, line and paragraph separators, and the format characters (Cf) that reorder or hide
# their neighbours; lone surrogates cannot be encoded at all.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
# A log command of GitHub (`##[error]`) or Azure (`##vso[`) acts anywhere in a line.
_LOG_COMMAND = re.compile(r"##(?=(?:vso)?\[)")


def escape_hidden(text: str) -> str:
    """Return the text with an escape for each character that is hidden or acts on a terminal."""
    return _LOG_COMMAND.sub(r"##\\", _HIDDEN.sub(_spell_out, text))


def escape_line(text: str) -> str:
    """Return the visible text with each run of white space as one space."""
    return escape_hidden(" ".join(text.split()))


def format_json(value: object, *, indent: int | None = None) -> str:
    """Return JSON that people can read and on which no terminal or log acts."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    # Outside of strings, JSON has no such character but line ends.
    lines = (_HIDDEN.sub(_escape_in_json, line) for line in text.split("\n"))
    return "\n".join(_LOG_COMMAND.sub(r"#\\u0023", line) for line in lines)


def format_value(value: Value) -> str:
    """Return the value as people would write it: `A Name; Another`, `volume: 3; issue: 1`."""
    value = to_plain_value(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {format_value(item)}" for key, item in value.items())
    if isinstance(value, list):
        return "; ".join(map(format_value, value))
    return str(value)


def _spell_out(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _escape_in_json(match: re.Match[str]) -> str:
    # For a character beyond U+FFFF, ASCII-only JSON has a pair of escapes, as the format requires.
    return json.dumps(match[0])[1:-1]
