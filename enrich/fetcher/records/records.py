"""The records that a run reads instead of asking the services."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from enrich.model.work import Found, Work


class Records(Protocol):
    """Records by DOI, alias and title.

    If several records have one DOI, the last counts. A record's own DOI takes precedence over an alias.
    """

    @property
    def problems(self) -> tuple[str, ...]:
        """Return messages about the parts that could not be read."""

    def find_records(self, dois: Iterable[str]) -> Mapping[str, Found]:
        """Map each DOI or alias, in lower case, to its record; omit those without a record."""

    def find_by_titles(self, titles: Iterable[str]) -> Mapping[str, tuple[Work, ...]]:
        """Map each title to the articles that have it; markup, case and punctuation make no difference."""

    def find_works_of(self, orcid: str) -> tuple[Work, ...]:
        """Return the works that have this ORCID iD among their contributors."""

    def close(self) -> None:
        """Close all files."""


def find_by_titles_or_starts(records: Records, titles: Iterable[str]) -> Mapping[str, tuple[Work, ...]]:
    """Map each title to the articles that have it, or its part before the colon, as their title."""
    starts = {title: title.partition(":")[0] for title in titles if ":" in title}
    found = records.find_by_titles({*titles, *starts.values()})
    return {title: found[title] + (found[starts[title]] if title in starts else ()) for title in titles}
