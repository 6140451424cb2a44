"""Names of groups: consortia, collaborations, institutions."""

from __future__ import annotations

import re

from enrich.model.work import Person
from enrich.reconciler.people.decoration import strip_decoration
from enrich.reconciler.people.parse_name import parse_name, tokenize_name
from enrich.reconciler.people.tokens import has_same_words
from enrich.text.compare import comparison_key

# Groups whose members write, unlike a staff, an office, a survey or a company.
_COLLECTIVE = re.compile(
    r"\b(?:alliance|collaborat\w*|collective|committee|consorti\w*|gro?up\w*|gruppe\w*|initiative|investigators"
    r"|members|network|panel|partnership|project|registry|study|task\s+force|team|trial\w*|working|writing)\b",
    re.IGNORECASE,
)
_COLLABORATION = re.compile(r"^the\s+|\s+(?:collaboration|consortium)$", re.IGNORECASE)  # "ATLAS"


def is_group(person: Person) -> bool:
    """Return whether a contributor is a group rather than a person."""
    return bool(person.literal) and not person.family


def is_collective(person: Person) -> bool:
    """Return whether a contributor is a group whose members a page may name instead."""
    return is_group(person) and bool(_COLLECTIVE.search(person.literal))


def is_same_group(entry: str, literal: str) -> bool:
    """Return whether an entry names a group, perhaps without "the" or "Collaboration"."""
    local, group = (
        comparison_key(_COLLABORATION.sub("", name)) for name in (strip_decoration(entry), literal)
    )
    if not local or not group:
        return False
    words = (parse_name(entry).parts, tokenize_name(literal))
    several = min(map(len, words)) > 1
    return local == group or (several and (local in group or group in local)) or has_same_words(*words)
