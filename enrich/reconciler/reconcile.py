"""Reconcile a page with a record: three-way, field by field, each change with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from enrich.model.page import Doi, KeyPath, Page, SiteContext, Value
from enrich.model.plan import Baseline, Change, Finding, Ignore, Kind, Level, Policy
from enrich.model.work import Answer, Work
from enrich.reconciler.commented_out import is_declined
from enrich.reconciler.comparison import Case, Rules
from enrich.reconciler.field_comparison import Slot, Texts, stored, texts_of
from enrich.reconciler.fields.date import listed
from enrich.reconciler.fields.publication_type import NAMES, as_csl, csl_type, first_type
from enrich.reconciler.fields.registry import FIELDS
from enrich.reconciler.findings.registry import collect_findings
from enrich.reconciler.ignores import of_page, silences
from enrich.text.compare import comparison_key

# What a preprint and its article do not have in common.
OF_THE_VERSION = frozenset({"date", "publication", "publication_types"})
_AGENCIES = {"crossref": "Crossref", "datacite": "DataCite"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a page is to hear: `agreed` maps each slot found equal to what the baseline keeps of it.

    `ignored` are the owner's ignores that kept something back.
    """

    changes: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()
    agreed: Mapping[str, Value] = field(default_factory=dict)
    ignored: tuple[Ignore, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """One slot's outcome: `state` is the row of the three-way table, in words."""

    slot: Slot
    state: str
    kind: Kind | None = None
    level: Level = "review"


def reconcile(
    page: Page,
    answer: Answer | None,
    baseline: Baseline | None,
    site_context: SiteContext,
    rules: Rules,
    others: Mapping[str, Answer] = MappingProxyType({}),
) -> Verdict:
    """Return the changes and findings for a page; nothing is proposed where the record is another work's.

    `others` holds the answers about works that the page links to: they only improve a message.
    """
    case = Case(page, answer, baseline, site_context, rules, others)
    if case.work is None or case.is_mismatch:
        return _without_ignored(case, Verdict(findings=collect_findings(case)))
    judged = list(judgements(case, case.work))
    changes = [change for one in judged if (change := _change(case, case.work, one))]
    agreed = {one.slot.name: _settled(case, one.slot) for one in judged if one.state == "equal"}
    return _without_ignored(case, Verdict((*normalised_doi(case), *changes), collect_findings(case), agreed))


def _settled(case: Case, slot: Slot) -> Value:
    """Return what the baseline keeps of a slot found equal: what it has, where the record only churned."""
    base = texts_of(case.base.get(slot.name))
    if base == slot.normal:
        return stored(base)
    same = bool(base) and len(base) == len(slot.normal) and slot.unchanged(base, slot.normal)
    return stored(base if same else slot.normal)


def _without_ignored(case: Case, verdict: Verdict) -> Verdict:
    doi = case.doi.key if isinstance(case.doi, Doi) else ""
    about = of_page(case.rules.ignores, case.page.path, doi, case.rules.today)
    if not about:
        return verdict
    said: tuple[Change | Finding, ...] = (*verdict.changes, *verdict.findings)
    return replace(
        verdict,
        changes=tuple(one for one in verdict.changes if not any(silences(ignore, one) for ignore in about)),
        findings=tuple(one for one in verdict.findings if not any(silences(ignore, one) for ignore in about)),
        ignored=tuple(ignore for ignore in about if any(silences(ignore, one) for one in said)),
    )


def judgements(case: Case, work: Work) -> Iterator[Judgement]:
    """Yield the judgement of every slot that the owner lets us look at."""
    for name, row in FIELDS.items():
        policy = case.rules.policies.get(name, row.policy)
        if policy == "keep" or not case.rules.wants(name):
            continue
        for slot in row.slots(case, work):
            yield judge(case, slot, policy)


def judge(case: Case, slot: Slot, policy: Policy) -> Judgement:
    """Return which row of the three-way table a slot is in, and what that row allows."""
    base = texts_of(case.base.get(slot.name))
    if not slot.texts:
        return Judgement(slot, "the record is silent")
    if slot.empty:
        if base:
            return Judgement(slot, "the owner emptied or declined it")
        if is_declined(case, slot.path):
            return Judgement(slot, "the owner commented it out")
        return _allowed(case, slot, "nothing there", "fill", safe=policy in {"fill", "overwrite"})
    if slot.same(slot.local, slot.texts):
        return Judgement(slot, "equal")
    if not base:
        return _allowed(case, slot, "differs", "replace", safe=policy == "overwrite")
    if slot.unchanged(base, slot.normal):
        return Judgement(slot, "the owner's own value")
    if slot.same(slot.local, base):
        follows = slot.exact(slot.local, base) and not _is_cut(base, slot.normal)
        safe = policy == "overwrite" or (policy == "fill" and follows)
        return _allowed(case, slot, "the record moved", "update", safe=safe)
    return _allowed(case, slot, "both moved", "conflict", safe=policy == "overwrite")


def _is_cut(base: Texts, now: Texts) -> bool:
    """Return whether the record's text only lost its end: a damage as likely as a correction."""
    before, after = comparison_key(base[0]), comparison_key(now[0]) if now else ""
    return len(base) == len(now) == 1 and after != before and before.startswith(after)


def _allowed(case: Case, slot: Slot, state: str, kind: Kind, *, safe: bool) -> Judgement:
    """Return a judgement with its change, unless the key is pinned or there is nothing to propose."""
    if case.is_kept(*slot.path):
        return Judgement(slot, "marked to be kept")
    if case.speaks_of_article and slot.path[0].lower() in OF_THE_VERSION:
        return Judgement(slot, "the page is about the article that this preprint became")
    if slot.new is None:
        return Judgement(slot, f"{state}, but nothing can be proposed")
    return Judgement(slot, state, kind, "safe" if safe and not slot.doubt else "review")


def normalised_doi(case: Case) -> Iterator[Change]:
    """Yield the change that makes a DOI bare; only where the cleaned DOI has a record."""
    path, typed = case.doi_place
    doi = case.doi
    policy = case.rules.policies.get("doi", "fill")
    if path is None or not isinstance(doi, Doi) or doi.bare == typed or policy == "keep":
        return
    if not case.rules.wants("doi") or case.is_kept(*path) or case.base.get("doi"):
        return  # a base is there only where the owner has answered "keep mine"
    yield Change(
        field="doi",
        path=path,
        kind="normalise",
        level="review" if policy == "propose" else "safe",
        old=typed,
        new=doi.bare,
        reason="the theme puts https://doi.org/ before it, so only the bare DOI gives a working link",
        baseline_value=doi.key,
    )


def _change(case: Case, work: Work, judged: Judgement) -> Change | None:
    slot = judged.slot
    if judged.kind is None:
        return None
    return Change(
        field=slot.name.split(".")[0],
        path=slot.path,
        kind=judged.kind,
        level=judged.level,
        old=slot.local,
        new=slot.new,
        reason=_reason(case, work, judged),
        baseline_value=stored(slot.normal),
        line=_line(case, slot.path),
        status="refused" if slot.refused else "proposed",
        refused_because=slot.refused,
    )


def _line(case: Case, path: KeyPath) -> int:
    return case.page.front.lines.get(path, 0)


def _reason(case: Case, work: Work, judged: Judgement) -> str:
    """Return in words why a change is shown, and why it wants a look."""
    who = _AGENCIES.get(work.agency, "the record")
    base = texts_of(case.base.get(judged.slot.name))
    said = f"“{_short('; '.join(base) if judged.slot.name == 'authors' else base[0])}”" if base else ""
    why = {
        "fill": f"the page says nothing here, {who} does",
        "update": f"{who} changed its record (before: {said}); the page still says the old",
        "replace": f"the page and {who} differ",
        "conflict": f"{who} changed its record (before: {said}); the page says a third thing",
        "normalise": "",
    }[judged.kind or "normalise"]
    if judged.slot.name == "publication_types" and (
        typed := NAMES.get(as_csl(first_type(judged.slot.local)))
    ):
        why += f": {typed} here, {NAMES[csl_type(work)]} there"
    if judged.slot.name == "date" and judged.kind != "fill":
        why += f": {listed(work.dates)}"
    return f"{why}; {judged.slot.doubt}" if judged.slot.doubt else why


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
