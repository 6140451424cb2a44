"""Learn how the citation files of a site are written: layout, fields and their order, the naming of keys."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from enrich.bibtex.bib_edits import read_only_entry
from enrich.bibtex.bib_file import BibEntry, BibStyle, BibValue
from enrich.bibtex.bib_keys import KEY_FORMS, KeyParts, read_key_parts
from enrich.errors import Refused
from enrich.model.citation_style import CitationStyle

USUAL = 0.5  # the share of the entries that must have a property that a new entry gets
MOST_FILES = 400  # more add no information
_BEFORE_VALUE = re.compile(r",?(\s*)([A-Za-z][^\s=,{}()\"#]*)(\s*)=(\s*)")
_TAIL = re.compile(r"(,?)(\s*[})]\s*)")
_T = TypeVar("_T")


def learn_citation_style(files: Iterable[tuple[str, str]]) -> CitationStyle | None:
    """Return the style of files, each the name of its folder and its text; None without a usable one."""
    read = [one for one in map(_read_file, list(files)[:MOST_FILES]) if one]
    if not read:
        return None
    texts, entries = [text for _, text, _ in read], [entry for _, _, entry in read]
    gaps = [_measure_gaps(text, entry) for _, text, entry in read]
    flat = [gap for each in gaps for gap in each]
    return CitationStyle(
        head=_choose_usual(map(_read_head, texts, entries), ""),
        gap=_choose_usual((gap[1] for gap in flat), "\n  "),
        equals=(
            _choose_usual((gap[3] for gap in flat), " "),
            _choose_usual((gap[4] for gap in flat), " "),
        ),
        column=_choose_usual(map(_find_column, gaps), 0),
        tail=_choose_usual(map(_read_tail, texts, entries), ("", "\n}\n")),
        type_case=_choose_usual(map(_read_case, texts, entries), "lower"),
        key_form=_choose_key_form(read),
        is_ascii=all(text.isascii() for text in texts),
        fields=_list_usual_fields(entries),
        samples=_choose_samples(entries),
        keys=frozenset(entry.key.lower() for entry in entries),
    )


def _read_file(file: tuple[str, str]) -> tuple[str, str, BibEntry] | None:
    folder, text = file
    try:
        entry = read_only_entry(text)
    except Refused:
        return None
    return (folder, text, entry) if entry.values else None


def _measure_gaps(text: str, entry: BibEntry) -> list[re.Match[str]]:
    """Return the text before each value, from the value before it."""
    found, at = [], text.find(entry.key, entry.type_start + len(entry.type)) + len(entry.key)
    for value in entry.values:
        if match := _BEFORE_VALUE.fullmatch(text[at : value.start]):
            found.append(match)
        at = value.end
    return found


def _find_column(gaps: Sequence[re.Match[str]]) -> int:
    """Return the column of `=` if names of several lengths have it there, 0 if not."""
    columns = {len(gap[1].rpartition("\n")[2]) + len(gap[2]) + len(gap[3]) for gap in gaps}
    is_aligned = len(columns) == 1 and len({len(gap[2]) for gap in gaps}) > 1
    return columns.pop() if is_aligned else 0


def _read_head(text: str, entry: BibEntry) -> str:
    """Return the blank lines before an entry, `""` if there is a comment."""
    before = text[: entry.type_start].rstrip("@ ")
    return "" if before.strip() else before


def _read_tail(text: str, entry: BibEntry) -> tuple[str, str]:
    match = _TAIL.fullmatch(text[entry.values[-1].end :])
    return (match[1], match[2]) if match else ("", "\n}\n")


def _read_case(text: str, entry: BibEntry) -> str:
    typed = text[entry.type_start :][: len(entry.type)]
    return "upper" if typed.isupper() else "title" if typed[0].isupper() else "lower"


def _choose_key_form(read: Sequence[tuple[str, str, BibEntry]]) -> str:
    """Return the form that at least half of the keys have, else the default."""
    parts: list[tuple[str, KeyParts]] = [
        (entry.key, read_key_parts(entry, folder)) for folder, _, entry in read
    ]
    counts = Counter(name for key, known in parts for name, spell in KEY_FORMS.items() if spell(known) == key)
    best = max(KEY_FORMS, key=lambda name: counts[name])
    return best if counts[best] >= USUAL * len(parts) else CitationStyle().key_form


def _list_usual_fields(entries: Sequence[BibEntry]) -> dict[str, tuple[str, ...]]:
    """Return the fields that at least half of the entries of a type have, in their usual order."""
    groups: dict[str, list[BibEntry]] = defaultdict(list)
    for entry in entries:
        groups[entry.type].append(entry)
        groups[""].append(entry)
    return {name: _order_fields(group) for name, group in groups.items()}


def _order_fields(entries: Sequence[BibEntry]) -> tuple[str, ...]:
    places: dict[str, list[float]] = defaultdict(list)
    for entry in entries:
        for at, value in enumerate(entry.values):
            places[value.key].append(at / len(entry.values))
    usual = [name for name, found in places.items() if len(found) >= USUAL * len(entries)]
    return tuple(sorted(usual, key=lambda name: sum(places[name]) / len(places[name])))


def _choose_samples(entries: Sequence[BibEntry]) -> dict[str, tuple[BibStyle, str]]:
    """Return a value of each field in the enclosure that most have."""
    values: dict[str, list[BibValue]] = defaultdict(list)
    for entry in entries:
        for value in entry.values:
            values[value.key].append(value)
    usual = {
        name: Counter(value.style for value in found).most_common(1)[0][0] for name, found in values.items()
    }
    return {
        name: next((one.style, one.source) for one in found if one.style == usual[name])
        for name, found in values.items()
    }


def _choose_usual(values: Iterable[_T], default: _T) -> _T:
    counts = Counter(values)
    return counts.most_common(1)[0][0] if counts else default
