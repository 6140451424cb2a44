"""The whole story: read the site, ask about its DOIs, decide, write; nothing else decides the order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from enrich import __version__
from enrich.choices.select import with_choice
from enrich.errors import UsageError
from enrich.fetcher.lookup import Lookup
from enrich.model.explanation import Explanation
from enrich.model.page import Page, SiteContext
from enrich.model.plan import Baseline, Change, Failed, Outcome, Plan, Skipped
from enrich.model.report import Report, summarise
from enrich.model.work import Answer, Found, NotFound
from enrich.reconciler.baseline_update import mark_unreported
from enrich.reconciler.comparison import Comparison, Rules
from enrich.reconciler.explain import explain_comparison, explain_without_page
from enrich.reconciler.ignores import describe_unused_ignore
from enrich.reconciler.linked_works import linked_dois, linked_piis
from enrich.reconciler.reconcile import Reconciliation, reconcile
from enrich.settings.load import Settings
from enrich.site import git_root, pages, site_survey
from enrich.site.pages import Site
from enrich.site.unread_folders import nothing_under, section_name, unread_sections
from enrich.text.doi import doi_on
from enrich.wiring import open_lookup, rules_of
from enrich.writer import baseline_file
from enrich.writer.apply import carry_out
from enrich.writer.edit_page import dress
from enrich.writer.lock import only_run

CHUNK = 400  # pages looked up together: full batches for the services, and a bounded memory
Progress = Callable[[str, int, int], None]
# What is done with the plans before they are carried out: `review` asks, decisions come from a file.
Choose = Callable[[Sequence[Outcome]], Sequence[Outcome]]


@dataclass(frozen=True, slots=True)
class Read:
    """A site as it was read: its pages, and those that could not be."""

    pages: Mapping[str, Page]
    others: Mapping[str, Skipped | Failed]


def run(
    settings: Settings,
    targets: Sequence[Path],
    *,
    act: bool,
    progress: Progress | None = None,
    choose: Choose | None = None,
) -> Report:
    """Return the report on the pages under the targets; with `act`, what is safe or chosen is written."""
    site = pages.locate(targets, settings.sections)
    act = act and bool(pages.wanted(site))  # where there is no page, nothing is made: no lock, no folder
    with only_run(site.root) if act else nullcontext():
        known = baseline_file.load(site.root)
        with open_lookup(settings) as lookup:
            outcomes = plan(site, known, lookup, settings, progress or _silent)
            notes = (*site.notes, *known.messages, *lookup.notes, *_unread(site))
        notes = (*notes, *_idle_ignores(site, settings, outcomes))
        notes = notes if outcomes else (*notes, nothing_under(site))
        if act:
            outcomes = carry_out(site, known, choose(outcomes) if choose else outcomes)
    return Report(
        tool=f"enrich {__version__}",
        outcomes=tuple(outcomes),
        summary=summarise(outcomes),
        notes=notes,
        site=site.title,
        prefix=git_root.prefix(site.root),
    )


def doi_at(settings: Settings, path: Path) -> str:
    """Return the DOI of a page; UsageError where it has none, or is not one page."""
    site = pages.locate([path], settings.sections)
    dois = [key_of(page) for name in pages.wanted(site) if isinstance(page := pages.read(site, name), Page)]
    if len(dois) != 1 or not dois[0]:
        what = "this page has no DOI" if len(dois) == 1 else f"{len(dois)} pages, where one is explained"
        raise UsageError(f"{path}: {what}")
    return dois[0]


def explain(settings: Settings, doi: str, targets: Sequence[Path]) -> tuple[Explanation, ...]:
    """Return how the decision came about on each page with a DOI; one without a page where none has it."""
    site = pages.locate(targets, settings.sections)
    known = baseline_file.load(site.root)
    read = read_site(site, _silent)
    site_context = site_survey.survey(site, read.pages.values(), settings)
    with open_lookup(settings) as lookup:
        answer = lookup.answers([doi])[doi.lower()]
    cases = [
        Comparison(
            page, answer, known.of(path, doi.lower()), site_context.site_context(page), rules_of(settings)
        )
        for path, page in read.pages.items()
        if key_of(page) == doi.lower()
    ]
    return tuple(explain_comparison(comparison, doi) for comparison in cases) or (
        explain_without_page(doi, answer),
    )


def plan(
    site: Site, known: baseline_file.Baselines, lookup: Lookup, settings: Settings, progress: Progress
) -> list[Outcome]:
    """Return what is to happen to each page under the targets, in the order of their paths."""
    read = read_site(site, progress)
    site_context = site_survey.survey(site, read.pages.values(), settings)
    rules = rules_of(settings)
    paths = pages.wanted(site)
    asked = {path: dois_of(read.pages.get(path)) for path in paths}
    total = len({doi for dois in asked.values() for doi in dois})
    answered: set[str] = set()
    outcomes: list[Outcome] = []
    for chunk in (paths[at : at + CHUNK] for at in range(0, len(paths), CHUNK)):
        progress("look-ups", len(answered), total)
        answers = lookup.answers(sorted({doi for path in chunk for doi in asked[path]}))
        answered |= answers.keys()
        answers |= lookup.by_pii(_piis(chunk, asked, read.pages, answers))
        for path in chunk:
            page = read.pages.get(path)
            if page is None:
                outcomes.append(read.others[path])
                continue
            doi = next(iter(asked[path]), "")
            decided = reconcile_page(
                page, answers.get(doi), known.of(path, doi), site_context.site_context(page), rules, answers
            )
            outcomes.append(plan_page(decided, settings))
            progress("pages", len(outcomes), len(paths))
    return outcomes


def read_site(site: Site, progress: Progress) -> Read:
    """Return every page of the site: dialect, twins and duplicates come from all of them."""
    found: dict[str, Page] = {}
    others: dict[str, Skipped | Failed] = {}
    for path in dict.fromkeys((*site.paths, *pages.wanted(site))):
        outcome = pages.read(site, path)
        if isinstance(outcome, Page):
            found[path] = outcome
        else:
            others[path] = outcome
        progress("reading", len(found) + len(others), 0)
    return Read(found, others)


@dataclass(frozen=True, slots=True)
class Decided:
    """A page, what the services said, and what the reconciler makes of it."""

    page: Page
    answer: Answer | None
    known: Baseline | None
    site_context: SiteContext
    verdict: Reconciliation


def reconcile_page(
    page: Page,
    answer: Answer | None,
    known: Baseline | None,
    site_context: SiteContext,
    rules: Rules,
    others: Mapping[str, Answer],
) -> Decided:
    """Return the decision on one page."""
    verdict = reconcile(page, answer, known, site_context, rules, others)
    return Decided(page, answer, known, site_context, verdict)


def plan_page(decided: Decided, settings: Settings) -> Plan | Failed:
    """Return the page's new text, proved by re-reading; Failed where that proof fails."""
    page, verdict = decided.page, decided.verdict
    dressed = dress(page, verdict.changes, decided.site_context.dialect)
    changes = tuple(change for change in dressed if change.new != change.old or change.refused)
    changes, findings = mark_unreported(changes, verdict.findings, decided.known)
    found = decided.answer if isinstance(decided.answer, Found) else None
    typed = doi_on(page)
    plan = Plan(
        page=page,
        after=page.text,
        doi=typed.bare if typed else "",
        source=found.source if found else None,
        cached=found.cached if found else False,
        changes=changes,
        findings=findings,
        agreed=verdict.agreed,
        looked_up=isinstance(decided.answer, Found | NotFound),
        ignored=tuple(one.line for one in verdict.ignored),
    )
    return with_choice(plan, [change for change in changes if is_chosen(change, settings)])


def is_chosen(change: Change, settings: Settings) -> bool:
    """Return whether `apply` writes a change: what is safe, or with `--all` whatever can be written."""
    return change.refused is None and (change.level == "safe" or settings.write_all)


def key_of(page: Page | None) -> str:
    """Return the DOI that the services are asked for, `""` where the page has none that is one."""
    doi = doi_on(page) if page else None
    return doi.key if doi else ""


def dois_of(page: Page | None) -> tuple[str, ...]:
    """Return every DOI that a page makes us look up: its own, and those its PDF links hold."""
    own = key_of(page)
    return (own, *linked_dois(page)) if page and own else ()


def _piis(
    paths: Sequence[str],
    asked: Mapping[str, Sequence[str]],
    known: Mapping[str, Page],
    answers: Mapping[str, Answer],
) -> Iterator[str]:
    """Yield the PIIs of other works that the pages' PDF links hold."""
    for path in paths:
        if own := asked[path][:1]:
            yield from linked_piis(known[path], answers.get(own[0]))


def _idle_ignores(site: Site, settings: Settings, outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield a note for each ignore that kept nothing back; only where the whole site was looked at."""
    if settings.only or settings.skip or site.root not in site.targets:
        return
    used = {line for outcome in outcomes if isinstance(outcome, Plan) for line in outcome.ignored}
    for ignore in settings.ignores:
        if ignore.line not in used:
            yield f"enrich.toml:{ignore.line}: {describe_unused_ignore(ignore, rules_of(settings).today)}"


def _unread(site: Site) -> Iterator[str]:
    for folder in unread_sections(site):
        name = section_name(site, folder)
        add = f'[pages] sections = ["{name}"]'
        yield f"{folder} looks like publications and was not read; if it is, enrich.toml: {add}"


def _silent(_stage: str, _done: int, _of: int) -> None:
    """Show no progress."""
