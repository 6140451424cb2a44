"""Sections of a journal, and subtitles that only say what kind of journal it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from enrich.reconciler.name_words import SMALL_WORDS, list_main_words, shortens_name
from enrich.text.compare import comparison_key, strip_markup

# A section is a capital letter or a Roman number after the journal's name: "J. Polym. Sci. B Polym. Phys.".
# The letters of "U.S.A." and of initials ("J. R. Soc.") are not sections. Without a mark or "Part" before the
# title, letters after H are words or initials; J and Q at the end mean Journal and Quarterly. The A of
# "Brain: A Journal of Neurology" is an article.
_LABEL = r"(?:section|sect|sec|part|pt|s[eé]rie|s[eé]r|series|teil|abteilung|abt)\b\.?\s*"
_ANY = r"[A-Z]{1,2}|[IVX]{1,4}[A-Z]?|\d{1,2}"
_SECTION = re.compile(
    rf"(?P<journal>\S{{5,}}|\S+\s+\S.*?)(?<![-–—])[,:.]?\s+(?:"
    rf"(?:[-–—]\s+)?(?i:{_LABEL})(?P<labelled>{_ANY})\b(?:\s*$|\s*(?P<mark1>[:,.(–—-])?\s*)"
    rf"|(?<![A-Z]\.)(?P<last>[A-IK-PR-Z]|[IV]{{2,3}})(?:\.?\s*$|\s*(?P<mark2>[:,–—(]|\s-\s)\s*)"
    rf"|(?<![A-Z]\.)(?<![A-IK-Z]\.\s)(?<!:\s(?=A\s))(?P<middle>[A-H]|[IV]{{2,3}})\s+(?=[A-Z])"
    rf")(?P<title>.*)",
)
_CITATION = re.compile(r"[,;(]|\d")
# "Chaos: An Interdisciplinary Journal of Nonlinear Science": the kind of periodical, not a section of it.
_KIND = re.compile(
    r"\b(?:journal|magazine|review|revista|revue|rivista|zeitschrift|jurnal|newsletter|official|organ)\b",
    re.IGNORECASE,
)
# Titles of journals beside a section, not of the section: "Nuclear Physics B - Proceedings Supplements".
_OFFSHOOTS = frozenset(
    "advances bulletin case communications conference express letters methods online open plus proceedings"
    " rapid reports research reviews series supplement supplements".split()
)
_PERIODICAL = re.compile(
    r"\b(?:acta|annals|archives|bulletin|journal|letters|reviews?|transactions)\b", re.IGNORECASE
)
_MEANING = re.compile(r"^([A-Z]{2,6}) \(([^()]+ [^()]+)\)$")  # "EPL (Europhysics Letters)"
_SUBTITLE = re.compile(r":\s+|\s[-–—]\s|(?<=[^\W\d_]{5})\.\s+")
_LEARNED = re.compile(r"\b(?:acad\w*|soc\w*|assoc\w*|institut\w*)\b", re.IGNORECASE)
_PLACE = re.compile(
    r"[\s,(]+(?:of\s+(?:the\s+)?)?(?:united\s+states(?:\s+of\s+america)?|u\.?\s?s\.?\s?a\.?|lond(?:on|\.|\b)|paris)"
    r"\W*$",
    re.IGNORECASE,
)
_BODY_BEFORE = re.compile(r"^proc(?:eedings|\.)?\s+(?:of\s+the\s+)?", re.IGNORECASE)
_BODY_BEHIND = re.compile(r"\s+of\s+the\s+\w.*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a journal, as a name spells it."""

    journal: str
    """The journal's name: `Acta Cryst.`."""
    letter: str
    """The section's letter, a capital: `D`, or its number: `II`."""
    title: str = ""
    """The section's own title, `""` if the name has none."""
    is_marked: bool = False
    """Whether a colon or a similar mark separates the title from the letter."""


def split_section(name: str) -> Section | None:
    """Return the section that a name means, None for a whole journal."""
    found = _SECTION.fullmatch(drop_place(" ".join(strip_markup(name).split())))
    if found is None or found["journal"].split()[-1].casefold() in SMALL_WORDS:
        return None  # "JOURNAL OF A SOCIETY" has an article, not a section
    letter = found["labelled"] or found["last"] or found["middle"]
    mark = found["mark1"] or found["mark2"]
    title = _CITATION.split(found["title"], maxsplit=1)[0]
    return Section(found["journal"], letter, title.strip(), is_marked=bool(mark))


def is_title_of_section(section: Section) -> bool:
    """Return whether the words after the letter are the section's own title, or there are none.

    A single word is not a title ("Physical Review B Letters" is another journal), unless a mark separates it.
    """
    words = [word.casefold() for word in list_main_words(section.title)]
    is_offshoot = bool(words) and (all(map(_names_offshoot, words)) or words[0].startswith("suppl"))
    return not words or (not is_offshoot and (section.is_marked or len(words) > 1))


def are_titles_of_one(one: str, other: str) -> bool:
    """Return whether two titles may be of the same section: neither only adds "Letters" to the other."""
    words = [[word.casefold() for word in list_main_words(title)] for title in (one, other)]
    shorter, longer = sorted(words, key=len)
    more = longer[len(shorter) :]
    return not (shorter and more and longer[: len(shorter)] == shorter and all(map(_names_offshoot, more)))


def is_offshoot(name: str, container: str) -> bool:
    """Return whether a name is a container's whole name and then words such as "Letters" or "Case Reports".

    "Proceedings" after the name of a meeting or a book adds nothing.
    """
    words, whole = list_main_words(name), list_main_words(container)
    behind = [word.casefold() for word in takewhile(str.isalpha, words[len(whole) :])]  # up to a volume
    if not behind or (behind == ["proceedings"] and not _PERIODICAL.search(container)):
        return False
    return begins_name(name, container) and all(map(_names_offshoot, behind))


def begins_name(name: str, container: str) -> bool:
    """Return whether a name begins with all words of a container's."""
    words, whole = list_main_words(name), list_main_words(container)
    return len(words) >= len(whole) and all(map(_is_same_word, words, whole))


def _is_same_word(one: str, other: str) -> bool:
    return comparison_key(one) == comparison_key(other)


def _names_offshoot(word: str) -> bool:
    return len(word) > 2 and any(offshoot.startswith(word) for offshoot in _OFFSHOOTS)  # "Proc. Suppl."


def is_same_letter(name: str, section: Section) -> bool:
    """Return whether a name is the initials of a section's journal followed by the letter: PRB."""
    initials = "".join(word[0] for word in list_main_words(section.journal))
    letters = "".join(filter(str.isalnum, name))
    return len(letters) > 2 and letters == initials.upper() + section.letter


def list_short_journals(journal: str) -> tuple[str, ...]:
    """Return the names by which people call a journal that has lettered sections.

    "Philosophical Transactions of the Royal Society" is "Philosophical Transactions" there, and "Proceedings
    of the Royal Society" is "Royal Society": with the letter, the rest is enough.
    """
    if not _LEARNED.search(journal):
        return (journal,)
    rest = _BODY_BEFORE.sub("", journal)
    shorter = (rest,) if len(rest.split()) > 1 else ()
    return tuple(dict.fromkeys((journal, *shorter, _BODY_BEHIND.sub("", journal))))


def split_subtitle(name: str) -> tuple[str, str]:
    """Return a name's title and its subtitle, `""` if it has none: "Evolution", "Education and Outreach"."""
    parts = _SUBTITLE.split(name, maxsplit=1)
    return parts[0], parts[1] if len(parts) > 1 else ""


def drop_kind(name: str) -> str:
    """Return a name without a subtitle that says what kind of journal it is."""
    title, colon, rest = name.partition(": ")
    return title if colon and _KIND.search(rest) and split_section(name) is None else name


def drop_place(name: str) -> str:
    """Return the name of a learned body's journal without the country or city of the body."""
    return _PLACE.sub("", name) if _LEARNED.search(name) else name


def list_doubled_names(name: str) -> tuple[str, ...]:
    """Return the two names of a journal that has its acronym beside its name: "JAMA: The Journal of …"."""
    if found := _MEANING.match(name):
        return found[1], found[2]
    title, rest = split_subtitle(name)
    if rest and (shortens_name(title, rest) or shortens_name(rest, title)):
        return title, rest
    head, _, last = name.rpartition(" ")
    return (head,) if sum(map(str.isupper, last)) > 1 and shortens_name(last, head) else ()
