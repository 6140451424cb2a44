"""An overview of a long report: how many entries each field and each finding has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from enrich.model.plan import Change, Outcome
from enrich.model.report import Report
from enrich.report.parts.ended_findings import drop_ended_findings
from enrich.report.parts.entry_text import wrap_words
from enrich.report.parts.labels import (
    SEVERITIES,
    Label,
    iterate_changes,
    iterate_shown_findings,
    label_change,
)
from enrich.report.parts.safe_text import escape_line

_LONG = 100  # entries other than notes; more do not fit on a few screens

_NAMES: dict[Label, str] = {
    "written": "written",
    "safe": "safe to write",
    "needs review": "need review",
    "cannot be written": "cannot be written",
}


def format_overview(report: Report, width: int) -> list[str]:
    """Return a line for each kind of entry, `errors: 9 retracted, 2 doi-invalid`; none for a short report."""
    counts = _count_entries(drop_ended_findings(report).outcomes)
    if sum(counted.total() for kind, counted in counts.items() if kind != "notes") <= _LONG:
        return []
    lines = (f"{kind}: {_list_counts(counted)}" for kind, counted in counts.items() if counted)
    return [line for text in lines for line in wrap_words(text, width, hanging="    ")]


def count_open_changes(outcomes: Iterable[Outcome]) -> Counter[str]:
    """Return how many changes of each field, and how many sets of each name, are open."""
    outcomes = [*outcomes]
    labels: tuple[Label, ...] = ("safe", "needs review")
    return Counter(name for label in labels for name in _list_changes(outcomes, label))


def _count_entries(outcomes: Iterable[Outcome]) -> dict[str, Counter[str]]:
    """Return the counts of fields and findings, by kind of entry in the order of the report's last line."""
    outcomes = [*outcomes]
    changes = {name: Counter(_list_changes(outcomes, label)) for label, name in _NAMES.items()}
    findings = [*iterate_shown_findings(outcomes)]
    return changes | {
        f"{severity}s": Counter(one.code for one in findings if one.severity == severity)
        for severity in SEVERITIES
    }


def _list_changes(outcomes: Iterable[Outcome], label: Label) -> Iterator[str]:
    """Yield the field of each change with this label, and the name of each set of a page once."""
    for outcome in outcomes:
        names = [_name_change(each) for each in iterate_changes([outcome]) if label_change(each) == label]
        yield from (name for name, is_set in names if not is_set)
        yield from {name for name, is_set in names if is_set}


def _name_change(change: Change) -> tuple[str, bool]:
    return (change.set_name, True) if change.set_name else (change.field, False)


def _list_counts(counted: Counter[str]) -> str:
    """Return `9 title, 2 date`: the most frequent first, equally frequent ones by name."""
    rows = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{count} {escape_line(name)}" for name, count in rows)
