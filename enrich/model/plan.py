"""What the reconciler decides about a page: changes, findings, a plan, or the reason there is none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from enrich.model.page import KeyPath, Page, Value

Kind = Literal["fill", "update", "replace", "conflict", "normalise"]
Level = Literal["safe", "review"]
Severity = Literal["error", "warning", "note"]
Policy = Literal["fill", "propose", "overwrite", "keep"]
IdentityAnswer = Literal["same", "part", "doubt", "other"]
ChangeStatus = Literal["proposed", "selected", "written", "kept", "refused"]


@dataclass(frozen=True, slots=True)
class Baseline:
    """What earlier runs remembered of a page."""

    path: str
    """The page's path when it was remembered."""
    doi: str
    """The page's DOI then, in lower case; `""` without one."""
    fields: Mapping[str, Value] = field(default_factory=dict)
    """The record's normalised value of each field that was equal, written or answered with "keep mine"."""
    shown: Mapping[str, Value] = field(default_factory=dict)
    """The normalised values that `apply` has reported, by field or by the code of the finding."""
    declined: tuple[str, ...] = ()
    """Fields remembered while the page had another DOI: one that is empty now was declined by the owner."""


@dataclass(frozen=True, slots=True)
class Change:
    """A value to be set on a page."""

    field: str
    """The field as `enrich.toml` names it."""
    path: KeyPath
    """The key, nested keys by their whole path."""
    kind: Kind
    """Which row of the three-way table led to the change."""
    level: Level
    """Whether `apply` writes it (`safe`) or the owner decides (`review`)."""
    old: Value
    """The whole value of the key on the page; None if the key is missing."""
    new: Value
    """The whole value that the key is to have."""
    reason: str
    """Why the change is proposed, in a sentence."""
    after: tuple[str, ...] = ()
    """The keys that precede this one in the themes' templates, nearest first; a new key goes after one."""
    baseline_value: Value = None
    """The record's value as the baseline stores it; None where the base does not move with this change."""
    line: int = 0
    """The line of the key, 1-based; for a missing key the line it gets; 0 if not yet known."""
    is_new: bool = True
    """Whether no earlier `apply` has reported this change."""
    status: ChangeStatus = "proposed"
    """How far the change has come."""
    refused_because: str = ""
    """Why the change cannot be made exactly; `""` unless it is refused."""

    @property
    def key(self) -> str:
        """Return the path as reports print it: `hugoblox.ids.doi`."""
        return ".".join(self.path)


def refuse_change(change: Change, reason: str) -> Change:
    """Return the change as one that cannot be made, and why."""
    return replace(change, status="refused", refused_because=reason)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the owner should know."""

    code: str
    """The stable name that `enrich explain` takes."""
    severity: Severity
    """How grave it is."""
    message: str
    """What was found, in a sentence."""
    line: int = 0
    """The line it is about, 1-based; 0 for none."""
    evidence: str = ""
    """What the message is based on."""
    fingerprint: Value = None
    """What tells this finding from another with the same code: while it stays the same, it is not news."""
    is_new: bool = True
    """Whether no earlier `apply` has reported it."""


@dataclass(frozen=True, slots=True)
class Ignore:
    """Something that the owner does not want reported; an empty part matches everything."""

    path: str = ""
    """The page, or a folder of pages, from the site's root; `*` matches anything."""
    doi: str = ""
    """The page's DOI."""
    field: str = ""
    """The field whose changes are not proposed."""
    code: str = ""
    """The finding that is not reported."""
    reason: str = ""
    """Why, for whoever reads the settings next."""
    until: dt.date | None = None
    """The last day on which this holds."""
    line: int = 0
    """Its line in `enrich.toml`, 1-based."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to happen to a page."""

    page: Page
    """The page as it was read."""
    after: str
    """The text of the page with the selected changes; the old text if none is selected."""
    doi: str = ""
    """The page's DOI as typed, without its resolver; `""` without a valid one."""
    source: str | None = None
    """Where the record came from: `crossref`, `datacite`, `records`, or None."""
    cached: bool = False
    """Whether the record came without a request."""
    changes: tuple[Change, ...] = ()
    """Every change, whatever its status."""
    findings: tuple[Finding, ...] = ()
    """Every finding."""
    agreed: Mapping[str, Value] = field(default_factory=dict)
    """The record's normalised value of each field that was found equal."""
    looked_up: bool = False
    """Whether an agency has answered, be it that it does not know the DOI."""
    ignored: tuple[int, ...] = ()
    """The lines of the `[[ignore]]` tables that kept something back."""
    baseline: Baseline | None = None
    """What earlier runs remembered of the page."""
    identity: IdentityAnswer | None = None
    """Whether the record is that of the page's work; None without a record."""
    skipped_because: str = ""
    """Why nothing is proposed for the page although it was read; `""` for most pages."""

    @property
    def path(self) -> str:
        """Return the page's path from the site's root."""
        return self.page.path


@dataclass(frozen=True, slots=True)
class Skipped:
    """A page that is left alone."""

    path: str
    """Its path from the site's root."""
    reason: str
    """Why it is left alone."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A page that could not be read or written."""

    path: str
    """Its path from the site's root."""
    error: str
    """What went wrong."""
    line: int = 0
    """The line it is about, 1-based; 0 if unknown."""
    doi: str = ""
    """Its DOI, where it was read."""
    changes: tuple[Change, ...] = ()
    """What was planned for it."""
    findings: tuple[Finding, ...] = ()
    """What was found on it."""


Outcome: TypeAlias = Plan | Skipped | Failed
