"""Names of meetings and their proceedings: acronyms, years, ordinals and events beside the meeting."""

from __future__ import annotations

import re

from enrich.reconciler.name_words import list_main_words, shortens_name
from enrich.text.compare import comparison_key, strip_markup

YEAR = re.compile(r"(?<![\d.])(?:19|20)\d\d\b")  # also of "CHI2019"
SHORT_YEAR = re.compile(r"(?<![\w'’])?\s*['’](\d\d)\b")
_ORDINAL = re.compile(r"\b\d+(?:st|nd|rd|th)\b", re.IGNORECASE)
_MEETING = re.compile(
    r"\b(?:proceedings|conference|workshop|symposium|congress|lecture notes)\b", re.IGNORECASE
)
# words around a proceedings' name that are not part of it
_FRAME = frozenset(
    "proceedings proc conf annual first second third fourth fifth sixth seventh eighth ninth tenth eleventh"
    " twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty"
    " thirtieth thirty fortieth forty fiftieth fifty".split()
)
# in the names of many meetings, and the name of none
PUBLISHERS = frozenset("ACM AIAA AIP ASME CVF IEEE IEE IET IFAC IFIP IOP SIAM SPIE USA USENIX".split())
# An acronym has a letter for these or not: ICCV, UIST.
_EVENT_WORDS = frozenset(
    "companion conference congress international joint meeting symposium technical workshop workshops".split()
)
_SIDE_WORDS = frozenset({"companion", "workshop", "workshops"})
_MAYBE_IN_ACRONYM = _FRAME | _EVENT_WORDS | frozenset(map(str.casefold, PUBLISHERS))
# Events with proceedings of their own, which begin as the meeting's do.
_SIDE_EVENTS = {
    "workshop": re.compile(r"\b(?:workshops?|wkshps?|wksp)\b", re.IGNORECASE),
    "abstracts": re.compile(r"\b(?:(?i:extended abstracts)|EA)\b"),
    "companion": re.compile(r"\b(?:companion|adjunct)\b", re.IGNORECASE),
    "Asia": re.compile(r"\b[A-Z]{4,} Asia\b"),  # SIGGRAPH Asia
    "findings": re.compile(r"\bfindings of\b", re.IGNORECASE),
}
_IN_BRACKETS = re.compile(r"\(([A-Z][\w&/@'’ -]{1,20})\)")
_BEHIND_DASH = re.compile(r"\s[-–—]\s*([^\s:–—-](?:[^:–—-]|(?<=\w)-(?=\w)){0,24})$")  # "… - KDD '17"
_SPONSOR = re.compile(r"\bSIG([A-Z]{3,8})\b")  # a special interest group of the ACM
_LEAST_ACRONYM = 3


def is_of_meeting(container: str) -> bool:
    """Return whether a container's name is that of a meeting's proceedings."""
    return bool(_MEETING.search(container))


def contradicts_meeting(value: str, container: str) -> bool:
    """Return whether two names are of other years, other meetings (the 12th and the 13th) or side events."""
    own, other = (_find_years(text) for text in (value, container))
    ordinals = [set(_ORDINAL.findall(text.casefold())) for text in (value, container)]
    side_events = _list_side_events(value) - _list_side_events(container)
    is_beside = bool(side_events) and (is_of_meeting(container) or bool(other))
    return _are_apart(own, other) or _are_apart(*ordinals) or is_beside


def is_same_meeting(name: str, container: str) -> bool:
    """Return whether a meeting's acronym, or its initials, is the container's.

    Example: "ECCV 2020" and "European Conference on Computer Vision" in "Computer Vision – ECCV 2020".
    """
    if not (is_of_meeting(container) or _find_years(container)) or _is_in_capitals(container):
        return False  # "JAMA" is not "JAMA Internal Medicine"
    own = _list_core(name)
    if _fold_acronym(" ".join(own)) in map(_fold_acronym, _list_stated_acronyms(container)):
        return True
    if _list_side_events(name) != _list_side_events(container):
        is_named = bool(_find_last_acronym(container))  # WPES is a workshop itself
        return not is_named and _are_initials(own, container, _MAYBE_IN_ACRONYM - _SIDE_WORDS)
    return _is_acronym_of(_list_core(_drop_side_events(name)), name, container)


def _is_acronym_of(words: list[str], name: str, container: str) -> bool:
    acronyms = {_fold_acronym(_drop_side_events(one)) for one in list_acronyms(container)}
    initials = "".join(word[0] for word in list_main_words(YEAR.sub(" ", name)) if not word[0].isdigit())
    return (
        _fold_acronym(" ".join(words)) in acronyms
        or (len(words) > 1 and len(initials) >= _LEAST_ACRONYM and comparison_key(initials) in acronyms)
        or (not _find_last_acronym(container) and _are_initials(words, container, _MAYBE_IN_ACRONYM))
    )


def has_same_core(name: str, container: str) -> bool:
    """Return whether two names are equal without their frame: "Proc. of the 31st … (CVPR) 2019".

    One word more ("… Letters") makes another journal, another number another year's proceedings.
    """
    if not (is_of_meeting(name) or is_of_meeting(container)):
        return False  # "Journal of Molecular Structure: THEOCHEM" is a journal of its own
    (one, numbers), (other, others) = _split_core(name), _split_core(container)
    return len(one) >= 3 and one == other and (numbers == others or not numbers or not others)


def shortens_meeting(name: str, container: str) -> bool:
    """Return whether a name is a shortened meeting, apart from the frame: "Proc. IEEE Conf. Comput. Vis."."""
    if not is_of_meeting(container):
        return False
    cores = [[word for word in _list_core(text) if word != "Conference"] for text in (name, container)]
    return min(map(len, cores)) >= 3 and shortens_name(" ".join(cores[0]), " ".join(cores[1]))


def list_acronyms(container: str) -> list[str]:
    """Return the acronyms that a container's name has: in brackets, after a dash, as words in capitals."""
    plain = strip_markup(container)
    has_only_stated = _find_last_acronym(plain) or _is_in_capitals(plain)
    return [*_list_stated_acronyms(plain), *([] if has_only_stated else _list_capitals(plain))]


def _list_stated_acronyms(container: str) -> list[str]:
    """Return the acronyms in brackets and after a dash; those of a joint meeting each by itself too."""
    whole = _IN_BRACKETS.findall(container)
    parts = [part for one in whole for part in re.split(r"[-/]", one) if len(part) >= _LEAST_ACRONYM]
    return [*whole, *parts, *filter(None, [_find_last_acronym(container)])]


def drop_years(text: str) -> str:
    """Return a name without the years in it: "CHI 2019", "UIST '18"."""
    return SHORT_YEAR.sub(" ", YEAR.sub(" ", text))


def _find_years(text: str) -> set[str]:
    short = {("19" if year > "40" else "20") + year for year in SHORT_YEAR.findall(text)}
    return {*YEAR.findall(text), *short}


def _are_apart(one: set[str], other: set[str]) -> bool:
    return bool(one and other) and one.isdisjoint(other)


def _list_side_events(text: str) -> set[str]:
    return {kind for kind, words in _SIDE_EVENTS.items() if words.search(text)}


def _find_last_acronym(plain: str) -> str:
    """Return the acronym after a dash in a container's name, without its year; `""` if there is none."""
    found = _BEHIND_DASH.search(plain)
    return found[1] if found and _find_years(found[1]) else ""


def _is_in_capitals(name: str) -> bool:
    """Return whether a whole name is in capitals, which makes no acronyms of its words."""
    return name.isupper() and len(list_main_words(drop_years(name))) > 2


def _list_capitals(plain: str) -> list[str]:
    """Return the words in capitals, those side by side as one: "CHI PLAY" is not CHI."""
    runs: list[list[str]] = [[]]
    for word in re.findall(r"[^\W_]+", plain):
        if word.isupper() and word not in PUBLISHERS and len(word) > 1:
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    return [" ".join(run) for run in runs if len("".join(run)) >= _LEAST_ACRONYM]


def _list_core(name: str) -> list[str]:
    """Return the words of a meeting's name without its frame, publishers, years and numbers."""
    plain = _IN_BRACKETS.sub(" ", drop_years(strip_markup(name)))
    return [
        word
        for word in list_main_words(plain)
        if word.casefold() not in _FRAME and word not in PUBLISHERS and not word[0].isdigit()
    ]


def _fold_acronym(acronym: str) -> str:
    """Return an acronym for comparison, without its year."""
    return comparison_key(drop_years(acronym))


def _drop_side_events(text: str) -> str:
    for words in _SIDE_EVENTS.values():
        text = words.sub(" ", text)
    return text


def _are_initials(words: list[str], container: str, maybe: frozenset[str]) -> bool:
    """Return whether acronyms have the initials of a meeting's name: UIST, ICCV, KDD, ESEC/FSE.

    The name of the group that sponsors a meeting may vouch for the beginning of the initials: SIGKDD.
    """
    word = " ".join(words)
    if not words or min(map(len, words)) < _LEAST_ACRONYM or not word.isupper():
        return False
    plain = drop_years(_IN_BRACKETS.sub(" ", strip_markup(container)))
    sponsors = (one.casefold() for one in re.findall(r"[A-Z]{2,}|\w*\d\w*", plain))
    optional = frozenset({*maybe, *sponsors})
    if word in _SPONSOR.findall(plain):
        core = " ".join(one for one in list_main_words(plain) if one.casefold() not in optional)
        return shortens_name(word, " ".join(core.split()[: len(word)]))
    return shortens_name(word, plain, optional)


def _split_core(text: str) -> tuple[list[str], set[str]]:
    """Return the words of a name without its frame, and the numbers in it."""
    words = list_main_words(drop_years(strip_markup(text)))
    shouted = text.isupper()
    numbers = {word for word in words if any(char.isdigit() for char in word)}
    core = [
        word.casefold()
        for word in words
        if word not in numbers
        and word.casefold() not in _FRAME
        and (shouted or len(word) == 1 or not word.isupper())
    ]
    return core, numbers
