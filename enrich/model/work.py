"""The remote nouns: a registration agency's record of a DOI, from any service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

RECORDS_ON_DISK = "records on disk"


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date as precise as its source: a year, a month (1-12) or a day (1-31)."""

    year: int
    """Four digits."""
    month: int | None = None
    """1 to 12; None if the source has only a year."""
    day: int | None = None
    """1 to 31; None if the source has no day."""

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
    """`published-online`."""
    print: PartialDate | None = None
    """`published-print`."""
    posted: PartialDate | None = None
    """The day on which a preprint was posted."""
    issued: PartialDate | None = None
    """The earliest date of publication that the agency states."""
    approved: PartialDate | None = None
    """The day on which a thesis was approved."""


@dataclass(frozen=True, slots=True)
class Person:
    """A contributor: a person by family and given name, or a group by its literal name."""

    family: str = ""
    """The family name as deposited."""
    given: str = ""
    """The given names or initials as deposited."""
    suffix: str = ""
    """`Jr`, `III` and the like."""
    literal: str = ""
    """The name of a group; then the other parts are empty."""
    orcid: str = ""
    """Sixteen characters in groups of four, without the address."""


@dataclass(frozen=True, slots=True)
class Update:
    """An entry of `updated-by` or `update-to`: a retraction, a correction and the like."""

    type: str
    """Crossref's update type, such as `retraction`."""
    doi: str
    """In `updated-by` the notice's DOI, in `update-to` the DOI of the work; lower case."""
    source: str = ""
    """`publisher` or `retraction-watch`."""
    label: str = ""
    """The type in the publisher's words."""
    date: PartialDate | None = None
    """The date of the notice."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of the work to another: `is-preprint-of`, `has-preprint`, `is-version-of` ..."""

    type: str
    """The kind, such as `is-preprint-of`."""
    id_type: str
    """The kind of the identifier `id`: `doi`, `uri` ..."""
    id: str
    """The other work's identifier; a DOI in lower case."""


@dataclass(frozen=True, slots=True)
class Link:
    """An address that the publisher deposited (mostly for text mining)."""

    url: str
    """The address as deposited."""


@dataclass(frozen=True, slots=True)
class Work:
    """A registration agency's record of a DOI, in CSL's terms. An absent value is `""` or `()`."""

    doi: str
    """The prime DOI in lower case."""
    type: str
    """Crossref's type; other agencies' types are translated."""
    agency: str = "Crossref"
    """The service whose record this is, as people write its name."""
    subtype: str = ""
    """Only of posted content: `preprint`, `other` ..."""
    titles: tuple[str, ...] = ()
    """Every title as deposited; a second one is a translation."""
    subtitles: tuple[str, ...] = ()
    """Every subtitle; some repeat a part of the title."""
    contributors: tuple[Person, ...] = ()
    """The authors, or the editors of an edited book, in the order of the record."""
    has_more_contributors: bool = False
    """Whether the record's list of authors ends in "et al."."""
    container_titles: tuple[str, ...] = ()
    """Journal, or book and series in either order."""
    container_titles_short: tuple[str, ...] = ()
    """The abbreviated titles; many equal the full one."""
    event_acronym: str = ""
    """The acronym of the meeting: `KDD '18`."""
    institutions: tuple[str, ...] = ()
    """The server of a preprint, the university of a thesis."""
    group_title: str = ""
    """The section of a preprint server."""
    dates: Dates = Dates()
    """All dates that the record states."""
    abstract: str = ""
    """JATS as deposited, with the heading and the damage it may have."""
    volume: str = ""
    """As deposited; `""` for the usual placeholders."""
    issue: str = ""
    """As `volume`."""
    page: str = ""
    """The page range as deposited."""
    article_number: str = ""
    """The number of an article without pages."""
    publisher: str = ""
    """The publisher's name."""
    identifiers: tuple[str, ...] = ()
    """The publisher's own identifiers, a PII among them."""
    issns: tuple[str, ...] = ()
    """The ISSNs of the container."""
    isbns: tuple[str, ...] = ()
    """The ISBNs of the book or the proceedings."""
    aliases: tuple[str, ...] = ()
    """Other DOIs of the same work, in lower case."""
    relations: tuple[Relation, ...] = ()
    """Relations to other works."""
    updated_by: tuple[Update, ...] = ()
    """The notices about this work."""
    update_to: tuple[Update, ...] = ()
    """The works that this notice is about."""
    links: tuple[Link, ...] = ()
    """Addresses of the full text."""
    language: str = ""
    """The language code as deposited: `en`, `eng`, `en-US` ..."""

    @property
    def title(self) -> str:
        """Return the first title, or `""`."""
        return self.titles[0] if self.titles else ""

    @property
    def container_names(self) -> tuple[str, ...]:
        """Return the names of the journal, or of the book or the proceedings and their series."""
        names = (*self.container_titles, *self.container_titles_short, self.event_acronym)
        return tuple(dict.fromkeys(filter(None, names)))

    @property
    def became(self) -> tuple[str, ...]:
        """Return the DOIs, in lower case, of the articles that a preprint's record names.

        arXiv registers the article as a version with another prefix; Zenodo's versions share the prefix.
        """
        prefix = self.doi.partition("/")[0]
        named = {
            relation.id.lower(): None
            for relation in self.relations
            if relation.id_type == "doi"
            and (
                relation.type == "is-preprint-of"
                or (relation.type == "is-version-of" and not relation.id.startswith(f"{prefix}/"))
            )
        }
        return tuple(named)


@dataclass(frozen=True, slots=True)
class Found:
    """A record was found."""

    work: Work
    """The record."""
    source: str
    """The service it came from (`crossref`, `datacite`), or `records` for a file."""
    cached: bool
    """Whether no request was needed for it."""
    articles: tuple[Work, ...] = ()
    """Articles with a preprint's title, if the preprint's record names no article."""

    @property
    def source_name(self) -> str:
        """Return the source of the record, as reports name it."""
        return RECORDS_ON_DISK if self.source == "records" else self.work.agency


@dataclass(frozen=True, slots=True)
class NotFound:
    """No agency knows the DOI."""


@dataclass(frozen=True, slots=True)
class Unsupported:
    """The DOI is registered with an agency that gives enrich no record of it."""

    agency: str
    """The agency's name."""
    lacks_record: bool = False
    """Whether enrich queried the agency and it has no record; otherwise enrich cannot query it."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """There is no answer about the DOI in this run."""

    reason: str
    """Why, in words."""
    offline: bool = False
    """Whether no service was asked, because of `--offline` or `--records`."""


Answer: TypeAlias = Found | NotFound | Unsupported | Unanswered
