"""The owner's settings that rules may use; without the rules themselves, which take long to load."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from enrich.model.ignore import Ignore
from enrich.model.plan import Policy


@dataclass(frozen=True, slots=True)
class Rules:
    """The owner's settings; `today` is the rules' only clock."""

    today: dt.date
    policies: Mapping[str, Policy] = field(default_factory=dict)
    only: frozenset[str] = frozenset()
    skip: frozenset[str] = frozenset()
    fill_commented: bool = False
    ignores: tuple[Ignore, ...] = ()
    reports_missing_doi: bool = True
    finds_dois: bool = False

    @property
    def edits_cite_bib(self) -> bool:
        """Whether the owner lets enrich write citation files."""
        return self.policies.get("cite.bib", "keep") != "keep"

    def wants(self, name: str) -> bool:
        """Return whether this run compares a field."""
        return name not in self.skip and (not self.only or name in self.only)
