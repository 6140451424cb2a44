"""The authors of a page as one field: read its list, and write who is missing the way it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from enrich.model.page import Remote, Value
from enrich.model.work import Person, Work
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.field_comparison import FieldComparison, Texts, is_empty
from enrich.reconciler.fields.field import Field
from enrich.reconciler.people.alignment import Alignment, align_authors, list_known_names
from enrich.reconciler.people.author_entries import is_single_line, read_author_entries
from enrich.reconciler.people.format_name import format_name_like
from enrich.reconciler.people.parse_name import (
    format_full_name,
    format_inverted_name,
    parse_inverted_name,
    strip_decoration,
)
from enrich.reconciler.people.same_person import is_same_person
from enrich.text.compare import is_mojibake, same_text, strip_markup, urlize


def compare_authors(comparison: Comparison, work: Work) -> Iterator[FieldComparison]:
    """Yield the author list: the same when everybody is there, in the record's order."""
    path, local = comparison.place("authors")
    people = work.contributors
    texts = tuple(format_inverted_name(person) for person in people)
    entries, alignment = comparison.entries, comparison.alignment
    new = (
        _list_everybody(comparison, people)
        if is_empty(local)
        else _complete_list(comparison, entries, people, alignment)
    )
    yield FieldComparison(
        "authors", path, local, new if people else None, texts, texts,
        is_equal=lambda value, known: alignment.agrees
        if known is texts
        else _names_agree(comparison, value, _parse_people(known)),
        is_verbatim=lambda value, known: _is_verbatim_list(
            comparison, read_author_entries(value), _parse_people(known)
        ),
        record_unchanged=_are_same_people,
        empty=is_empty(local),
        needs_review_because="the record's names have broken characters" if any(map(is_mojibake, texts)) else "",
        refused="" if is_empty(local) else _explain_refusal(comparison, local, new),
    )  # fmt: skip


def list_record_names(work: Work) -> tuple[str, ...]:
    """Return the record's people as deposited."""
    return tuple(format_inverted_name(person) for person in work.contributors)


def format_as_site(comparison: Comparison, person: Person, entries: Sequence[str] = ()) -> Value:
    """Return the entry for a person: as the site's pages write them, else the name like the entries."""
    for profile in comparison.site_context.profiles.values():
        if (person.orcid and person.orcid == profile.orcid) or any(
            is_same_person(name, person) for name in profile.names
        ):
            return _choose_entry(comparison, profile.slug, profile.names)
    name = format_name_like(capitalise_person(person), entries)
    alike = [entry for entry in comparison.site_context.spellings if same_text(entry, name)]
    return max(alike, key=lambda entry: comparison.site_context.spellings[entry]) if alike else Remote(name)


def capitalise_person(person: Person) -> Person:
    """Return a person whose ALL-CAPS names are written as names are: `von SALLMANN` is `von Sallmann`.

    Two letters are a family name (LI), but given ones may be initials (KR).
    """
    return replace(person, family=_capitalise_name(person.family, 2), given=_capitalise_name(person.given, 3))


def _choose_entry(comparison: Comparison, slug: str, names: Sequence[str]) -> str:
    """Return the entry that leads to a profile: the one used most, its own name, else its handle."""
    used = {
        entry: count
        for entry, count in comparison.site_context.spellings.items()
        if urlize(strip_decoration(entry)) == slug
    }
    if used:
        return max(sorted(used), key=lambda entry: used[entry])
    return next((name for name in names if urlize(name) == slug), slug)


def _list_everybody(comparison: Comparison, people: Sequence[Person]) -> Value:
    return [format_as_site(comparison, person) for person in people]


def _complete_list(
    comparison: Comparison, entries: Sequence[str], people: Sequence[Person], found: Alignment
) -> Value:
    """Return the list with the missing put in and the misspelt respelt, None where that is nothing.

    Where somebody is extra or an alias is unknown, a missing person may be that one: nothing is put in.
    """
    missing = () if found.extra or found.unknown else found.missing
    if not missing and not found.respelt:
        return None
    places: list[int | None] = [None] * len(entries)
    for i, j in (*found.pairs, *found.inferred, *found.respelt):
        places[i] = j
    result: list[Value] = list(entries)
    for i, j in found.respelt:
        result[i] = _replace_name(entries[i], format_as_site(comparison, people[j], entries[i : i + 1]))
    for j in missing:
        at = _find_place(j, places)
        result.insert(at, format_as_site(comparison, people[j], entries))
        places.insert(at, j)
    return result


def _replace_name(entry: str, name: Value) -> Value:
    """Put a name where the old one stood, the decoration around it kept."""
    core = strip_decoration(entry)
    if not isinstance(name, Remote) or core not in entry:
        return name
    before, after = entry.split(core, 1)
    return replace(name, before=before, after=after)


def _find_place(j: int, places: Sequence[int | None]) -> int:
    """Return where person `j` belongs: behind the nearest one before, else before the first."""
    before = [(place, i) for i, place in enumerate(places) if place is not None and place < j]
    return max(before)[1] + 1 if before else 0


def _explain_refusal(comparison: Comparison, local: Value, new: Value) -> str:
    if is_single_line(local):
        return "authors is one line of text here; make it a list first"
    if isinstance(local, list | tuple) and not all(isinstance(item, str) for item in local):
        return "authors is a list of mappings here"
    notes = comparison.page.get("author_notes")
    if is_empty(notes) or not isinstance(local, list) or not isinstance(new, list):
        return ""
    noted = len(notes) if isinstance(notes, list | tuple) else len(local)
    inserted = [i for i, item in enumerate(new) if i >= len(local) or item != local[i]]
    moves = len(new) != len(local) and bool(inserted) and inserted[0] < noted
    return "author_notes go by position; put the name and an empty note in by hand" if moves else ""


def _names_agree(comparison: Comparison, value: Value, people: Sequence[Person]) -> bool:
    return align_authors(read_author_entries(value), people, comparison.site_context.profiles).agrees


def _is_verbatim_list(comparison: Comparison, entries: Sequence[str], people: Sequence[Person]) -> bool:
    if len(entries) != len(people):
        return False
    return all(
        any(
            " ".join(strip_markup(name).split()) in {format_full_name(person), format_inverted_name(person)}
            for name in known
        )
        for person, known in (
            (person, _list_names(comparison, entry)) for entry, person in zip(entries, people, strict=True)
        )
    )


def _list_names(comparison: Comparison, entry: str) -> tuple[str, ...]:
    return (*list_known_names(entry, comparison.site_context.profiles), strip_decoration(entry))


def _are_same_people(base: Texts, now: Texts) -> bool:
    return len(base) == len(now) and align_authors(base, _parse_people(now), {}).agrees


def _parse_people(texts: Texts) -> tuple[Person, ...]:
    return tuple(parse_inverted_name(text) for text in texts)


def _capitalise_name(name: str, shortest: int) -> str:
    return " ".join(_capitalise_word(word, shortest) for word in name.split())


def _capitalise_word(word: str, shortest: int) -> str:
    letters = [char for char in word if char.isalpha()]
    shouted = len(letters) >= shortest and all(char.isupper() for char in letters) and "." not in word
    if not shouted:
        return word
    lower = re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word)
    return re.sub(r"\bMc(\w)", lambda part: f"Mc{part[1].upper()}", lower)


FIELD = Field(
    name="authors",
    policy="fill",
    after=("title", "subtitle"),
    compare=compare_authors,
    read_record=list_record_names,
)
