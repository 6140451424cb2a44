"""Make the text of a new page for a work, in the dialect of the site's own pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from enrich.errors import Refused
from enrich.front_matter.page_text import read_page, remove_key
from enrich.front_matter.whole_values import blank_value
from enrich.model.addition import AddRequest, WeighedPage
from enrich.model.page import KeyPath, Page, Value
from enrich.model.plan import Finding
from enrich.model.site_context import SiteContext
from enrich.model.work import Found, Work
from enrich.reconciler.fields.key_order import list_preceding_keys
from enrich.reconciler.new_page_values import (
    choose_published,
    list_filled_keys,
    propose_values,
    read_page_parts,
    read_work_parts,
)
from enrich.reconciler.reconcile import reconcile
from enrich.reconciler.rules import Rules
from enrich.reconciler.type_words import format_type_like, get_csl_type, read_first_type, to_csl
from enrich.site import page_files, page_places
from enrich.site.doi_key import find_doi_key, format_doi_value
from enrich.site.page_dialect import list_author_entries
from enrich.site.page_form import make_form
from enrich.site.page_names import NamePattern, choose_name, learn_name_pattern
from enrich.site.pages import Site
from enrich.site.site_survey import Survey
from enrich.site.starter_pages import STARTERS
from enrich.writer.edit_page import make_page_text, render_changes
from enrich.writer.render_page import render_page

# A page without values, for facts about the whole site.
_EMPTY_PAGE = "---\n---\n"


@dataclass(frozen=True)
class SiteHabits:
    """How a site writes its publication pages."""

    site: Site
    """The site."""
    pages: page_files.SitePages
    """Its pages."""
    survey: Survey
    """The facts about it as a whole."""
    examples: Sequence[WeighedPage]
    """The pages of the section and the language of the new pages, the newest first."""
    request: AddRequest
    """The user's request."""

    @cached_property
    def known_pages(self) -> Sequence[Page]:
        """All pages of the site, those in the language of the new pages first."""
        return page_places.put_own_language_first(self.site, self.pages.read.values(), self.request)

    @cached_property
    def pattern(self) -> NamePattern:
        """The way in which the pages are named."""
        return learn_name_pattern(self.examples)

    @cached_property
    def form(self) -> Page:
        """The page from which new pages are made, with its own values still under the keys of fields."""
        if self.examples:
            return make_form(self.examples, list_filled_keys())
        generation = self.survey.find_dialect(read_page("", _EMPTY_PAGE)).generation
        return read_page("", STARTERS[generation])

    @cached_property
    def doi_key(self) -> KeyPath:
        """The key of the DOI."""
        return find_doi_key(self.examples, self.survey.find_dialect(self.form).doi)


def learn_habits(site: Site, pages: page_files.SitePages, found: Survey, request: AddRequest) -> SiteHabits:
    """Return how a site writes its pages; raise UsageError if it lacks the section or the language."""
    parts = {path: read_page_parts(page, found.profiles) for path, page in pages.read.items()}
    weighed = page_places.weigh_pages(site, pages.read, parts, request)
    examples = page_places.choose_examples(site, weighed, request)
    return SiteHabits(site, pages, found, examples, request)


def make_page(
    habits: SiteHabits, found: Found, taken: Collection[str], rules: Rules
) -> tuple[Page, tuple[Finding, ...]]:
    """Return the new page of a work, and the findings of a check on it; raise Refused if it cannot be exact.

    `taken` are the paths of pages that this run has planned and not written yet.
    """
    form = replace(habits.form, path=choose_path(habits, found.work, taken))
    context = habits.survey.make_context(_make_typed_page(form, found.work, habits))
    values = collect_values(habits, form, found.work, context, rules.today)
    date = form.find("date")
    form = remove_key(form, date[0]) if date and date not in values else form
    order = {key[0]: list_preceding_keys(key[0], form.front.format) for key in values}
    return complete_page(habits, render_page(form, values, context.dialect, order), found, rules)


def collect_values(
    habits: SiteHabits, form: Page, work: Work, context: SiteContext, today: dt.date
) -> Mapping[KeyPath, Value]:
    """Return the values that the form takes, by their keys."""
    entries = [entry for one in habits.examples for entry in list_author_entries(one.page)]
    dates = [(one.page.get("date"), one.page.get("publishdate")) for one in habits.examples]
    values = {**propose_values(form, work, context, entries, today)}
    values |= choose_published(form, values, dates, today)
    keys = [habits.doi_key, *([context.dialect.doi] if context.dois_under_key is not None else [])]
    values |= {key: format_doi_value(habits.examples, key, work.doi) for key in keys}
    draft = form.find("draft") or (("draft",) if habits.request.is_draft else None)
    return values | ({draft: habits.request.is_draft} if draft else {})


def complete_page(
    habits: SiteHabits, page: Page, found: Found, rules: Rules
) -> tuple[Page, tuple[Finding, ...]]:
    """Return the page with all values that a check would fill in, and the findings of the check."""
    context = habits.survey.make_context(page)
    verdict = reconcile(page, found, None, context, rules)
    changes = render_changes(page, verdict.changes, context.dialect)
    return read_page(page.path, make_page_text(page, changes)), verdict.findings


def _make_typed_page(form: Page, work: Work, habits: SiteHabits) -> Page:
    """Return the form with only the type of the work, from which the dialect follows."""
    types, csl = habits.survey.find_dialect(form).types, get_csl_type(work)
    data: dict[str, Value] = {key: blank_value(value) for key, value in form.front.data.items()}
    key = (form.find("publication_types") or ("publication_types",))[0]
    data |= {key: format_type_like(csl, types, None)} if csl else {}
    return replace(form, front=replace(form.front, data=data))


def choose_path(habits: SiteHabits, work: Work, taken: Collection[str]) -> str:
    """Return a path for a work's page that no file, folder or other new page has."""
    csl = get_csl_type(work)
    place = page_places.place_new_page(
        habits.site, habits.examples, habits.request, lambda one: _read_csl_type(one.page) == csl
    )
    parts = read_work_parts(work)
    folder = page_places.join_folder(place, parts.date.year if parts.date else None)
    names = page_places.list_taken_names(habits.site, folder, taken)
    if habits.request.name and habits.request.name.lower() in names:
        reason = f"{folder} has a page or folder {habits.request.name} already; choose another name"
        raise Refused(f"{reason} with --slug")
    name = habits.request.name or choose_name(habits.pattern, parts, lambda one: one.lower() in names)
    return page_places.join_page_path(folder, name, place)


def _read_csl_type(page: Page) -> str:
    return to_csl(read_first_type(page.get("publication_types")))
