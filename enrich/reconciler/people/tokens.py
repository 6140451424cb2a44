"""Compare the tokens of names: equal, compatible, in order."""

from __future__ import annotations

from collections.abc import Sequence

from enrich.reconciler.people.name_tables import PARTICLES, SHORT_FORMS, SYLLABLES
from enrich.reconciler.people.parse_name import ABBREVIATION, MARKS_OF_WORDS, RUN, SYLLABLE, Token

_VOWELS = frozenset("aeiouy")
_NO_GROUPS: frozenset[int] = frozenset()


def is_equal_token(one: Token, other: Token) -> bool:
    """Return whether two tokens share a spelling."""
    return not set(one).isdisjoint(other)


def is_compatible(one: Token, other: Token) -> bool:
    """Return whether two given names can be one: equal, an initial, an abbreviation, a short form."""
    if is_equal_token(one, other):
        return True
    shorter, longer = sorted((one, other), key=lambda token: len(token[0]))
    if len(shorter[0]) == 1 or _is_abbreviation(shorter):
        return longer[0].startswith(shorter[0]) or _shares_short_form(one, other)
    return _shares_short_form(one, other)


def is_subsequence(shorter: tuple[Token, ...], longer: tuple[Token, ...]) -> bool:
    """Return whether the parts of the shorter name occur in the longer one, in order.

    The first given names must match, unless a later one matches in full ("Eric" for "V. Eric").
    """
    if not shorter or len(shorter) > len(longer):
        return False
    at = 0
    whole = False
    for number, part in enumerate(shorter):
        while at < len(longer) and not is_compatible(part, longer[at]):
            at += 1
        if at == len(longer):
            return False
        whole = whole or (len(part[0]) > 1 and is_equal_token(part, longer[at]))
        if number == 0 and at > 0 and not whole:
            return False
        at += 1
    return True


def split_initials(parts: Sequence[Token]) -> tuple[Token, ...]:
    """Split runs of initials into single letters."""
    letters: list[Token] = []
    for part in parts:
        letters.extend([(letter,) for letter in part[0]] if part[-1].endswith(RUN) else [part])
    return tuple(letters)


def join_tokens(parts: Sequence[Token]) -> frozenset[str]:
    """Return a name's letters in a row, without accents and with digraphs."""
    plain = "".join(part[0] for part in parts)
    digraphs = "".join(part[min(1, len(part) - 1)].rstrip(MARKS_OF_WORDS) for part in parts)
    variants = parts[0] if len(parts) == 1 and not parts[0][-1].endswith(MARKS_OF_WORDS) else ()
    return frozenset((plain, digraphs, *variants)) if plain else frozenset()


def has_same_words(local: tuple[Token, ...], remote: tuple[Token, ...]) -> bool:
    """Return whether two names have the same words in any order, the initials in the same order."""
    if len(local) == len(remote) and len(local) > 1:
        left = list(remote)
        for part in local:
            match = next((other for other in left if is_equal_token(part, other)), None)
            if match is None:
                break
            left.remove(match)
        else:
            return list_initials(local) == list_initials(remote)
    return bool(join_tokens(local) & join_tokens(remote))


def list_initials(parts: Sequence[Token]) -> list[str]:
    """List the single letters of a name in their order: C. G. is not G. C."""
    return [part[0] for part in parts if len(part[0]) == 1]


def drop_particles(parts: tuple[Token, ...], *, given: bool = False) -> tuple[Token, ...]:
    """Drop the particles between given and family name: leading ones, or trailing ones if `given`."""
    kept, particles = list(parts), PARTICLES - SYLLABLES if given else PARTICLES
    at = -1 if given else 0
    while len(kept) > 1 and kept[at][0] in particles and not kept[at][-1].endswith(SYLLABLE):
        kept.pop(at)
    return tuple(kept)


def _is_abbreviation(token: Token) -> bool:
    """Return whether a token is "Ch.", or too short and without a vowel: "Zs"."""
    return token[-1].endswith(ABBREVIATION) or (len(token[0]) <= 3 and _VOWELS.isdisjoint(token[0]))


def _shares_short_form(one: Token, other: Token) -> bool:
    groups = SHORT_FORMS.get(one[0], _NO_GROUPS)
    return bool(groups and groups & SHORT_FORMS.get(other[0], _NO_GROUPS))
