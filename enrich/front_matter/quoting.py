"""Quote texts so that Hugo before and after 0.152, PyYAML and the TOML readers read the same."""

from __future__ import annotations

import json
import re

from enrich.errors import Refused

# Texts that every YAML reader reads the same without quotes; no space at the end, where YAML drops it.
_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9 ,.()/'’–-]*[A-Za-z0-9,.()/'’–-])?")
# A DOI is no number and no date in any reader: it has a slash.
_PLAIN_DOI = re.compile(r"10\.\d{4,9}/[A-Za-z0-9._()/-]*[A-Za-z0-9)]")
_WORDS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"])
# Characters that need an escape in every string, because a reader refuses or misreads them: C0, DEL and C1,
# the additional line breaks of YAML 1.1, the byte order mark, surrogates and non-characters.
_SPECIAL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_TIME = r"(?:[01]\d|2[0-3]):[0-5]\d"
_DATE = re.compile(rf"(\d{{4}})-(\d\d)-(\d\d)(?:[Tt ]{_TIME}:[0-5]\d(?:\.\d+)?(?:[Zz]|[+-]{_TIME})?)?")
_YEAR_OR_MONTH = re.compile(r"\d{4}(?:-\d\d?)?")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_plain(text: str, *, flow: bool = False) -> bool:
    """Return whether YAML reads a text the same without quotes, inside brackets if `flow`."""
    if _PLAIN_DOI.fullmatch(text):
        return True
    return bool(_PLAIN.fullmatch(text)) and text.lower() not in _WORDS and not (flow and "," in text)


def is_date_text(text: str) -> bool:
    """Return whether a text is a date that exists, perhaps with a time, in the form of YAML and TOML."""
    match = _DATE.fullmatch(text)
    if not match:
        return False
    year, month, day = (int(part) for part in match.groups())
    if not (year and 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]):
        return False
    is_leap_year = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (month, day) != (2, 29) or is_leap_year


def is_dated(text: str) -> bool:
    """Return whether a text is a date, a year or a month."""
    return is_date_text(text) or bool(_YEAR_OR_MONTH.fullmatch(text))


def is_printable(text: str) -> bool:
    """Return whether a text needs no escapes on a line of any format."""
    return not _SPECIAL.search(text)


def quote_double(text: str) -> str:
    """Return a text in double quotes, with the escapes that YAML, TOML and JSON share."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise Refused("the value has half a character (a lone surrogate)")
    return _SPECIAL.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))


def quote_single(text: str) -> str | None:
    """Return a text in YAML's single quotes; None if it needs escapes."""
    return "'" + text.replace("'", "''") + "'" if is_printable(text) else None


def write_block_scalar(text: str, style: str, indent: str, newline: str) -> tuple[str, str] | None:
    """Return the header and lines of a literal (`|`) or folded (`>`) scalar; None if they cannot be exact.

    The lines begin with a line break and end without one.
    """
    body = text.removesuffix("\n")
    lines = body.split("\n")
    if not body or not lines[0] or not lines[-1] or not is_printable("".join(lines)):
        return None
    if any(line != line.strip() for line in lines):
        return None  # leading blanks shift the indent, and editors strip trailing ones
    if style == ">":
        lines = [part for line in lines for part in ([line, ""] if line else [""])][:-1]
    chomp = "" if text.endswith("\n") else "-"
    return style + chomp, "".join(newline + (indent + line if line else "") for line in lines)
