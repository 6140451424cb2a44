"""Survey a site once, and tell each page how it and its site write things down, and what is beside it.

Of a page's own values, the majority of the site's pages and the theme's module, the first that says
something decides (29 of 81 sites mix generations); the owner's setting stands above all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from enrich.model.page import KeyPath, Page
from enrich.model.site_context import Dialect, Generation, Math, Profile, SiteContext, ThemeSettings, Types
from enrich.site import page_dialect
from enrich.site.author_profiles import read_author_profiles
from enrich.site.hugo_config import lookup
from enrich.site.languages import language_of
from enrich.site.page_dialect import EMPHASIS, KIT_DOI, PLAIN_DOI, Wrapper
from enrich.site.pages import Site
from enrich.site.theme_generation import TYPES_OF, find_foreign_theme, module_of
from enrich.text.doi import page_doi

Said = TypeVar("Said")


@dataclass(frozen=True)
class Tallies:
    """What the site's pages say, counted."""

    types: Counter[Types] = field(default_factory=Counter)
    doi: Counter[KeyPath] = field(default_factory=Counter)
    wrappers: Counter[tuple[bool | None, Wrapper]] = field(default_factory=Counter)
    formats: Counter[str] = field(default_factory=Counter)
    spellings: Counter[str] = field(default_factory=Counter)
    keys: Counter[str] = field(default_factory=Counter)

    def add(self, page: Page) -> None:
        """Count one page."""
        self.formats[page.front.format] += 1
        self.keys.update(page.keys())
        self.spellings.update(page_dialect.author_entries(page))
        if types := page_dialect.types_said(page):
            self.types[types] += 1
        if path := page_dialect.doi_said(page):
            self.doi[tuple(key.lower() for key in path)] += 1
        if wrapper := page_dialect.wrapper_said(page):
            self.wrappers[page_dialect.is_conference(page), wrapper] += 1


@dataclass(frozen=True)
class Survey:
    """What is known of a site as a whole.

    `same_doi` holds the pages that share a DOI with another, `problems` names the profiles that cannot
    be read, `module` is the generation that the configuration names, and `where` it does.
    """

    site: Site
    tallies: Tallies
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    same_doi: Mapping[str, tuple[Page, ...]] = field(default_factory=dict)
    module: Generation | None = None
    where: str = ""
    owner: ThemeSettings = field(default_factory=ThemeSettings)
    foreign_theme: str | None = None
    usual_keys: frozenset[str] = frozenset()
    first_path: str = ""

    def site_context(self, page: Page) -> SiteContext:
        """Return what the rest of the site says about a page."""
        language = self._language(page)
        others = [other for other in self.same_doi.get(page_doi(page).key, ()) if other.path != page.path]
        return SiteContext(
            dialect=self.dialect(page),
            profiles=self.profiles,
            spellings=self.tallies.spellings,
            twins=tuple(other for other in others if self._language(other) != language),
            duplicates=tuple(other.path for other in others if self._language(other) == language),
            language=language,
            site_types=self._site_types(),
            theme=self.foreign_theme or "",
            is_foreign_theme=self.foreign_theme is not None,
            usual_keys=self.usual_keys,
            is_first_page=page.path == self.first_path,
        )

    def dialect(self, page: Page) -> Dialect:
        """Return how a page writes things down."""
        generation = self._generation(page)
        said = page_dialect.doi_said(page) or most(self.tallies.doi)
        return Dialect(
            generation=generation,
            types=self._types(page),
            doi=said or (KIT_DOI if generation == "kit" else PLAIN_DOI),
            journal=page_dialect.wrapper_said(page) or self._wrapper(page),
            math=self._math(page),
            names_are_markdown=(self._built_with() or "academic") == "academic",
        )

    def _language(self, page: Page) -> str:
        return language_of(page.path, {**self.site.mounted, **self.site.content}, self.site.config)

    def _types(self, page: Page) -> Types:
        built_with = self._built_with()
        by_module: Types = TYPES_OF[built_with] if built_with else "number"
        return self.owner.types or page_dialect.types_said(page) or self._usual_types() or by_module

    def _usual_types(self) -> Types | None:
        return most(self.tallies.types)

    def _site_types(self) -> Types | None:
        """Return the types that the owner set, three pages in four write, the module reads, most write."""
        if owner := self.owner.types:
            return owner
        counted = self.tallies.types
        clear = [name for name, count in counted.items() if 4 * count >= 3 * counted.total()]
        if clear and counted.total() > 1:
            return clear[0]
        return TYPES_OF[self.module] if self.module else most(counted)

    def _built_with(self) -> Generation | None:
        """Return the generation whose layouts print the site, whatever its pages are like."""
        return self.owner.generation or self.module

    def _generation(self, page: Page) -> Generation:
        """Return the owner's generation, else the module's unless the pages speak another one."""
        if owner := self.owner.generation:
            return owner
        if (page_dialect.doi_said(page) or most(self.tallies.doi) or PLAIN_DOI)[0].lower() == KIT_DOI[0]:
            return "tailwind" if self.module == "tailwind" else "kit"
        types = most(self.tallies.types)
        if self.module and types in {None, TYPES_OF[self.module]}:
            return self.module
        if types == "csl":
            return "bootstrap"
        return "academic" if most(self.tallies.formats) == "toml" else "wowchemy"

    def _wrapper(self, page: Page) -> Wrapper:
        """Return the wrapper of the site's other pages: of the same kind if there are any."""
        kind = page_dialect.is_conference(page) or False
        of_kind: Counter[Wrapper] = Counter()
        of_all: Counter[Wrapper] = Counter()
        for (conference, wrapper), count in self.tallies.wrappers.items():
            of_all[wrapper] += count
            of_kind[wrapper] += count if bool(conference) == kind else 0
        return most(+of_kind) or most(of_all) or EMPHASIS

    def _math(self, page: Page) -> Math:
        if owner := self.owner.math:
            return owner
        if page.get("math") is not True and not _has_math(self.site):
            return "off"
        passes = lookup(self.site.config, "markup", "goldmark", "extensions", "passthrough", "enable")
        if not isinstance(passes, bool):  # then the newest modules' own configuration turns it on
            passes = (self._built_with() or self._generation(page)) in {"tailwind", "kit"}
        return "raw" if passes else "escaped"


def survey(site: Site, pages: Iterable[Page], owner: ThemeSettings | None = None) -> Survey:
    """Read through a site's pages once, and return what they say; `owner` is the owner's settings."""
    tallies = Tallies()
    by_doi: dict[str, list[Page]] = defaultdict(list)
    first_path = ""
    for page in pages:
        tallies.add(page)
        first_path = min(first_path or page.path, page.path)
        if key := page_doi(page).key:
            by_doi[key].append(page)
    owner = owner or ThemeSettings()
    pages_read = tallies.formats.total()
    profiles, problems = read_author_profiles(site)
    module, where = module_of(site)
    has_types = bool(tallies.keys["publication_types"] or module or not pages_read)
    return Survey(
        site=site,
        tallies=tallies,
        profiles=profiles,
        problems=problems,
        same_doi={key: tuple(group) for key, group in by_doi.items() if len(group) > 1},
        module=module,
        where=where,
        owner=owner,
        foreign_theme=None if owner.generation else find_foreign_theme(site, has_types=has_types),
        usual_keys=frozenset(key for key, count in tallies.keys.items() if 2 * count > pages_read),
        first_path=first_path,
    )


def _has_math(site: Site) -> bool:
    """Tell whether the site's parameters turn TeX on: in the oldest, the newer and the newest place."""
    places = (("math",), ("features", "math", "enable"), ("hugoblox", "content", "math", "enable"))
    return any(lookup(site.config, "params", *path) is True for path in places)


def most(counted: Counter[Said]) -> Said | None:
    """Return what was said most often (of two, what was said first), or None."""
    return max(counted, key=lambda name: counted[name], default=None)
