"""Make pages for DOIs: look them up, leave out those that have a page, plan every page, then write them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from enrich.bibtex.bib_keys import list_citation_keys
from enrich.errors import Refused, UsageError
from enrich.fetcher.lookup import Lookup
from enrich.model.addition import AddedPage, AddRequest
from enrich.model.new_page import NewPage
from enrich.model.page import CITE_BIB, Doi
from enrich.model.work import Found, Work
from enrich.reconciler.known_work import (
    find_page_with_any_doi,
    is_one_work,
    is_page_of_work,
    list_alike_pages,
    list_dois_of_work,
)
from enrich.reconciler.new_citation import format_citation_file
from enrich.reconciler.new_works import is_work_of_its_own
from enrich.reconciler.rules import Rules
from enrich.settings.settings import Settings
from enrich.site import page_files, pages
from enrich.site.citation_files import add_citation_style
from enrich.site.hugo_config import is_site
from enrich.site.page_names import is_reserved_name
from enrich.site.page_places import describe_other_language
from enrich.site.site_survey import survey_site
from enrich.steps.failed_additions import UNWRITTEN, explain_missing_page, read_failure, refuse_second_page
from enrich.steps.make_page import SiteHabits, learn_habits, make_page
from enrich.steps.open_lookup import open_lookup
from enrich.steps.similar_pages import list_similar_pages
from enrich.text.doi import parse_doi
from enrich.text.page_doi import page_doi
from enrich.writer.apply import write_new_pages
from enrich.writer.lock import hold_lock

_PAGE_NAME = re.compile(r"[^\W_](?:[\w.+-]{0,98}[\w+-])?")


@dataclass(frozen=True, slots=True)
class Addition:
    """An open run that adds pages."""

    habits: SiteHabits
    """How the site's pages are written."""
    lookup: Lookup
    """The source of the records."""
    rules: Rules
    """The owner's settings about values."""


def add_pages(
    settings: Settings, folder: Path, typed: Sequence[str], request: AddRequest
) -> tuple[AddedPage, ...]:
    """Return the outcome for each DOI; plan every page before writing the first.

    Raise UsageError if the folder is not a Hugo site, or has no such section or language.
    """
    _check_request(typed, request)
    with open_addition(settings, folder, request) as opened:
        return make_additions(opened, typed) if request.writes else tuple(plan_additions(opened, typed))


def make_additions(opened: Addition, typed: Sequence[str]) -> tuple[AddedPage, ...]:
    """Plan every page, then write them under the site's lock; return the outcome for each DOI."""
    planned = plan_additions(opened, typed)
    with hold_lock(opened.habits.site.root):
        return tuple(write_planned_pages(opened, planned))


@contextmanager
def open_addition(settings: Settings, folder: Path, request: AddRequest) -> Iterator[Addition]:
    """Read a site and how its pages are written, and open the source of the records."""
    site = pages.find_site([folder], settings.sections)
    if not is_site(site.root):
        raise UsageError(f"{folder}: not in a Hugo site; name the folder that has hugo.toml or config/")
    site_pages = page_files.read_pages(site, _ignore_reading)
    found = survey_site(site, site_pages.read.values(), settings.theme())
    found = add_citation_style(found, site_pages.read)
    habits = learn_habits(site, site_pages, found, request)
    today = dt.datetime.now(tz=dt.UTC).date()
    with open_lookup(settings) as lookup:
        yield Addition(habits, lookup, settings.rules(today))


def plan_additions(opened: Addition, typed: Sequence[str]) -> list[AddedPage]:
    """Return the outcome for each DOI, in their order; a work gets only one page."""
    dois = [parse_doi(text) for text in typed]
    pages = opened.habits.known_pages
    paths = {doi.key: find_page_with_any_doi(pages, (doi.key,)) for doi in dois if isinstance(doi, Doi)}
    answers = opened.lookup.look_up([key for key, path in paths.items() if not path])
    planned: list[AddedPage] = []
    works: list[tuple[Work, str]] = []
    for text, doi in zip(typed, dois, strict=True):
        answer = answers.get(doi.key) if isinstance(doi, Doi) else None
        if isinstance(doi, Doi) and paths[doi.key]:  # no record is needed, so it works offline
            planned.append(_name_known_page(opened, doi, paths[doi.key]))
        elif isinstance(doi, Doi) and isinstance(answer, Found):
            path = _find_planned_page(works, answer.work)
            known = _name_known_page(opened, doi, path) if path else _find_own_page(opened, doi, answer.work)
            planned.append(known or _plan_new_page(opened, doi, answer, planned))
            works.append((answer.work, planned[-1].path))
        else:
            planned.append(explain_missing_page(text, doi, answer))
    return planned


def _name_known_page(opened: Addition, doi: Doi, path: str) -> AddedPage:
    """Return the page that a work has already; a note, if the user asked for another language."""
    note = describe_other_language(opened.habits.site, path, opened.habits.request)
    return AddedPage(doi.bare, "exists", path, warnings=(note,) if note else ())


def _find_planned_page(works: Sequence[tuple[Work, str]], work: Work) -> str:
    """Return the path of the page that this run makes for the work, its preprint or its article."""
    return next((path for other, path in works if path and is_one_work(other, work)), "")


def _plan_new_page(opened: Addition, doi: Doi, found: Found, planned: Sequence[AddedPage]) -> AddedPage:
    """Return the new page of a work beside those that are planned, or why there can be none."""
    if not found.work.title.strip():
        reason = "its record has no title; make this page by hand"
        return AddedPage(doi.bare, "failed", error=reason, exit_code=UNWRITTEN)
    try:
        page, findings = make_page(opened.habits, found, [one.path for one in planned], opened.rules)
    except Refused as error:
        return AddedPage(doi.bare, "failed", error=str(error), exit_code=UNWRITTEN)
    grave = tuple(one.message for one in findings if one.severity == "error" or one.code == "corrected")
    similar = tuple(list_similar_pages(opened.habits, found.work))
    cite_bib = _make_citation_file(opened, page.path, found.work, planned)
    return AddedPage(
        doi.bare,
        "would-add",
        page.path,
        page.text,
        cite_bib,
        warnings=(*grave, *_warn_of_part(found.work), *similar),
    )


def _warn_of_part(work: Work) -> tuple[str, ...]:
    """Return a warning for the record of a figure, a notice or a journal, none for that of a paper."""
    kind = work.type.replace("-", " ")
    text = f"this is the record of a part or a notice ({kind}), not of a paper; check the DOI"
    return () if is_work_of_its_own(work) else (text,)


def _make_citation_file(opened: Addition, path: str, work: Work, planned: Sequence[AddedPage]) -> str:
    """Return the citation file of a new bundle, if most of the site's bundles have one."""
    style = opened.habits.survey.citation_style
    if style is None or not PurePosixPath(path).name.startswith("index."):
        return ""
    new_keys = {key for one in planned for key in list_citation_keys(one.cite_bib)}
    try:
        return format_citation_file(replace(style, keys=style.keys | new_keys), work, path)
    except Refused:
        return ""


def _find_own_page(opened: Addition, doi: Doi, work: Work) -> AddedPage | None:
    """Return the outcome for a work that the site has a page about, under any DOI or none; else None.

    It fails where a page has the work's title and no service answered about that page's DOI.
    """
    known = opened.habits.known_pages
    if path := find_page_with_any_doi(known, list_dois_of_work(work)):
        return _name_known_page(opened, doi, path)
    alike = {page.path: page for page in list_alike_pages(known, work)}
    keys = {path: page_doi(page).key for path, page in alike.items()}
    answers = opened.lookup.look_up(sorted(set(filter(None, keys.values()))))
    context = opened.habits.survey.make_context
    for path, page in alike.items():
        if is_page_of_work(page, context(page), work, answers.get(keys[path])):
            return _name_known_page(opened, doi, path)
    failed = ((path, reason) for path, key in keys.items() if (reason := read_failure(answers.get(key))))
    return next((refuse_second_page(doi, path, reason) for path, reason in failed), None)


def write_planned_pages(opened: Addition, planned: Sequence[AddedPage]) -> list[AddedPage]:
    """Write each planned page; return the outcome for each DOI. A failure does not stop the others."""
    wanted = [page for page in planned if page.status == "would-add"]
    new = [NewPage(page.path, _list_page_files(page)) for page in wanted]
    failed = write_new_pages(opened.habits.site.root, new) if new else {}
    return [_settle_page(page, failed) if page in wanted else page for page in planned]


def _list_page_files(page: AddedPage) -> dict[str, str]:
    files = {PurePosixPath(page.path).name: page.text}
    return files | ({CITE_BIB: page.cite_bib} if page.cite_bib else {})


def _settle_page(page: AddedPage, failed: Mapping[str, str]) -> AddedPage:
    """Return a planned page as written, or as failed with the reason."""
    if error := failed.get(page.path, ""):
        return replace(page, status="failed", text="", cite_bib="", error=error, exit_code=UNWRITTEN)
    return replace(page, status="added", text="", cite_bib="")


def _check_request(typed: Sequence[str], request: AddRequest) -> None:
    """Raise UsageError for a name that no page can have."""
    if request.name and len(typed) > 1:
        raise UsageError("--slug names one page; give one DOI with it")
    if request.name and not _PAGE_NAME.fullmatch(request.name):
        raise UsageError(f"--slug {request.name}: use letters, digits, '-', '_' and '.', without a '/'")
    if is_reserved_name(request.name):
        raise UsageError(f"--slug {request.name}: Windows or Hugo reserves this name; use another one")


def _ignore_reading(_stage: str, _done: int, _of: int) -> None:
    """Show no progress: a site is read in a moment."""
