"""The words of the reports: counts, what became of a change, what to type next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from enrich.model.plan import Change, Failed, Finding, Outcome, Plan, Severity, Skipped
from enrich.model.report import Report

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")

# What is proposed, by kind; `{key}` as it is spelled in the page.
_PROPOSED = {
    "fill": "fill in {key}",
    "update": "update {key}",
    "replace": "{key}: differs from the record",
    "conflict": "{key}: changed here, and in the record too",
    "normalise": "tidy {key}",
}
_WRITTEN = {
    "fill": "{key} filled in",
    "update": "{key} updated",
    "replace": "{key} replaced",
    "conflict": "{key} replaced",
    "normalise": "{key} tidied",
}
SOURCES = {"crossref": "Crossref", "datacite": "DataCite", "records": "records on disk"}


def label_change(change: Change) -> str:
    """Return who acts on the change: `written`, `kept`, `refused`, `safe` or `needs review`."""
    if change.status in {"written", "kept", "refused"}:
        return change.status
    return "safe" if change.level == "safe" else "needs review"


def describe_change(change: Change) -> str:
    """Return what the change does, in a few words; the field is named where the key does not."""
    words = (_WRITTEN if change.status == "written" else _PROPOSED)[change.kind].format(key=change.key)
    return (
        words if change.path[-1:] and change.path[-1].lower() == change.field else f"{words} ({change.field})"
    )


def name_source(outcome: Outcome) -> str:
    """Return the name of the service that the record came from, or `""`."""
    known = isinstance(outcome, Plan) and outcome.source
    return SOURCES.get(known, known) if known else ""


def iterate_changes(outcomes: Iterable[Outcome]) -> Iterator[Change]:
    """Return every change of these pages."""
    return (each for outcome in outcomes if not isinstance(outcome, Skipped) for each in outcome.changes)


def iterate_findings(outcomes: Iterable[Outcome]) -> Iterator[Finding]:
    """Return every finding of these pages."""
    return (each for outcome in outcomes if not isinstance(outcome, Skipped) for each in outcome.findings)


def count_noun(count: int, one: str, many: str = "") -> str:
    """Return the count with its noun: `1 page`, `2 pages`."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def format_counts(report: Report) -> str:
    """Return the report in one line of counts."""
    summary = report.summary
    states = Counter(label_change(change) for change in iterate_changes(report.outcomes))
    kinds = Counter(finding.severity for finding in iterate_findings(report.outcomes))
    groups = [
        [f"{count_noun(summary.pages, 'page')}, {summary.with_doi} with a DOI"],
        [count_noun(states["written"], "change") + " written"] * bool(states["written"])
        + [f"{states['kept']} kept"] * bool(states["kept"])
        + [f"{states['safe']} safe to write"] * bool(states["safe"])
        + [count_noun(states["needs review"], "needs review", "need review")] * bool(states["needs review"])
        + [f"{states['refused']} refused"] * bool(states["refused"]),
        [count_noun(kinds[severity], severity) for severity in SEVERITIES if kinds[severity]],
        [f"{summary.skipped} skipped"] * bool(summary.skipped)
        + [f"{summary.failed} failed"] * bool(summary.failed),
    ]
    said = [", ".join(group) for group in groups if group]
    return " · ".join(said if len(said) > 1 else [*said, "nothing to do"])


def suggest_next_steps(report: Report, command: str) -> str:
    """Return the commands worth typing next, one a line; `command` is what `apply` would be typed as."""
    # What was shown before and left is the owner's decision: it is not asked for again.
    states = Counter(label_change(change) for change in iterate_changes(report.outcomes) if change.is_new)
    steps = []
    if states["safe"]:
        steps.append((command, f"writes {_these(states['safe'], 'safe change')}"))
    if states["needs review"]:
        steps.append((command.replace("apply", "review", 1), _asked(states["needs review"])))
    code = _first_code(report.outcomes)
    if code:
        steps.append((f"enrich explain {code}", "says what this finding means and what to do"))
    if not steps and _left_over(report.outcomes):
        steps.append((f"{command.replace('apply', 'check', 1)} -v", "shows in full what was shown before"))
    width = max((len(typed) for typed, _ in steps), default=0)
    return "\n".join(f"{typed:{width}}  # {purpose}" for typed, purpose in steps)


def describe_reported(outcome: Plan | Failed, shared: Collection[str], *, only_errors: bool = False) -> str:
    """Return by name what an earlier `apply` has shown of this page, notes that many share aside."""
    old = [
        finding
        for finding in outcome.findings
        if not is_shown_in_full(finding) and finding.code not in shared
    ]
    names = [_coded(finding) for finding in old if finding.severity == "error" or not only_errors]
    names += [change.field for change in outcome.changes if not is_shown_in_full(change) and not only_errors]
    return ", ".join(dict.fromkeys(names))


def is_shown_in_full(entry: Change | Finding) -> bool:
    """Return whether the entry is to be shown in full: it is news, or has just been written."""
    return entry.is_new or (isinstance(entry, Change) and entry.status == "written")


def _coded(finding: Finding) -> str:
    return finding.code if finding.severity == "note" else f"{finding.severity}[{finding.code}]"


def _these(count: int, noun: str) -> str:
    return f"the {noun}" if count == 1 else f"the {count} {noun}s"


def _asked(count: int) -> str:
    pages = "the one that needs review" if count == 1 else f"the {count} that need review, one by one"
    return f"asks about {pages}"


def _left_over(outcomes: Sequence[Outcome]) -> bool:
    """Return whether something is still open that an earlier run has shown, and this one has not."""
    open_changes = any(
        not change.is_new and label_change(change) in {"safe", "needs review"}
        for change in iterate_changes(outcomes)
    )
    return open_changes or any(
        not one.is_new and one.severity != "note" for one in iterate_findings(outcomes)
    )


def _first_code(outcomes: Sequence[Outcome]) -> str:
    """Return the code of the gravest finding that is news, the first of them."""
    fresh = [
        finding for finding in iterate_findings(outcomes) if finding.is_new and finding.severity != "note"
    ]
    return min(fresh, key=lambda finding: SEVERITIES.index(finding.severity)).code if fresh else ""
