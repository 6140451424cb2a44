"""What a page's line in the baseline says after a run, and what of a run is news."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from enrich.model import Baseline, Change, Finding, Plan, Value

LONG = 120  # characters; what was shown of longer values is kept as a digest
TRANSIENT = frozenset({"lookup-failed"})  # says nothing about the page, so it is not remembered


def with_news(
    changes: Iterable[Change], findings: Iterable[Finding], baseline: Baseline | None
) -> tuple[tuple[Change, ...], tuple[Finding, ...]]:
    """Return changes and findings, those marked that an earlier `apply` has already shown."""
    shown = baseline.shown if baseline else {}
    return (
        tuple(replace(one, news=_mark(one.normal) not in _marks(shown, _slot(one))) for one in changes),
        tuple(replace(one, news=_mark(one.normal) not in _marks(shown, one.code)) for one in findings),
    )


def next_baseline(plan: Plan, doi: str, old: Baseline | None) -> Baseline | None:
    """Return a page's line after `apply`, None where there is nothing to remember.

    A base moves where the field was found equal, was written, or was answered with "keep mine"; a change
    without `normal` (a part of one) moves none. What was shown is kept by field or code; where the look-up
    failed, what was known stays.
    """
    kept = dict(old.fields) if old is not None and old.doi == doi else {}
    fields = kept | {name: value for name, value in plan.agreed.items() if value}
    settled = [one for one in plan.changes if one.written and one.kind != "normalise"]
    fields |= {_slot(one): one.normal for one in (*settled, *plan.kept) if one.normal is not None}
    shown = dict(old.shown) if old is not None and not plan.looked_up else {}
    for key, mark in [
        *(
            (_slot(one), _mark(one.normal))
            for one in plan.changes
            if not one.written and one not in plan.kept
        ),
        *((one.code, _mark(one.normal)) for one in plan.findings if one.code not in TRANSIENT),
    ]:
        shown[key] = sorted({*_marks(shown, key), mark})
    return Baseline(plan.path, doi, fields, shown) if fields or shown else None


def _slot(change: Change) -> str:
    """Return the baseline's name for a change's value: the field, or its part of a mapping."""
    mapped = change.field == "publication" and len(change.path) > 1
    return f"{change.field}.{change.path[-1].lower()}" if mapped else change.field


def _marks(shown: Mapping[str, Value], key: str) -> list[str]:
    value = shown.get(key)
    return [str(item) for item in value] if isinstance(value, list | tuple) else []


def _mark(normal: Value) -> str:
    """Return what is remembered of a value that was shown."""
    text = "; ".join(str(item) for item in normal) if isinstance(normal, list | tuple) else str(normal)
    if len(text) <= LONG:
        return text
    return f"{text[:40]}… {hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
