"""The page of a GitHub job: the report is added to what the job's other commands have put there.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions#adding-a-job-summary
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from enrich.cli.console import write_whole
from enrich.errors import PageError

if TYPE_CHECKING:
    from enrich.model.report import Report

_VARIABLE = "GITHUB_STEP_SUMMARY"


def add(report: Report, wanted: Sequence[tuple[str, str]], environ: Mapping[str, str]) -> None:
    """Add the report to the job's page, if this is a job and the format `github` is asked for."""
    if not environ.get(_VARIABLE) or all(name != "github" for name, _ in wanted):
        return
    from enrich.report.github import MOST_SUMMARY, render_job_summary

    file = Path(environ[_VARIABLE])
    try:
        before = file.read_bytes() if file.is_file() else b""
    except OSError as error:
        raise PageError(f"{file}: the summary cannot be read: {error.strerror}") from error
    added = render_job_summary(report, room=MOST_SUMMARY - len(before))
    if added:
        write_whole(file, before.decode("utf-8", "surrogateescape") + added)
