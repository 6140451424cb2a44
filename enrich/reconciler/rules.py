"""The owner's settings that rules may use; without the rules themselves, which take long to load."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from enrich.model.ignore import Ignore
from enrich.model.plan import Policy


@dataclass(frozen=True, slots=True)
class Rules:
    """The owner's settings about the comparison, and the day of the run."""

    today: dt.date
    """The day of the run, which is the only clock of the rules."""
    policies: Mapping[str, Policy] = field(default_factory=dict)
    """The policy of each field that the owner has set one for."""
    only: frozenset[str] = frozenset()
    """The only fields to compare; empty for all."""
    skip: frozenset[str] = frozenset()
    """The fields not to compare."""
    fill_commented: bool = False
    """Whether to fill keys that the owner commented out together with a value."""
    ignores: tuple[Ignore, ...] = ()
    """The [[ignore]] tables."""
    reports_missing_doi: bool = True
    """Whether to report pages without a DOI."""
    finds_dois: bool = False
    """Whether the run searches for missing DOIs."""

    @property
    def edits_cite_bib(self) -> bool:
        """Whether the owner lets enrich write citation files."""
        return self.policies.get("cite.bib", "keep") != "keep"

    def wants(self, name: str) -> bool:
        """Return whether this run compares a field."""
        return name not in self.skip and (not self.only or name in self.only)
