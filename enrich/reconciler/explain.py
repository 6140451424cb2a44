"""Explain the decision about each field."""

from __future__ import annotations

import inspect

from enrich.model.explanation import Explanation, ExplanationRow
from enrich.model.plan import Finding
from enrich.model.work import Answer, Found, NotFound, Unanswered, Unsupported, Work
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.field_comparison import list_texts
from enrich.reconciler.fields.field import Field
from enrich.reconciler.fields.registry import load_fields
from enrich.reconciler.findings.doi_answer import describe_failed_lookup
from enrich.reconciler.findings.registry import collect_findings
from enrich.reconciler.three_way import FieldDecision, decide_field, get_policy
from enrich.reconciler.verdict import Identity
from enrich.text.page_doi import page_doi

_EFFECTS = {
    "fill": "fill in",
    "update": "update",
    "replace": "replace",
    "conflict": "replace",
    "normalise": "tidy",
}


def explain_comparison(comparison: Comparison, doi: str) -> Explanation:
    """Return the steps from the record to the decision for a page."""
    source = comparison.answer.source_name if isinstance(comparison.answer, Found) else ""
    origin = explain_answer(comparison.answer)
    path, findings = comparison.page.path, collect_findings(comparison)
    key = ".".join(page_doi(comparison.page).taken_from)
    if comparison.work is None:
        return Explanation(doi, path, source, origin, findings=findings, doi_key=key)
    origin = f"{origin}; {_describe_identity(comparison.identity)}" if comparison.identity else origin
    rows = tuple(
        row for field in load_fields().values() for row in _explain_field(comparison, comparison.work, field)
    )
    return Explanation(doi, path, source, origin, rows, findings, key)


def _describe_identity(identity: Identity) -> str:
    answer = {
        "same": "the record is about this page's work",
        "part": "the record is about a part, a reply or a notice, so enrich proposes nothing",
        "doubt": "the record may be about another work, so every change needs review",
        "other": "the record is about another work, so enrich proposes nothing",
    }[identity.answer]
    return f"{answer} (identity: {identity.answer}; {identity.evidence})"


def explain_answer(answer: Answer | None) -> str:
    """Return the services' answer about the DOI in words."""
    if isinstance(answer, Found):
        return "from the cache" if answer.cached else "just fetched"
    if isinstance(answer, NotFound):
        return "no registration agency knows it"
    if isinstance(answer, Unsupported):
        fact = "which has no record of it" if answer.lacks_record else "which enrich cannot query"
        return f"registered with {answer.agency}, {fact}"
    return answer.reason if answer else "no service was asked"


def explain_without_page(doi: str, answer: Answer | None) -> Explanation:
    """Return an explanation of the record of a DOI that no page has."""
    source = answer.source_name if isinstance(answer, Found) else ""
    rows = _list_record_rows(answer.work) if isinstance(answer, Found) else ()
    return Explanation(doi, "", source, explain_answer(answer), rows, _list_failures(answer))


def _list_failures(answer: Answer | None) -> tuple[Finding, ...]:
    """Return the finding that a look-up failed, which needs no page; none if a service answered."""
    if not isinstance(answer, Unanswered):
        return ()
    severity, text = describe_failed_lookup(answer)
    return (Finding("lookup-failed", severity, text),)


def _explain_field(comparison: Comparison, work: Work, field: Field) -> list[ExplanationRow]:
    policy = get_policy(comparison, field)
    decisions = (decide_field(comparison, compared, policy) for compared in field.compare(comparison, work))
    return [
        ExplanationRow(
            field=decision.compared.name,
            raw=_format_explained(field.read_record(work)),
            proposed=_format_proposed(decision),
            page=_format_explained(decision.compared.local),
            base="; ".join(list_texts(comparison.base.get(decision.compared.name))),
            verdict=_describe_decision(decision, policy),
            rule=_read_rule(field),
        )
        for decision in decisions
    ]


def _format_proposed(decision: FieldDecision) -> str:
    """Return the new value if it is enrich's own word, such as a type; else the record's in plain text."""
    compared = decision.compared
    texts = list_texts(compared.new)
    if decision.kind and texts:
        return "; ".join(texts)
    return "; ".join(compared.record_forms[: None if compared.name == "authors" else 1])


def _list_record_rows(work: Work) -> tuple[ExplanationRow, ...]:
    return tuple(
        ExplanationRow(
            field.name,
            _format_explained(field.read_record(work)),
            "",
            "",
            "",
            "no page has this DOI",
            _read_rule(field),
        )
        for field in load_fields().values()
        if field.name != "doi"
    )


def _describe_decision(decision: FieldDecision, policy: str) -> str:
    if policy == "keep":
        return "not compared: [fields] sets it to keep"
    if decision.kind is None:
        return decision.row
    compared = decision.compared
    refused = f", but cannot be written: {compared.refused}" if compared.refused else ""
    why = f" ({compared.needs_review_because})" if compared.needs_review_because else ""
    level = "safe" if decision.level == "safe" else "needs review"
    return f"{decision.row}: {_EFFECTS[decision.kind]}, {level}{why}{refused}"


def _read_rule(field: Field) -> str:
    return (inspect.getdoc(field.compare) or "").split("\n")[0].removeprefix("Yield ")


def _format_explained(value: object) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(text for item in value if (text := _format_explained(item)))
    return "" if value is None else str(value)
