"""The report as a patch for `git apply`: the changes of all pages' texts, with paths from the git root."""

from __future__ import annotations

import re

from enrich.model.plan import Plan
from enrich.model.report import Display, Report
from enrich.text.unified_patch import make_patch

# git's own patches have a third line that begins with `index`.
# By this text `--output` recognises an earlier report, which it may replace.
EARLIER_REPORT = re.compile(r"\Adiff --git .+\n(?:new file mode \d+\n)?--- .+\n\+\+\+ ")


def render(report: Report, _display: Display | None = None) -> str:
    """Return the patch of every page whose text the run changes, `""` if there is none."""
    plans = [outcome for outcome in report.outcomes if isinstance(outcome, Plan)]
    edits = (edit for plan in plans for edit in plan.edits)
    return "".join(make_patch(report.prefix + edit.path, edit.before, edit.after) for edit in edits)
