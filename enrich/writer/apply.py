"""Write the selected changes of the plans to their pages, and leave the reverse in `cache/undo.patch`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from enrich.errors import PageError
from enrich.model.plan import Change, Failed, Outcome, Plan
from enrich.writer import atomic_write, undo


def write_plans(root: Path, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Write the plans; return the outcomes, with a page that could not be written as Failed."""
    plans = [outcome for outcome in outcomes if isinstance(outcome, Plan) and _has_new_text(outcome)]
    atomic_write.clear_leftovers(root, [outcome.path for outcome in outcomes])
    try:
        previous = undo.begin(root, plans)
    except PageError as error:  # without an undo patch, nothing is written
        reason = f"not written, because {error}"
        return [
            _report_failure(outcome, reason)
            if isinstance(outcome, Plan) and _has_new_text(outcome)
            else outcome
            for outcome in outcomes
        ]
    done = [_write_plan(root, outcome) if isinstance(outcome, Plan) else outcome for outcome in outcomes]
    failed = {outcome.path for outcome in done if isinstance(outcome, Failed)}
    undo.end(root, {plan.path for plan in plans} & failed, previous)
    return done


def _has_new_text(plan: Plan) -> bool:
    return plan.after != plan.page.text


def _write_plan(root: Path, plan: Plan) -> Plan | Failed:
    if not _has_new_text(plan):
        return plan
    try:
        atomic_write.replace(root, plan.path, plan.page.text, plan.after)
    except PageError as error:
        return _report_failure(plan, str(error), error.line)
    return replace(plan, changes=tuple(map(_mark_written, plan.changes)))


def _report_failure(plan: Plan, reason: str, line: int = 0) -> Failed:
    return Failed(plan.path, reason, line, plan.doi, plan.changes, plan.findings)


def _mark_written(change: Change) -> Change:
    return replace(change, status="written") if change.status == "selected" else change
