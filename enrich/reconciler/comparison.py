"""Bring together everything that a rule may use about one page and one record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from enrich.front_matter.comments import CommentedValue, find_commented_values, find_pinned_keys
from enrich.model.page import BadDoi, Doi, KeyPath, Page, Value, drop_params
from enrich.model.plan import Baseline, Candidate
from enrich.model.site_context import SiteContext
from enrich.model.work import Answer, Found, Work
from enrich.reconciler.field_comparison import list_texts
from enrich.reconciler.findings.published_version import find_likely_article
from enrich.reconciler.identity import identify_record
from enrich.reconciler.people.alignment import Alignment, align_authors
from enrich.reconciler.people.author_entries import read_author_entries
from enrich.reconciler.people.parse_name import parse_inverted_name
from enrich.reconciler.people.profile_lookup import find_profile
from enrich.reconciler.people.renamed import merge_renamed
from enrich.reconciler.rules import Rules
from enrich.reconciler.type_words import read_first_type, to_csl
from enrich.reconciler.verdict import Identity
from enrich.text.compare import strip_markup, texts_match
from enrich.text.page_doi import page_doi


@dataclass(frozen=True)
class Comparison:
    """The input of a comparison: a page, the answer about its DOI, and all else that the rules may use."""

    page: Page
    """The page."""
    answer: Answer | None
    """The answer about its DOI; None if the page has no DOI or none was looked up."""
    baseline: Baseline | None
    """Its baseline, from earlier runs."""
    site_context: SiteContext
    """The context that the rest of the site gives it."""
    rules: Rules
    """The owner's settings about values."""
    others: Mapping[str, Answer] = field(default_factory=dict)
    """The answers about the works to which it links, by their DOIs."""
    candidates: tuple[Candidate, ...] = ()
    """The DOIs that may be its own if it has none."""

    @cached_property
    def work(self) -> Work | None:
        """The record, None without one."""
        return self.answer.work if isinstance(self.answer, Found) else None

    @cached_property
    def doi_place(self) -> tuple[KeyPath | None, Value]:
        """The key of the page's DOI and its value."""
        doi = page_doi(self.page)
        return doi.path, doi.typed

    @cached_property
    def doi(self) -> Doi | BadDoi | None:
        """The page's DOI as read."""
        return page_doi(self.page).parsed

    @cached_property
    def base(self) -> Mapping[str, Value]:
        """The values with which the page was last compared; empty if the page then had another DOI."""
        if self.baseline is None or not isinstance(self.doi, Doi) or self.baseline.doi != self.doi.key:
            return {}
        return self.baseline.fields

    @cached_property
    def identity(self) -> Identity | None:
        """Whether it is the record of the page's work; None without a record."""
        if self.work is None:
            return None
        has_own_title = self.is_kept("title")
        return identify_record(self.page, self.site_context, self.work, has_own_title=has_own_title)

    @property
    def is_same(self) -> bool:
        """Whether the record is that of the page's work without doubt."""
        return self.identity is not None and self.identity.answer == "same"

    @property
    def is_comparable(self) -> bool:
        """Whether the record is, or may be, that of the page's work."""
        return self.identity is not None and self.identity.answer in {"same", "doubt"}

    @cached_property
    def declined(self) -> frozenset[str]:
        """The fields that the owner emptied while the page had another DOI."""
        return frozenset(self.baseline.declined if self.baseline else ())

    @cached_property
    def likely_article(self) -> Work | None:
        """The article that title, authors and year say the preprint of the record became."""
        found = self.answer if isinstance(self.answer, Found) else None
        return find_likely_article(found.work, found.articles) if found else None

    @cached_property
    def is_about_article(self) -> bool:
        """Whether the page is about the article that the preprint of the record became."""
        if self.work is None or self.work.type != "posted-content":
            return False
        local = to_csl(read_first_type(self.page.get("publication_types")))
        return local not in {"", "article"} and bool(self.work.became or self.likely_article)

    @cached_property
    def entries(self) -> tuple[str, ...]:
        """The names of the page's author list."""
        return read_author_entries(self.page.get("authors"))

    @cached_property
    def shown_entries(self) -> tuple[str, ...]:
        """The names of the author list as reports print them: `admin (Ada Lovelace)` with a profile."""
        profiles = self.site_context.profiles
        names = ((entry.strip(), find_profile(entry, profiles)) for entry in self.entries)
        return tuple(
            f"{entry} ({profile.names[0]})"
            if profile and profile.names and not texts_match(entry, profile.names[0])
            else entry
            for entry, profile in names
        )

    @cached_property
    def alignment(self) -> Alignment:
        """The alignment of the page's authors with the record's."""
        people = self.work.contributors if self.work else ()
        has_more = bool(self.work and self.work.has_more_contributors)
        found = align_authors(self.entries, people, self.site_context.profiles, has_more=has_more)
        base = tuple(map(parse_inverted_name, list_texts(self.base.get("authors"))))
        if not base or not found.extra or not found.missing:
            return found
        return merge_renamed(
            found, align_authors(self.entries, base, self.site_context.profiles), base, people
        )

    @cached_property
    def commented(self) -> Mapping[str, CommentedValue]:
        """The keys that are commented out in the front matter."""
        return find_commented_values(self.page)

    @cached_property
    def find_pinned_keys(self) -> frozenset[str]:
        """The keys that the owner marked `# enrich: keep`."""
        return find_pinned_keys(self.page)

    def is_kept(self, *path: str) -> bool:
        """Return whether the owner marked a key, or a key above it, `# enrich: keep`."""
        spelled = self.page.find(*path) or path
        return ".".join(spelled) in self.find_pinned_keys or spelled[0] in self.find_pinned_keys

    def may_write_key(self, path: KeyPath) -> bool:
        """Return whether the theme probably reads a key: of an unknown theme, those that most pages have."""
        context = self.site_context
        return not context.is_foreign_theme or drop_params(path)[0].lower() in context.usual_keys

    def line(self, *path: str) -> int:
        """Return the line of a key, 0 if it is not there."""
        return self.page.line(*path)

    def find_title(self, doi: str) -> str:
        """Return the title of another work, if the run has looked it up and found it."""
        answer = self.others.get(doi)
        return strip_markup(answer.work.title) if isinstance(answer, Found) else ""

    def place(self, *path: str) -> tuple[KeyPath, Value]:
        """Return the key under which the page has (or would have) a value, and the value."""
        return self.page.find(*path) or path, self.page.get(*path)

    def text(self, *path: str) -> str:
        """Return the text at a key, `""` if there is none."""
        value = self.page.get(*path)
        return value if isinstance(value, str) else ""
