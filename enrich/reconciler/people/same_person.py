"""Decide whether an author entry and a person of a record are the same.

Any of these suffices: the same words in any order; the same family name and given names that do not
contradict each other (an initial or a short form matches a name, a middle name may be missing), also
if the record splits the name at the wrong word; for a group, the same folded name. Particles,
hyphens, suffixes, titles, decoration, diacritics and their ASCII spellings make no difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from enrich.model.work import Person
from enrich.reconciler.people.broken_names import heal_name, heal_person
from enrich.reconciler.people.decoration import LONGEST_NAME
from enrich.reconciler.people.group_names import is_same_group
from enrich.reconciler.people.name_tables import PARTICLES
from enrich.reconciler.people.parse_name import (
    Name,
    Token,
    format_full_name,
    format_inverted_name,
    has_other_suffix,
    parse_name,
    parse_readings,
    repair_person,
    tokenize_name,
)
from enrich.reconciler.people.tokens import (
    drop_particles,
    has_same_words,
    is_equal_token,
    is_subsequence,
    join_tokens,
    list_initials,
    split_initials,
)
from enrich.text.compare import comparison_key


@lru_cache(maxsize=65_536)
def is_same_person(entry: str, person: Person) -> bool:
    """Return whether an author entry names a person of the record."""
    if max(len(entry), len(format_full_name(person))) > LONGEST_NAME:
        return _is_same_text(entry, person)
    entry, person = heal_name(entry, format_full_name(person)), heal_person(person, entry)
    if not person.given and is_same_group(entry, person.literal or person.family):
        return True
    if person.literal and not person.family:
        return False
    if has_other_suffix(entry, person):
        return False
    names = dict.fromkeys(
        (tokenize_name(known.family), tokenize_name(known.given)) for known in (repair_person(person), person)
    )
    readings = [reading for reading in parse_readings(entry) if reading.parts]
    return any(
        _matches_name(reading, family, given)
        for family, given in names
        if family or given
        for reading in readings
    ) or _is_same_text(entry, person)


def _is_same_text(entry: str, person: Person) -> bool:
    """Return whether an entry and a person are letter for letter the same, marks included."""
    return comparison_key(entry) in {
        comparison_key(format_full_name(person)),
        comparison_key(format_inverted_name(person)),
    } - {""}


def _matches_name(local: Name, family: tuple[Token, ...], given: tuple[Token, ...]) -> bool:
    whole = (*given, *family)
    if has_same_words(local.parts, whole) or join_tokens(local.parts) & join_tokens((*family, *given)):
        return True
    if not given:
        return is_subsequence(local.parts, family) or _matches_whole_name(local, family)
    splits = _list_splits(local)
    return any(
        _is_same_family(one, family, loose=bool(other), double=bool(local.family_first))
        and _is_same_given((*other, *_find_rest(one, family)), (*given, *_find_rest(family, one)))
        for one, other in splits
    ) or any(
        bool(other) and bool(join_tokens(one) & join_tokens(last)) and _is_same_given(other, first)
        for first, last in _split_elsewhere(given, family)
        for one, other in splits
    )


def could_be_same_person(entry: str, person: Person) -> bool:
    """Return whether an entry is a person, or has the same family name and no contradicting initial."""
    if is_same_person(entry, person):
        return True
    given = tokenize_name(person.given)
    own = set(tokenize_name(person.family))
    rest = [part for part in parse_name(entry).parts if not any(is_equal_token(part, other) for other in own)]
    initials_agree = (
        not given or not rest or any(part[0][:1] == other[0][:1] for part in rest for other in given)
    )
    return initials_agree and has_same_family(entry, person)


def has_same_family(entry: str, person: Person) -> bool:
    """Return whether an entry contains a person's family name: enough for the wrong-DOI guard."""
    names = {spelling for part in parse_name(entry).parts for spelling in part if len(spelling) > 1}
    family = tokenize_name(repair_person(person).family or person.literal)
    significant = [part for part in family if part[0] not in PARTICLES and len(part[0]) > 1] or list(family)
    return any(not names.isdisjoint(part) for part in significant)


@lru_cache(maxsize=65_536)
def make_person_key(person: Person) -> tuple[str, ...]:
    """Return the exact key of a person's full name."""
    person = repair_person(person)
    if person.literal and not person.family:
        return make_exact_key(tokenize_name(person.literal))
    return make_exact_key((*tokenize_name(person.given), *tokenize_name(person.family)))


def make_exact_key(parts: Sequence[Token]) -> tuple[str, ...]:
    """Return a key that two names share if they have the same words in any order."""
    spelled = split_initials(parts)
    words = sorted(part[0] for part in spelled if len(part[0]) > 1)
    return (*words, *list_initials(spelled))


def is_in_order(entry: str, person: Person) -> bool:
    """Return whether an entry has the family name as a whole before or after the given name."""
    given, family = tokenize_name(person.given), tokenize_name(person.family)
    return parse_name(entry).parts in {(*given, *family), (*family, *given)}


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


def _split_elsewhere(
    given: tuple[Token, ...], family: tuple[Token, ...]
) -> Iterator[tuple[tuple[Token, ...], tuple[Token, ...]]]:
    """Yield (given, family) with the border elsewhere: {D. Lee, Benjamin}, {Hill, Alison Presmanes}."""
    whole = (*given, *family)
    cuts = dict.fromkeys((len(whole) - 1, len(given) - 1))
    yield from ((whole[:cut], whole[cut:]) for cut in cuts if 0 < cut < len(whole) and cut != len(given))


def _list_splits(name: Name) -> list[tuple[tuple[Token, ...], tuple[Token, ...]]]:
    """List every way to split a name into (family, given)."""
    parts = name.parts
    if name.family_first:
        return [(parts[: name.family_first], parts[name.family_first :])]
    ends = [(parts[cut:], parts[:cut]) for cut in range(int(name.has_given), len(parts))]
    starts = [(parts[:cut], parts[cut:]) for cut in range(1, len(parts))]
    return ends + starts


def _is_same_family(
    local: tuple[Token, ...], remote: tuple[Token, ...], *, loose: bool = True, double: bool = False
) -> bool:
    """Compare family names; if `loose`, particles and a part of a double name may be missing.

    The first part of a double name may be missing if that name is known to be double: in the
    record, or on a page that has it before a comma (`double`).
    """
    if not local or not remote:
        return False
    if join_tokens(local) & join_tokens(remote):
        return True
    if not loose:
        return False
    without = (drop_particles(local), drop_particles(remote))
    if all(without) and join_tokens(without[0]) & join_tokens(without[1]):
        return True
    shorter, longer = sorted(without, key=len)
    parts = longer if double or longer is without[1] else longer[:1]
    return (
        len(shorter) == 1
        and 2 <= len(longer) <= 4
        and len(shorter[0][0]) > 3
        and any(is_equal_token(shorter[0], part) for part in (parts[0], parts[-1]))
    )


def _find_rest(family: tuple[Token, ...], other: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return the part of a double family name that the other name lacks, or has as an initial."""
    own, single = drop_particles(family), drop_particles(other)
    if len(single) != 1 or not 2 <= len(own) <= 4 or join_tokens(own) & join_tokens(single):
        return ()
    return tuple(part for part in own if not is_equal_token(part, single[0]))


def _is_same_given(local: tuple[Token, ...], remote: tuple[Token, ...]) -> bool:
    """Return whether given names are compatible: same order, initials allowed, middle names optional."""
    if _is_run_of(local, remote) or _is_run_of(remote, local):
        return True  # the bin of Wen-bin is no particle
    local, remote = drop_particles(local, given=True), drop_particles(remote, given=True)
    if not local or not remote:
        return True
    if join_tokens(local) & join_tokens(remote):
        return True
    local, remote = split_initials(local), split_initials(remote)
    return is_subsequence(local, remote) or is_subsequence(remote, local) or _is_rotated(local, remote)


def _is_rotated(local: tuple[Token, ...], remote: tuple[Token, ...]) -> bool:
    """Return whether the last given name comes first, as in Vietnamese: "Huong T. M." of Thi Mai Huong."""
    if len(local) != len(remote) or len(local) < 2 or not is_equal_token(local[0], remote[-1]):
        return False
    return len(local[0][0]) > 1 and is_subsequence(local[1:], remote[:-1])


def _is_run_of(short: tuple[Token, ...], whole: tuple[Token, ...]) -> bool:
    """Return whether a given name is the two initials of another in any case: "Qx" of Qi-xin."""
    return len(short) == 1 and len(whole) == 2 and short[0][0] == whole[0][0][:1] + whole[1][0][:1]
