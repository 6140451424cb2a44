"""Propose the values of a new page: each field's record value in the form that the site's pages have."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from enrich.errors import Refused
from enrich.front_matter.whole_values import blank_value
from enrich.model.addition import NameParts
from enrich.model.page import KeyPath, Page, Remote, Value
from enrich.model.site_context import Profile, SiteContext
from enrich.model.work import Found, PartialDate, Work
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.field_comparison import is_empty
from enrich.reconciler.fields.registry import load_fields
from enrich.reconciler.partial_dates import format_date_like, propose_date, read_date
from enrich.reconciler.people.author_entries import read_author_entries
from enrich.reconciler.people.decoration import strip_decoration
from enrich.reconciler.people.profile_lookup import find_profile, is_alias, make_profile_slug
from enrich.reconciler.people.site_names import format_for_site, match_profiles
from enrich.reconciler.rules import Rules
from enrich.reconciler.title_forms import propose_title, read_title
from enrich.text.compare import strip_markup
from enrich.text.page_container import JOURNAL, PUBLICATION, find_container_key
from enrich.text.page_doi import page_doi

# The fields that every new page has, because the theme needs them to list it.
ALWAYS = ("title", "authors", "date")
# Fields that no comparison proposes: the site decides about the DOI's key, and the file is not a key.
_APART = frozenset({"doi", "cite.bib", "authors"})
_CLOCK_TIME = re.compile(r"(?<=[T ])\d\d:\d\d:\d\d(?:\.\d+)?")
# The last word with the particles before it, which are in lower case: "van 't Hart".
_FAMILY = re.compile(r"(?<!\S)(?:(?:[^\W\dA-Z_]{1,4}|['’]t) )*\S+$")
_WESTERN = re.compile(r"[T ]\d\d:\d\d:\d\d\S*-\d\d")


def list_filled_keys() -> frozenset[str]:
    """Return the keys that a record fills, in lower case."""
    return frozenset({*(name.lower() for name in load_fields()), JOURNAL} - {"doi", "cite.bib"})


def propose_values(
    form: Page, work: Work, site_context: SiteContext, entries: Sequence[str], today: dt.date
) -> Mapping[KeyPath, Value]:
    """Return the values of a new page by their keys, empty if the record has none; raise Refused.

    `form` has the keys of the site's pages and the values of one of them, `entries` are authors as the
    site's newest pages write them. A key that the form lacks is left out, but for title, authors and date.
    """
    context = replace(site_context, language="", twins=(), duplicates=())
    blank = _blank_fields(form)
    comparison = Comparison(blank, Found(work, "", cached=True), None, context, Rules(today))
    values: dict[KeyPath, Value] = {}
    for name, field in load_fields().items():
        key = find_container_key(form) if name == PUBLICATION else name
        if name in _APART or not (name in ALWAYS or form.find(key)):
            continue
        for compared in field.compare(comparison, work):
            if compared.refused and name == "title":
                raise Refused(compared.refused)
            is_known = compared.new is not None and (not compared.refused or name == "date")
            values[compared.path] = compared.new if is_known else blank_value(form.get(*compared.path))
    values[form.find("authors") or ("authors",)] = _format_authors(form, work, context, entries)
    if propose_date(work.dates) is None:
        values.pop(form.find("date") or ("date",), None)
    return values


def _blank_fields(form: Page) -> Page:
    """Return the form with empty fields, except for the date, whose form the new date takes."""
    keys = list_filled_keys() - {"date"}
    data = {
        key: blank_value(value) if key.lower() in keys else value for key, value in form.front.data.items()
    }
    data |= {key: _zero_time(value) for key, value in data.items() if key.lower() == "date"}
    return replace(form, front=replace(form.front, data=data))


def _zero_time(value: Value) -> Value:
    """Return a date with midnight as its time, if it has one: the hour of another page means nothing."""
    return _CLOCK_TIME.sub("00:00:00", value) if isinstance(value, str) else value


def _format_authors(form: Page, work: Work, context: SiteContext, entries: Sequence[str]) -> Value:
    """Return the authors as the site writes them, in the shape of the form's value."""
    profiles = match_profiles(work.contributors, context).by_person
    used = {make_profile_slug(entry) for entry in entries}
    # If no page of the site uses the alias of a profile, the new page does not use it either.
    linked = {at: one for at, one in profiles.items() if one.slug in used or not entries}
    names = [
        format_for_site(person, linked.get(at), context, entries)
        for at, person in enumerate(work.contributors)
    ]
    typed = form.get("authors")
    if isinstance(typed, str) and typed.strip():
        return _join_author_line(names, typed)
    if isinstance(typed, list) and typed and isinstance(typed[0], Mapping):
        return [{"name": name} for name in names]
    return names


def _join_author_line(names: Sequence[Value], typed: str) -> Value:
    """Return names on one line, with the form's sign before the last name."""
    texts = [name.text if isinstance(name, Remote) else str(name) for name in names]
    sign = next((sign for sign in (" & ", " and ") if sign in typed), "")
    last = f",{sign}" if f",{sign}" in typed else sign
    head, tail = texts[:-1], texts[-1:]
    return Remote(last.join(filter(None, (", ".join(head), *tail))) if last else ", ".join(texts))


def read_work_parts(work: Work) -> NameParts:
    """Return the parts from which the name of a work's page can be made."""
    people = work.contributors
    return NameParts(
        families=tuple(person.family or person.literal for person in people),
        date=propose_date(work.dates),
        title=strip_markup(propose_title(work)),
        doi=work.doi,
    )


def read_page_parts(page: Page, profiles: Mapping[str, Profile]) -> NameParts:
    """Return the parts from which the name of a page may have been made."""
    return NameParts(
        families=tuple(_list_families(page, profiles)),
        date=read_date(page.get("date")),
        title=read_title(page),
        doi=page_doi(page).bare or next((placed.doi.bare for placed in page.placed_dois), ""),
    )


def _list_families(page: Page, profiles: Mapping[str, Profile]) -> Iterator[str]:
    for entry in read_author_entries(page.get("authors")):
        profile = find_profile(entry, profiles)
        name = strip_decoration(profile.names[0] if profile and profile.names else entry)
        family, comma, _ = name.partition(",")
        if not (profile is None and is_alias(entry, profiles)):
            found = _FAMILY.search(name)
            yield family.strip() if comma or not found else found[0]


def choose_published(
    form: Page, values: Mapping[KeyPath, Value], dates: Sequence[tuple[Value, Value]], today: dt.date
) -> Mapping[KeyPath, Value]:
    """Return the days under `publishDate` and `lastmod`: today's, or the work's if the site's pages do so.

    `dates` has the values of `date` and `publishDate` of the site's pages.
    """
    same = sum(
        read_date(date) == read_date(published) for date, published in dates if not is_empty(published)
    )
    day = values.get(form.find("date") or ("date",))
    is_work_day = 2 * same > len(dates) and isinstance(day, str)
    published = (read_date(day) if is_work_day else None) or _find_published_day(form, today)
    keys = filter(form.find, ("publishdate", "lastmod"))
    return {
        (form.find(key) or (key,)): format_date_like(published, _zero_time(form.get(key))) for key in keys
    }


def _find_published_day(form: Page, today: dt.date) -> PartialDate:
    """Return a day that has begun in every time zone: Hugo publishes no page before its `publishDate`."""
    is_west = any(_WESTERN.search(str(form.get(key))) for key in ("publishdate", "lastmod"))
    day = today - dt.timedelta(days=1) if is_west else today
    return PartialDate(day.year, day.month, day.day)
