"""Replace the source of one value in a BibTeX file and nothing else; a second reader checks the result."""

from __future__ import annotations

import re

from enrich.bibtex.bib_file import BibEntry, BibValue, parse_bib_file
from enrich.errors import PageError, Refused

ENTRY_TYPE = "@type"  # no field has such a name
_NUMBER = re.compile(r"\d+")
_MACRO = re.compile(r"[a-z]{3}")


def set_bib_value(text: str, key: str, source: str) -> str:
    """Return the text with a new LaTeX source for a field of its only entry; raise Refused if not exact."""
    entry = read_only_entry(text)
    if key == ENTRY_TYPE:
        return _set_entry_type(text, entry, source)
    value = entry.find_value(key)
    if value is None:
        raise Refused(f"the entry has no {key}")
    if value.refusal:
        raise Refused(value.refusal)
    after = text[: value.start] + enclose_bib_value(value, source) + text[value.end :]
    _check_bib_edit(text, after, key)
    return after


def _set_entry_type(text: str, entry: BibEntry, name: str) -> str:
    """Return the text with another type, in capitals where the old one is; raise Refused if not exact."""
    start, end = entry.type_start, entry.type_start + len(entry.type)
    old = text[start:end]
    new = name.upper() if old.isupper() else name.capitalize() if old[0].isupper() else name
    after = text[:start] + new + text[end:]
    _check_bib_edit(text, after, ENTRY_TYPE)
    return after


def read_bib_source(text: str, key: str) -> str | None:
    """Return the LaTeX source of a field of the only entry, or its type; None if there is none."""
    try:
        entry = read_only_entry(text)
    except Refused:
        return None
    if key == ENTRY_TYPE:
        return entry.type
    value = entry.find_value(key)
    return value.source if value else None


def read_only_entry(text: str) -> BibEntry:
    """Return the only entry of a file; raise Refused for any other file."""
    try:
        entries = parse_bib_file(text)
    except PageError as error:
        raise Refused(f"line {error.line}: {error}") from None
    if len(entries) != 1:
        raise Refused(f"the file has {len(entries)} entries" if entries else "the file has no entry")
    return entries[0]


def enclose_bib_value(value: BibValue, source: str) -> str:
    """Return a source in the old value's braces or quotes; a number or a month stays bare."""
    _check_source(value, source)
    if value.style == "quotes":
        return f'"{source}"'
    is_bare = value.style == "bare" and (
        _NUMBER.fullmatch(source) or (value.key == "month" and _MACRO.fullmatch(source))
    )
    return source if is_bare else f"{{{source}}}"


def _check_source(value: BibValue, source: str) -> None:
    """Raise Refused for a source that could end its value early."""
    depth, is_closed = 0, False
    for sign in re.findall(r"[{}\"]", source):
        depth += (sign == "{") - (sign == "}")
        is_closed |= depth < 0 or (sign == '"' and not depth and value.style == "quotes")
    if depth or is_closed or re.search(r"[\\]$|[\r\n\0]", source):
        raise Refused(f"{value.key} cannot hold the record's value")


def _check_bib_edit(before: str, after: str, key: str) -> None:
    """Raise Refused unless a BibTeX library reads the same entry with another value for one field."""
    old, new = _read_with_library(before), _read_with_library(after)
    if old is None or new is None:
        raise Refused("bibtexparser cannot read the file")
    changed = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    if list(old) != list(new) or changed - {key}:
        raise Refused(f"read again, the file would differ in more than {key}")


def check_new_entry(text: str) -> None:
    """Raise Refused unless a BibTeX library reads one entry in a text."""
    if _read_with_library(text) is None:
        raise Refused("bibtexparser cannot read the file")


def _read_with_library(text: str) -> dict[str, str] | None:
    """Return the sources of an entry's values, its type and key, as bibtexparser reads them."""
    from bibtexparser.library import Library
    from bibtexparser.splitter import Splitter

    library: Library = Splitter(text).split()
    if library.failed_blocks or len(library.entries) != 1:
        return None
    entry = library.entries[0]
    fields = {field.key.lower(): str(field.value) for field in entry.fields}
    return {ENTRY_TYPE: entry.entry_type, "@key": entry.key, **fields}
