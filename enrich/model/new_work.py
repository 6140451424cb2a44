"""The nouns of `enrich new`: people of the site, and their works that have no page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from enrich.model.addition import AddedPage
from enrich.model.work import PartialDate, Work

WorkStatus = Literal["new", "added", "ignored"]


@dataclass(frozen=True, slots=True)
class SitePerson:
    """A person whose works belong on the site."""

    orcid: str
    """The ORCID iD, in four groups."""
    name: str = ""
    """The name, from the profile or from a record; `""` if unknown."""
    profile: str = ""
    """The slug of the author profile, `""` if there is none."""


@dataclass(frozen=True, slots=True)
class NewWork:
    """A work without a page, with the other DOIs of the same work."""

    work: Work
    """The record of the article, or of the version that leads."""
    people: tuple[str, ...] = ()
    """The names of the site's people who wrote it."""
    also: tuple[str, ...] = ()
    """The DOIs of its preprints and other versions, in lower case."""
    date: PartialDate | None = None
    """The date of publication, as precise as the record's."""
    status: WorkStatus = "new"
    """Whether it is new, was added in this run, or is ignored."""

    @property
    def dois(self) -> frozenset[str]:
        """Return every DOI of the work."""
        return frozenset((self.work.doi, *self.work.aliases, *self.also))

    def mark(self, status: WorkStatus) -> NewWork:
        """Return the work with another status."""
        return replace(self, status=status)


@dataclass(frozen=True, slots=True)
class NewWorks:
    """The works of a site's people that have no page."""

    people: tuple[SitePerson, ...]
    """The people whose works enrich searched for."""
    works: tuple[NewWork, ...]
    """Their works, the newest first."""
    added: tuple[AddedPage, ...] = ()
    """The outcome for each work for which the user wants a page."""
    failures: tuple[str, ...] = ()
    """The reasons why services did not answer, each once."""
    unnamed: tuple[str, ...] = ()
    """The ORCID iDs that no record has, though every service answered."""
    site: str = ""
    """The site's name, from Hugo's configuration."""
    day: str = ""
    """The day of the run, as `2026-01-31`."""
