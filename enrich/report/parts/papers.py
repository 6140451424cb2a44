"""Group pages by paper, so that a report shows once what the translations of a page share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from enrich.model.plan import Change, Finding, Outcome, Plan, Skipped
from enrich.model.twin_changes import drop_language, list_change_parts
from enrich.report.parts.safe_text import escape_line, format_json, format_value

# With one of these findings the page's DOI may be another paper's, so only translations are one paper.
_OTHER_PAPER = {"doi-mismatch", "doi-duplicate", "doi-of-notice"}


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """A change or finding, and the pages that have it; a report shows it on the first."""

    outcome: Outcome
    """The page that it is shown on."""
    entry: Change | Finding
    """The change or finding."""
    also: tuple[tuple[str, int], ...] = ()
    """Path and line of each other page that has it."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The pages of one paper."""

    outcomes: tuple[Outcome, ...]
    """One page, or a page with its translations."""

    @property
    def doi(self) -> str:
        """Return the DOI as the first page has it, or `""`."""
        first = self.outcomes[0]
        return "" if isinstance(first, Skipped) else first.doi

    @property
    def title(self) -> str:
        """Return the first page's title on one line, or its path if it has no title."""
        first = self.outcomes[0]
        title = format_value(first.page.get("title")) if isinstance(first, Plan) else ""
        return escape_line(title) or escape_line(first.path)

    @property
    def entries(self) -> list[PaperEntry]:
        """Return all changes and findings in their order; one that several pages share comes once."""
        if len(self.outcomes) == 1:
            return [PaperEntry(self.outcomes[0], entry) for entry in list_entries(self.outcomes[0])]
        merged: dict[str, PaperEntry] = {}
        for outcome in self.outcomes:
            for entry in list_entries(outcome):
                key = identify_entry(entry)
                known = merged.get(key)
                if known is None or known.outcome is outcome:
                    merged[key if known is None else f"{key} {len(merged)}"] = PaperEntry(outcome, entry)
                else:
                    also = (*known.also, (outcome.path, entry.line))
                    merged[key] = PaperEntry(known.outcome, known.entry, also)
        return [*merged.values()]

    def list_places(self, shown: PaperEntry) -> tuple[str, ...]:
        """Return the pages to name beside an entry: those that have it; none if all pages have it."""
        paths = (shown.outcome.path, *(path for path, _ in shown.also))
        return paths if len(paths) < len(self.outcomes) else ()


def list_entries(outcome: Outcome) -> tuple[Change | Finding, ...]:
    """Return a page's changes and findings."""
    return () if isinstance(outcome, Skipped) else (*outcome.changes, *outcome.findings)


def group_by_paper(outcomes: Sequence[Outcome]) -> list[Paper]:
    """Return the papers in the order of their first pages."""
    groups: dict[str, list[Outcome]] = {}
    for outcome, shown in zip(outcomes, drop_repeated_findings(outcomes), strict=True):
        groups.setdefault(_identify_paper(outcome), []).append(shown)
    return [Paper(tuple(group)) for group in groups.values()]


def drop_repeated_findings(outcomes: Sequence[Outcome]) -> Iterator[Outcome]:
    """Yield the outcomes; a finding about several pages stays on the first of them only."""
    first: dict[tuple[str, bool, frozenset[str]], str] = {}
    for outcome in outcomes:
        if isinstance(outcome, Skipped):
            yield outcome
            continue
        kept = tuple(
            finding
            for finding in outcome.findings
            if not finding.other_pages
            or first.setdefault(_identify_repeated(outcome, finding), outcome.path) == outcome.path
        )
        yield outcome if len(kept) == len(outcome.findings) else replace(outcome, findings=kept)


def _identify_repeated(outcome: Outcome, finding: Finding) -> tuple[str, bool, frozenset[str]]:
    return finding.code, finding.is_new, frozenset((outcome.path, *finding.other_pages))


def _identify_paper(outcome: Outcome) -> str:
    if isinstance(outcome, Skipped):
        return f"path {outcome.path}"
    if not outcome.doi or _OTHER_PAPER & {finding.code for finding in outcome.findings}:
        return f"page {drop_language(outcome.path)} {outcome.doi.lower()}"
    return f"doi {outcome.doi.lower()}"


def identify_entry(entry: Change | Finding) -> str:
    """Return a text that is equal for two entries only if a reader could not tell them apart."""
    if isinstance(entry, Finding):
        parts: list[object] = [entry.code, entry.severity, entry.message, entry.evidence, entry.is_new]
    else:
        parts = [*list_change_parts(entry), entry.is_new, entry.reason, entry.refused_because]
    return format_json(parts)
