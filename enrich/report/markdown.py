"""The report as Markdown, for a pull request or a job's page: the changes, the news, a count of the rest."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from enrich.model.plan import Failed
from enrich.model.report import PLAIN, Display, Report
from enrich.report.parts.candidate_text import select_searched
from enrich.report.parts.ended_findings import drop_ended_findings
from enrich.report.parts.labels import (
    format_counts,
    iterate_changes,
    label_change,
)
from enrich.report.parts.markdown_changes import format_paper_changes
from enrich.report.parts.markdown_entries import (
    MARKS,
    format_candidate_item,
    format_item,
    format_message,
    format_paper_heading,
    format_shared_item,
    name_line,
)
from enrich.report.parts.markdown_escape import escape_markdown
from enrich.report.parts.markdown_failed_lookups import NO_ANSWER, format_failed_lookups, has_no_answer
from enrich.report.parts.markdown_folded import FoldedList, needs_person, rank_entry
from enrich.report.parts.markdown_skipped import drop_skip_notes, format_skipped_pages
from enrich.report.parts.papers import Paper, PaperEntry, group_by_paper
from enrich.report.parts.shared_findings import (
    FAILED_LOOKUPS,
    FindingKey,
    collect_shared_findings,
    find_shared_keys,
    is_shared,
)
from enrich.report.parts.templates import read_template
from enrich.text.count_noun import count_noun

# By this text `--output` recognises an earlier report, which it may replace.
EARLIER_REPORT = re.compile(r"\A(?:### Publications|\n### Works without a page\n)")

MOST = 64_500  # characters; GitHub takes 65,536 in a pull request, to which the workflow adds some lines
_MOST_SHOWN = 4_000  # characters of the changes above the news, about two screens
_MORE = "\n… and {} more, which do not fit here; `enrich check` shows everything.\n"
# A folded line may be about many publications; the heading has their number.
_WITH_REST = "with notes, or with what was reported before and is still open"
_MORE_FOLDED = "\nNot all of this fits here; `enrich check` shows everything.\n"

Measure = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class _Sections:
    """The parts of a report, with one text for each paper, to count the papers that do not fit."""

    head: str
    """The heading and the counts."""
    changes: list[str]
    """The tables of changes that are written, or would be."""
    news: list[str]
    """The news that needs a decision."""
    rest: list[str]
    """The folded lines about notes and earlier news."""
    rest_size: int
    """The number of papers in `rest`."""
    skipped: list[str]
    """The folded lines about skipped pages."""
    foot: str
    """The notes about the run, and how to keep a value."""


def render(report: Report, display: Display = PLAIN) -> str:
    """Return the text of a pull request; `verbose` 1 also shows earlier news."""
    return fit_document(report, most=MOST, measure=_count_utf16, full=display.verbose > 0)


def fit_document(report: Report, *, most: int, measure: Measure, full: bool = False) -> str:
    """Return the document in at most the size `most`, with the number of papers that do not fit."""
    sections = _build_sections(drop_ended_findings(report), full=full)
    room = most - measure(sections.head + sections.foot) - 700  # for the headings in between
    # Changes and news each get half of the room, and what the other half has left.
    news = _fit_blocks(sections.news, max(room // 2, room - sum(map(measure, sections.changes))), measure)
    room -= sum(map(measure, news))
    changes = _fit_blocks(sections.changes, room, measure)
    room -= sum(map(measure, changes))
    rest = _fit_blocks(sections.rest, room, measure, more=_MORE_FOLDED)
    room -= sum(map(measure, rest))
    skipped = _fit_blocks(sections.skipped, room, measure, more=_MORE_FOLDED)
    shown_changes = _fold_later_changes(changes, len(sections.changes)) if news else changes
    text = "".join(
        [
            sections.head,
            *_format_section(_name_changes(report), shown_changes),
            *_format_section("New, and waiting for you", news),
            *_fold(rest, f"{count_noun(sections.rest_size, 'publication')} {_WITH_REST}"),
            *_fold(skipped, count_noun(report.summary.skipped, "skipped page")),
            sections.foot,
        ]
    )
    return text if measure(text) <= most else ""


def _count_utf16(text: str) -> int:
    # No other usual count is larger, neither code points nor the characters of MySQL.
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _build_sections(report: Report, *, full: bool) -> _Sections:
    counts, report = format_counts(report), replace(report, outcomes=tuple(drop_skip_notes(report.outcomes)))
    shared = FAILED_LOOKUPS | (frozenset() if full else find_shared_keys(report.outcomes))
    papers = group_by_paper(report.outcomes)
    changes = format_paper_changes(papers)
    most_severe_first = sorted(papers, key=lambda paper: _rank_news(paper, shared, full=full))
    news = [block for paper in most_severe_first if (block := _format_news(paper, shared, full=full))]
    news += [_format_shared_warnings(report, shared)] * bool(shared)
    every = [*collect_shared_findings(report.outcomes, shared, with_earlier=True)]
    folded = FoldedList(papers, shared, every, full)
    name = f" of {escape_markdown(report.site[:100])}" if report.site else ""
    head = f"### Publications{name}\n\n{format_message(counts)}\n"
    nothing = "" if changes or any(news) else _describe_nothing(report)
    head += nothing and f"\n{nothing}\n"
    keeping = "" if nothing else f"\n{read_template('keeping.md')}"
    failures = format_failed_lookups(report, has_step=nothing == NO_ANSWER)
    foot = _format_notes(report, failures) + keeping
    return _Sections(
        head,
        changes,
        [block for block in news if block],
        folded.lines,
        folded.count_papers(),
        format_skipped_pages(report.outcomes),
        foot,
    )


def _describe_nothing(report: Report) -> str:
    return NO_ANSWER if has_no_answer(report) else "Nothing is written, and nothing is new."


def _format_section(title: str, blocks: Sequence[str]) -> list[str]:
    return [f"\n#### {title}\n", *blocks] if blocks else []


def _fold_later_changes(blocks: Sequence[str], total: int) -> list[str]:
    """Return the changes with the later ones folded: they must not hide the news below them."""
    shown = _count_shown(blocks)
    more = "more " if shown else ""
    return [*blocks[:shown], *_fold(blocks[shown:], count_noun(total - shown, f"{more}publication"))]


def _count_shown(blocks: Sequence[str]) -> int:
    """Return how many blocks are not folded; a table is folded as a whole."""
    fits = bisect_right([*accumulate(map(len, blocks))], _MOST_SHOWN)
    starts = (index for index in range(fits, 0, -1) if index == len(blocks) or blocks[index].startswith("\n"))
    return next(starts, 0)


def _name_changes(report: Report) -> str:
    labels = Counter(map(label_change, iterate_changes(report.outcomes)))
    if labels["written"]:
        pages = count_noun(report.summary.written, "page")
        return f"What merging this changes: {count_noun(labels['written'], 'value')} on {pages}"
    return f"What `enrich apply` would write: {count_noun(labels['safe'], 'value')}"


def _format_news(paper: Paper, shared: frozenset[FindingKey], *, full: bool) -> str:
    """Return the news about a paper that needs a decision, with values; `""` without news."""
    lines = [
        f"- {MARKS['failed']} **failed**{name_line(outcome.line)}: {format_message(outcome.error)}\n"
        for outcome in paper.outcomes
        if isinstance(outcome, Failed)
    ]
    lines += [format_item(paper, entry) for entry in _select_news(paper, shared, full=full)]
    lines += [format_candidate_item(candidate) for _, candidate in select_searched(paper.outcomes)]
    return f"\n{format_paper_heading(paper)}\n\n{''.join(lines)}" if lines else ""


def _select_news(paper: Paper, shared: frozenset[FindingKey], *, full: bool) -> list[PaperEntry]:
    """Return the entries of a paper that are news and need a decision, the most severe first."""
    entries = sorted(paper.entries, key=rank_entry)
    return [
        shown
        for shown in entries
        if needs_person(shown.entry) and (full or shown.entry.is_new) and not is_shared(shown.entry, shared)
    ]


def _rank_news(paper: Paper, shared: frozenset[FindingKey], *, full: bool) -> int:
    """Return the position of a paper among the news, so that a retraction comes before differing titles."""
    if any(isinstance(outcome, Failed) for outcome in paper.outcomes):
        return 0
    return min(map(rank_entry, _select_news(paper, shared, full=full)), default=3)


def _format_shared_warnings(report: Report, shared: frozenset[FindingKey]) -> str:
    """Return a line for each warning that many pages share."""
    lines = [
        format_shared_item(finding, finding.message)
        for finding in collect_shared_findings(report.outcomes, shared - FAILED_LOOKUPS)
        if finding.severity != "note"
    ]
    return f"\n{''.join(lines)}" if lines else ""


def _fold(lines: Sequence[str], summary: str) -> list[str]:
    """Return the lines, folded under a summary; none if there are no lines."""
    return [f"\n<details>\n<summary>{summary}</summary>\n\n", *lines, "\n</details>\n"] if lines else []


def _format_notes(report: Report, failures: Sequence[str]) -> str:
    """Return what is about the run itself: its failed look-ups and its notes."""
    lines = [*failures]
    lines += [f"- {format_message(note[:200])}\n" for note in report.notes[:10]]
    return f"\n#### About this run\n\n{''.join(lines)}" if lines else ""


def _fit_blocks(blocks: Iterable[str], room: int, measure: Measure, *, more: str = _MORE) -> list[str]:
    """Return the first blocks that fit, then `more` with the number of the others."""
    every = list(blocks)
    for index, block in enumerate(every):
        room -= measure(block)
        if room < 0:
            return [*every[:index], more.format(len(every) - index)]
    return every
