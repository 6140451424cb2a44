"""The words of a journal's name, and whether they shorten another name: `Phys. Rev. Lett.`, `MNRAS`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from enrich.text.compare import comparison_key, strip_markup
from enrich.text.gap_matching import match_with_gaps
from enrich.text.letter_folding import GAP

SMALL_WORDS = frozenset(
    "a an and & at by da dal das de del della delle dell dem den der des di die do dos du el en et for fuer"
    " für im in l la le les of on the to und van von zum zur".split()
)
_WORD = re.compile(rf"(?:[^\W_]|{GAP})+")
_PIECE = re.compile(r"[^\W\d_][^\W\d_A-Z]*")  # of "NoDEA": No, D, E, A
_MOST_WORDS = 40  # a name with more words is a citation, not a name
_LONGEST_ACRONYM = 12
_ACRONYM_IN_NAME = 6  # letters of a name's own acronym: the ACM of "Proceedings of the ACM on …"
_VOWELS = frozenset("aeiou")


@dataclass(frozen=True, slots=True)
class NameWord:
    """A word of a journal's name."""

    spelling: str
    """The word as the name spells it, without the full stop."""
    is_spelled_out: bool = False
    """Whether it is a letter of an acronym that the name has in front of it."""

    @property
    def folded(self) -> str:
        """Return the form in which words are compared; a character that a wrong decoding lost is a gap."""
        return self.spelling.casefold() if GAP in self.spelling else comparison_key(self.spelling)

    @property
    def is_small(self) -> bool:
        """Return whether names leave the word out: "of", "f." for "für", "f�r"."""
        if GAP in self.spelling:
            return any(match_with_gaps(self.folded, small) for small in SMALL_WORDS)
        is_letter = len(self.spelling) == 1 and self.spelling.islower() and not self.is_spelled_out
        return is_letter or self.spelling.casefold() in SMALL_WORDS

    @property
    def may_be_short(self) -> bool:
        """Return whether a small word may shorten another: "J. Anal. At. Spectrom.", "A&A"."""
        return self.spelling[0].isupper() or len(self.spelling) == 1

    @property
    def capitals(self) -> tuple[str, ...]:
        """Return the pieces of an acronym, each a word's beginning: T P A M I, Ap J; `()` for a word."""
        count = sum(map(str.isupper, self.spelling))
        is_acronym = 2 <= count <= len(self.spelling) <= _LONGEST_ACRONYM and self.spelling.isalpha()
        return tuple(map(str.casefold, _PIECE.findall(self.spelling))) if is_acronym else ()


@lru_cache(512)
def split_words(name: str) -> tuple[NameWord, ...]:
    """Return the words of a name in their order, the small ones too."""
    return tuple(NameWord(word) for word in _WORD.findall(strip_markup(name)))


def list_main_words(name: str) -> list[str]:
    """Return the words of a name as it spells them, without the small ones."""
    return [word.spelling for word in split_words(name) if word.spelling.casefold() not in SMALL_WORDS]


@lru_cache(4096)
def shortens_name(short: str, long: str, optional: frozenset[str] = frozenset()) -> bool:
    """Return whether one name is the other shortened: every main word of the long one is in the short one.

    A word of the short name is a word of the long one, its beginning or its contraction ("Natl."), or an
    acronym of the words that follow each other there ("Monthly Notices of the RAS"). `optional` are folded
    words that an acronym may leave out.
    """
    shorts = split_words(short)
    if not shorts or sum(not word.is_small for word in split_words(long)) < 2:
        return False
    if len(shorts) == 1 and not (shorts[0].capitals and len(shorts[0].spelling) > 2):
        return False  # two letters are the initials of too many names
    return shortens_title(short, long, optional)


def shortens_title(short: str, long: str, optional: frozenset[str] = frozenset()) -> bool:
    """Return whether one text is the other shortened, even a single word: of a section, "Math."."""
    shorts = split_words(short)
    longs = tuple(_spell_out_acronyms(split_words(long), optional))
    if max(len(shorts), len(longs)) > _MOST_WORDS:
        return False
    ends = {0}
    for word in shorts:
        skipped = ends if word.is_small else set()
        ends = {end for start in ends for end in _match_word(word, longs, start, optional)} | skipped
    return any(_all_optional(longs[end:], optional) for end in ends - {0})


def _spell_out_acronyms(words: Sequence[NameWord], optional: frozenset[str]) -> Iterator[NameWord]:
    """Yield the words of a name, its own acronyms letter by letter: P ACM HCI is in PACMHCI."""
    is_shouted = all(word.spelling.isupper() for word in words)
    for word in words:
        is_acronym = word.spelling.isupper() and 1 < len(word.spelling) <= _ACRONYM_IN_NAME
        yield word
        if is_acronym and not is_shouted and word.folded not in optional:
            yield from (
                NameWord(letter.lower(), is_spelled_out=True)
                for letter in word.spelling[1:]
                if letter.isalpha()
            )


def _match_word(
    word: NameWord, longs: Sequence[NameWord], start: int, optional: frozenset[str]
) -> Iterator[int]:
    """Yield the positions at which the long name continues after the words that a short word may mean."""
    pieces = word.capitals
    for at in _find_positions(longs, start, optional if pieces else frozenset()):
        if (not word.is_small or word.may_be_short) and _shortens_word(word, longs[at]):
            yield _skip_letters(word, longs, at)
    if pieces:
        yield from _match_pieces(pieces, longs, start, optional)


def _skip_letters(word: NameWord, longs: Sequence[NameWord], at: int) -> int:
    """Return the position after a word; the letters of an acronym follow the acronym itself."""
    spelled = longs[at].spelling
    letters = len(spelled) - 1 if word.folded == longs[at].folded and spelled.isupper() else 0
    after = [one.spelling for one in longs[at + 1 : at + 1 + letters]]
    return at + 1 + (letters if letters and after == list(spelled[1:].lower()) else 0)


def _match_pieces(
    pieces: Sequence[str], longs: Sequence[NameWord], start: int, optional: frozenset[str]
) -> Iterator[int]:
    """Yield the positions at which the long name continues after the words of an acronym."""
    ends = {start}
    for piece in pieces:
        places = {at for end in ends for at in _find_positions(longs, end, optional)}
        ends = {at + 1 for at in places if longs[at].folded.startswith(piece)}
    yield from ends


def _find_positions(longs: Sequence[NameWord], start: int, optional: frozenset[str]) -> Iterator[int]:
    """Yield the next position, and those after words that may be omitted."""
    for at in range(start, len(longs)):
        yield at
        if not _all_optional(longs[at : at + 1], optional):
            return


def _all_optional(words: Sequence[NameWord], optional: frozenset[str]) -> bool:
    return all(word.is_small or word.folded in optional for word in words)


def _shortens_word(short: NameWord, long: NameWord) -> bool:
    """Return whether a word is the other, its beginning or its contraction."""
    one, other = short.folded, long.folded
    if GAP in one or GAP in other:
        return match_with_gaps(one, other[: len(one)]) or match_with_gaps(one, other)
    is_mixed = bool(long.capitals) and not long.spelling.isupper()  # ITiCSE is not ICSE
    return other.startswith(one) or (not is_mixed and _contracts_word(one, other))


def _contracts_word(short: str, long: str) -> bool:
    """Return whether a word is the other without letters inside: "natl", "mgmt", "dtsch".

    A contraction ends as the word does, or is its consonants: "Med." is not Methods.
    """
    if not 3 <= len(short) <= 6 or len(short) >= len(long) or short[0] != long[0]:
        return False
    ends = len(short) > 3 and short[-1] in {long[-1], long.removesuffix("s")[-1]}
    letters = iter(long)
    return (ends or _VOWELS.isdisjoint(short[1:])) and all(letter in letters for letter in short)
