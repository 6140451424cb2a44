"""Give a plan the changes that were chosen: one way for `apply`, `review` and a file of decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from enrich.errors import PageError
from enrich.front_matter.page_text import read_page
from enrich.model.plan import Change, Failed, Plan
from enrich.writer.edit_page import write


def with_choice(plan: Plan, taken: Sequence[Change], kept: Sequence[Change] = ()) -> Plan | Failed:
    """Return the plan with these changes to be written and these to be kept as the owner has them.

    Failed where the changes together cannot be made exactly.
    """
    try:
        after = write(plan.page, taken)
    except PageError as error:
        return Failed(plan.path, str(error), error.line, plan.doi, plan.changes, plan.findings)
    placed = {id(one): _placed(plan, one, after) for one in taken}
    return replace(
        plan,
        after=after,
        changes=tuple(placed.get(id(one), one) for one in plan.changes),
        chosen=tuple(placed[id(one)] for one in taken),
        kept=tuple(kept),
    )


def _placed(plan: Plan, change: Change, after: str) -> Change:
    """Return a change with the line that a key new to the page gets where all are made together."""
    if change.path in plan.page.front.lines or after == plan.page.text:
        return change
    return replace(change, line=read_page(plan.path, after).front.lines.get(change.path, change.line))
