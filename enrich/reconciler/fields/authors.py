"""The authors of a page as one field: read its list, and write who is missing the way it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from enrich.model.page import Remote, Value
from enrich.model.work import Person, Work
from enrich.reconciler.comparison import Case
from enrich.reconciler.field_comparison import Slot, Texts, is_empty
from enrich.reconciler.people.alignment import Alignment, align, known_names
from enrich.reconciler.people.author_entries import is_one_line, read_entries
from enrich.reconciler.people.format_name import written_like
from enrich.reconciler.people.parse_name import bare, full_name, inverted_name, person_of
from enrich.reconciler.people.same_person import same_person
from enrich.text.compare import is_mojibake, strip_markup, texts_match, urlize_name


def slots(case: Case, work: Work) -> Iterator[Slot]:
    """Yield the author list: the same when everybody is there, in the record's order."""
    path, local = case.place("authors")
    people = work.contributors
    texts = tuple(inverted_name(person) for person in people)
    entries, alignment = case.entries, case.alignment
    new = _everybody(case, people) if is_empty(local) else _completed(case, entries, people, alignment)
    yield Slot(
        "authors", path, local, new if people else None, texts, texts,
        same=lambda value, known: alignment.agrees if known is texts else _agree(case, value, _people(known)),
        exact=lambda value, known: _says_exactly(case, read_entries(value), _people(known)),
        unchanged=_same_people,
        empty=is_empty(local),
        doubt="the record's names have broken characters" if any(is_mojibake(name) for name in texts) else "",
        refused="" if is_empty(local) else _refusal(case, local, new),
    )  # fmt: skip


def raw(work: Work) -> tuple[str, ...]:
    """Return the record's people as deposited."""
    return tuple(inverted_name(person) for person in work.contributors)


def as_site_writes(case: Case, person: Person, entries: Sequence[str] = ()) -> Value:
    """Return the entry for a person: as the site's pages write them, else the name like the entries."""
    for profile in case.site_context.profiles.values():
        if (person.orcid and person.orcid == profile.orcid) or any(
            same_person(name, person) for name in profile.names
        ):
            return _entry_for(case, profile.slug, profile.names)
    name = written_like(capitalised(person), entries)
    alike = [entry for entry in case.site_context.spellings if texts_match(entry, name)]
    return max(alike, key=lambda entry: case.site_context.spellings[entry]) if alike else Remote(name)


def capitalised(person: Person) -> Person:
    """Return a person whose ALL-CAPS names are written as names are: `von SALLMANN` is `von Sallmann`.

    Two letters are a family name (LI), but given ones may be initials (KR).
    """
    return replace(person, family=_capitalised(person.family, 2), given=_capitalised(person.given, 3))


def _entry_for(case: Case, slug: str, names: Sequence[str]) -> str:
    """Return the entry that leads to a profile: the one used most, its own name, else its handle."""
    used = {
        entry: count
        for entry, count in case.site_context.spellings.items()
        if urlize_name(bare(entry)) == slug
    }
    if used:
        return max(sorted(used), key=lambda entry: used[entry])
    return next((name for name in names if urlize_name(name) == slug), slug)


def _everybody(case: Case, people: Sequence[Person]) -> Value:
    return [as_site_writes(case, person) for person in people]


def _completed(case: Case, entries: Sequence[str], people: Sequence[Person], found: Alignment) -> Value:
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
        result[i] = _respelt(entries[i], as_site_writes(case, people[j], entries[i : i + 1]))
    for j in missing:
        at = _place_for(j, places)
        result.insert(at, as_site_writes(case, people[j], entries))
        places.insert(at, j)
    return result


def _respelt(entry: str, name: Value) -> Value:
    """Put a name where the old one stood, the decoration around it kept."""
    core = bare(entry)
    if not isinstance(name, Remote) or core not in entry:
        return name
    before, after = entry.split(core, 1)
    return replace(name, before=before, after=after)


def _place_for(j: int, places: Sequence[int | None]) -> int:
    """Return where person `j` belongs: behind the nearest one before, else before the first."""
    before = [(place, i) for i, place in enumerate(places) if place is not None and place < j]
    return max(before)[1] + 1 if before else 0


def _refusal(case: Case, local: Value, new: Value) -> str:
    if is_one_line(local):
        return "authors is one line of text here; make it a list first"
    if isinstance(local, list | tuple) and not all(isinstance(item, str) for item in local):
        return "authors is a list of mappings here"
    notes = case.page.get("author_notes")
    if is_empty(notes) or not isinstance(local, list) or not isinstance(new, list):
        return ""
    noted = len(notes) if isinstance(notes, list | tuple) else len(local)
    inserted = [i for i, item in enumerate(new) if i >= len(local) or item != local[i]]
    moves = len(new) != len(local) and bool(inserted) and inserted[0] < noted
    return "author_notes go by position; put the name and an empty note in by hand" if moves else ""


def _agree(case: Case, value: Value, people: Sequence[Person]) -> bool:
    return align(read_entries(value), people, case.site_context.profiles).agrees


def _says_exactly(case: Case, entries: Sequence[str], people: Sequence[Person]) -> bool:
    if len(entries) != len(people):
        return False
    return all(
        any(
            " ".join(strip_markup(name).split()) in {full_name(person), inverted_name(person)}
            for name in known
        )
        for person, known in (
            (person, _said(case, entry)) for entry, person in zip(entries, people, strict=True)
        )
    )


def _said(case: Case, entry: str) -> tuple[str, ...]:
    return (*known_names(entry, case.site_context.profiles), bare(entry))


def _same_people(base: Texts, now: Texts) -> bool:
    return len(base) == len(now) and align(base, _people(now), {}).agrees


def _people(texts: Texts) -> tuple[Person, ...]:
    return tuple(person_of(text) for text in texts)


def _capitalised(name: str, shortest: int) -> str:
    return " ".join(_word(word, shortest) for word in name.split())


def _word(word: str, shortest: int) -> str:
    letters = [char for char in word if char.isalpha()]
    shouted = len(letters) >= shortest and all(char.isupper() for char in letters) and "." not in word
    if not shouted:
        return word
    lower = re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word)
    return re.sub(r"\bMc(\w)", lambda part: f"Mc{part[1].upper()}", lower)
