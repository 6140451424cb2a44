"""A page as it was read.

The values of a front matter have dates as strings (impossible dates exist) and keys as typed. Text of a
record stays wrapped in `Remote` until `writer/sanitize.py` has made it safe for a page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

Value: TypeAlias = "bool | int | float | str | Remote | Sequence[Value] | Mapping[str, Value] | None"
KeyPath: TypeAlias = tuple[str, ...]

# Hugo also looks under this key for keys that it does not know itself.
PARAMS = "params"
# The citation file in a page's bundle.
CITE_BIB = "cite.bib"


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
    """The values by key, as spelled; for a key that occurs twice, the last."""
    start: int
    """The offset in the page's text just after the opening fence."""
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
    """The DOI in lower case, as enrich sends it to the services."""
    whole: str = field(default="", compare=False)
    """The DOI with a full stop, comma or parameter at its end, which it may have; `""` if none was typed."""


@dataclass(frozen=True, slots=True)
class BadDoi:
    """A value that should be a DOI but is not."""

    reason: str
    """The reason why it is not a DOI."""
    repair: str = ""
    """The DOI that was probably meant, or `""`."""
    is_confirmed: bool = False
    """Whether the record of the repair is that of the page's work."""


@dataclass(frozen=True, slots=True)
class PlacedDoi:
    """A DOI under another key of a page than the theme's own."""

    doi: Doi
    """The DOI, with the letters of the page."""
    path: KeyPath
    """The key it was found under, as spelled; a list's own key for an entry; `cite.bib` for that file."""


@dataclass(frozen=True, slots=True)
class PageDoi:
    """The DOI of a page, as typed and as parsed."""

    path: KeyPath | None
    """The key it was found under, as spelled; None if the page has no such key."""
    typed: Value
    """The value of that key."""
    parsed: Doi | BadDoi | None
    """The value as a DOI; None if it is empty."""
    taken_from: KeyPath = ()
    """The other key from which a confirmed DOI was taken; `()` if it is under its own key."""
    has_rivals: bool = False
    """Whether another DOI elsewhere on the page was confirmed, too."""

    @property
    def key(self) -> str:
        """Return the DOI in lower case, `""` if there is no valid one."""
        return self.parsed.key if isinstance(self.parsed, Doi) else ""

    @property
    def bare(self) -> str:
        """Return the DOI in the page's letters, `""` if there is no valid one."""
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
    generated_from: str = field(default="", compare=False)
    """The source or tool that generates the page, which enrich then never writes; `""` for other pages."""
    doi: PageDoi | None = field(default=None, compare=False)
    """The page's DOI, parsed when a site is read; `text.page_doi.page_doi` answers for other pages too."""
    placed_dois: tuple[PlacedDoi, ...] = field(default=(), compare=False)
    """For a page without a valid DOI: the DOIs elsewhere on it, the likeliest first."""

    cite_bib: str = field(default="", compare=False)
    """The text of the citation file in its bundle if a run may change that file, else `""`."""
    cite_bib_problem: str = field(default="", compare=False)
    """The reason why that file cannot be read, `""` if it can or there is none."""
    lacks_cite_bib: bool = field(default=False, compare=False)
    """Whether the bundle has no citation file, and a run may make one."""

    @property
    def cite_bib_path(self) -> str:
        """Return the path of the citation file in the page's bundle."""
        return f"{self.path.rpartition('/')[0]}/{CITE_BIB}".lstrip("/")

    @cached_property
    def _spelling(self) -> Mapping[str, str]:
        return {name.lower(): name for name in self.front.data}

    def find(self, *path: str) -> KeyPath | None:
        """Return the path as this page spells it (Hugo ignores the case of keys), or None.

        Hugo merges the keys under `params` into the page's own: https://gohugo.io/content-management/front-matter/
        """
        name = self._spelling.get(path[0].lower())
        if name is None:
            return self._spell((PARAMS, *path)) if PARAMS in self._spelling else None
        return self._spell(path) if len(path) > 1 else (name,)

    def _spell(self, path: Sequence[str]) -> KeyPath | None:
        spelled = [self._spelling[path[0].lower()]]
        for key in path[1:]:
            node = self._at(spelled)
            names = {name.lower(): name for name in node} if isinstance(node, dict) else {}
            if key.lower() not in names:
                return None
            spelled.append(names[key.lower()])
        return tuple(spelled)

    def keys(self) -> frozenset[str]:
        """Return the keys of the page in lower case, those under `params` included."""
        params = self.get(PARAMS)
        inner = params if isinstance(params, Mapping) else {}
        return frozenset((*self._spelling, *(str(key).lower() for key in inner)))

    def get(self, *path: str) -> Value:
        """Return the value at a path in any case, or None if there is none."""
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
class Remote:
    """Text of a record on its way to a page; it can contain anything."""

    text: str
    """The text as deposited."""
    before: str = ""
    """The beginning of the page's own wrapper: `*`, `In *`."""
    after: str = ""
    """The end of the wrapper."""


def drop_params(path: KeyPath) -> KeyPath:
    """Return a path as it is without the `params` that the page keeps the key under."""
    return path[1:] if len(path) > 1 and path[0].lower() == PARAMS else path


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
