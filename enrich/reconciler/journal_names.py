"""Decide whether a page's `publication` and a record's container are the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import permutations, product

from enrich.reconciler.journal_sections import (
    Section,
    are_titles_of_one,
    begins_name,
    drop_kind,
    drop_place,
    is_offshoot,
    is_same_letter,
    is_title_of_section,
    list_doubled_names,
    list_short_journals,
    split_section,
    split_subtitle,
)
from enrich.reconciler.journal_values import LONGEST, find_names, is_unpublished, join_subjects, opens_with
from enrich.reconciler.meetings import (
    PUBLISHERS,
    contradicts_meeting,
    drop_years,
    has_same_core,
    is_same_meeting,
    shortens_meeting,
)
from enrich.reconciler.name_words import list_main_words, shortens_name, shortens_title
from enrich.text.compare import comparison_key, strip_markup, texts_match

_ARTICLES = frozenset("der die das le la les el il".split())
_WORD = re.compile(r"[^\W_]+")
# British spellings, folded on both sides: "Behaviour", "Haematology", "Paediatrics", "Tumours".
_BRITISH = (
    (re.compile(r"our(?=s?\b|al\b|ing\b)"), "or"),
    (re.compile(r"\b(h|p|f|anest|arch|orthop|gyn)(?:ae)(?=[a-z])"), r"\1e"),
    (re.compile(r"(?<=[a-z])isation\b"), "ization"),
    (re.compile(r"centre\b"), "center"),
)
_BRACKETS = re.compile(r"\s+\([^()]*\)")
_ACRONYM = re.compile(r"^(?P<name>.*?)\s+\((?P<acronym>[A-Z][\w&/-]*[A-Z][\w&/-]*)(?:\s+\d+)?\)(?P<rest>.*)$")
_ELECTRONIC = re.compile(r"^([A-Z]{3,})\s+Electronic Journal$")  # "SSRN Electronic Journal"
_PROCEEDINGS = re.compile(r"^(\S+) Proceedings$")  # "SPIE Proceedings"
_SERIES = re.compile(
    r"(?:(?:advances|communications|methods|progress|topics) in|lecture notes|springer|ifip)\b"
    r"|.*\b(?:series|studies in)\b",
    re.IGNORECASE,
)
# A shortened name with this many words may omit the end of a list of subjects.
_SUBJECTS = re.compile(r",[^,]*(?:,|\s(?:and|&)\s).*$")
_GENERAL_WORDS = frozenset("annals archives bulletin international journal proceedings transactions".split())
_MOST_TELLING = 4
_MOST_CONTAINERS = 10


def is_same_container(value: str, containers: tuple[str, ...]) -> bool:
    """Return whether a value names a container.

    Levels: the same text, apart from "The", "&" and years; the name before a citation; an abbreviation
    word by word ("Phys. Rev. Lett."); initials ("PNAS", "Monthly Notices of the RAS"); the acronym that
    the container carries itself ("… Pattern Recognition (CVPR)"). A section, a sister journal, a side
    event and another year's meeting are other containers.
    """
    value = join_subjects(" ".join(value[:LONGEST].split()))
    if is_unpublished(value):
        return False  # "Submitted to Nature" is out of date once Nature has published the paper
    known = [" ".join(one[:LONGEST].split()) for one in containers]
    known = [one for one in known if not contradicts_meeting(strip_markup(value), one)]
    names = find_names(value)
    if any(_adds_offshoot(name, known) for name in names):
        return False
    full = [one for one in known if not any(_is_short_title(one, other) for other in known)]
    return (
        any(_match_words(name, one) for name, one in product(names, known))
        or any(_is_same_name(name, form) for name, form in _pair_names(names, full))
        or any(opens_with(value, one) for one in known)
    )


def _adds_offshoot(name: str, containers: Sequence[str]) -> bool:
    """Return whether a name is a container's and then "Letters" or the like, and no container itself."""
    longest = max((one for one in containers if begins_name(name, one)), key=len, default="")
    if not longest or not is_offshoot(name, longest):
        return False
    return not any(_match_words(name, one) or shortens_name(name, one) for one in containers)


def list_distinct_containers(containers: tuple[str, ...]) -> tuple[str, ...]:
    """Return a work's containers, each once and with its longest name, the book before its series."""
    distinct: list[str] = []
    for name in sorted(containers, key=len, reverse=True)[:_MOST_CONTAINERS]:
        if not any(is_same_container(name, (other,)) for other in distinct):
            distinct.append(name)
    in_order = dict.fromkeys(name for name in containers if name in distinct)
    return tuple(sorted(in_order, key=lambda name: bool(_SERIES.match(name))))


def list_name_forms(container: str) -> tuple[str, ...]:
    """Return the names in a container's own words, the whole name first.

    The forms leave out brackets, have the acronym in brackets instead of the words before it ("BBA -
    Biomembranes"), or only one half of an acronym and its meaning.
    """
    forms = [container, _BRACKETS.sub("", container)]
    if found := _ACRONYM.match(container):
        forms.append(found["acronym"] + found["rest"])
    forms += [found[1] for found in [_ELECTRONIC.match(container)] if found]
    forms += [f"Proceedings of {found[1]}" for found in [_PROCEEDINGS.match(container)] if found]
    return tuple(dict.fromkeys((*forms, drop_kind(container), *list_doubled_names(container))))


def _pair_names(names: Sequence[str], containers: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield a page's names beside a record's; only one side may lack the subtitle."""
    yield from product(names, dict.fromkeys(form for one in containers for form in list_name_forms(one)))
    titled = [one for one in containers if ": " in one] or containers
    yield from product((form for name in names for form in list_name_forms(name)[1:]), titled)


def _is_short_title(short: str, title: str) -> bool:
    """Return whether one of a record's names shortens another, and so adds no more than its spelling.

    "IJMS" and "J. Geophys. Res." alone, spelled out, may be other journals than the record's.
    """
    return short != title and (shortens_name(short, title) or _lacks_section(short, title))


def _lacks_section(short: str, long: str) -> bool:
    section = split_section(long)
    whole = section.journal if section else split_subtitle(long)[0]
    if section is None and whole in {long, *list_name_forms(long)}:
        return False
    return split_section(short) is None and short != long and _same_title(short, whole)


def _is_same_name(name: str, container: str) -> bool:
    """Return whether two names mean the same container; a section is only that section."""
    if _match_words(name, container):
        return True
    name, container = drop_place(name), drop_place(container)
    one, other = split_section(name), split_section(container)
    if one and other:
        return _is_same_section(one, other)
    if one is other is None:
        return _same_title(*_drop_publisher(name, container))
    return other is not None and (is_same_letter(name, other) or _is_title_alone(name, other))


def _is_title_alone(name: str, section: Section) -> bool:
    """Return whether a name is a section's title that would do alone: "Part O: Journal of Risk"."""
    return section.title.startswith("Journal ") and _same_title(name, section.title)


def _match_words(name: str, container: str) -> bool:
    return bool(_make_container_key(name)) and (
        _make_container_key(name) == _make_container_key(container) or texts_match(name, container)
    )


def _is_same_section(one: Section, other: Section) -> bool:
    """Return whether two sections have the same letter and journal; the title may change over the years."""
    agree = are_titles_of_one(one.title, other.title) and all(map(is_title_of_section, (one, other)))
    agree = agree or any(shortens_title(a, b) for a, b in permutations((one.title, other.title)))
    return agree and one.letter == other.letter and _has_same_mother(one.journal, other.journal)


def _has_same_mother(name: str, container: str) -> bool:
    pairs = [(name, container), *product([name], list_short_journals(container))]
    return any(_same_title(*_drop_publisher(*map(drop_place, pair))) for pair in pairs)


def _drop_publisher(name: str, container: str) -> tuple[str, str]:
    """Return both names without a publisher's acronym at the beginning of only one of them."""
    firsts = [(_WORD.findall(text) or [""])[0] in PUBLISHERS for text in (name, container)]
    if firsts[0] == firsts[1] or min(len(list_main_words(name)), len(list_main_words(container))) < 1:
        return name, container
    bare = [
        text.partition(" ")[2] if is_first and len(text.split()) > 2 else text
        for text, is_first in zip((name, container), firsts, strict=True)
    ]
    return bare[0], bare[1]


def _same_title(name: str, container: str) -> bool:
    if not _make_container_key(name) or not _make_container_key(container):
        return False
    return (
        _match_words(name, container)
        or has_same_core(name, container)
        or shortens_name(name, container)
        or shortens_name(container, name)
        or is_same_meeting(name, container)
        or shortens_meeting(name, container)
        or _shortens_subjects(name, container)
    )


def _shortens_subjects(name: str, container: str) -> bool:
    """Return whether a name shortens a container's, perhaps without the end of its list of subjects."""
    begin = _SUBJECTS.sub("", container)
    telling = {word.casefold() for word in list_main_words(begin)} - _GENERAL_WORDS
    return begin != container and len(telling) >= _MOST_TELLING and shortens_name(name, begin)


def _make_container_key(text: str) -> str:
    plain = drop_years(drop_place(strip_markup(text))).casefold().replace("&", " and ")
    for british, american in _BRITISH:
        plain = british.sub(american, plain)
    words = _WORD.findall(plain)
    words = words[1:] if len(words) > 1 and words[0] in _ARTICLES else words
    return comparison_key(" ".join(word for word in words if word not in {"the", "and", "of", "in"}))
