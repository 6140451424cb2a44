"""Run all steps in order: read the site, look up its DOIs, compare, choose, write, report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from enrich import __version__
from enrich.choices.decision_file import Decisions, apply_decisions
from enrich.choices.select import select_safe, withdraw_kept
from enrich.errors import PageError, UsageError, explain_interrupt
from enrich.fetcher.cache.quiet_file import make_quiet_file
from enrich.fetcher.lookup import Lookup
from enrich.model.page import Page
from enrich.model.plan import Failed, Outcome, Plan
from enrich.model.report import Report, list_codes, summarise
from enrich.model.work import Answer
from enrich.reconciler.candidates import choose_candidates
from enrich.reconciler.findings.registry import explain_finding
from enrich.reconciler.ignores import list_unused_ignores
from enrich.reconciler.new_citation_keys import separate_citation_keys
from enrich.reconciler.site_facts import report_facts_once
from enrich.settings.settings import Settings
from enrich.site import git_root, page_files, pages, site_survey
from enrich.site.citation_files import add_citation_style
from enrich.site.page_outlines import read_pages_around
from enrich.site.unread_folders import describe_no_pages, describe_publications_elsewhere
from enrich.steps.open_lookup import open_lookup
from enrich.steps.page_lookup import (
    Announce,
    LookedUpPages,
    Progress,
    confirm_dois,
    list_paths_without_doi,
    look_up_pages,
)
from enrich.steps.page_plan import PageInput, build_plan, compare_page
from enrich.steps.parsed_pages import open_parsed_pages
from enrich.steps.quiet_pages import QUIET, QuietPages, WatchedAnswers, open_quiet_pages
from enrich.text.page_doi import page_doi
from enrich.writer import baseline_file
from enrich.writer.cache_folder import describe_hidden_baseline
from enrich.writer.lock import hold_lock

ALL_HAVE_DOIS = "every page under the given paths has a DOI, so there is nothing to search for"


@dataclass(frozen=True, slots=True)
class Run:
    """An open run."""

    settings: Settings
    """The settings of the run."""
    site: pages.Site
    """The site, with the targets of the run."""
    baselines: baseline_file.Baselines
    """The baselines of the pages, from earlier runs."""
    lookup: Lookup
    """The source of the records."""
    today: dt.date
    """The day of the run, for every rule that compares dates."""
    writes: bool
    """Whether the run holds the site's lock and writes the chosen changes."""
    only_missing: bool = False
    """Whether the run is only about pages without a DOI."""
    cache_dir: Path | None = None
    """The folder that keeps facts about pages between runs; None if the run compares every page."""


def run(
    settings: Settings,
    targets: Sequence[Path],
    *,
    act: bool,
    progress: Progress | None = None,
    announce: Announce | None = None,
    decisions: Decisions | None = None,
    only_missing: bool = False,
) -> Report:
    """Return the report on the pages under the targets; with `act`, write the safe or the decided changes.

    `only_missing` leaves out pages with a DOI; `announce` gets a sentence before a long search.
    """
    with open_run(settings, targets, act=act or settings.remember, only_missing=only_missing) as opened:
        with explain_interrupt("no page was written; run the command again to continue" if act else ""):
            plans = plan_pages(opened, progress, announce)
        selected = select_safe(plans, write_all=settings.write_all)
        chosen, refused = apply_decisions(selected, decisions) if decisions is not None else (selected, ())
        outcomes = write_chosen(opened, chosen) if act else remember_reported(opened, chosen)
        return build_report(opened, plans, outcomes, refused)


@contextmanager
def open_run(
    settings: Settings, targets: Sequence[Path], *, act: bool, only_missing: bool = False
) -> Iterator[Run]:
    """Open the site of the targets; with `act`, if there is a page under them, hold its lock to the end."""
    site = pages.find_site(targets, settings.sections)
    writes = act and bool(pages.list_target_pages(site))
    with hold_lock(site.root) if writes else nullcontext(), open_lookup(settings) as lookup:
        today = dt.datetime.now(tz=dt.UTC).date()
        baselines = baseline_file.load(site.root)
        yield Run(settings, site, baselines, lookup, today, writes, only_missing, settings.cache_dir)
        if writes:
            make_quiet_file(settings.cache_dir)


def plan_pages(
    opened: Run, progress: Progress | None = None, announce: Announce | None = None
) -> list[Outcome]:
    """Return the plan for each page under the targets, sorted by path; raise UsageError without a page."""
    progress = progress or _do_nothing
    if not (paths := pages.list_target_pages(opened.site)):
        raise UsageError(describe_no_pages(opened.site))
    parsed = open_parsed_pages(opened.site, _find_memory(opened))
    site_pages = read_pages_around(opened.site, paths, progress, parsed.parse_page)
    if opened.only_missing:
        paths = list_paths_without_doi(site_pages, paths)
    survey = _survey_pages(opened, site_pages)
    looked_up = confirm_dois(opened.lookup, site_pages, survey, paths, progress)
    if opened.settings.find:
        from enrich.steps.find_dois import search_missing_dois

        looked_up = search_missing_dois(opened.lookup, looked_up, paths, progress, announce or _do_nothing)
    outcomes = [*_plan_each(opened, looked_up, paths, progress)]
    parsed.save()
    keyed = separate_citation_keys(outcomes, survey.citation_style)
    return report_facts_once([*keyed], opened.baselines.values())


def _survey_pages(opened: Run, site_pages: page_files.SitePages) -> site_survey.Survey:
    """Return the facts about the site that decide how a page is written."""
    survey = site_survey.survey_site(opened.site, site_pages.read.values(), opened.settings.theme())
    edits_cite_bib = opened.settings.rules(opened.today).edits_cite_bib
    return add_citation_style(survey, site_pages.read) if edits_cite_bib else survey


def _plan_each(
    opened: Run, looked_up: LookedUpPages, paths: Sequence[str], progress: Progress
) -> Iterator[Outcome]:
    """Yield the outcome for each page; look up the records of many pages together."""
    rules, site_pages, count = opened.settings.rules(opened.today), looked_up.pages, 0
    quiet = open_quiet_pages(looked_up.survey, rules, _find_memory(opened), paths)
    for chunk, records in look_up_pages(opened.lookup, looked_up, paths, progress):
        for path in chunk:
            page = site_pages.read.get(path)
            yield plan_page(opened, page, looked_up, records, quiet) if page else site_pages.unread[path]
            count += 1
            progress("pages", count, len(paths))
    quiet.save()


def _find_memory(opened: Run) -> Path | None:
    """Return the cache folder; None if it does not exist and the run sends no request that would make it."""
    folder, settings = opened.cache_dir, opened.settings
    is_online = not settings.offline and (settings.ask_missing or settings.records is None)
    return folder if folder is not None and (is_online or folder.is_dir()) else None


def plan_page(
    opened: Run, page: Page, looked_up: LookedUpPages, records: Mapping[str, Answer], quiet: QuietPages
) -> Plan:
    """Return the plan for a page; do not compare it again if it was quiet with the same input."""
    doi = page_doi(page)
    if quiet.rules.edits_cite_bib:
        page = page_files.attach_cite_bib(opened.site, page, looked_up.pages.read.keys())
    candidates = choose_candidates(looked_up.judged.get(page.path, ()), show_all=opened.settings.verbose > 0)
    answer = records.get(doi.key) or looked_up.failures.get(page.path)
    given = PageInput(page, answer, opened.baselines.find(page.path, doi.key), candidates)
    if quiet.is_quiet(given, writes=opened.writes):
        return build_plan(given, QUIET)
    others = WatchedAnswers(records)
    plan = compare_page(given, looked_up.survey, quiet.rules, others)
    if not others.is_used:
        quiet.note_plan(given, plan)
    return plan


def write_chosen(opened: Run, chosen: Sequence[Outcome]) -> list[Outcome]:
    """Write the selected changes, then the baseline; return the outcomes, last a failure of the baseline."""
    if not opened.writes:
        return list(chosen)
    from enrich.writer.apply import write_plans

    outcomes = write_plans(opened.site.root, chosen)
    failures = [*_save_baseline(opened, outcomes)]
    return [*(withdraw_kept(outcomes) if failures else outcomes), *failures]


def remember_reported(opened: Run, plans: Sequence[Outcome]) -> list[Outcome]:
    """Store in the baseline what the run reports, if the settings ask for it; change no value in it."""
    if not opened.writes:
        return list(plans)
    reported = [replace(plan, agreed={}) if isinstance(plan, Plan) else plan for plan in plans]
    return [*plans, *_save_baseline(opened, reported)]


def update_baselines(opened: Run, outcomes: Sequence[Outcome]) -> baseline_file.Baselines:
    """Return the site's baselines as they are after these outcomes."""
    from enrich.reconciler.baseline_update import make_next_baseline

    plans = [outcome for outcome in outcomes if isinstance(outcome, Plan)]
    lines = [line for plan in plans if (line := make_next_baseline(plan, plan.doi.lower(), plan.baseline))]
    return opened.baselines.replace_lines(lines)


def _save_baseline(opened: Run, outcomes: Sequence[Outcome]) -> Iterator[Failed]:
    """Update these pages' lines in the baseline; yield a failure if it cannot be written."""
    try:
        baseline_file.save(opened.site.root, update_baselines(opened, outcomes))
    except PageError as error:
        yield Failed(baseline_file.PATH, f"{error}; {baseline_file.NOT_KEPT}", is_page=False)


def build_report(
    opened: Run, plans: Sequence[Outcome], outcomes: Sequence[Outcome], refused: Sequence[str] = ()
) -> Report:
    """Return the report on the outcomes, with the run's notes and the refused decisions."""
    return Report(
        tool=f"enrich {__version__}",
        outcomes=tuple(outcomes),
        summary=summarise(outcomes),
        notes=tuple(_list_notes(opened, plans)),
        site=opened.site.title,
        prefix=git_root.find_git_prefix(opened.site.root),
        refused_decisions=tuple(refused),
        day=opened.today.isoformat(),
        explanations={code: explain_finding(code) or "" for code in list_codes(outcomes)},
        nothing_because=ALL_HAVE_DOIS if opened.only_missing and not plans else "",
    )


def _list_notes(opened: Run, plans: Sequence[Outcome]) -> Iterator[str]:
    """Yield messages about the run as a whole."""
    yield from (*opened.site.notes, *opened.baselines.messages, *opened.lookup.notes)
    settings, site = opened.settings, opened.site
    if set(site.paths) <= set(pages.list_target_pages(site)):  # a run on a part reads nothing else
        yield from describe_publications_elsewhere(site)
    if hidden := describe_hidden_baseline(site.root):
        yield hidden
    is_part = opened.only_missing or bool(settings.only or settings.skip)
    if site.root in site.targets and not is_part:
        yield from list_unused_ignores(settings.ignores, plans, opened.today)


def _do_nothing(*_: object) -> None:
    """Announce nothing, show no progress."""
