"""The words of the reports: the effect of a change, who acts on it, and the counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import repeat
from typing import Literal, TypeAlias

from enrich.model.plan import Change, Failed, Finding, Outcome, Plan, Severity, Skipped
from enrich.model.report import Report
from enrich.report.parts.ended_findings import drop_ended_findings
from enrich.report.parts.papers import group_by_paper
from enrich.report.parts.safe_text import escape_hidden
from enrich.report.parts.shared_findings import find_shared_keys, is_shared
from enrich.text.count_noun import count_noun

Label: TypeAlias = Literal["written", "kept", "cannot be written", "safe", "needs review"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")

# The words for each kind of change, as a proposal and when written; `{key}` is spelled as on the page.
_PROPOSED = {
    "fill": "fill in {key}",
    "update": "update {key}",
    "replace": "{key}: differs from the record",
    "conflict": "{key}: changed on the page and in the record",
    "normalise": "tidy {key}",
}
_WRITTEN = {
    "fill": "{key} filled in",
    "update": "{key} updated",
    "replace": "{key} replaced",
    "conflict": "{key} replaced",
    "normalise": "{key} tidied",
}
_OPEN = {"safe", "needs review"}

GENERATED = "page-generated"  # the finding that says why a page was skipped


def label_change(change: Change) -> Label:
    """Return who has to act on the change, or its outcome."""
    match change.status:
        case "written" | "kept":
            return change.status
        case "refused":
            return "cannot be written"
        case _:
            return "safe" if change.level == "safe" else "needs review"


def is_open_change(change: Change) -> bool:
    """Return whether somebody can still accept or decline the change."""
    return label_change(change) in _OPEN


def describe_change(change: Change) -> str:
    """Return the effect of the change, in a few words; name the field if its key has another name."""
    if change.set_name:
        return f"{change.key} as published (set {change.set_name})"
    words = (_WRITTEN if change.status == "written" else _PROPOSED)[change.kind].format(key=change.key)
    is_named = change.path[-1:] and change.path[-1].lower() == change.field
    return words if is_named else f"{words} ({change.field})"


def name_source(outcome: Outcome) -> str:
    """Return the name of the service that the record came from, or `""`."""
    return outcome.source_name if isinstance(outcome, Plan) else ""


def iterate_changes(outcomes: Iterable[Outcome]) -> Iterator[Change]:
    """Yield every change of these pages."""
    return (change for outcome in outcomes if not isinstance(outcome, Skipped) for change in outcome.changes)


def iterate_findings(outcomes: Iterable[Outcome]) -> Iterator[Finding]:
    """Yield every finding of these pages."""
    for outcome in outcomes:
        if not isinstance(outcome, Skipped):
            yield from outcome.findings


def select_evidence(finding: Finding) -> str:
    """Return the finding's evidence, `""` if its message contains it."""
    return "" if finding.evidence in finding.message else finding.evidence


def is_shown_in_full(entry: Change | Finding) -> bool:
    """Return whether the entry is news, or was written or declined in this run."""
    return entry.is_new or (isinstance(entry, Change) and entry.status in {"written", "kept"})


def format_counts(report: Report) -> str:
    """Return the counts of the whole report as one line."""
    if report.nothing_because:
        return report.nothing_because
    summary, lasting = report.summary, drop_ended_findings(report)
    files = [one.path for one in report.outcomes if isinstance(one, Failed) and not one.is_page]
    failed = summary.failed - len(files)
    groups = [
        [f"{count_noun(summary.pages - len(files), 'page')}, {summary.with_doi} with a DOI"],
        [*_count_labels(report)],
        [_describe_open_pages(count_pages_to_choose(report.outcomes))],
        [*_count_severities(iterate_shown_findings(lasting.outcomes))],
        [f"{summary.skipped} skipped"] * bool(summary.skipped)
        + [f"{failed} failed"] * bool(failed)
        + [f"{escape_hidden(path)} not written" for path in files],
    ]
    parts = [", ".join(group) for group in groups if any(group)]
    return " · ".join(parts if len(parts) > 1 else [*parts, "nothing to do"])


def _describe_open_pages(count: int) -> str:
    return (
        count_noun(count, "page has DOIs to choose from", "pages have DOIs to choose from") if count else ""
    )


def _count_labels(report: Report) -> Iterator[str]:
    counts = Counter(map(label_change, iterate_changes(report.outcomes)))
    counts["needs review"] = count_questions(report)
    words: dict[Label, str] = {
        "written": f"{count_noun(counts['written'], 'change')} written",
        "kept": f"{counts['kept']} kept",
        "safe": f"{counts['safe']} safe to write",
        "needs review": count_noun(counts["needs review"], "needs review", "need review"),
        "cannot be written": f"{counts['cannot be written']} cannot be written",
    }
    return (text for label, text in words.items() if counts[label])


def iterate_shown_findings(outcomes: Sequence[Outcome]) -> Iterator[Finding]:
    """Yield each finding as often as a report shows it: once for translations, else for each page."""
    shared = find_shared_keys(outcomes)
    for paper in group_by_paper(outcomes):
        for shown in paper.entries:
            if isinstance(shown.entry, Finding):
                pages = 1 + len(shown.also) if is_shared(shown.entry, shared) else 1
                yield from repeat(shown.entry, pages)


def _count_severities(findings: Iterable[Finding]) -> Iterator[str]:
    counts = Counter(finding.severity for finding in findings)
    return (count_noun(counts[severity], severity) for severity in SEVERITIES if counts[severity])


def describe_reported(outcome: Plan | Failed, shared: Collection[str], *, only_errors: bool = False) -> str:
    """Return the names of what an earlier run reported on this page; leave out the codes in `shared`."""
    findings = [finding for finding in outcome.findings if not finding.is_new and finding.code not in shared]
    names = [
        f"{finding.severity}[{finding.code}]"
        for finding in findings
        if finding.severity == "error" or not only_errors
    ]
    changes = () if only_errors else (one for one in outcome.changes if not is_shown_in_full(one))
    names += [f"{change.field} ({label_change(change)})" for change in changes]
    return ", ".join(dict.fromkeys(names))


def count_questions(report: Report) -> int:
    """Return how many questions `review` asks about what needs review: one about each set of a page."""
    questions = {
        (outcome.path, change.set_name or id(change))
        for outcome in report.outcomes
        for change in iterate_changes([outcome])
        if label_change(change) == "needs review"
    }
    return len(questions)


def count_pages_to_choose(outcomes: Sequence[Outcome]) -> int:
    """Return on how many pages `review` asks which of several possible DOIs is the page's own."""
    plans = (outcome for outcome in outcomes if isinstance(outcome, Plan))
    return sum(any(map(is_open_change, plan.offers)) for plan in plans)
