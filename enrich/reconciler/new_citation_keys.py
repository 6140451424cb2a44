"""Give the new citation files of one run keys of their own: each page is planned without the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from string import ascii_lowercase

from enrich.model.citation_style import CitationStyle
from enrich.model.page import CITE_BIB
from enrich.model.plan import Change, Outcome, Plan


def separate_citation_keys(outcomes: Iterable[Outcome], style: CitationStyle | None) -> Iterator[Outcome]:
    """Yield the outcomes; if two new files have one key, add a letter to that of the later file."""
    taken = set(style.keys) if style else set[str]()
    for outcome in outcomes:
        if isinstance(outcome, Plan) and any(map(_makes_file, outcome.changes)):
            yield replace(outcome, changes=tuple(_rename_key(change, taken) for change in outcome.changes))
        else:
            yield outcome


def _makes_file(change: Change) -> bool:
    return change.path == (CITE_BIB,) and change.old is None and isinstance(change.new, str)


def _rename_key(change: Change, taken: set[str]) -> Change:
    """Return a change whose new file has a key that is not taken; from then on it is."""
    if not _makes_file(change):
        return change
    from enrich.bibtex.bib_keys import list_citation_keys

    text = str(change.new)
    (key,) = list_citation_keys(text) or ("",)
    base = key[:-1] if key[:-1] in taken else key  # the page's own plan may have added a letter already
    names = (key, *(f"{base}{letter}" for letter in ascii_lowercase), f"{base}-{len(taken)}")
    free = next(name for name in names if name not in taken)
    taken.add(free)
    return change if free == key else replace(change, new=_replace_key_end(text, key, base, free))


def _replace_key_end(text: str, key: str, base: str, free: str) -> str:
    """Return a file with one entry whose key, which ends at the first comma, ends as the free one does."""
    before, comma, after = text.partition(",")
    kept = before.rstrip()
    return f"{kept[: len(kept) - len(key) + len(base)]}{free[len(base) :]}{comma}{after}"
