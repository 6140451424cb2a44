"""Give a plan the chosen changes, for `apply`, `review` and a file of decisions alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from enrich.errors import PageError
from enrich.model.plan import Change, Failed, Outcome, Plan


def select_safe(outcomes: Iterable[Outcome], *, write_all: bool = False) -> list[Outcome]:
    """Select what `apply` writes: the safe changes, or with `--all` every change that needs no answer."""
    return [
        select_changes(outcome, _list_safe(outcome, write_all=write_all))
        if isinstance(outcome, Plan) and outcome.changes
        else outcome
        for outcome in outcomes
    ]


def _list_safe(plan: Plan, *, write_all: bool) -> list[Change]:
    """Return the changes that `apply` writes; even `--all` changes no page whose record is in doubt."""
    levels = {"safe", "review"} if write_all and plan.identity != "doubt" else {"safe"}
    waiting = {change.set_name or id(change) for change in plan.changes if change.needs_answer}
    return [
        change
        for change in plan.changes
        if change.status != "refused"
        and change.level in levels
        and (change.set_name or id(change)) not in waiting  # a set is taken whole or not at all
    ]


def select_changes(plan: Plan, accepted: Sequence[Change], kept: Sequence[Change] = ()) -> Plan | Failed:
    """Mark the changes to write, and those for which the owner keeps the page's value.

    Return Failed if the accepted changes cannot all be made exactly together.
    """
    from enrich.writer.edit_page import make_cite_bib_text, make_page_text

    sets = {change.set_name for change in accepted} - {""}
    accepted = [change for change in accepted if change.replaced_by_set not in sets]
    try:
        after, cite_bib = make_page_text(plan.page, accepted), make_cite_bib_text(plan.page, accepted)
    except PageError as error:
        return Failed(plan.path, str(error), error.line, plan.doi, plan.changes, plan.findings)
    selected = {
        id(change): _find_line(plan, replace(change, status="selected"), after) for change in accepted
    }
    settled = selected | {id(change): replace(change, status="kept") for change in kept}
    changes = tuple(settled.get(id(change)) or _reset_status(change) for change in plan.changes)
    return replace(plan, after=after, cite_bib_after=cite_bib, changes=changes)


def _reset_status(change: Change) -> Change:
    return replace(change, status="proposed") if change.status == "selected" else change


def _find_line(plan: Plan, change: Change, after: str) -> Change:
    """Return a change with the line that its new key gets once all changes are made."""
    if change.file or change.path in plan.page.front.lines or after == plan.page.text:
        return change
    from enrich.front_matter.page_text import read_page

    return replace(change, line=read_page(plan.path, after).front.lines.get(change.path, change.line))


def place_changes(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Return the outcomes; each new key has the line that it gets with the safe changes, as in `check`."""
    return [_place_in_plan(outcome) if isinstance(outcome, Plan) else outcome for outcome in outcomes]


def _place_in_plan(plan: Plan) -> Plan:
    safe = select_changes(plan, _list_safe(plan, write_all=False))
    return (
        plan if isinstance(safe, Failed) else replace(plan, changes=tuple(map(_reset_status, safe.changes)))
    )


def withdraw_kept(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Return the outcomes without the answers to keep the page's value: these could not be stored."""
    return [_withdraw_plan(outcome) if isinstance(outcome, Plan) else outcome for outcome in outcomes]


def _withdraw_plan(plan: Plan) -> Plan:
    return replace(plan, changes=tuple(map(_withdraw_change, plan.changes)))


def _withdraw_change(change: Change) -> Change:
    return replace(change, status="proposed") if change.status == "kept" else change
