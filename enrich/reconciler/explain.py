"""Say how the decision on each field came about."""

from __future__ import annotations

import inspect

from enrich.model.explanation import Explanation, Row
from enrich.model.work import Answer, Found, NotFound, Unsupported, Work
from enrich.reconciler.comparison import Case
from enrich.reconciler.field_comparison import texts_of
from enrich.reconciler.fields.registry import FIELDS, Field
from enrich.reconciler.findings.registry import collect_findings
from enrich.reconciler.reconcile import Judgement, judge


def explain(case: Case, doi: str) -> Explanation:
    """Return the way from the record to the decision for a page."""
    source = case.answer.source if isinstance(case.answer, Found) else ""
    said = explain_answer(case.answer)
    if case.work is None:
        return Explanation(doi, case.page.path, source, said, findings=collect_findings(case))
    if case.is_mismatch:
        said = "the record is another paper's, so nothing is compared"
    rows = tuple(row for one in FIELDS.values() for row in _rows(case, case.work, one))
    return Explanation(doi, case.page.path, source, said, rows, collect_findings(case))


def explain_answer(answer: Answer | None) -> str:
    """Return in words what the services said about the DOI."""
    if isinstance(answer, Found):
        return "from the cache" if answer.cached else "just fetched"
    if isinstance(answer, NotFound):
        return "no registration agency knows it"
    if isinstance(answer, Unsupported):
        return f"registered with {answer.agency}, which cannot be asked"
    return answer.reason if answer else "nobody was asked"


def page_without(doi: str, answer: Answer | None) -> Explanation:
    """Return what can be said of a DOI that no page has."""
    source = answer.source if isinstance(answer, Found) else ""
    rows = _record_only(answer.work) if isinstance(answer, Found) else ()
    return Explanation(doi, "", source, explain_answer(answer), rows)


def _rows(case: Case, work: Work, field: Field) -> list[Row]:
    policy = case.rules.policies.get(field.name, field.policy)
    return [
        Row(
            field=slot.name,
            raw=_shown(field.raw(work)),
            cleaned="; ".join(slot.texts if slot.name == "authors" else slot.texts[:1]),
            page=_shown(slot.local),
            base="; ".join(texts_of(case.base.get(slot.name))),
            verdict=_verdict(judge(case, slot, policy), policy),
            rule=_rule(field),
        )
        for slot in field.slots(case, work)
    ]


def _record_only(work: Work) -> tuple[Row, ...]:
    return tuple(
        Row(field.name, _shown(field.raw(work)), "", "", "", "no page has this DOI", _rule(field))
        for field in FIELDS.values()
    )


def _verdict(judged: Judgement, policy: str) -> str:
    if policy == "keep":
        return "not looked at: its policy is keep"
    if judged.kind is None:
        return judged.state
    refused = f", but cannot be written: {judged.slot.refused}" if judged.slot.refused else ""
    doubt = f" ({judged.slot.doubt})" if judged.slot.doubt else ""
    return f"{judged.state}: {judged.kind}, {judged.level}{doubt}{refused}"


def _rule(field: Field) -> str:
    return (inspect.getdoc(field.slots) or "").split("\n")[0].removeprefix("Yield ")


def _shown(value: object) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(shown for item in value if (shown := _shown(item)))
    return "" if value is None else str(value)
