"""Read a page's `authors`: a list of names, a list of mappings, or one line of text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from enrich.model.page import Value
from enrich.model.site_context import Profile
from enrich.reconciler.people.decoration import strip_decoration
from enrich.reconciler.people.degrees import attach_degrees, is_degree
from enrich.reconciler.people.profile_lookup import find_profile, is_alias
from enrich.reconciler.people.script import detect_script

_AND = re.compile(
    r"\s*[;；]\s*|\s*[、，]\s*|\s*,?\s+(?:and|und|et(?!\s+al\b)|&|(?-i:и|та|oraz|och))\s+(?!(?:\d+\s+)?(?:others|more)\b)",
    re.IGNORECASE,
)
# "y" and "e" join two people only if a full name follows: "Ramón y Cajal" and "Costa e Silva" are one each.
_SPANISH_AND = re.compile(r"(?<=[^\W\d_.])\s*,?\s+[ye]\s+(?=[^\W\d_][^\s,]*\s+[^\W\d_])")
# "Soto, A. y Leal, M."
_INVERTED_AND = re.compile(r"(,\s*(?:[^\W\d_]\.?[\s-]?){1,4})\s*\b[ye]\s+(?=[^\s,]+,)")
_CJK_COMMA = re.compile("[、，；]")
_COMMA = re.compile(r"\s*,\s*")
_GROUP = re.compile(r"\b(?:of|for|the|university|institute|department|school|group|team)\b", re.IGNORECASE)
_INITIALS = re.compile(
    r"(?:(?:[^\W\d_]\.?(?:[\s-]+|(?<=\.)|$)){1,5}|[A-Z]{2,4})(?:(?:van|von|de|der|den|da|di)\b[\s.]*)*"
)
_INITIAL_BEHIND = re.compile(r"[^,]*,[^,]*\s[^\W\d_]\.")  # "Silva Santos, João P."
_EDITORS = re.compile(r"[(\[](?:eds?|hrsg)\.?[)\]]", re.IGNORECASE)  # an entry of its own on some pages


def read_author_entries(value: Value) -> tuple[str, ...]:
    """Return the names in an `authors` value; for a mapping, its `name`."""
    if isinstance(value, str):
        return split_author_line(value)
    if not isinstance(value, list | tuple):
        return ()
    items = (item.get("name", "") if isinstance(item, Mapping) else item for item in value)
    names = tuple(item for item in items if isinstance(item, str) and _EDITORS.sub("", item).strip())
    return split_author_line(names[0]) if is_single_line(value) else names


def read_first_family(value: Value, profiles: Mapping[str, Profile]) -> str:
    """Return the family name of the first author as a search needs it, `""` without a name."""
    entry = next(iter(read_author_entries(value)), "")
    profile = find_profile(entry, profiles)
    if profile is None and is_alias(entry, profiles):
        return ""
    name = strip_decoration(profile.names[0] if profile and profile.names else entry)
    family, comma, _ = name.partition(",")
    return family.strip() if comma else "".join(name.split()[-1:])


def is_single_line(value: Value) -> bool:
    """Return whether one text has all names: the value itself, or the only item of a list."""
    if isinstance(value, str):
        return True
    if not isinstance(value, list | tuple) or len(value) != 1 or not isinstance(value[0], str):
        return False
    line = strip_decoration(value[0])
    names = split_author_line(line)
    if any(map(is_degree, names)) or _INITIAL_BEHIND.fullmatch(line):
        return False
    if _CJK_COMMA.search(value[0]) or _are_east_asian(names):
        return len(names) > 1
    return len(names) > 1 and all(re.search(r"[\s,]", name) for name in names) and not _GROUP.search(value[0])


def split_author_line(line: str) -> tuple[str, ...]:
    """Split a line of text into names.

    Two names: "Cross, I., & Harrison, P. M. C.", "Ness, Kate and Cross, Ian", "Kate Ness, Ian Cross".
    One name: "Doe, Jane".
    """
    text = _INVERTED_AND.sub(r"\1; ", " ".join(line.split()))
    parted = (part for piece in _AND.split(text) for part in _SPANISH_AND.split(piece))
    pieces = [piece.strip(" ,") for piece in parted if piece.strip(" ,")]
    inverted = len(pieces) > 1 and all(piece.count(",") == 1 for piece in pieces)
    return tuple(name for piece in pieces for name in _split_names(piece, inverted=inverted))


def _split_names(piece: str, *, inverted: bool) -> Sequence[str]:
    parts = attach_degrees([part for part in _COMMA.split(piece) if part])
    if len(parts) % 2 == 0 and all(_INITIALS.fullmatch(part) for part in parts[1::2]):
        return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    if _are_east_asian(parts):
        return parts
    one_name = len(parts) == 2 and (inverted or " " not in parts[0])
    return [piece] if one_name else parts


def _are_east_asian(names: Sequence[str]) -> bool:
    """Return whether these are whole Chinese, Japanese or Korean names: family and given name in one word."""
    return all(len(name) > 1 and detect_script(name) in {"CJK", "HANGUL"} for name in names)
