"""Count how the pages of a site write things."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TypeVar

from enrich.model.page import KeyPath, Page, drop_params
from enrich.model.site_context import Types
from enrich.site import page_dialect
from enrich.site.page_dialect import Wrapper
from enrich.text.page_doi import page_doi

Said = TypeVar("Said")


@dataclass(frozen=True)
class Tallies:
    """How often the pages of a site write things in each way."""

    types: Counter[Types] = field(default_factory=Counter)
    """The dialects of the types."""
    legend_types: Counter[str] = field(default_factory=Counter)
    """The numbers of types that a list in a comment explains."""
    doi: Counter[KeyPath] = field(default_factory=Counter)
    """The keys of the DOI, with or without a value."""
    doi_keys: Counter[KeyPath] = field(default_factory=Counter)
    """The keys under which pages have a DOI, in lower case."""
    valid_dois: Counter[KeyPath] = field(default_factory=Counter)
    """The same, of the valid DOIs alone."""
    wrappers: Counter[tuple[bool | None, Wrapper]] = field(default_factory=Counter)
    """The wrappers of the journal, each with whether the page is a conference paper."""
    formats: Counter[str] = field(default_factory=Counter)
    """The formats of the front matter."""
    spellings: Counter[str] = field(default_factory=Counter)
    """The spellings of the entries under `authors`."""
    keys: Counter[str] = field(default_factory=Counter)
    """The keys of the front matter."""

    def add(self, page: Page) -> None:
        """Count one page."""
        self.formats[page.front.format] += 1
        self.keys.update(sorted(page.keys()))
        self.spellings.update(page_dialect.list_author_entries(page))
        self.legend_types.update(page_dialect.list_legend_types(page))
        if types := page_dialect.find_types(page):
            self.types[types] += 1
        if path := page_dialect.find_dialect_doi_key(page):
            self.doi[tuple(key.lower() for key in path)] += 1
        if own := page_doi(page).path:
            key = normalise_key(own)
            self.doi_keys[key] += 1
            self.valid_dois[key] += bool(page_doi(page).key)
        if wrapper := page_dialect.find_journal_wrapper(page):
            self.wrappers[page_dialect.is_conference(page), wrapper] += 1


def normalise_key(path: KeyPath) -> KeyPath:
    """Return the path of a key in lower case, without `params`."""
    return drop_params(tuple(key.lower() for key in path))


def choose_commonest(counted: Counter[Said]) -> Said | None:
    """Return the most frequent value (the first of equally frequent values); None if there are none."""
    return max(counted, key=lambda name: counted[name], default=None)
