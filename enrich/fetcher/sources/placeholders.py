"""Recognise what depositors type into a mandatory field without a value: "Administrator", "No journal"."""

from __future__ import annotations

import re

_NOTHING = (
    r"n/a|n\.a|null|none|unknown|undefined|unspecified|not\s+(?:available|applicable|known|provided|specified)"
    r"|unavailable|missing|tb[acd]|to\s+be\s+(?:announced|determined|confirmed|added)|unpublished|unbekannt"
    r"|inconnu|desconocido|desconhecido|sconosciuto|onbekend|неизвестно"
)
_PEOPLE = r"authors?|editors?|creators?|contributors?|users?|persons?|writers?"
_ROLES = (
    r"(?:site|web|system|journal|super)?\s*admin(?:istrator)?|web\s?master"
    r"|(?:guest|journal|managing)\s+editor"
)
_NO = r"no|unknown|unnamed|unidentified|various|several|multiple|missing|test|dummy|sample|guest"
_NOBODY = re.compile(
    rf"{_NOTHING}|{_ROLES}|(?:{_NO})\s+(?:{_PEOPLE})(?:\s+(?:listed|given|available))?"
    rf"|(?:{_PEOPLE})(?:\s+(?:{_NOTHING}|names?))?"
    r"|anon(?:ymous|yme|ymus|im[oae]?|iem|ym)?(?:\s+authors?)?|no\s+name|(?:first|last|family|given)\s+name",
    re.IGNORECASE,
)
_SERIALS = r"journals?|publications?|series|proceedings|magazines?|zeitschrift|revue|revista|rivista"
_NO_JOURNAL = re.compile(
    # "Publications", "Proceedings" and "Series" alone are names of journals.
    rf"{_NOTHING}|journal|(?:{_SERIALS})\s+(?:{_NOTHING}|names?|titles?)(?:\s+here)?"
    rf"|(?:no|unknown|untitled|unnamed|missing|test|dummy|sample|your)\s+(?:{_SERIALS})(?:\s+(?:names?|titles?))?",
    re.IGNORECASE,
)
_LONGEST = 60  # characters of a placeholder


def is_nobody(name: str) -> bool:
    """Return whether the whole name of an author is a placeholder or a role: "Anonymous", "Guest Editor"."""
    return _matches_whole(_NOBODY, name)


def is_no_journal(title: str) -> bool:
    """Return whether the title of a journal is a placeholder: "Unknown Journal", "[Journal title]"."""
    return _matches_whole(_NO_JOURNAL, title)


def _matches_whole(pattern: re.Pattern[str], text: str) -> bool:
    return len(text) <= _LONGEST and bool(pattern.fullmatch(text.strip(" \t\n.,;:()[]<>-–—")))
