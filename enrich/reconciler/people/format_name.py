"""Write a name in the form that the other names on the page have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from enrich.model.work import Person
from enrich.reconciler.people.decoration import strip_decoration

_LETTER = r"[^\W\d_]"
_RUN = rf"{_LETTER}(?:-?{_LETTER}){{0,3}}"

# A form is recognised by its pattern, the first that matches, and written by its function.
FORMS: tuple[tuple[re.Pattern[str], Callable[[Person], str]], ...] = (
    (
        re.compile(rf".+, (?:{_LETTER}\.(?: |-|$))+"),
        lambda one: f"{one.family}, {format_initials(one, '.', ' ')}",
    ),
    (re.compile(rf".+, (?:{_LETTER}\.-?)+"), lambda one: f"{one.family}, {format_initials(one, '.', '')}"),
    (re.compile(rf".+, {_RUN}"), lambda one: f"{one.family}, {format_initials(one, '', '')}"),
    (re.compile(r".+, .+"), lambda one: f"{one.family}, {one.given}"),
    (
        re.compile(rf"(?:{_LETTER}\.[ -])+.{{2,}}"),
        lambda one: f"{format_initials(one, '.', ' ')} {one.family}",
    ),
    (re.compile(rf"(?:{_LETTER}\.-?)+ .{{2,}}"), lambda one: f"{format_initials(one, '.', '')} {one.family}"),
    (re.compile(r"[A-Z]{1,3} .{2,}"), lambda one: f"{format_initials(one, '', '')} {one.family}"),
    (re.compile(r".{2,} [A-Z]{1,3}"), lambda one: f"{one.family} {format_initials(one, '', '')}"),
    (re.compile(r".+"), lambda one: f"{one.given} {one.family}"),
)


def format_name_like(person: Person, entries: Iterable[str]) -> str:
    """Format a person in the form that most of the entries have; a group by its name."""
    if not (person.family and person.given):
        return person.literal or person.family or person.given
    forms = Counter(
        form for entry in entries if (form := detect_name_form(strip_decoration(entry))) is not None
    )
    form = max(forms, key=lambda number: (forms[number], -number), default=len(FORMS) - 1)
    suffix = f" {person.suffix}" if person.suffix and form == len(FORMS) - 1 else ""
    return FORMS[form][1](person) + suffix


def detect_name_form(name: str) -> int | None:
    """Return the index of a name's form in FORMS, or None for a handle or a single word."""
    if " " not in name.strip():
        return None
    return next(number for number, (pattern, _) in enumerate(FORMS) if pattern.fullmatch(name))


def format_initials(person: Person, dot: str, gap: str) -> str:
    """Format given names as initials: `K. R.`, `K.R.` or `KR`; with dots, hyphens are kept."""
    parts = [part for part in re.split(r"[\s.]+", person.given) if part]
    hyphen = "-" if dot else ""
    return gap.join(
        hyphen.join(piece[:1].upper() + dot for piece in part.split("-") if piece) for part in parts
    )
