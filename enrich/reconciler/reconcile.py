"""Reconcile a page with a record: three-way, field by field, each change with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from enrich.model.page import Doi, Page, Value
from enrich.model.plan import Baseline, Candidate, Change, Finding, Kind
from enrich.model.site_context import SiteContext
from enrich.model.work import Answer, Work
from enrich.reconciler.baseline_update import name_baseline_value
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.field_comparison import FieldComparison, list_texts, to_baseline_value
from enrich.reconciler.fields.cite_bib import list_new_file_values
from enrich.reconciler.fields.doi import offer_possible_dois, propose_found_doi, propose_repair
from enrich.reconciler.fields.key_order import list_preceding_keys
from enrich.reconciler.fields.registry import load_fields
from enrich.reconciler.findings.registry import collect_findings
from enrich.reconciler.ignores import ignore_matches, select_ignores
from enrich.reconciler.partial_dates import describe_dates
from enrich.reconciler.published_set import build_published_set, mark_replaced, name_field
from enrich.reconciler.rules import Rules
from enrich.reconciler.three_way import FieldDecision, decide_fields, is_included
from enrich.reconciler.type_words import NAMES, get_csl_type, read_first_type, to_csl
from enrich.reconciler.verdict import Reconciliation

_QUOTED = 60  # characters of an earlier value in a reason


def reconcile(
    page: Page,
    answer: Answer | None,
    baseline: Baseline | None,
    site_context: SiteContext,
    rules: Rules,
    others: Mapping[str, Answer] = MappingProxyType({}),
    candidates: tuple[Candidate, ...] = (),
) -> Reconciliation:
    """Return the changes and findings for a page; propose nothing if the record is another work's.

    `others` has the answers about works to which the page links; they only improve a message. `candidates`
    are DOIs that may be that of a page without one.
    """
    comparison = Comparison(page, answer, baseline, site_context, rules, others, candidates)
    if comparison.work is None or not comparison.is_comparable:
        changes = (*propose_repair(comparison), *propose_found_doi(comparison))
        findings = collect_findings(comparison)
        offers = tuple(offer_possible_dois(comparison))
        verdict = Reconciliation(changes, findings, identity=comparison.identity, offers=offers)
        return _drop_ignored(comparison, verdict)
    decisions = list(decide_fields(comparison, comparison.work))
    proposed = (_build_change(comparison, comparison.work, decision) for decision in decisions)
    ordinary = (*_normalise_values(comparison), *filter(None, proposed))
    published = build_published_set(comparison)
    changes = (*mark_replaced(ordinary, published), *published.changes)
    agreed = {
        decision.compared.name: _settle_base(comparison, decision.compared)
        for decision in decisions
        if decision.row == "equal" and comparison.is_same
    }
    findings = collect_findings(comparison)
    in_file = dict(list_new_file_values(comparison, changes))
    in_set = published.agreed or {}
    verdict = Reconciliation(changes, findings, agreed, in_set, in_file, identity=comparison.identity)
    return _drop_ignored(comparison, verdict)


def _normalise_values(comparison: Comparison) -> Iterator[Change]:
    """Yield the changes to how values are written, without those that the owner has declined."""
    for row in load_fields().values():
        changes = row.normalise(comparison) if is_included(comparison, row) else ()
        yield from (
            change
            for change in changes
            if change.baseline_value != comparison.base.get(name_baseline_value(change))
        )


def _settle_base(comparison: Comparison, compared: FieldComparison) -> Value:
    """Return the baseline value of an equal field: the old one if the record changed only its form."""
    base = list_texts(comparison.base.get(compared.name))
    now = compared.baseline_value
    if base == now:
        return to_baseline_value(base)
    only_churned = bool(base) and len(base) == len(now) and compared.record_unchanged(base, now)
    return to_baseline_value(base if only_churned else now)


def _drop_ignored(comparison: Comparison, verdict: Reconciliation) -> Reconciliation:
    doi = comparison.doi.key if isinstance(comparison.doi, Doi) else ""
    rules = comparison.rules
    ignores = select_ignores(rules.ignores, comparison.page.path, doi, rules.today)
    if not ignores:
        return verdict

    def is_reported(item: Change | Finding) -> bool:
        return not any(ignore_matches(ignore, item) for ignore in ignores)

    items: tuple[Change | Finding, ...] = (*verdict.changes, *verdict.findings)
    return replace(
        verdict,
        changes=tuple(filter(is_reported, verdict.changes)),
        findings=tuple(filter(is_reported, verdict.findings)),
        ignored=tuple(ignore for ignore in ignores if any(ignore_matches(ignore, item) for item in items)),
    )


def _build_change(comparison: Comparison, work: Work, decision: FieldDecision) -> Change | None:
    compared = decision.compared
    if decision.kind is None:
        return None
    return Change(
        field=name_field(compared),
        file=compared.file,
        path=compared.path,
        kind=decision.kind,
        level=decision.level,
        old=compared.local,
        new=compared.new,
        reason=_explain_change(comparison, work, decision),
        after=list_preceding_keys(compared.path[0], comparison.page.front.format),
        baseline_value=to_baseline_value(compared.baseline_value),
        line=compared.line or comparison.page.front.lines.get(compared.path, 0),
        status="refused" if compared.refused else "proposed",
        refused_because=compared.refused,
        alternatives=compared.alternatives[:9],
        needs_answer=compared.needs_answer,
    )


def _explain_change(comparison: Comparison, work: Work, decision: FieldDecision) -> str:
    """Return the reasons for a change and for its review, in words."""
    compared = decision.compared
    base = list_texts(comparison.base.get(compared.name))
    before = f"“{_shorten_value('; '.join(base) if compared.name == 'authors' else base[0])}”" if base else ""
    why = compared.reason or _explain_kind(
        decision.kind or "normalise", work.agency, before, _describe_empty(compared)
    )
    if compared.name == "publication_types":
        typed = NAMES.get(to_csl(read_first_type(compared.local)))
        deposited = NAMES[get_csl_type(work)]
        why += f": {typed} on the page, {deposited} in the record" if typed else f": {deposited}"
    if compared.name == "date" and decision.kind != "fill":
        why += f": {describe_dates(work.dates)}"
    doubts = (
        compared.needs_review_because,
        "" if comparison.is_same else "the record may be about another work",
    )
    return "; ".join((why, *filter(None, doubts)))


def _describe_empty(compared: FieldComparison) -> str:
    """Return what a key without a value says; the themes' templates begin with the type `0`."""
    typed = compared.local if isinstance(compared.local, list | tuple) else (compared.local,)
    return "0 means that no type was chosen" if [*map(str, typed)] == ["0"] else "the page has no value"


def _explain_kind(kind: Kind, agency: str, before: str, empty: str) -> str:
    return {
        "fill": f"{empty}; {agency} has one",
        "update": f"{agency} changed its record (before: {before}); the page still has the old value",
        "replace": f"{agency} has another value",
        "conflict": f"{agency} changed its record (before: {before}); the page has neither value",
        "normalise": "",
    }[kind]


def _shorten_value(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 3]}…"
