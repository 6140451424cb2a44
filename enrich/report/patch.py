"""The report as a patch for `git apply`: what is written, or was; from the git root."""

from __future__ import annotations

from enrich.model.plan import Plan
from enrich.model.report import Report
from enrich.text.unified_patch import make_patch


def render(report: Report, *, color: bool = False, verbose: int = 0) -> str:  # noqa: ARG001 - one signature for all
    """Return the patch of every page that is another one after the run; `""` where there is none."""
    plans = [outcome for outcome in report.outcomes if isinstance(outcome, Plan)]
    return "".join(make_patch(report.prefix + plan.path, plan.page.text, plan.after) for plan in plans)
