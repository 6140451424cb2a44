"""A page as it was read, and the site around it.

Values of a front matter hold dates as strings (impossible dates exist) and keys as typed. Text of a
record stays wrapped in `Remote` until `writer/sanitize.py` has made it safe for a page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeAlias

Value: TypeAlias = "bool | int | float | str | Remote | Sequence[Value] | Mapping[str, Value] | None"
KeyPath: TypeAlias = tuple[str, ...]

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
class Comment:
    """A comment in a front matter."""

    line: int
    """Its line in the page, 1-based."""
    text: str
    """The text after `#`."""
    own_line: bool
    """Whether nothing else is on that line."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A page's metadata as Hugo reads it."""

    format: str
    """`yaml`, `toml` or `json`."""
    data: Mapping[str, Value]
    """The values by key, as spelled; of a key that occurs twice, the last."""
    start: int
    """The offset in the page's text just behind the opening fence."""
    end: int
    """The offset in the page's text just before the closing fence."""
    lines: Mapping[KeyPath, int]
    """The line of every key, 1-based in the page; nested keys by their whole path."""
    comments: tuple[Comment, ...] = ()
    """The comments in the order of their lines."""


@dataclass(frozen=True, slots=True)
class Doi:
    """A DOI."""

    bare: str
    """The DOI in the letters it was typed in, without resolver or `doi:`."""
    key: str
    """The DOI in lower case, as the services are asked for it."""


@dataclass(frozen=True, slots=True)
class BadDoi:
    """A value that is no DOI where one should be."""

    reason: str
    """Why it is none."""
    repair: str = ""
    """The DOI that was probably meant, or `""`."""


@dataclass(frozen=True, slots=True)
class PageDoi:
    """The DOI of a page, as typed and as parsed."""

    path: KeyPath | None
    """The key it was found under, as spelled; None where the page has no such key."""
    typed: Value
    """The value of that key."""
    parsed: Doi | BadDoi | None
    """The value as a DOI; None where it is empty."""

    @property
    def key(self) -> str:
        """Return the DOI in lower case, `""` where there is no valid one."""
        return self.parsed.key if isinstance(self.parsed, Doi) else ""

    @property
    def bare(self) -> str:
        """Return the DOI in the page's letters, `""` where there is no valid one."""
        return self.parsed.bare if isinstance(self.parsed, Doi) else ""


@dataclass(frozen=True)
class Page:
    """A publication page."""

    path: str
    """The path from the site's root, with `/`."""
    text: str
    """The whole file, with BOM and line ends."""
    front: FrontMatter
    """The front matter as parsed."""
    doi: PageDoi | None = field(default=None, compare=False)
    """The page's DOI, parsed when a site is read; `text.doi.page_doi` answers for other pages too."""

    @cached_property
    def _spelling(self) -> Mapping[str, str]:
        return {name.lower(): name for name in self.front.data}

    def find(self, *path: str) -> KeyPath | None:
        """Return the path as this page spells it (Hugo ignores the case of keys), or None."""
        first = self._spelling.get(path[0].lower())
        if first is None or len(path) == 1:
            return None if first is None else (first,)
        spelled = [first]
        for key in path[1:]:
            node = self._at(spelled)
            names = {name.lower(): name for name in node} if isinstance(node, dict) else {}
            if key.lower() not in names:
                return None
            spelled.append(names[key.lower()])
        return tuple(spelled)

    def get(self, *path: str) -> Value:
        """Return the value at a path in any case, or None where there is none."""
        spelled = self.find(*path)
        return self._at(spelled) if spelled else None

    def line(self, *path: str) -> int:
        """Return the line of a key, 0 if it is not there."""
        spelled = self.find(*path)
        return self.front.lines.get(spelled, 0) if spelled else 0

    def _at(self, spelled: Sequence[str]) -> Value:
        node: Value = self.front.data
        for key in spelled:
            node = node[key] if isinstance(node, dict) else None
        return node


@dataclass(frozen=True, slots=True)
class Profile:
    """The profile of an author of the site."""

    slug: str
    """The name of the profile's folder as Hugo spells it in addresses; entries of `authors` lead to it."""
    names: tuple[str, ...]
    """Every name in the profile, the one the theme prints first."""
    orcid: str = ""
    """The bare ORCID iD in capitals, or `""`."""


@dataclass(frozen=True, slots=True)
class ThemeSettings:
    """What the owner set about the theme, which overrules what the site shows; `""` where nothing is set."""

    generation: Generation | Literal[""] = ""
    """The generation of the theme."""
    types: Types | Literal[""] = ""
    """How publication types are written."""
    math: Math | Literal[""] = ""
    """How TeX is written."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How values are written on a page."""

    generation: Generation = "wowchemy"
    """The generation of the theme."""
    types: Types = "number"
    """Whether `publication_types` holds the theme's numbers or CSL's words."""
    doi: KeyPath = ("doi",)
    """The key of the DOI: `doi` or `hugoblox.ids.doi`."""
    journal: tuple[str, str] = ("*", "*")
    """What is put before and behind the name of a journal."""
    math: Math = "off"
    """How TeX is written: not at all, with doubled backslashes, or as it is."""
    names_are_markdown: bool = False
    """Whether the theme reads the names of authors as Markdown."""


@dataclass(frozen=True, slots=True)
class SiteContext:
    """What the rest of the site tells about a page."""

    dialect: Dialect = Dialect()
    """How values are written on this page."""
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    """The author profiles by slug."""
    spellings: Mapping[str, int] = field(default_factory=dict)
    """How often each entry of `authors` occurs in the site, as typed."""
    twins: tuple[Page, ...] = ()
    """The pages with the same DOI in another language."""
    duplicates: tuple[str, ...] = ()
    """The paths of the pages with the same DOI in the same language."""
    language: str = ""
    """The short code of the page's language, `""` if unknown."""
    site_types: Types | None = None
    """How most pages of the site write publication types; None if there is no majority."""
    theme: str = ""
    """The name of the theme or module that the configuration names, `""` if none."""
    is_foreign_theme: bool = False
    """Whether enrich does not know the theme: then only keys that it probably reads are written."""
    usual_keys: frozenset[str] = frozenset()
    """The keys, in lower case, that more than half of the site's publication pages have."""


@dataclass(frozen=True, slots=True)
class Remote:
    """Text of a record, which may hold anything, on its way to a page."""

    text: str
    """The text as deposited."""
    before: str = ""
    """The beginning of the page's own wrapper: `*`, `In *`."""
    after: str = ""
    """The end of the wrapper."""


def to_plain_value(value: Value) -> Value:
    """Return the value as JSON can hold it: a record's text with its wrapper, an infinite number as text."""
    if isinstance(value, Remote):
        return f"{value.before}{value.text}{value.after}"
    if isinstance(value, Mapping):
        return {str(key): to_plain_value(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_plain_value(item) for item in value]
    if isinstance(value, float) and not abs(value) < float("inf"):
        return str(value)
    return value
