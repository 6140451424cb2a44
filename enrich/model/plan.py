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
ChangeStatus = Literal["proposed", "selected", "written", "kept", "refused"]


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a page was last reconciled against, and what `apply` has shown of it.

    `fields` maps a field to the record's normalised value; `shown` maps a field or a finding's
    code to the normalised value that was reported.
    """

    path: str
    doi: str
    fields: Mapping[str, Value] = field(default_factory=dict)
    shown: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """One value to be set: `old` and `new` are the key's whole value, `path` says where it lives.

    `baseline_value` is the record's value as the baseline stores it, `refused_because` why a refused change
    cannot be made exactly, `line` is 1-based; 0 until the writer has found it.
    """

    field: str
    path: KeyPath
    kind: Kind
    level: Level
    old: Value
    new: Value
    reason: str
    baseline_value: Value = None
    line: int = 0
    is_new: bool = True
    status: ChangeStatus = "proposed"
    refused_because: str = ""

    @property
    def key(self) -> str:
        """Return the path as reports print it: `hugoblox.ids.doi`."""
        return ".".join(self.path)


def refuse_change(change: Change, reason: str) -> Change:
    """Return the change as one that cannot be made, and why."""
    return replace(change, status="refused", refused_because=reason)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the owner should know; `code` is stable, `fingerprint` tells whether it is news."""

    code: str
    severity: Severity
    message: str
    line: int = 0
    evidence: str = ""
    fingerprint: Value = None
    is_new: bool = True


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
    """What is to happen to a page: `after` is its new text with the selected changes in it.

    `agreed` is what was found equal, by the baseline's names; `looked_up`: an agency has answered;
    `ignored` are the lines of ignores that had an effect, `baseline` is what earlier runs remembered.
    """

    page: Page
    after: str
    doi: str = ""
    source: str | None = None
    cached: bool = False
    changes: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()
    agreed: Mapping[str, Value] = field(default_factory=dict)
    looked_up: bool = False
    ignored: tuple[int, ...] = ()
    baseline: Baseline | None = None

    @property
    def path(self) -> str:
        """Return the page's path from the site's root."""
        return self.page.path


@dataclass(frozen=True, slots=True)
class Skipped:
    """A page that is left alone, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A page that could not be read or written, and why; `line` is 1-based, 0 if unknown."""

    path: str
    error: str
    line: int = 0
    doi: str = ""
    changes: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()


Outcome: TypeAlias = Plan | Skipped | Failed
