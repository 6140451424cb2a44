"""The report for a person at a terminal: the news of each page, the reasons, the next commands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from enrich.model.plan import Change, Finding, Outcome, Skipped
from enrich.model.report import PLAIN, Display, Report
from enrich.report.parts.ansi import paint
from enrich.report.parts.candidate_text import list_open_candidates, select_searched
from enrich.report.parts.ended_findings import drop_ended_findings
from enrich.report.parts.entry_text import (
    STYLES,
    format_candidate,
    format_entry,
    format_single_finding,
    wrap_words,
)
from enrich.report.parts.labels import (
    describe_reported,
    format_counts,
    is_shown_in_full,
    name_source,
)
from enrich.report.parts.next_steps import format_next_steps
from enrich.report.parts.overview import format_overview
from enrich.report.parts.page_lists import format_failures, format_skipped, name_paths
from enrich.report.parts.paper_order import has_news, order_papers, rank_entry_by_line
from enrich.report.parts.papers import Paper, PaperEntry
from enrich.report.parts.safe_text import escape_hidden, escape_line
from enrich.report.parts.shared_findings import (
    FAILED_LOOKUP,
    FindingKey,
    SharedFinding,
    collect_shared_findings,
    is_shared,
)
from enrich.text.count_noun import count_noun
from enrich.text.doi_address import format_doi_address

# `--output` replaces a file only if it is an earlier report, which has such a line.
EARLIER_REPORT = re.compile(
    r"^(?:https://doi\.org/\S+ \((?:Crossref|DataCite|records on disk).*\)|\d+ pages?, \d+ with a DOI.*"
    r"|(?:.+: )?failed: .+|.+: reported before: .+|.+: (?:error|warning|note)\[[a-z-]+\] .+"
    r"|\d+ works? of .+ without a page(?:, \d+ ignored)?|Next: enrich add 10\.\d.*)$",
    re.MULTILINE,
)


def render(report: Report, display: Display = PLAIN) -> str:
    """Return the text; `verbose` 1 shows everything in full, -1 shows only news."""
    report = drop_ended_findings(report)
    papers, shared = order_papers(report.outcomes, full=display.verbose > 0)
    blocks = [_format_paper(paper, shared, display) for paper in papers]
    blocks += [
        _format_shared_findings(report.outcomes, shared, display),
        _format_papers_without_news(papers, shared, display),
        format_skipped(report.outcomes, display),
    ]
    blocks += format_failures(report.outcomes, display)
    if display.verbose >= 0:
        blocks.append(_format_counts_and_steps(report, display))
    return "".join(
        "\n".join(lines) + "\n" for lines in _separate_blocks([block for block in blocks if block])
    )


def _separate_blocks(blocks: list[list[str]]) -> Iterator[list[str]]:
    for index, block in enumerate(blocks):
        yield ["", *block] if index else block


def _format_paper(paper: Paper, shared: frozenset[FindingKey], display: Display) -> list[str]:
    """Return the lines of a paper: its record, its news by severity, its earlier news."""
    entries = _select_entries(paper, shared, display)
    lines = [line for entry in entries for line in format_entry(entry, display)]
    lines += _format_candidates(paper, display, show_all=bool(entries))
    if not lines:
        return []
    return [*_format_heading(paper, display), *lines, *_format_reported(paper, shared, display)]


def _format_candidates(paper: Paper, display: Display, *, show_all: bool) -> list[str]:
    """Return the lines of the DOIs that a search found; those of the page only if there is other news."""
    every = ((outcome.path, one) for outcome in paper.outcomes for one in list_open_candidates(outcome))
    shown = every if show_all else select_searched(paper.outcomes)
    return [line for path, candidate in shown for line in format_candidate(path, candidate, display)]


def _format_heading(paper: Paper, display: Display) -> list[str]:
    if not paper.doi:
        return []
    source = name_source(paper.outcomes[0])
    text = format_doi_address(paper.doi) + (f" ({source})" if source else "")
    return [paint(text, "dim", color=display.color)]


def _select_entries(paper: Paper, shared: frozenset[FindingKey], display: Display) -> list[PaperEntry]:
    """Return the entries of a paper to show, news first, then by severity and line."""
    entries = [
        shown
        for shown in paper.entries
        if (display.verbose > 0 or is_shown_in_full(shown.entry))
        and not is_shared(shown.entry, shared)
        and not _is_silent(shown.entry, display)
    ]
    return sorted(entries, key=lambda shown: rank_entry_by_line(shown.entry))


def _is_silent(entry: Change | Finding, display: Display) -> bool:
    """Return whether a quiet report leaves this out, because a record that is missing offline is no news."""
    return (
        display.verbose < 0
        and isinstance(entry, Finding)
        and entry.code == FAILED_LOOKUP
        and entry.severity == "note"
    )


def _format_reported(paper: Paper, shared: frozenset[FindingKey], display: Display) -> list[str]:
    """Return the lines about what an earlier run reported; pages with the same items share a line."""
    paths: dict[str, list[str]] = {}
    for outcome in paper.outcomes:
        if names := _name_reported(outcome, shared, display):
            paths.setdefault(names, []).append(escape_hidden(outcome.path))
    return [
        line
        for names, same in paths.items()
        for line in wrap_words(f"{', '.join(same)}: reported before: {escape_line(names)}", display.width)
    ]


def _name_reported(outcome: Outcome, shared: frozenset[FindingKey], display: Display) -> str:
    """Return the items of a page that an earlier run reported; a quiet report names only errors."""
    if isinstance(outcome, Skipped) or display.verbose > 0 or display.verbose < -1:
        return ""
    return describe_reported(outcome, {code for _, code in shared}, only_errors=display.verbose < 0)


def _format_papers_without_news(
    papers: Sequence[Paper], shared: frozenset[FindingKey], display: Display
) -> list[str]:
    quiet = (paper for paper in papers if not has_news(paper, shared))
    return [line for paper in quiet for line in _format_reported(paper, shared, display)]


def _format_shared_findings(
    outcomes: Sequence[Outcome], shared: frozenset[FindingKey], display: Display
) -> list[str]:
    """Return a line for each finding that many pages share, then its message."""
    lines: list[str] = []
    for finding in collect_shared_findings(outcomes, shared):
        if finding.code == FAILED_LOOKUP and finding.severity == "note" and display.verbose < 0:
            continue
        if finding.is_alone:
            lines += format_single_finding(finding, display)
            continue
        label = f"{finding.severity}[{finding.code}]"
        place = f"{_count_places(finding)}: {name_paths(finding.paths)}"
        first, *rest = wrap_words(f"{label} {place}", display.width)
        colored = paint(label, STYLES[finding.severity], color=display.color)
        lines += [colored + first.removeprefix(label), *rest]
        lines += wrap_words(escape_line(finding.message), display.width, indent="    ", hanging="        ")
    return lines


def _count_places(finding: SharedFinding) -> str:
    """Return how often a finding occurs and on how many pages: `on 3 pages`, `5 times on 3 pages`."""
    times = f"{finding.count} times " if finding.count > len(finding.paths) else ""
    return f"{times}on {count_noun(len(finding.paths), 'page')}"


def _format_counts_and_steps(report: Report, display: Display) -> list[str]:
    """Return overview, counts and next steps; a command is never wrapped, because people copy it."""
    counts = wrap_words(format_counts(report), display.width)
    lines = [paint(line, "bold", color=display.color) for line in counts]
    return format_overview(report, display.width) + lines + format_next_steps(report.hint, display.width)
