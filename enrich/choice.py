"""Give a plan the changes that were chosen: one way for `apply`, `review` and a file of decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from enrich.errors import PageError
from enrich.model import Change, Failed, Plan
from enrich.writer.edits import write


def with_choice(plan: Plan, taken: Sequence[Change], kept: Sequence[Change] = ()) -> Plan | Failed:
    """Return the plan with these changes to be written and these to be kept as the owner has them.

    Failed where the changes together cannot be made exactly.
    """
    try:
        after = write(plan.page, taken)
    except PageError as error:
        return Failed(plan.path, str(error), error.line, plan.doi, plan.changes, plan.findings)
    return replace(plan, after=after, chosen=tuple(taken), kept=tuple(kept))
