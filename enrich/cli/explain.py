"""`enrich explain`: the meaning of a finding, or how the decision on a DOI came about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from enrich.cli.command import command
from enrich.cli.console import measure_line, print_stdout, raise_on_interrupt
from enrich.cli.exit_codes import LOOKUP_FAILED, OK, has_failed_lookup
from enrich.cli.options import PATHS, find_paths
from enrich.errors import UsageError
from enrich.settings.option import PLACES, RECORDS

if TYPE_CHECKING:
    from enrich.settings.settings import Settings


def find_subject_paths(params: Mapping[str, Any]) -> Sequence[Path]:
    """Return the page if one is to be explained, none for a finding, else the paths behind the DOI."""
    from enrich.reconciler.findings.registry import explain_finding

    subject = str(params["subject"])
    if explain_finding(subject) is not None:
        return ()
    return (Path(subject),) if Path(subject).exists() else find_paths(params)


@command(RECORDS, PLACES, find_targets=find_subject_paths)
@click.argument("subject", metavar="DOI|PAGE|CODE", is_eager=True)
@PATHS
def explain(subject: str, paths: tuple[str, ...], settings: Settings) -> int:
    """Explain a decision or a finding.

    For a DOI, or a page that has one: field by field, from the record to the decision. For the
    CODE of a finding: its meaning and what to do.
    """
    from enrich.reconciler.findings.registry import explain_finding

    meaning = explain_finding(subject)
    if meaning is None:
        targets = find_subject_paths({"subject": subject, "paths": paths})
        return _explain_doi(subject, targets, settings)
    print_stdout(meaning.rstrip("\n") + "\n")
    return OK


def _explain_doi(subject: str, targets: Sequence[Path], settings: Settings) -> int:
    """Print how the decision on a DOI, or on the DOI of a page, came about; return the exit code."""
    from enrich import pipeline
    from enrich.model.page import Doi
    from enrich.report.parts.explanation_text import format_explanation
    from enrich.text.doi import parse_doi

    doi = parse_doi(subject)
    with raise_on_interrupt():
        if Path(subject).exists():
            bare = pipeline.doi_at(settings, Path(subject))
        elif isinstance(doi, Doi):
            bare = doi.bare
        else:
            raise UsageError(_describe_unknown(subject, doi.repair if doi else ""))
        explanations = pipeline.explain(settings, bare, targets)
        width = measure_line()
        print_stdout("\n".join(format_explanation(each, width=width) for each in explanations))
    is_failed = any(has_failed_lookup(explanation.findings) for explanation in explanations)
    return LOOKUP_FAILED if is_failed else OK


def _describe_unknown(subject: str, repair: str) -> str:
    """Return the message about an unknown subject, with the word it resembles."""
    from enrich.reconciler.findings.registry import list_finding_codes
    from enrich.settings.option import suggest_word

    hint = f"; did you mean '{repair}'?" if repair else suggest_word(subject, list_finding_codes())
    return f"'{subject}' is neither a page, a DOI nor a code" + (
        hint or f"; the codes are {', '.join(list_finding_codes())}"
    )
