"""Update a page's line in the baseline, and mark the changes and findings that are news."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from enrich.model.declined_dois import CANDIDATES
from enrich.model.page import Value, drop_params
from enrich.model.plan import Baseline, Change, Finding, IdentityAnswer, Plan
from enrich.reconciler.field_comparison import list_texts
from enrich.reconciler.people.parse_name import make_name_key
from enrich.text.compare import comparison_key, is_mojibake

LONG = 120  # characters; longer values are stored as a digest
TRANSIENT = frozenset({"lookup-failed"})  # says nothing about the page, so it is not remembered


def mark_unreported(
    changes: Iterable[Change], findings: Iterable[Finding], baseline: Baseline | None
) -> tuple[tuple[Change, ...], tuple[Finding, ...]]:
    """Return changes and findings, and mark those that no earlier `apply` has reported."""
    shown = baseline.shown if baseline else {}
    return (
        tuple(
            replace(
                change,
                is_new=_describe_proposal(change) not in _list_marks(shown, name_baseline_value(change)),
            )
            for change in changes
        ),
        tuple(
            replace(one, is_new=_digest_value(one.fingerprint) not in _list_marks(shown, one.code))
            for one in findings
        ),
    )


def was_reported(finding: Finding, baselines: Iterable[Baseline]) -> bool:
    """Return whether an earlier run has reported the same finding on any of these pages."""
    mark = _digest_value(finding.fingerprint)
    return any(mark in _list_marks(baseline.shown, finding.code) for baseline in baselines)


def make_next_baseline(plan: Plan, doi: str, old: Baseline | None) -> Baseline | None:
    """Return a page's line after `apply`, None if there is nothing to remember.

    A base moves if the field was equal, was written, or was answered with "keep mine"; a change
    without `baseline_value` (a part of one) moves none. If the record is in doubt, only "keep mine" does.
    Reported values are kept by field or code; if the look-up failed, the earlier ones stay.
    """
    if published := next((change for change in plan.changes if _is_taken_set(change)), None):
        return _begin_anew(plan, str(published.baseline_value), old)
    kept = dict(old.fields) if old is not None and old.doi == doi else {}
    fields = kept | {name: value for name, value in plan.agreed.items() if value}
    fields |= plan.agreed_in_file if any(map(_is_new_file, plan.changes)) else {}
    fields |= {
        change.set_name or name_baseline_value(change): change.baseline_value
        for change in plan.changes
        if change.baseline_value is not None and _moves_base(change, plan.identity)
    }
    fields |= _add_declined_dois(plan, fields.get("doi"), kept.get("doi"))
    # Keep reports of values that are gone: dropping them would change this line in a run that writes nothing.
    shown = dict(old.shown) if old is not None and (old.doi == doi or not plan.looked_up) else {}
    for key, mark in _list_reports(plan):
        shown[key] = sorted({*_list_marks(shown, key), mark})
    declined = tuple(name for name in (old.declined if old else ()) if name not in fields)
    return Baseline(plan.path, doi, fields, shown, declined) if fields or shown or declined else None


def _list_reports(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield the name and the mark of each change, finding and unsure DOI that a report has shown."""
    for change in plan.changes:
        if change.status not in {"written", "kept"}:
            yield name_baseline_value(change), _describe_proposal(change)
        elif change.status == "written" and _is_broken(change.new):
            yield "mojibake", _digest_value(drop_params(change.path)[0])
    yield from (
        (one.code, _digest_value(one.fingerprint)) for one in plan.findings if one.code not in TRANSIENT
    )
    unsure = (one for one in plan.candidates if one.origin == "search" and one.verdict == "unsure")
    yield from ((CANDIDATES, one.doi) for one in unsure)


def _add_declined_dois(plan: Plan, newest: Value, known: Value) -> dict[str, Value]:
    """Return the value for all DOIs that the owner does not want on the page; none if there is but one."""
    answers = [change for change in plan.changes if change.field == "doi" and change.status == "kept"]
    declined = [str(change.baseline_value) for change in answers if change.kind == "fill"]
    dois = [*dict.fromkeys((*list_texts(known), *declined, *list_texts(newest)))]
    return {"doi": dois} if declined and len(dois) > 1 else {}


def _is_new_file(change: Change) -> bool:
    return change.status == "written" and bool(change.file) and change.old is None


def _is_taken_set(change: Change) -> bool:
    return bool(change.set_name) and change.field == "doi" and change.status == "written"


def _begin_anew(plan: Plan, doi: str, old: Baseline | None) -> Baseline:
    """Return the line of a page that became the page of another DOI with a set of changes."""
    written = [change for change in plan.changes if change.set_name and change.status == "written"]
    fields = dict(plan.agreed_in_set)
    fields |= {
        name_baseline_value(replace(change, set_name="")): change.baseline_value
        for change in written
        if change.baseline_value and change.field != "doi"
    }
    known = {*old.fields, *old.declined} if old else set()
    return Baseline(plan.path, doi, fields, declined=tuple(sorted(known - fields.keys())))


def _moves_base(change: Change, identity: IdentityAnswer | None) -> bool:
    if change.set_name and change.field != "doi":
        return False  # the set is one decision, kept under its own name
    if change.status == "kept":
        return True
    return change.status == "written" and change.kind != "normalise" and identity in {None, "same"}


def name_baseline_value(change: Change) -> str:
    """Return the baseline's name for a change's value: the field, its part of a mapping, or `field.form`.

    The form is the text on the page that the owner keeps although it could be tidied.
    """
    if change.set_name:
        return f"{change.set_name}.{name_baseline_value(replace(change, set_name=''))}"
    if change.kind == "normalise":
        return f"{change.field}.form"
    if change.file:
        return f"{change.field}.{change.key}"
    mapped = change.field == "publication" and len(drop_params(change.path)) > 1
    return f"{change.field}.{change.path[-1].lower()}" if mapped else change.field


def _list_marks(shown: Mapping[str, Value], key: str) -> list[str]:
    value = shown.get(key)
    return [str(item) for item in value] if isinstance(value, list | tuple) else []


def _describe_proposal(change: Change) -> str:
    """Return the fingerprint of a proposed value, which small edits of a record do not change.

    For names, use the family name and the first initial; for other values, the first form that the record
    proposes, folded.
    """
    if change.field == "authors" and isinstance(change.baseline_value, list | tuple | str):
        return _digest_value("; ".join(make_name_key(name) for name in list_texts(change.baseline_value)))
    first = next(iter(list_texts(change.baseline_value)), "")
    return _digest_value(first if change.field == "date" else comparison_key(first))


def _is_broken(value: Value) -> bool:
    return isinstance(value, str) and is_mojibake(value)


def _digest_value(value: Value) -> str:
    """Return the fingerprint of a reported value; for a long value, its beginning and a digest."""
    text = str(value)
    if len(text) <= LONG:
        return text
    return f"{text[:40]}… {hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
