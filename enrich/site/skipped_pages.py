"""Recognise the pages that a run leaves alone: those that their owner switched off, and lists of pages.

A list of pages, or a landing page, is about no single work.
"""

from __future__ import annotations

from enrich.model.page import Page
from enrich.text.page_container import PUBLICATION
from enrich.text.page_doi import KIT_DOI, PLAIN_DOI, page_doi

SWITCH, WIDGET, TYPES = "enrich", "widget", "publication_types"
# Hugo's own list layouts and those of the themes: a landing page consists of sections, each a `widget`.
# https://gohugo.io/templates/types/ and https://docs.hugoblox.com/reference/landing-page-builder
LISTS = {
    "type": frozenset({"landing", "widget_page"}),
    "layout": frozenset({"list", "section", "landing", "archives", "search"}),
}
SWITCHED_OFF = f"`{SWITCH}: false`"
READ_KEYS = frozenset({SWITCH, WIDGET, TYPES, *LISTS, PUBLICATION, PLAIN_DOI[0], KIT_DOI[0]})
"""The keys whose values decide, in lower case."""


def find_skip_reason(page: Page) -> str:
    """Return why a run leaves a page alone, `""` for a page that it compares."""
    return SWITCHED_OFF if is_switched_off(page) else find_list_reason(page)


def find_list_reason(page: Page) -> str:
    """Return why a page counts as a list of pages, `""` for any other page."""
    mark = "" if _names_work(page) else _find_list_mark(page)
    return f"a list of pages or a part of one ({mark}), not a publication" if mark else ""


def is_switched_off(page: Page) -> bool:
    """Return whether the page tells enrich to skip it: `enrich: false`."""
    value = page.get(SWITCH)
    return value is False or (isinstance(value, str) and value.strip().lower() in {"false", "no", "off"})


def _names_work(page: Page) -> bool:
    return bool(page_doi(page).typed or page.get(TYPES) or page.get(PUBLICATION))


def _find_list_mark(page: Page) -> str:
    """Return what makes a page a list: its file's name, or a key and its value."""
    name = page.path.rpartition("/")[2]
    if name.startswith("_index."):
        return f"`{name}`"
    marks = (f"`{key}: {word}`" for key, words in LISTS.items() if (word := _read_word(page, key)) in words)
    return next(marks, f"`widget: {word}`" if (word := _read_word(page, WIDGET)) else "")


def _read_word(page: Page, key: str) -> str:
    value = page.get(key)
    return value.strip().lower() if isinstance(value, str) else ""
