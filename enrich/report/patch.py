"""The report as a patch for `git apply`: what is written, or was; from the git root."""

from __future__ import annotations

import re

from enrich.model.plan import Plan
from enrich.model.report import Report
from enrich.text.unified_patch import file_patch

# git's own patches have a third line that begins with `index`.
# By this `--output` knows that it may replace the file.
EARLIER_REPORT = re.compile(r"\Adiff --git .+\n--- .+\n\+\+\+ ")


def render(report: Report, *, color: bool = False, verbose: int = 0) -> str:  # noqa: ARG001 - one signature for all
    """Return the patch of every page that is another one after the run; `""` where there is none."""
    plans = [outcome for outcome in report.outcomes if isinstance(outcome, Plan)]
    return "".join(file_patch(report.prefix + plan.path, plan.page.text, plan.after) for plan in plans)
