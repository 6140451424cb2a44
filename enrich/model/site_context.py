"""The context of a page in its site: profiles, theme, dialect, translations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from enrich.model.citation_style import CitationStyle
from enrich.model.page import KeyPath, Page

Generation = Literal["academic", "wowchemy", "bootstrap", "tailwind", "kit"]
Types = Literal["number", "csl"]
Math = Literal["off", "escaped", "raw"]

# The theme's numbers for publication types and CSL's words for the same. `0` means nothing in particular.
NUMBER_TYPES: Mapping[str, str] = {
    "1": "paper-conference",
    "2": "article-journal",
    "3": "article",
    "4": "report",
    "5": "book",
    "6": "chapter",
    "7": "thesis",
    "8": "patent",
}


@dataclass(frozen=True, slots=True)
class Profile:
    """The profile of an author of the site."""

    slug: str
    """The name of the profile's folder as Hugo spells it in addresses; entries of `authors` lead to it."""
    names: tuple[str, ...]
    """Every name in the profile, the one the theme prints first."""
    orcid: str = ""
    """The bare ORCID iD in capitals, or `""`."""
    is_owner: bool = False
    """Whether the site is this person's."""


@dataclass(frozen=True, slots=True)
class ThemeSettings:
    """The owner's settings about the theme, which overrule detection; `""` if not set."""

    generation: Generation | Literal[""] = ""
    """The generation of the theme."""
    types: Types | Literal[""] = ""
    """The form of publication types."""
    math: Math | Literal[""] = ""
    """The form of TeX."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """The way in which a page writes values."""

    generation: Generation = "wowchemy"
    """The generation of the theme."""
    types: Types = "number"
    """Whether `publication_types` has the theme's numbers or CSL's words."""
    doi: KeyPath = ("doi",)
    """The key of the DOI: `doi` or `hugoblox.ids.doi`."""
    journal: tuple[str, str] = ("*", "*")
    """The texts before and after the name of a journal."""
    math: Math = "off"
    """The form of TeX: none, with doubled backslashes, or unchanged."""
    names_are_markdown: bool = False
    """Whether the theme reads the names of authors as Markdown."""


@dataclass(frozen=True, slots=True)
class SiteContext:
    """The facts about a page that come from the rest of the site."""

    dialect: Dialect = Dialect()
    """The dialect of this page."""
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    """The author profiles by slug."""
    spellings: Mapping[str, int] = field(default_factory=dict)
    """The number of times that each entry of `authors` occurs in the site, as typed."""
    twins: tuple[Page, ...] = ()
    """The pages with the same DOI in another language."""
    duplicates: tuple[str, ...] = ()
    """The paths of the pages with the same DOI in the same language."""
    language: str = ""
    """The short code of the page's language, `""` if unknown."""
    is_one_of_several_languages: bool = False
    """Whether the site is in other languages too, so that the page is its version in this one."""
    site_types: Types | None = None
    """The form of publication types on most pages of the site; None without a majority."""
    legend_types: Mapping[str, int] = field(default_factory=dict)
    """The types that a list in the comments of the site's pages explains, with the number of such pages."""
    theme: str = ""
    """The name of the theme or module that the configuration names, `""` if none."""
    is_foreign_theme: bool = False
    """Whether enrich does not know the theme: then only keys that it probably reads are written."""
    usual_keys: frozenset[str] = frozenset()
    """The keys, in lower case, that more than half of the site's publication pages have."""
    citation_style: CitationStyle | None = None
    """How the site's citation files are written; None if fewer than half of its bundles have one."""
    dois_in_language: frozenset[str] = frozenset()
    """The DOIs, in lower case, of the site's pages in the page's language."""
    dois_under_key: int | None = None
    """The number of pages with a DOI under the key of `dialect.doi`; None if no page has the key."""
