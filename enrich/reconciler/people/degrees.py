"""Recognise degrees and credentials after a name: "Jane Lee, MD, PhD", "Jane Lee MBBS"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from enrich.reconciler.people.name_tables import DEGREES

# "Able, M. D. C." has initials: a degree is at the end, or before a comma or another degree.
DOTTED_DEGREE = re.compile(
    r"(?<=\S)[\s,]+(?:Ph\.\s?D|M\.\s?D|D\.\s?O|M\.\s?Sc|B\.\s?Sc|M\.\s?B\.,?\s?B\.\s?S)\b\.?(?=\s*,|\s*$|\s+[A-Z][a-z]?\.?\s?[A-Z][a-z]*\b)"
)
_CREDENTIAL = re.compile(r"[A-Z]{2,6}")
_SHORTEST_BEHIND = 3  # letters of a degree that no comma separates: "MA" may be initials


def list_letters(text: str) -> str:
    """Return the letters of a text in lower case."""
    return "".join(filter(str.isalpha, text)).lower()


def is_degree(part: str, degrees: frozenset[str] = DEGREES) -> bool:
    """Return whether the text after a comma consists of degrees: "MD", "M.D.", "MD PhD", "Dr. med."."""
    return all(list_letters(word) in degrees for word in part.split()) or list_letters(part) in degrees


def may_be_degrees(part: str) -> bool:
    """Return whether the text after a comma has degrees, or words in capitals such as "LCSW"."""
    return is_degree(part) or all(map(_CREDENTIAL.fullmatch, part.split()))


def drop_last_degree(name: str) -> str:
    """Return a name without a degree that no comma separates: "Jane Lee MBBS", but not "Lee MPH"."""
    words = name.split()
    if len(words) < 3 or name.isupper() or not words[-1].isupper() or len(words[-1]) < _SHORTEST_BEHIND:
        return name
    return " ".join(words[:-1]) if is_degree(words[-1]) else name


def drop_family_degree(family: str) -> str:
    """Return a family name without a degree that was deposited after it: "Lee MD"."""
    words = family.split()
    if len(words) < 2 or family.isupper() or not words[-1].isupper() or not is_degree(words[-1]):
        return family
    return " ".join(words[:-1]).rstrip(",")


def attach_degrees(parts: Sequence[str]) -> Sequence[str]:
    """Return the parts of an author line, each degree joined to the name before it.

    Example: "Jane Lee", "MD", "MPH", "Bo Hale" are "Jane Lee, MD, MPH" and "Bo Hale".
    """
    if not any(map(is_degree, parts[2::2])):
        return parts
    names: list[str] = []
    for part in parts:
        if names and may_be_degrees(part):
            names[-1] += f", {part}"
        else:
            names.append(part)
    return names
