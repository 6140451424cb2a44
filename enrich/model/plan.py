"""The reconciler's decision about a page: changes, findings, a plan, or the reason why there is no plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from enrich.model.page import KeyPath, Page, Value

Kind = Literal["fill", "update", "replace", "conflict", "normalise"]
Level = Literal["safe", "review"]
Severity = Literal["error", "warning", "note"]
Policy = Literal["fill", "propose", "overwrite", "keep"]
IdentityAnswer = Literal["same", "part", "doubt", "other"]
CandidateOrigin = Literal["search", "page"]
CandidateVerdict = Literal["certain", "unsure", "no"]
ChangeStatus = Literal["proposed", "selected", "written", "kept", "refused"]


@dataclass(frozen=True, slots=True)
class Baseline:
    """The baseline of a page, from earlier runs."""

    path: str
    """The page's path at that time."""
    doi: str
    """The page's DOI at that time, in lower case; `""` without one."""
    fields: Mapping[str, Value] = field(default_factory=dict)
    """The record's normalised value of each field that was equal, written or answered with "keep mine"."""
    shown: Mapping[str, Value] = field(default_factory=dict)
    """The normalised values that `apply` has reported, by field or by the code of the finding."""
    declined: tuple[str, ...] = ()
    """Fields from the time when the page had another DOI; if one is empty now, the owner declined it."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another value of the record that the owner may choose."""

    value: Value
    """The key's whole value."""
    label: str
    """Its meaning in the record: `print 2020-12-01`."""


@dataclass(frozen=True, slots=True)
class Change:
    """A value to set on a page."""

    field: str
    """The field as `enrich.toml` names it."""
    path: KeyPath
    """The key, nested keys by their whole path."""
    kind: Kind
    """The kind of the change, from the row of the three-way table that applied."""
    level: Level
    """Whether `apply` writes it (`safe`) or the owner decides (`review`)."""
    old: Value
    """The whole value of the key on the page; None if the key is missing."""
    new: Value
    """The key's whole new value."""
    reason: str
    """The reason for the change, in a sentence."""
    after: tuple[str, ...] = ()
    """The keys that precede this one in the themes' templates, nearest first; a new key goes after one."""
    baseline_value: Value = None
    """The record's value as the baseline stores it; None if the base does not move with this change."""
    line: int = 0
    """The line of the key, 1-based; for a missing key the line it gets; 0 if not yet known."""
    is_new: bool = True
    """Whether no earlier `apply` has reported this change."""
    file: str = ""
    """The file of the bundle that has the value, from the site's root; `""` for the page itself."""
    set_name: str = ""
    """The set that the change belongs to, which is taken whole or not at all; `""` for a change alone."""
    replaced_by_set: str = ""
    """The set with which the change is not written, because the set has another value for its field."""
    status: ChangeStatus = "proposed"
    """The state of the change."""
    refused_because: str = ""
    """The reason why the change cannot be made exactly; `""` unless it is refused."""
    alternatives: tuple[Alternative, ...] = ()
    """The record's other values that the owner may choose instead, at most nine."""
    needs_answer: bool = False
    """Whether only an answer or a decision writes the change, not `apply --all`."""

    @property
    def key(self) -> str:
        """Return the path as reports print it: `hugoblox.ids.doi`."""
        return ".".join(self.path)


def refuse_change(change: Change, reason: str) -> Change:
    """Return the change as one that cannot be made, and why."""
    return replace(change, status="refused", refused_because=reason)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A DOI that may belong to a page without one."""

    doi: str
    """The DOI, in lower case."""
    title: str
    """The title of its record, without markup."""
    authors: tuple[str, ...]
    """The authors of its record, given names first."""
    year: int | None
    """The earliest year of its record."""
    type: str
    """The type of its record, as Crossref names it."""
    container: str
    """The journal, book or server of its record, or `""`."""
    origin: CandidateOrigin
    """Whether a search found it, or the page has it elsewhere."""
    verdict: CandidateVerdict
    """Whether it is the DOI of the page's work."""
    reasons: tuple[str, ...]
    """The reasons for and against it, in words."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact that the owner should know."""

    code: str
    """The stable name that `enrich explain` takes."""
    severity: Severity
    """Its severity."""
    message: str
    """The finding in a sentence."""
    line: int = 0
    """Its line, 1-based; 0 for none."""
    evidence: str = ""
    """The text on which the message is based."""
    fingerprint: Value = None
    """A text that tells this finding from others with its code; when it changes, the finding is news."""
    is_new: bool = True
    """Whether no earlier `apply` has reported it."""
    other_pages: tuple[str, ...] = ()
    """The other pages that the finding is about, each of which has the same finding."""
    ended_by: str = ""
    """The field whose change, once written, ends the finding; `""` if no change does."""
    repeats_change: bool = False
    """Whether that change, as a proposal, already shows all that the finding says."""


@dataclass(frozen=True, slots=True)
class FileEdit:
    """The new text of a file."""

    path: str
    """The path from the site's root."""
    before: str | None
    """The text before; None if there is no file yet."""
    after: str
    """The text after."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan for a page."""

    page: Page
    """The page as it was read."""
    after: str
    """The text of the page with the selected changes; the old text if none is selected."""
    doi: str = ""
    """The page's DOI as typed, without its resolver; `""` without a valid one."""
    source: str | None = None
    """The source of the record: `crossref`, `datacite`, `records`, or None."""
    source_name: str = ""
    """The source as reports name it: `Crossref`, `records on disk`; `""` without a record."""
    cached: bool = False
    """Whether the record came without a request."""
    changes: tuple[Change, ...] = ()
    """Every change, whatever its status."""
    findings: tuple[Finding, ...] = ()
    """Every finding."""
    agreed: Mapping[str, Value] = field(default_factory=dict)
    """The record's normalised value of each field that was found equal."""
    agreed_in_set: Mapping[str, Value] = field(default_factory=dict)
    """The same of the record that the changes of a set come from."""
    agreed_in_file: Mapping[str, Value] = field(default_factory=dict)
    """The same of the values of a new citation file, once it is written."""
    looked_up: bool = False
    """Whether an agency has answered, even if it does not know the DOI."""
    ignored: tuple[int, ...] = ()
    """The lines of the `[[ignore]]` tables that had an effect."""
    baseline: Baseline | None = None
    """The page's baseline, from earlier runs."""
    identity: IdentityAnswer | None = None
    """Whether the record is that of the page's work; None without a record."""
    candidates: tuple[Candidate, ...] = ()
    """The DOIs that may belong to a page without one, the best first."""
    offers: tuple[Change, ...] = ()
    """The change to each DOI that may be the page's but is not certain; only a decision selects one."""
    skipped_because: str = ""
    """The reason why enrich proposes nothing for a page that it read; `""` for most pages."""
    cite_bib_after: str | None = None
    """The text of the bundle's citation file with the selected changes; None if none is selected."""

    @property
    def path(self) -> str:
        """Return the page's path from the site's root."""
        return self.page.path

    @property
    def edits(self) -> tuple[FileEdit, ...]:
        """Return the files whose text the selected changes change, the page first."""
        edits = [FileEdit(self.path, self.page.text, self.after)]
        if self.cite_bib_after is not None:
            before = None if self.page.lacks_cite_bib else self.page.cite_bib
            edits.append(FileEdit(self.page.cite_bib_path, before, self.cite_bib_after))
        return tuple(edit for edit in edits if edit.after != edit.before)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A page that enrich skips."""

    path: str
    """Its path from the site's root."""
    reason: str
    """The reason why enrich skips it."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A page, or the file of all baselines, that could not be read or written."""

    path: str
    """Its path from the site's root."""
    error: str
    """The error, in words."""
    line: int = 0
    """The line it is about, 1-based; 0 if unknown."""
    doi: str = ""
    """Its DOI, if enrich read it."""
    changes: tuple[Change, ...] = ()
    """The changes that were planned."""
    findings: tuple[Finding, ...] = ()
    """The findings of the page."""
    is_page: bool = True
    """Whether it is a page; counts in words leave out other files."""


Outcome: TypeAlias = Plan | Skipped | Failed
