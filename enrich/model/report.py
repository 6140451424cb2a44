"""The result of a run: the counts, and everything that an output format may print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from enrich.model.plan import Failed, Outcome, Plan, Skipped


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts of a report."""

    pages: int = 0
    """Pages under the given paths."""
    with_doi: int = 0
    """Pages with a DOI."""
    fetched: int = 0
    """Pages whose record was requested."""
    cached: int = 0
    """Pages whose record came without a request."""
    changed: int = 0
    """Pages with at least one change, proposed or written."""
    written: int = 0
    """Pages that enrich wrote."""
    findings: int = 0
    """Findings on all pages."""
    skipped: int = 0
    """Pages that enrich skipped."""
    failed: int = 0
    """Pages that enrich could not read or write."""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that an output format may print."""

    tool: str
    """Name and version of the program: `enrich 0.1.0`."""
    outcomes: tuple[Outcome, ...]
    """The outcome of each page under the given paths, in the order of their paths."""
    summary: Summary
    """The counts over all outcomes."""
    hint: str = ""
    """The commands to type next, one per line, each with a comment."""
    notes: tuple[str, ...] = ()
    """Sentences about the run itself, such as an expired answer or an unread folder."""
    site: str = ""
    """The site's name, from Hugo's configuration."""
    prefix: str = ""
    """The path from the git root to the site, with a slash at its end (`website/`), or `""`."""
    command: str = "enrich apply"
    """The command that writes what this report proposes."""
    refused_decisions: tuple[str, ...] = ()
    """The decisions of a file that were not carried out, and why."""
    day: str = ""
    """The day of the run, as `2026-01-31`."""
    explanations: Mapping[str, str] = field(default_factory=dict)
    """The meaning of each finding's code, as `enrich explain CODE` prints it."""
    nothing_because: str = ""
    """The reason why there was nothing to do, or `""`."""


@dataclass(frozen=True, slots=True)
class Display:
    """The user's choices for a report; formats for programs ignore them."""

    color: bool = False
    """Whether escape sequences for colour may be used."""
    verbose: int = 0
    """1 shows everything in full, -1 (quiet) only news and errors."""
    width: int = 100
    """Columns of a line; a longer word keeps its line to itself."""
    has_job_summary: bool = False
    """Whether the page of a GitHub job shows the whole report."""


PLAIN = Display()


def _is_skipped(outcome: Outcome) -> bool:
    return isinstance(outcome, Skipped) or (isinstance(outcome, Plan) and bool(outcome.skipped_because))


def summarise(outcomes: Sequence[Outcome]) -> Summary:
    """Return the counts under a report."""
    plans = [outcome for outcome in outcomes if isinstance(outcome, Plan)]
    return Summary(
        pages=len(outcomes),
        with_doi=sum(bool(one.doi) for one in outcomes if not isinstance(one, Skipped)),
        fetched=sum(one.source is not None and not one.cached for one in plans),
        cached=sum(one.source is not None and one.cached for one in plans),
        changed=sum(bool(one.changes) for one in plans),
        written=sum(any(change.status == "written" for change in one.changes) for one in plans),
        findings=sum(len(one.findings) for one in outcomes if not isinstance(one, Skipped)),
        skipped=sum(map(_is_skipped, outcomes)),
        failed=sum(isinstance(one, Failed) for one in outcomes),
    )


def list_codes(outcomes: Sequence[Outcome]) -> list[str]:
    """Return the code of every finding on these pages, each once."""
    pages = [outcome for outcome in outcomes if not isinstance(outcome, Skipped)]
    return sorted({finding.code for page in pages for finding in page.findings})
