"""The folded end of the Markdown report, which names notes and open earlier news without their values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from enrich.model.plan import Change, Finding
from enrich.report.parts.labels import label_change
from enrich.report.parts.markdown_entries import link_text
from enrich.report.parts.markdown_escape import format_code
from enrich.report.parts.papers import Paper, PaperEntry
from enrich.report.parts.shared_findings import FindingKey, SharedFinding, is_shared
from enrich.text.count_noun import count_noun

_MOST_PATHS = 50  # paths that one line names


@dataclass(frozen=True, slots=True)
class FoldedList:
    """The entries that the report names without their values."""

    papers: Sequence[Paper]
    """Every paper of the report."""
    shared: frozenset[FindingKey]
    """Severity and code of the findings that one line names for all their pages."""
    shared_findings: Sequence[SharedFinding]
    """These findings."""
    full: bool
    """Whether the report shows earlier news in full, so that only notes are left."""

    @property
    def lines(self) -> list[str]:
        """Return a line for each paper, those with an error first, then one for each shared note."""
        errors_first = sorted(self.papers, key=lambda paper: rank_paper(paper) > 0)
        lines = [line for paper in errors_first if (line := self._name_entries(paper))]
        return [*lines, *map(_format_shared_note, self._list_notes())]

    def count_papers(self) -> int:
        """Return the number of papers that the lines name."""
        noted = {path for note in self._list_notes() for path in note.paths}
        return sum(
            any(outcome.path in noted for outcome in paper.outcomes) or bool(self._name_entries(paper))
            for paper in self.papers
        )

    def _list_notes(self) -> Iterator[SharedFinding]:
        return (finding for finding in self.shared_findings if finding.severity == "note")

    def _name_entries(self, paper: Paper) -> str:
        """Return the line of a paper: its pages, then the names of its entries by label."""
        names: dict[str, dict[str, None]] = {}
        for shown in sorted(paper.entries, key=rank_entry):
            if self._is_folded(shown.entry):
                names.setdefault(_name_label(shown.entry), {})[_name_entry(shown.entry)] = None
        paths = ", ".join(format_code(outcome.path) for outcome in paper.outcomes)
        kinds = (f"{label} {', '.join(map(format_code, codes))}" for label, codes in names.items())
        return f"- {paths}: {'; '.join(kinds)}\n" if names else ""

    def _is_folded(self, entry: Change | Finding) -> bool:
        if is_shared(entry, self.shared):
            return False
        if isinstance(entry, Change) and label_change(entry) in {"written", "safe", "kept"}:
            return False
        return not (needs_person(entry) and (self.full or entry.is_new))


def needs_person(entry: Change | Finding) -> bool:
    """Return whether somebody has to look at the entry."""
    if isinstance(entry, Finding):
        return entry.severity != "note"
    return label_change(entry) in {"needs review", "cannot be written"}


def rank_entry(shown: PaperEntry) -> int:
    """Return the position of an entry: errors, changes, warnings, notes."""
    if isinstance(shown.entry, Change):
        return 1
    return {"error": 0, "warning": 2, "note": 3}[shown.entry.severity]


def rank_paper(paper: Paper) -> int:
    """Return the position of a paper's most severe entry, 3 without one."""
    return min(map(rank_entry, paper.entries), default=3)


def _name_label(entry: Change | Finding) -> str:
    return entry.severity if isinstance(entry, Finding) else label_change(entry)


def _name_entry(entry: Change | Finding) -> str:
    return entry.code if isinstance(entry, Finding) else entry.field


def name_many_pages(paths: Sequence[str]) -> str:
    """Return the paths as code; of very many, the first and the number of the others."""
    more = len(paths) - _MOST_PATHS
    return ", ".join(map(format_code, paths[:_MOST_PATHS])) + (f" and {more} more" if more > 0 else "")


def _format_shared_note(finding: SharedFinding) -> str:
    named = name_many_pages(finding.paths)
    if finding.is_alone:
        return f"- note {format_code(finding.code)} on {named}; {link_text(finding.message)}\n"
    pages = f"{count_noun(len(finding.paths), 'page')}: {named}"
    return f"- note {format_code(finding.code)} on {pages}; {link_text(finding.message)}\n"
