"""The whole story: read the site, look up its DOIs, decide, choose, write, report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from enrich import __version__
from enrich.choices.decision_file import Decision, apply_decisions
from enrich.choices.select import select_safe
from enrich.errors import PageError, UsageError
from enrich.fetcher.lookup import Lookup
from enrich.fetcher.records.reader import open_records
from enrich.model.explanation import Explanation
from enrich.model.page import Page
from enrich.model.plan import Failed, Outcome, Plan
from enrich.model.report import Report, list_codes, summarise
from enrich.model.work import Answer, Found, NotFound
from enrich.reconciler.baseline_update import mark_unreported, next_baseline
from enrich.reconciler.comparison import Comparison, Rules
from enrich.reconciler.explain import explain_comparison, explain_without_page
from enrich.reconciler.findings.registry import explain_finding
from enrich.reconciler.ignores import describe_unused_ignore
from enrich.reconciler.linked_works import linked_dois, linked_piis
from enrich.reconciler.reconcile import reconcile
from enrich.settings.settings import Settings
from enrich.site import git_root, pages, site_survey
from enrich.site.unread_folders import describe_unread, describe_unread_files, nothing_under
from enrich.text.doi import page_doi
from enrich.writer import baseline_file
from enrich.writer.apply import write_plans
from enrich.writer.cache_folder import make_cache
from enrich.writer.edit_page import dress
from enrich.writer.lock import only_run

CHUNK = 400  # pages looked up together: full batches for the services, and a bounded memory
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Run:
    """An open run."""

    settings: Settings
    site: pages.Site
    baselines: baseline_file.Baselines
    """What earlier runs remembered of each page."""
    lookup: Lookup
    """Where records come from."""
    today: dt.date
    """The day that every rule of this run goes by."""
    writes: bool
    """Whether the run holds the site's lock and writes what was chosen."""


def run(
    settings: Settings,
    targets: Sequence[Path],
    *,
    act: bool,
    progress: Progress | None = None,
    decisions: Sequence[Decision] | None = None,
) -> Report:
    """Report on the pages under the targets; with `act`, write what is safe, or what was decided."""
    with open_run(settings, targets, act=act) as opened:
        plans = plan_pages(opened, progress)
        selected = select_safe(plans, write_all=settings.write_all)
        chosen, refused = apply_decisions(selected, decisions) if decisions is not None else (selected, ())
        outcomes = write_chosen(opened, chosen)
        return build_report(opened, plans, outcomes, refused)


@contextmanager
def open_run(settings: Settings, targets: Sequence[Path], *, act: bool) -> Iterator[Run]:
    """Open the site that the targets lie in; with `act`, hold its lock until the end.

    Where no page is under the targets nothing is made: no lock, no cache folder.
    """
    site = pages.locate(targets, settings.sections)
    writes = act and bool(pages.wanted(site))
    with only_run(site.root) if writes else nullcontext(), open_lookup(settings) as lookup:
        today = dt.datetime.now(tz=dt.UTC).date()
        yield Run(settings, site, baseline_file.load(site.root), lookup, today, writes)


def open_lookup(settings: Settings) -> Lookup:
    """Open the records on disk if the settings name some, else the cache and the services."""
    path = settings.records
    records = open_records(path, settings.cache_dir, make_folder=make_cache) if path else None
    return Lookup(settings.access(__version__), records, make_folder=make_cache)


def plan_pages(opened: Run, progress: Progress | None = None) -> list[Outcome]:
    """Plan each page under the targets, in the order of their paths."""
    progress = progress or _show_nothing
    site_pages = pages.read_pages(opened.site, progress)
    survey = site_survey.survey(opened.site, site_pages.read.values(), opened.settings.theme())
    rules = opened.settings.rules(opened.today)
    paths = pages.wanted(opened.site)
    outcomes: list[Outcome] = []
    for chunk, records in look_up(opened.lookup, site_pages, paths, progress):
        for path in chunk:
            page = site_pages.read.get(path)
            planned = plan_page(page, survey, records, opened.baselines, rules) if page else None
            outcomes.append(planned or site_pages.unread[path])
            progress("pages", len(outcomes), len(paths))
    return outcomes


def look_up(
    lookup: Lookup, site_pages: pages.SitePages, paths: Sequence[str], progress: Progress
) -> Iterator[tuple[Sequence[str], Mapping[str, Answer]]]:
    """Yield the paths in chunks, each with the answers about its pages' DOIs and links."""
    dois = {path: dois_to_look_up(page) for path in paths if (page := site_pages.read.get(path))}
    total = len({doi for page_dois in dois.values() for doi in page_dois})
    answered: set[str] = set()
    for chunk in (paths[at : at + CHUNK] for at in range(0, len(paths), CHUNK)):
        progress("look-ups", len(answered), total)
        read = [page for path in chunk if (page := site_pages.read.get(path))]
        answers = lookup.look_up(sorted({doi for page in read for doi in dois[page.path]}))
        answered |= answers.keys()
        piis = (pii for page in read for pii in linked_piis(page, answers.get(page_doi(page).key)))
        yield chunk, {**answers, **lookup.find_by_pii(piis)}


def dois_to_look_up(page: Page) -> tuple[str, ...]:
    """Return every DOI that a page makes us look up: its own, and those its PDF links hold."""
    own = page_doi(page).key
    return (own, *linked_dois(page)) if own else ()


def plan_page(
    page: Page,
    survey: site_survey.Survey,
    records: Mapping[str, Answer],
    baselines: baseline_file.Baselines,
    rules: Rules,
) -> Plan:
    """Return what can be done to a page; every change was tried on its text alone, or is refused."""
    doi = page_doi(page)
    answer, baseline = records.get(doi.key), baselines.of(page.path, doi.key)
    site_context = survey.site_context(page)
    verdict = reconcile(page, answer, baseline, site_context, rules, records)
    dressed = dress(page, verdict.changes, site_context.dialect)
    changes = tuple(change for change in dressed if change.new != change.old or change.status == "refused")
    changes = () if page.generated_from else changes
    changes, findings = mark_unreported(changes, verdict.findings, baseline)
    found = answer if isinstance(answer, Found) else None
    return Plan(
        page=page,
        after=page.text,
        doi=doi.bare,
        source=found.source if found else None,
        cached=found.cached if found else False,
        changes=changes,
        findings=findings,
        agreed=verdict.agreed,
        looked_up=isinstance(answer, Found | NotFound),
        ignored=tuple(ignore.line for ignore in verdict.ignored),
        baseline=baseline,
        identity=verdict.identity.answer if verdict.identity else None,
        skipped_because=f"generated from {page.generated_from}" if page.generated_from else "",
    )


def write_chosen(opened: Run, chosen: Sequence[Outcome]) -> list[Outcome]:
    """Write the selected changes and remember what was shown; the last outcome tells if that failed."""
    if not opened.writes:
        return list(chosen)
    outcomes = write_plans(opened.site.root, chosen)
    plans = [outcome for outcome in outcomes if isinstance(outcome, Plan)]
    lines = [line for plan in plans if (line := next_baseline(plan, plan.doi.lower(), plan.baseline))]
    try:
        baseline_file.save(opened.site.root, opened.baselines.updated(lines))
    except PageError as error:
        outcomes.append(Failed(baseline_file.PATH, str(error)))
    return outcomes


def build_report(
    opened: Run, plans: Sequence[Outcome], outcomes: Sequence[Outcome], refused: Sequence[str] = ()
) -> Report:
    """Return the report on what became of the plans, with the run's notes and the refused decisions."""
    return Report(
        tool=f"enrich {__version__}",
        outcomes=tuple(outcomes),
        summary=summarise(outcomes),
        notes=tuple(_notes(opened, plans)),
        site=opened.site.title,
        prefix=git_root.prefix(opened.site.root),
        refused_decisions=tuple(refused),
        day=opened.today.isoformat(),
        explanations={code: explain_finding(code) or "" for code in list_codes(outcomes)},
    )


def explain(settings: Settings, doi: str, targets: Sequence[Path]) -> tuple[Explanation, ...]:
    """Explain the decision on each page with a DOI; one explanation without a page where none has it."""
    with open_run(settings, targets, act=False) as opened:
        read = pages.read_pages(opened.site, _show_nothing).read
        survey = site_survey.survey(opened.site, read.values(), settings.theme())
        answer = opened.lookup.look_up([doi])[doi.lower()]
        rules, known = settings.rules(opened.today), opened.baselines
        cases = [
            Comparison(page, answer, known.of(path, doi.lower()), survey.site_context(page), rules)
            for path, page in read.items()
            if page_doi(page).key == doi.lower()
        ]
    return tuple(explain_comparison(case, doi) for case in cases) or (explain_without_page(doi, answer),)


def doi_at(settings: Settings, path: Path) -> str:
    """Return the DOI of a page; raise UsageError where it has none, or where there are several pages."""
    site = pages.locate([path], settings.sections)
    read = (pages.read(site, name) for name in pages.wanted(site))
    dois = [page_doi(page).key for page in read if isinstance(page, Page)]
    if len(dois) != 1 or not dois[0]:
        problem = "this page has no DOI" if len(dois) == 1 else f"{len(dois)} pages; name one of them"
        raise UsageError(f"{path}: {problem}")
    return dois[0]


def _notes(opened: Run, plans: Sequence[Outcome]) -> Iterator[str]:
    """Yield what the owner should know about the run as a whole."""
    yield from (*opened.site.notes, *opened.baselines.messages, *opened.lookup.notes)
    yield from (*describe_unread(opened.site), *describe_unread_files(opened.site))
    yield from _unused_ignores(opened, plans)
    if not plans:
        yield nothing_under(opened.site)


def _unused_ignores(opened: Run, plans: Sequence[Outcome]) -> Iterator[str]:
    """Yield a note for each ignore that kept nothing back, if the whole site was looked at."""
    settings, site = opened.settings, opened.site
    if settings.only or settings.skip or site.root not in site.targets:
        return
    used = {line for plan in plans if isinstance(plan, Plan) for line in plan.ignored}
    for ignore in settings.ignores:
        if ignore.line not in used:
            yield f"enrich.toml:{ignore.line}: {describe_unused_ignore(ignore, opened.today)}"


def _show_nothing(_stage: str, _done: int, _of: int) -> None:
    """Show no progress."""
