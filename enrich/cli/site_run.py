"""Run the pipeline on a site for `check` and `apply`: progress, reports, notes and the exit code."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from enrich.cli.console import print_stderr, raise_on_interrupt
from enrich.cli.exit_codes import NEWS, OK, choose_exit_code
from enrich.cli.progress import show_progress

if TYPE_CHECKING:
    from enrich.model.report import Report
    from enrich.settings.settings import Settings


def run_on_site(typed: Sequence[str], settings: Settings, *, act: bool, only_missing: bool = False) -> int:
    """Plan the pages under the paths, with `act` write them, and report; return the exit code."""
    from enrich import pipeline
    from enrich.choices.decision_file import load_decision_file
    from enrich.cli.click_options import find_paths
    from enrich.cli.output import choose_destinations, write_reports

    targets = find_paths({"paths": typed})
    destinations = choose_destinations(settings)
    with raise_on_interrupt():
        decisions = load_decision_file(settings.decisions) if act and settings.decisions else None
        with show_progress(os.environ, wanted=not (settings.no_progress or settings.quiet)) as progress:
            report = pipeline.run(
                settings,
                targets,
                act=act,
                progress=progress,
                announce=None if settings.quiet else print_line,
                decisions=decisions,
                only_missing=only_missing,
            )
        again = "find" if only_missing else "apply" if act else "check"
        report = _add_next_steps(report, typed, settings, again)
        print_notes(report, settings)
        write_reports(report, destinations, settings)
        _print_refusals(report)
    code = choose_exit_code(report, act=act, exit_zero=settings.exit_zero)
    return code or (NEWS if report.refused_decisions else OK)


def _print_refusals(report: Report) -> None:
    """Print to stderr what was not carried out, and which file of enrich's own was not written."""
    from enrich.model.plan import Failed

    for outcome in report.outcomes:
        if isinstance(outcome, Failed) and not outcome.is_page:
            print_line(f"error: {outcome.path}: {outcome.error}")
    for refusal in report.refused_decisions:
        print_line(refusal)


def print_notes(report: Report, settings: Settings) -> None:
    """Print the notes about the run to stderr, unless `--quiet` is set."""
    for note in () if settings.quiet else report.notes:
        print_line(note)


def print_line(text: str) -> None:
    """Print a sentence to stderr; nothing in it acts on the terminal."""
    from enrich.report.parts.safe_text import escape_line

    print_stderr(escape_line(text))


def _add_next_steps(report: Report, typed: Sequence[str], settings: Settings, again: str) -> Report:
    from dataclasses import replace
    from pathlib import Path

    from enrich.report.parts.ended_findings import drop_ended_findings
    from enrich.report.parts.next_steps import suggest_next_steps
    from enrich.site.git_root import find_git_root

    def compose_useful_command(name: str) -> str:
        is_useless = {
            "find": settings.find or settings.offline,
            "check": settings.verbose > 0 or bool(settings.decisions),
        }
        return "" if is_useless.get(name) else compose_command(name, typed, settings)

    steps = suggest_next_steps(
        drop_ended_findings(report),
        compose_useful_command,
        compose_command(again, typed, settings),
        "" if again == "find" else _compose_browser_command(typed, settings),
        is_decided=bool(settings.decisions) and find_git_root(Path(*typed[:1])) is not None,
    )
    return replace(report, hint=steps, command=compose_useful_command("apply"))


def _compose_browser_command(typed: Sequence[str], settings: Settings) -> str:
    """Return the command that makes the HTML report, `""` if this run makes one."""
    if settings.format == "html" or "html" in dict(settings.report):
        return ""
    return f"{compose_command('check', typed, settings)} --report html:report.html"


def compose_command(name: str, typed: Sequence[str], settings: Settings) -> str:
    """Return a command with these words and the options of this run that change its outcome.

    Reports are passed on, so the owner's address is never part of it.
    """
    import shlex
    from importlib import import_module

    from enrich.settings.collect_options import list_rows

    groups = getattr(import_module(f"enrich.cli.{name}"), name).groups
    words = ["enrich", name, *typed]
    for option in list_rows():
        is_taken = option.kept_for_apply and option.group in groups
        if is_taken and settings.origins.get(option.key) == option.flag:
            value = getattr(settings, option.attribute)
            for item in value if isinstance(value, tuple) else (value,):
                words += [option.flag] if item is True else [option.flag, str(item)]
    return shlex.join(words)
