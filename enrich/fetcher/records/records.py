"""The records that a run reads instead of asking the services."""

from __future__ import annotations

from typing import Protocol

from enrich.model.work import Found, Work


class Records(Protocol):
    """Records by DOI, alias and title; the last of duplicates counts, and a DOI before an alias."""

    @property
    def problems(self) -> tuple[str, ...]:
        """Return messages about the parts that could not be read."""

    def find_record(self, doi: str) -> Found | None:
        """Return the record of a DOI or of an alias; None if there is none."""

    def find_by_title(self, title: str) -> tuple[Work, ...]:
        """Return the articles with this title, whatever its markup, case and punctuation."""

    def find_by_title_or_start(self, title: str) -> tuple[Work, ...]:
        """Return the articles with this title, or with what is before its subtitle."""

    def find_works_of(self, orcid: str) -> tuple[Work, ...]:
        """Return the works that name a person by this ORCID iD."""

    def close(self) -> None:
        """Close what is open."""
