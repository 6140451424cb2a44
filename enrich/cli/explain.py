"""`enrich explain`: the meaning of a finding, or the reasons of the decision about a DOI."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from enrich.cli.click_options import PATHS, find_paths
from enrich.cli.command import command
from enrich.cli.completion import complete_subject
from enrich.cli.console import measure_line, print_stdout, raise_on_interrupt
from enrich.cli.exit_codes import LOOKUP_FAILED, OK, has_failed_lookup
from enrich.errors import UsageError
from enrich.settings.option import PLACES, RECORDS

if TYPE_CHECKING:
    from enrich.settings.settings import Settings


def find_subject_paths(params: Mapping[str, Any]) -> Sequence[Path]:
    """Return the page to explain, no path for a finding, and for a DOI the paths after it."""
    from enrich.reconciler.findings.registry import explain_finding

    subject = str(params["subject"])
    if explain_finding(subject) is not None:
        return ()
    return (Path(subject),) if _exists(subject) else find_paths(params)


def _exists(subject: str) -> bool:
    """Return whether such a file or folder exists; False for a name that no file can have."""
    return os.path.exists(subject)  # noqa: PTH110 - Path.exists raises an error for a long name


@command(RECORDS, PLACES, find_targets=find_subject_paths)
@click.argument("subject", metavar="DOI|PAGE|CODE", is_eager=True, shell_complete=complete_subject)
@PATHS
def explain(subject: str, paths: tuple[str, ...], settings: Settings) -> int:
    """Explain a decision or a finding.

    With a DOI, or a page that has one, shows field by field how enrich decided. With the CODE of a finding,
    explains what it means and what to do.
    """
    from enrich.reconciler.findings.registry import explain_finding

    meaning = explain_finding(subject)
    if meaning is None:
        targets = find_subject_paths({"subject": subject, "paths": paths})
        return _print_explanation(subject, targets, settings)
    print_stdout(meaning.rstrip("\n") + "\n")
    return OK


def _print_explanation(subject: str, targets: Sequence[Path], settings: Settings) -> int:
    """Print the reasons of the decision about a DOI, or the DOI of a page; return the exit code."""
    from enrich.explain_dois import explain_doi, find_doi
    from enrich.model.page import Doi
    from enrich.report.parts.explanation_text import format_explanation
    from enrich.text.doi import parse_doi

    doi = parse_doi(subject)
    with raise_on_interrupt():
        if _exists(subject):
            bare = find_doi(settings, Path(subject))
        elif isinstance(doi, Doi):
            bare = doi.bare
        else:
            raise UsageError(_describe_unknown_subject(subject, doi.repair if doi else ""))
        explanations = explain_doi(settings, bare, targets)
        width = measure_line()
        print_stdout("\n".join(format_explanation(each, width=width) for each in explanations))
    is_failed = any(has_failed_lookup(explanation.findings) for explanation in explanations)
    return LOOKUP_FAILED if is_failed else OK


def _describe_unknown_subject(subject: str, repair: str) -> str:
    """Return the message about an unknown subject, with the word it resembles."""
    from enrich.reconciler.findings.registry import list_finding_codes
    from enrich.settings.option import suggest_word
    from enrich.site.pages import suggest_page_near

    if not repair and ("/" in subject or subject.endswith(".md")):
        return f"'{subject}' does not exist, and it is not a DOI{suggest_page_near(Path(subject))}"
    hint = f"; did you mean '{repair}'?" if repair else suggest_word(subject, list_finding_codes())
    hint = hint or suggest_page_near(Path(subject))
    return f"'{subject}' is not a page, a DOI or the code of a finding" + (
        hint or f"; the codes are {', '.join(list_finding_codes())}"
    )
