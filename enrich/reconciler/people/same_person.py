"""Decide whether an author entry and a person of a record are the same.

Any of these suffices: the same words in any order; the same family name and given names that do not
contradict each other (an initial matches a name, a middle name may be missing); for a group, the
same folded name. Particles, hyphens, suffixes, titles, decoration, diacritics and their ASCII
spellings make no difference.
"""

from __future__ import annotations

from functools import lru_cache

from enrich.model.work import Person
from enrich.reconciler.people.parse_name import (
    PARTICLES,
    Name,
    Token,
    find_suffix,
    format_full_name,
    format_inverted_name,
    parse_name,
    strip_decoration,
    tokenize_name,
)
from enrich.text.compare import fold

LONGEST_NAME = 300  # characters; longer texts are not names, and every way to split them costs time


@lru_cache(maxsize=65_536)
def is_same_person(entry: str, person: Person) -> bool:
    """Return whether an author entry names a person of the record."""
    if person.literal and not person.family:
        return _is_same_group(entry, person.literal)
    if len(entry) > LONGEST_NAME:
        return False
    if fold(strip_decoration(entry)) in {
        fold(format_full_name(person)),
        fold(format_inverted_name(person)),
    } - {""}:
        return True
    family, given = tokenize_name(person.family), tokenize_name(person.given)
    local = parse_name(entry)
    if not local.parts or not (family or given) or _has_other_suffix(entry, person):
        return False
    if _has_same_words(local.parts, (*given, *family)) or _join_tokens(local.parts) & _join_tokens(
        (*family, *given)
    ):
        return True
    if not given:
        return _is_subsequence(local.parts, family) or _matches_whole_name(local, family)
    return any(
        _is_same_family(one, family, loose=bool(other)) and _is_same_given(other, given)
        for one, other in _list_splits(local)
    )


def _has_other_suffix(entry: str, person: Person) -> bool:
    """Return whether both names have a suffix and the suffixes differ (Jr., III)."""
    local, remote = find_suffix(entry), find_suffix(f"{person.family} {person.given} {person.suffix}")
    return bool(local and remote and local != remote)


def could_be_same_person(entry: str, person: Person) -> bool:
    """Return whether an entry is a person, or has the same family name and no contradicting initial."""
    if is_same_person(entry, person):
        return True
    given = tokenize_name(person.given)
    own = set(tokenize_name(person.family))
    rest = [
        part for part in parse_name(entry).parts if not any(_is_equal_token(part, other) for other in own)
    ]
    agree = not given or not rest or any(part[0][:1] == other[0][:1] for part in rest for other in given)
    return agree and has_same_family(entry, person)


def has_same_family(entry: str, person: Person) -> bool:
    """Return whether an entry contains a person's family name: enough for the wrong-DOI guard."""
    names = {spelling for part in parse_name(entry).parts for spelling in part if len(spelling) > 1}
    family = tokenize_name(person.family or person.literal)
    significant = [part for part in family if part[0] not in PARTICLES and len(part[0]) > 1] or list(family)
    return any(not names.isdisjoint(part) for part in significant)


def _is_same_group(entry: str, literal: str) -> bool:
    local, group = fold(strip_decoration(entry)), fold(literal)
    if not local or not group:
        return False
    words = (parse_name(entry).parts, tokenize_name(literal))
    several = min(map(len, words)) > 1
    return local == group or (several and (local in group or group in local)) or _has_same_words(*words)


def _has_same_words(local: tuple[Token, ...], remote: tuple[Token, ...]) -> bool:
    """Return whether two names have the same words in any order, or the same letters in a row."""
    if len(local) == len(remote) and len(local) > 1:
        left = list(remote)
        for part in local:
            found = next((other for other in left if _is_equal_token(part, other)), None)
            if found is None:
                break
            left.remove(found)
        else:
            return True
    return _join_tokens(local) == _join_tokens(remote)


def _matches_whole_name(local: Name, family: tuple[Token, ...]) -> bool:
    """Compare with a record that has the whole name in one field, in either order."""
    if len(family) < 2:
        return False
    orders = ((family[-1:], family[:-1]), (family[:1], family[1:]))
    return any(
        _is_same_family(one, last) and _is_same_given(other, first)
        for last, first in orders
        for one, other in _list_splits(local)
        if other
    )


def _list_splits(name: Name) -> list[tuple[tuple[Token, ...], tuple[Token, ...]]]:
    """List every way to split a name into (family, given)."""
    parts = name.parts
    if name.family_first:
        return [(parts[: name.family_first], parts[name.family_first :])]
    ends = [(parts[cut:], parts[:cut]) for cut in range(len(parts))]
    starts = [(parts[:cut], parts[cut:]) for cut in range(1, len(parts))]
    return ends + starts


def _is_same_family(local: tuple[Token, ...], remote: tuple[Token, ...], *, loose: bool = True) -> bool:
    """Compare family names; if `loose`, particles and the second half of a double name may be missing."""
    if not local or not remote:
        return False
    if _join_tokens(local) & _join_tokens(remote):
        return True
    if not loose:
        return False
    without = (_drop_particles(local), _drop_particles(remote))
    if all(without) and _join_tokens(without[0]) & _join_tokens(without[1]):
        return True
    shorter, longer = sorted(without, key=len)
    return (
        len(shorter) == 1
        and len(longer) == 2
        and len(shorter[0][0]) > 3
        and _is_equal_token(shorter[0], longer[0])
    )


def _is_same_given(local: tuple[Token, ...], remote: tuple[Token, ...]) -> bool:
    """Return whether given names are compatible: same order, initials allowed, middle names optional."""
    local, remote = _drop_particles(local, given=True), _drop_particles(remote, given=True)
    if not local or not remote:
        return True
    if _join_tokens(local) & _join_tokens(remote):
        return True
    local, remote = _split_initials(local), _split_initials(remote)
    return _is_subsequence(local, remote) or _is_subsequence(remote, local)


def _is_subsequence(shorter: tuple[Token, ...], longer: tuple[Token, ...]) -> bool:
    """Return whether the parts of the shorter name occur in the longer one, in order.

    The first given names must match, unless a later one matches in full ("Eric" for "V. Eric").
    """
    if not shorter or len(shorter) > len(longer):
        return False
    at = 0
    whole = False
    for number, part in enumerate(shorter):
        while at < len(longer) and not _is_compatible(part, longer[at]):
            at += 1
        if at == len(longer):
            return False
        whole = whole or (len(part[0]) > 1 and _is_equal_token(part, longer[at]))
        if number == 0 and at > 0 and not whole:
            return False
        at += 1
    return True


def _is_compatible(one: Token, other: Token) -> bool:
    if _is_equal_token(one, other):
        return True
    shorter, longer = sorted((one[0], other[0]), key=len)
    if len(shorter) == 1:
        return longer.startswith(shorter)
    return len(shorter) >= 3 and len(longer) >= len(shorter) + 3 and longer.startswith(shorter)


def _is_equal_token(one: Token, other: Token) -> bool:
    return not set(one).isdisjoint(other)


def _split_initials(parts: tuple[Token, ...]) -> tuple[Token, ...]:
    """Split runs of initials into single letters."""
    spread: list[Token] = []
    for part in parts:
        spread.extend([(letter,) for letter in part[0]] if part[-1].endswith("\0") else [part])
    return tuple(spread)


def _join_tokens(parts: tuple[Token, ...]) -> frozenset[str]:
    plain = "".join(part[0] for part in parts)
    digraphs = "".join(part[min(1, len(part) - 1)].rstrip("\0") for part in parts)
    return frozenset((plain, digraphs)) if plain else frozenset()


def _drop_particles(parts: tuple[Token, ...], *, given: bool = False) -> tuple[Token, ...]:
    """Drop the particles between given and family name: leading ones, or trailing ones if `given`."""
    kept = list(parts)
    while len(kept) > 1 and kept[-1 if given else 0][0] in PARTICLES:
        kept.pop(-1 if given else 0)
    return tuple(kept)
