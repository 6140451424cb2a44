"""Survey a site once, and give each page its dialect and its site context.

The first that has an answer decides: the owner's setting, the page's own values, the majority of the site's
pages, the theme's module (29 of 81 sites mix generations).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from enrich.model.citation_style import CitationStyle
from enrich.model.page import Page
from enrich.model.site_context import Dialect, Generation, Math, Profile, SiteContext, ThemeSettings, Types
from enrich.site import page_dialect
from enrich.site.author_profiles import read_author_profiles
from enrich.site.hugo_config import get_config_value
from enrich.site.languages import find_language, find_site_language, has_several_languages
from enrich.site.page_dialect import EMPHASIS, Wrapper
from enrich.site.pages import Site
from enrich.site.site_tallies import Tallies, choose_commonest, normalise_key
from enrich.site.theme_generation import TYPES_OF, find_foreign_theme, find_module
from enrich.text.page_doi import KIT_DOI, PLAIN_DOI, page_doi


@dataclass(frozen=True)
class Survey:
    """The facts about a site as a whole."""

    site: Site
    """The site."""
    tallies: Tallies
    """How often its pages write things in each way."""
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    """The author profiles, by slug."""
    problems: tuple[str, ...] = ()
    """A message for each profile that cannot be read."""
    same_doi: Mapping[str, tuple[Page, ...]] = field(default_factory=dict)
    """The pages with a DOI, by its lower-case form."""
    module: Generation | None = None
    """The generation of the theme that the configuration names; None if it names none."""
    where: str = ""
    """The file that names the generation, and the line."""
    owner: ThemeSettings = field(default_factory=ThemeSettings)
    """The owner's settings about the theme."""
    foreign_theme: str | None = None
    """The name of a theme that enrich does not know, `""` if nothing names it; None on other sites."""
    usual_keys: frozenset[str] = frozenset()
    """The keys that more than half of the pages have."""
    citation_style: CitationStyle | None = None
    """The style of the citation files; None if enrich makes none."""

    def make_context(self, page: Page) -> SiteContext:
        """Return the context that the rest of the site gives a page."""
        language, dialect = self._find_language(page), self.find_dialect(page)
        others = [other for other in self.same_doi.get(page_doi(page).key, ()) if other.path != page.path]
        return SiteContext(
            dialect=dialect,
            profiles=self.profiles,
            spellings=self.tallies.spellings,
            twins=tuple(other for other in others if self._find_language(other) != language),
            duplicates=tuple(other.path for other in others if self._find_language(other) == language),
            language=language,
            is_one_of_several_languages=self._has_language_beside(language),
            site_types=self._choose_site_types(),
            legend_types=self.tallies.legend_types,
            theme=self.foreign_theme or "",
            is_foreign_theme=self.foreign_theme is not None,
            usual_keys=self.usual_keys,
            citation_style=self.citation_style,
            dois_in_language=self._dois_by_language.get(language, frozenset()),
            dois_under_key=self._count_dois_under_key(dialect),
        )

    def find_dialect(self, page: Page) -> Dialect:
        """Return the dialect in which a page is written."""
        generation = self._choose_generation(page)
        said = page_dialect.find_dialect_doi_key(page) or choose_commonest(self.tallies.doi)
        return Dialect(
            generation=generation,
            types=self._choose_types(page),
            doi=said or (KIT_DOI if generation == "kit" else PLAIN_DOI),
            journal=page_dialect.find_journal_wrapper(page) or self._choose_wrapper(page),
            math=self._choose_math(page),
            names_are_markdown=(self._find_layout_generation() or "academic") == "academic",
        )

    def add_dois(self, pages: Iterable[Page]) -> Survey:
        """Return the survey with the DOIs that pages were found to have elsewhere than under their key."""
        return replace(self, same_doi=group_by_doi(pages))

    def _count_dois_under_key(self, dialect: Dialect) -> int | None:
        key = normalise_key(dialect.doi)
        return self.tallies.valid_dois[key] if key in self.tallies.doi_keys else None

    @cached_property
    def _dois_by_language(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for doi, pages in self.same_doi.items():
            for page in pages:
                found[self._find_language(page)].add(doi)
        return {language: frozenset(dois) for language, dois in found.items()}

    def _find_language(self, page: Page) -> str:
        return find_language(page.path, {**self.site.mounted, **self.site.content}, self.site.config)

    def _has_language_beside(self, language: str) -> bool:
        config = self.site.config
        return has_several_languages(config) or language != find_site_language(config)

    def _choose_types(self, page: Page) -> Types:
        built_with = self._find_layout_generation()
        by_module: Types = TYPES_OF[built_with] if built_with else "number"
        return self.owner.types or page_dialect.find_types(page) or self._find_usual_types() or by_module

    def _find_usual_types(self) -> Types | None:
        return choose_commonest(self.tallies.types)

    def _choose_site_types(self) -> Types | None:
        """Return the types that the owner set, three pages in four write, the module reads, most write."""
        if owner := self.owner.types:
            return owner
        counted = self.tallies.types
        clear = [name for name, count in counted.items() if 4 * count >= 3 * counted.total()]
        if clear and counted.total() > 1:
            return clear[0]
        return TYPES_OF[self.module] if self.module else choose_commonest(counted)

    def _find_layout_generation(self) -> Generation | None:
        """Return the generation whose layouts print the site, whatever form its pages have."""
        return self.owner.generation or self.module

    def _choose_generation(self, page: Page) -> Generation:
        """Return the owner's generation, else the module's unless the pages use another one."""
        if owner := self.owner.generation:
            return owner
        doi_key = page_dialect.find_dialect_doi_key(page) or choose_commonest(self.tallies.doi) or PLAIN_DOI
        if doi_key[0].lower() == KIT_DOI[0]:
            return "tailwind" if self.module == "tailwind" else "kit"
        types = choose_commonest(self.tallies.types)
        if self.module and types in {None, TYPES_OF[self.module]}:
            return self.module
        if types == "csl":
            return "bootstrap"
        return "academic" if choose_commonest(self.tallies.formats) == "toml" else "wowchemy"

    def _choose_wrapper(self, page: Page) -> Wrapper:
        """Return the wrapper of the site's other pages: of the same kind if there are any."""
        kind = page_dialect.is_conference(page) or False
        of_kind: Counter[Wrapper] = Counter()
        of_all: Counter[Wrapper] = Counter()
        for (conference, wrapper), count in self.tallies.wrappers.items():
            of_all[wrapper] += count
            of_kind[wrapper] += count if bool(conference) == kind else 0
        return choose_commonest(+of_kind) or choose_commonest(of_all) or EMPHASIS

    def _choose_math(self, page: Page) -> Math:
        if owner := self.owner.math:
            return owner
        if page.get("math") is not True and not _has_math(self.site):
            return "off"
        passes = get_config_value(
            self.site.config, "markup", "goldmark", "extensions", "passthrough", "enable"
        )
        if not isinstance(passes, bool):  # then the newest modules' own configuration turns it on
            passes = (self._find_layout_generation() or self._choose_generation(page)) in {"tailwind", "kit"}
        return "raw" if passes else "escaped"


def survey_site(site: Site, pages: Iterable[Page], owner: ThemeSettings | None = None) -> Survey:
    """Read a site's pages once, and return the facts about them; `owner` is the owner's settings."""
    tallies = Tallies()
    pages = [*pages]
    for page in pages:
        tallies.add(page)
    owner = owner or ThemeSettings()
    pages_read = tallies.formats.total()
    profiles, problems = read_author_profiles(site)
    module, where = find_module(site)
    has_types = bool(tallies.keys["publication_types"] or module or not pages_read)
    return Survey(
        site=site,
        tallies=tallies,
        profiles=profiles,
        problems=problems,
        same_doi=group_by_doi(pages),
        module=module,
        where=where,
        owner=owner,
        foreign_theme=None if owner.generation else find_foreign_theme(site, has_types=has_types),
        usual_keys=frozenset(key for key, count in tallies.keys.items() if 2 * count > pages_read),
    )


def group_by_doi(pages: Iterable[Page]) -> dict[str, tuple[Page, ...]]:
    """Return the pages with a DOI by its lower-case form."""
    groups: dict[str, list[Page]] = defaultdict(list)
    for page in pages:
        if key := page_doi(page).key:
            groups[key].append(page)
    return {key: tuple(group) for key, group in groups.items()}


def _has_math(site: Site) -> bool:
    """Return whether the site's parameters turn TeX on, under the oldest, the newer or the newest key."""
    places = (("math",), ("features", "math", "enable"), ("hugoblox", "content", "math", "enable"))
    return any(get_config_value(site.config, "params", *path) is True for path in places)
