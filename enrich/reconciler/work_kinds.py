"""Decide whether a record is of the kind of work that a page is about: an article is not its preprint."""

from __future__ import annotations

from enrich.model.page import Page
from enrich.model.work import Work
from enrich.reconciler.findings.notices import find_notice_target
from enrich.reconciler.identity import PART_TYPES
from enrich.reconciler.journal_names import is_same_container
from enrich.reconciler.meetings import is_of_meeting
from enrich.reconciler.part_forms import split_part_form
from enrich.reconciler.type_words import NAMES, get_csl_type, read_first_type, to_csl
from enrich.text.compare import strip_markup
from enrich.text.page_container import JOURNAL, PUBLICATION, read_container_name

# Only a page that is about such a work itself can have a record of these kinds.
SPECIAL = ("dataset", "software")
# Kinds that people and publishers call by each other's names.
_ONE_KIND = (
    frozenset({"paper-conference", "chapter"}),  # Crossref has papers of Springer's proceedings as chapters
    frozenset({"report", "article"}),  # working papers
)


def explain_other_kind(page: Page, work: Work) -> str:
    """Return why a record is of another kind of work than a page, `""` if it is not.

    Types that differ are one kind if the page names the record's journal or proceedings.
    """
    own, other = read_page_kind(page), read_work_kind(work)
    if notice := find_notice_target(work):
        return f"the record is a notice about a work ({notice.type.replace('_', ' ')})"
    if work.type in PART_TYPES:
        return f"the record is about a {PART_TYPES[work.type]} of a work"
    if any(split_part_form(strip_markup(title))[0] for title in work.titles) != _is_part(page):
        return "only one of the two is a reply, a correction, a review or a supplement"
    if own in SPECIAL or other in SPECIAL or not other:
        return "" if own == other else _describe_kinds(own, work)
    if own == other or {own, other} in _ONE_KIND or names_container(page, work):
        return ""
    return _describe_kinds(own, work) if own or _is_elsewhere(page, other) else ""


def read_page_kind(page: Page) -> str:
    """Return a page's kind as a CSL word, `dataset` or `software`; `""` if it has none."""
    typed = read_first_type(page.get("publication_types")).lower()
    return typed if typed in SPECIAL else _generalise(to_csl(typed))


def read_work_kind(work: Work) -> str:
    """Return a record's kind in the same words, `""` for a kind that no page is about."""
    if work.type == "dataset":
        return "dataset"
    return "software" if work.subtype == "software" else get_csl_type(work)


def names_container(page: Page, work: Work) -> bool:
    """Return whether a page names the journal, the proceedings or the preprint server of a record."""
    servers = work.institutions if work.type == "posted-content" else ()
    names = (*work.container_names, *servers)
    venue = read_venue(page)
    return bool(venue and names) and is_same_container(venue, names)


def read_venue(page: Page) -> str:
    """Return the journal or meeting that a page names for its work, `""` if it names none."""
    return read_container_name(page.get(PUBLICATION)) or read_container_name(page.get(JOURNAL))


def _generalise(word: str) -> str:
    """Return the theme's own word for a more special one."""
    special = {"article-magazine": "article-journal", "article-newspaper": "article-journal"}
    return {**special, "manuscript": "article", "speech": "paper-conference"}.get(word, word)


def _is_part(page: Page) -> bool:
    title = page.get("title")
    return split_part_form(strip_markup(title))[0] if isinstance(title, str) else False


def _is_elsewhere(page: Page, other: str) -> bool:
    """Return whether a page without a type names a venue that no record of this kind has."""
    venue = strip_markup(read_venue(page))
    if other == "article":
        return bool(venue)
    return other == "article-journal" and is_of_meeting(venue)


def _describe_kinds(own: str, work: Work) -> str:
    page_kind = NAMES.get(own, own) or "work of no stated type"
    return f"the page is about a {page_kind}, the record about a {_name_kind(work)}"


def _name_kind(work: Work) -> str:
    kind = read_work_kind(work)
    return NAMES.get(kind, kind) or work.type.replace("-", " ")
