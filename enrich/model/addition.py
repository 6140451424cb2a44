"""The nouns of a new page: its name, its place, and the outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from enrich.model.page import Page
from enrich.model.work import PartialDate

AddStatus = Literal["added", "would-add", "exists", "failed"]


@dataclass(frozen=True, slots=True)
class NameParts:
    """The parts of a work from which people make the name of its page."""

    families: tuple[str, ...] = ()
    """The family names of the authors, in their order."""
    date: PartialDate | None = None
    """The day of publication, as far as it is known."""
    title: str = ""
    """The title without markup."""
    doi: str = ""
    """The DOI, bare."""


@dataclass(frozen=True, slots=True)
class PagePlace:
    """The place of a publication page in its site."""

    section: str
    """The section's folder from the site's root, with the folder of its language."""
    folders: tuple[str, ...]
    """The folders between the section's and the page; a year as `{year}`."""
    name: str
    """The name of the bundle's folder, or of the file without its ending."""
    file: str
    """The name of the bundle's file, such as `index.md`; for a page without a bundle, its ending, `.md`."""

    @property
    def is_bundle(self) -> bool:
        """Return whether the page has a folder of its own."""
        return not self.file.startswith(".")


@dataclass(frozen=True, slots=True)
class WeighedPage:
    """A page of the site as an example for new ones."""

    page: Page
    """The page."""
    place: PagePlace
    """Its place."""
    parts: NameParts
    """The parts from which its name may be made."""
    weight: float
    """Its weight: 1 for the newest page, half as much every eight pages."""


@dataclass(frozen=True, slots=True)
class AddRequest:
    """The user's request, besides the DOIs."""

    section: str = ""
    """The section, such as `publication`; `""` for that of the newest pages."""
    name: str = ""
    """The name of the page's folder or file; `""` for one like those of the other pages."""
    language: str = ""
    """The language's code; `""` for that of the newest pages."""
    is_draft: bool = False
    """Whether Hugo leaves the page out until its owner publishes it."""
    writes: bool = True
    """Whether the pages are written, not only shown."""


@dataclass(frozen=True, slots=True)
class AddedPage:
    """The outcome for one DOI that the user wants a page for."""

    doi: str
    """The DOI, bare; the typed text if it is not one."""
    status: AddStatus
    """Whether its page was made."""
    path: str = ""
    """The path of the page from the site's root, `""` if there is none."""
    text: str = ""
    """The page's text, if the user asked to see it."""
    cite_bib: str = ""
    """The text of the citation file in its bundle, `""` if the site's bundles have none."""
    error: str = ""
    """The reason why there is no page, and the next step."""
    warnings: tuple[str, ...] = ()
    """Grave facts about the work, such as its retraction."""
    language: str = ""
    """The language that the site's pages decided on; `""` if the user named it or the site has but one."""
    other_languages: tuple[str, ...] = ()
    """The codes of the languages that the user could have named instead."""
    exit_code: int = 0
    """The exit code of a command with only this DOI."""
