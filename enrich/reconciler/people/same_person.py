"""When an entry of a page's author list and a person of a record are the same.

Levels, each enough: the whole name in any order of its parts; the family name and given names that
do not contradict each other (an initial stands for a name, a middle name may be missing); a group by
its folded name. Particles, hyphens, suffixes, titles, decoration, diacritics and their ASCII
spellings never make a difference.
"""

from __future__ import annotations

from functools import lru_cache

from enrich.model.work import Person
from enrich.reconciler.people.parse_name import (
    PARTICLES,
    Name,
    Token,
    bare,
    full_name,
    inverted_name,
    parse,
    suffix_in,
    tokens,
)
from enrich.text.compare import comparison_key

LONGEST_NAME = 300  # characters: what is longer is no name, and every way to part it would be tried


@lru_cache(maxsize=65_536)
def same_person(entry: str, person: Person) -> bool:
    """Return whether an entry of a page's list and a person of the record are the same."""
    if person.literal and not person.family:
        return _same_group(entry, person.literal)
    if len(entry) > LONGEST_NAME:
        return False
    if comparison_key(bare(entry)) in {
        comparison_key(full_name(person)),
        comparison_key(inverted_name(person)),
    } - {""}:
        return True
    family, given = tokens(person.family), tokens(person.given)
    local = parse(entry)
    if not local.parts or not (family or given) or _other_suffix(entry, person):
        return False
    if _same_set(local.parts, (*given, *family)) or _joined(local.parts) & _joined((*family, *given)):
        return True
    if not given:
        return _fits(local.parts, family) or _whole_in_one(local, family)
    return any(
        _same_family(one, family, loose=bool(other)) and _same_given(other, given)
        for one, other in _splits(local)
    )


def _other_suffix(entry: str, person: Person) -> bool:
    """Return whether both have a suffix, and not the same: Jr. and III."""
    local, remote = suffix_in(entry), suffix_in(f"{person.family} {person.given} {person.suffix}")
    return bool(local and remote and local != remote)


def may_be(entry: str, person: Person) -> bool:
    """Return whether an entry is a person, or one of the same family whose initials do not contradict."""
    if same_person(entry, person):
        return True
    given = tokens(person.given)
    own = set(tokens(person.family))
    rest = [part for part in parse(entry).parts if not any(_equal(part, other) for other in own)]
    agree = not given or not rest or any(part[0][:1] == other[0][:1] for part in rest for other in given)
    return agree and shares_family(entry, person)


def shares_family(entry: str, person: Person) -> bool:
    """Return whether the names could belong to one family: enough for the wrong-DOI guard."""
    names = {spelling for part in parse(entry).parts for spelling in part if len(spelling) > 1}
    family = tokens(person.family or person.literal)
    significant = [part for part in family if part[0] not in PARTICLES and len(part[0]) > 1] or list(family)
    return any(not names.isdisjoint(part) for part in significant)


def _same_group(entry: str, literal: str) -> bool:
    local, group = comparison_key(bare(entry)), comparison_key(literal)
    if not local or not group:
        return False
    words = (parse(entry).parts, tokens(literal))
    several = min(map(len, words)) > 1
    return local == group or (several and (local in group or group in local)) or _same_set(*words)


def _same_set(local: tuple[Token, ...], remote: tuple[Token, ...]) -> bool:
    """Return whether both have the same whole words, in any order, hyphens and particles aside."""
    if len(local) == len(remote) and len(local) > 1:
        left = list(remote)
        for part in local:
            found = next((other for other in left if _equal(part, other)), None)
            if found is None:
                break
            left.remove(found)
        else:
            return True
    return _joined(local) == _joined(remote)


def _whole_in_one(local: Name, family: tuple[Token, ...]) -> bool:
    """Compare with a record that has the whole name in one part, in either order of its parts."""
    if len(family) < 2:
        return False
    orders = ((family[-1:], family[:-1]), (family[:1], family[1:]))
    return any(
        _same_family(one, last) and _same_given(other, first)
        for last, first in orders
        for one, other in _splits(local)
        if other
    )


def _splits(name: Name) -> list[tuple[tuple[Token, ...], tuple[Token, ...]]]:
    """Return every way to take a name as (family, given)."""
    parts = name.parts
    if name.family_first:
        return [(parts[: name.family_first], parts[name.family_first :])]
    ends = [(parts[cut:], parts[:cut]) for cut in range(len(parts))]
    starts = [(parts[:cut], parts[cut:]) for cut in range(1, len(parts))]
    return ends + starts


def _same_family(local: tuple[Token, ...], remote: tuple[Token, ...], *, loose: bool = True) -> bool:
    """Return whether two family names are one; `loose`: particles and the second of two may be missing."""
    if not local or not remote:
        return False
    if _joined(local) & _joined(remote):
        return True
    if not loose:
        return False
    without = (_without_particles(local), _without_particles(remote))
    if all(without) and _joined(without[0]) & _joined(without[1]):
        return True
    shorter, longer = sorted(without, key=len)
    return len(shorter) == 1 and len(longer) == 2 and len(shorter[0][0]) > 3 and _equal(shorter[0], longer[0])


def _same_given(local: tuple[Token, ...], remote: tuple[Token, ...]) -> bool:
    """Return whether given names do not contradict: in order, initials for names, middle ones missing."""
    local, remote = _without_particles(local, given=True), _without_particles(remote, given=True)
    if not local or not remote:
        return True
    if _joined(local) & _joined(remote):
        return True
    local, remote = _spread(local), _spread(remote)
    return _fits(local, remote) or _fits(remote, local)


def _fits(shorter: tuple[Token, ...], longer: tuple[Token, ...]) -> bool:
    """Return whether every part of the shorter stands in the longer, in order.

    The first given names must go together, unless a whole name does further on ("V. Eric" is "Eric").
    """
    if not shorter or len(shorter) > len(longer):
        return False
    at = 0
    whole = False
    for number, part in enumerate(shorter):
        while at < len(longer) and not _compatible(part, longer[at]):
            at += 1
        if at == len(longer):
            return False
        whole = whole or (len(part[0]) > 1 and _equal(part, longer[at]))
        if number == 0 and at > 0 and not whole:
            return False
        at += 1
    return True


def _compatible(one: Token, other: Token) -> bool:
    if _equal(one, other):
        return True
    shorter, longer = sorted((one[0], other[0]), key=len)
    if len(shorter) == 1:
        return longer.startswith(shorter)
    return len(shorter) >= 3 and len(longer) >= len(shorter) + 3 and longer.startswith(shorter)


def _equal(one: Token, other: Token) -> bool:
    return not set(one).isdisjoint(other)


def _spread(parts: tuple[Token, ...]) -> tuple[Token, ...]:
    """Take runs of initials apart, now that the name is known to have other parts."""
    spread: list[Token] = []
    for part in parts:
        spread.extend([(letter,) for letter in part[0]] if part[-1].endswith("\0") else [part])
    return tuple(spread)


def _joined(parts: tuple[Token, ...]) -> frozenset[str]:
    plain = "".join(part[0] for part in parts)
    digraphs = "".join(part[min(1, len(part) - 1)].rstrip("\0") for part in parts)
    return frozenset((plain, digraphs)) if plain else frozenset()


def _without_particles(parts: tuple[Token, ...], *, given: bool = False) -> tuple[Token, ...]:
    """Leave out particles where they stand: before the family name, that is behind the given ones."""
    kept = list(parts)
    while len(kept) > 1 and kept[-1 if given else 0][0] in PARTICLES:
        kept.pop(-1 if given else 0)
    return tuple(kept)
