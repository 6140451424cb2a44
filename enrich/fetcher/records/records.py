"""The records that a run reads instead of asking the services."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from enrich.model.work import Found, Work


class Records(Protocol):
    """Records by DOI, alias and title; the last of duplicates counts, and a DOI before an alias."""

    @property
    def problems(self) -> tuple[str, ...]:
        """Return messages about the parts that could not be read."""

    def find_records(self, dois: Iterable[str]) -> Mapping[str, Found]:
        """Return the records of these DOIs and aliases, by their lower-case form, as far as there are any."""

    def find_by_titles(self, titles: Iterable[str]) -> Mapping[str, tuple[Work, ...]]:
        """Return the articles with each of these titles, whatever their markup, case and punctuation."""

    def find_works_of(self, orcid: str) -> tuple[Work, ...]:
        """Return the works that name a person by this ORCID iD."""

    def close(self) -> None:
        """Close all files."""


def find_by_titles_or_starts(records: Records, titles: Iterable[str]) -> Mapping[str, tuple[Work, ...]]:
    """Return the articles with each of these titles, or with the part before its subtitle."""
    starts = {title: title.partition(":")[0] for title in titles if ":" in title}
    found = records.find_by_titles({*titles, *starts.values()})
    return {title: found[title] + (found[starts[title]] if title in starts else ()) for title in titles}
