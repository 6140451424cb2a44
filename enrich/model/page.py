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


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of a front matter: its text after `#`, its line (1-based, in the page)."""

    line: int
    text: str
    own_line: bool


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A page's metadata as Hugo reads it (of a key that stands twice, the last).

    `start` and `end` are offsets in the page's text: what stands between the two fences. `lines`
    has the line (1-based, in the page) of every key, nested ones by their whole path.
    """

    format: str
    data: Mapping[str, Value]
    start: int
    end: int
    lines: Mapping[KeyPath, int]
    comments: tuple[Comment, ...] = ()


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
    """An author's page: `slug` is what an entry of `authors` leads to, `names` all it goes by."""

    slug: str
    names: tuple[str, ...]
    orcid: str = ""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How this page of this site writes things down."""

    generation: Literal["academic", "wowchemy", "bootstrap", "tailwind", "kit"] = "wowchemy"
    types: Literal["number", "csl"] = "number"
    doi: KeyPath = ("doi",)
    journal: tuple[str, str] = ("*", "*")
    math: Literal["off", "escaped", "raw"] = "off"
    names_are_markdown: bool = False


@dataclass(frozen=True, slots=True)
class SiteContext:
    """What the rest of the site says about a page.

    `spellings` counts the entries of `authors` as typed, `site_types` is how most pages write theirs.
    """

    dialect: Dialect = Dialect()
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    spellings: Mapping[str, int] = field(default_factory=dict)
    twins: tuple[Page, ...] = ()
    duplicates: tuple[str, ...] = ()
    language: str = ""
    site_types: Literal["number", "csl"] | None = None


@dataclass(frozen=True, slots=True)
class Remote:
    """Text of a record, which may be anything, on its way into a page's own wrapper (`*…*`)."""

    text: str
    before: str = ""
    after: str = ""


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
