"""What a registration agency says about a DOI: the remote nouns, frozen and source-neutral."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date as precise as its source: a year, a month (1-12) or a day (1-31)."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """Return the ISO form at the date's own precision: `2024`, `2024-04` or `2024-04-29`."""
        parts = [f"{self.year:04d}"]
        if self.month is not None:
            parts.append(f"{self.month:02d}")
            if self.day is not None:
                parts.append(f"{self.day:02d}")
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a work, each with the precision it was deposited with."""

    online: PartialDate | None = None
    print: PartialDate | None = None
    posted: PartialDate | None = None
    issued: PartialDate | None = None
    approved: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A contributor: a person by family and given name, or a group by its literal name."""

    family: str = ""
    given: str = ""
    suffix: str = ""
    literal: str = ""
    orcid: str = ""


@dataclass(frozen=True, slots=True)
class Update:
    """An entry of `updated-by`: the notice `doi` says that the work was retracted, corrected ..."""

    type: str
    doi: str
    source: str = ""
    label: str = ""
    date: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of the work to another: `is-preprint-of`, `has-preprint`, `is-version-of` ..."""

    type: str
    id_type: str
    id: str


@dataclass(frozen=True, slots=True)
class Link:
    """An address that the publisher deposited (mostly for text mining)."""

    url: str
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence's address and the version of the content it is about (`vor`, `am`, `tdm`)."""

    url: str
    content_version: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """What a registration agency says about a DOI, in CSL's words; texts carry JATS as deposited.

    `doi` is lower case. `titles` and `container_titles` keep every entry of the record (a second
    title is a translation, a second container a series); an absent value is `""` or `()`.
    """

    doi: str
    type: str
    agency: str = "crossref"
    subtype: str = ""
    titles: tuple[str, ...] = ()
    subtitles: tuple[str, ...] = ()
    contributors: tuple[Person, ...] = ()
    container_titles: tuple[str, ...] = ()
    container_titles_short: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()
    group_title: str = ""
    dates: Dates = Dates()
    abstract: str = ""
    volume: str = ""
    issue: str = ""
    page: str = ""
    article_number: str = ""
    publisher: str = ""
    identifiers: tuple[str, ...] = ()
    issns: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    updated_by: tuple[Update, ...] = ()
    update_to: tuple[Update, ...] = ()
    licences: tuple[Licence, ...] = ()
    links: tuple[Link, ...] = ()
    language: str = ""

    @property
    def title(self) -> str:
        """Return the first title, or `""`."""
        return self.titles[0] if self.titles else ""

    @property
    def became(self) -> tuple[str, ...]:
        """Return the DOIs, in lower case, that a preprint's record names as what it became.

        arXiv tells DataCite of a version with another prefix, which Zenodo's versions do not have.
        """
        prefix = self.doi.partition("/")[0]
        named = {
            one.id.lower(): None
            for one in self.relations
            if one.id_type == "doi"
            and (
                one.type == "is-preprint-of"
                or (one.type == "is-version-of" and not one.id.startswith(f"{prefix}/"))
            )
        }
        return tuple(named)


@dataclass(frozen=True, slots=True)
class Found:
    """A record; `source` names where it came from, `cached` that no network was asked for it.

    `articles` have a preprint's title, where its record does not name what it became.
    """

    work: Work
    source: Literal["crossref", "datacite", "records"]
    cached: bool
    record: Mapping[str, object] = field(repr=False, compare=False, default_factory=dict)
    articles: tuple[Work, ...] = ()


@dataclass(frozen=True, slots=True)
class NotFound:
    """No agency knows the DOI."""


@dataclass(frozen=True, slots=True)
class Unsupported:
    """The DOI is registered with an agency that cannot be asked."""

    agency: str


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The service did not answer (`offline` false), or nobody was to be asked (`offline` true)."""

    reason: str
    offline: bool = False


Answer: TypeAlias = Found | NotFound | Unsupported | Unanswered
