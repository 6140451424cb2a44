"""The authors of a page as one field: compare the list, and add missing names in the page's own form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from enrich.model.page import Remote, Value
from enrich.model.work import Person, Work
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.field_comparison import FieldComparison, Texts, is_empty
from enrich.reconciler.fields.field import Field
from enrich.reconciler.mending import keeps_people
from enrich.reconciler.people.alignment import Alignment, align_authors
from enrich.reconciler.people.author_entries import is_single_line, read_author_entries
from enrich.reconciler.people.decoration import strip_decoration
from enrich.reconciler.people.parse_name import format_full_name, format_inverted_name, parse_inverted_name
from enrich.reconciler.people.profile_lookup import list_known_names
from enrich.reconciler.people.site_names import ProfileMatches, format_for_site, match_profiles
from enrich.reconciler.typed_values import read_typed_names
from enrich.text.compare import is_mojibake, strip_markup


def compare_authors(comparison: Comparison, work: Work) -> Iterator[FieldComparison]:
    """Yield the author list: equal if it names everybody in the record's order."""
    path, local = comparison.place("authors")
    people = work.contributors
    texts = tuple(format_inverted_name(person) for person in people)
    entries, alignment = comparison.entries, comparison.alignment
    profiles = match_profiles(people, comparison.site_context)
    write = partial(_format_person, comparison, people, profiles)
    new = (
        list(map(write, range(len(people)))) if is_empty(local) else _complete_list(entries, write, alignment)
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
        is_mended=keeps_people,
        empty=is_empty(local),
        needs_review_because=_explain_broken_names(texts) or profiles.needs_review_because,
        refused="" if is_empty(local) else _explain_refusal(comparison, local, new),
    )  # fmt: skip


def list_record_names(work: Work) -> tuple[str, ...]:
    """Return the record's people as deposited."""
    return tuple(format_inverted_name(person) for person in work.contributors)


def _explain_broken_names(texts: Texts) -> str:
    broken = any(is_mojibake(name) for name in texts)
    return "the record's names have broken characters" if broken else ""


def _format_person(
    comparison: Comparison,
    people: Sequence[Person],
    profiles: ProfileMatches,
    j: int,
    entries: Sequence[str] = (),
) -> Value:
    return format_for_site(people[j], profiles.by_person.get(j), comparison.site_context, entries)


def _complete_list(entries: Sequence[str], write: Callable[..., Value], found: Alignment) -> Value:
    """Return the list with missing names added and misspelt ones corrected; None if nothing changes.

    If somebody is extra or an alias is unknown, that may be the missing person, so no name is added.
    """
    missing = () if found.extra or found.unknown or found.contradicted else found.missing
    if not missing and not found.respelt:
        return None
    places: list[int | None] = [None] * len(entries)
    for i, j in (*found.pairs, *found.inferred, *found.respelt, *found.contradicted):
        places[i] = j
    result: list[Value] = list(entries)
    for i, j in found.respelt:
        result[i] = _replace_name(entries[i], write(j, entries[i : i + 1]))
    for j in missing:
        at = _find_position(j, places)
        result.insert(at, write(j, entries))
        places.insert(at, j)
    return result


def _replace_name(entry: str, name: Value) -> Value:
    """Replace a name, and keep the decoration around it."""
    core = strip_decoration(entry)
    if not isinstance(name, Remote) or core not in entry:
        return name
    before, after = entry.split(core, 1)
    return replace(name, before=before, after=after)


def _find_position(j: int, places: Sequence[int | None]) -> int:
    """Return the position for person `j`: after the nearest one before, or before the first."""
    before = [(place, i) for i, place in enumerate(places) if place is not None and place < j]
    return max(before)[1] + 1 if before else 0


def _explain_refusal(comparison: Comparison, local: Value, new: Value) -> str:
    if is_single_line(local):
        return "authors is one line of text here; make it a list first"
    if isinstance(local, list | tuple) and not all(isinstance(item, str) for item in local):
        return "each author is a group of keys here; add the name by hand"
    notes = comparison.page.get("author_notes")
    if is_empty(notes) or not isinstance(local, list) or not isinstance(new, list):
        return ""
    noted = len(notes) if isinstance(notes, list | tuple) else len(local)
    inserted = [i for i, item in enumerate(new) if i >= len(local) or item != local[i]]
    moves = len(new) != len(local) and bool(inserted) and inserted[0] < noted
    step = "author_notes belong to the authors by position; add the name and an empty note by hand"
    return step if moves else ""


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


FIELD = Field(
    name="authors",
    policy="fill",
    after=("title", "subtitle"),
    compare=compare_authors,
    read_record=list_record_names,
    read_typed=read_typed_names,
)
