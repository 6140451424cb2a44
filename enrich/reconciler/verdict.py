"""The verdict on a page; without the rules that reach it, which take long to load."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from enrich.model.ignore import Ignore
from enrich.model.page import Value
from enrich.model.plan import Change, Finding, IdentityAnswer


@dataclass(frozen=True, slots=True)
class Identity:
    """The work to which a record belongs, and the facts on which that answer is based."""

    answer: IdentityAnswer
    """`same`, `part`, `doubt` or `other`."""
    evidence: str
    """The facts on which the answer is based, in words."""
    parent_doi: str = ""
    """The DOI of the work that a part or a notice is about, if the record has it."""


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The verdict on one page."""

    changes: tuple[Change, ...] = ()
    """The proposed changes."""
    findings: tuple[Finding, ...] = ()
    """The findings of the page."""
    agreed: Mapping[str, Value] = field(default_factory=dict)
    """Each equal field, with its value for the baseline."""
    agreed_in_set: Mapping[str, Value] = field(default_factory=dict)
    """The same of the record that the changes of a set come from."""
    agreed_in_file: Mapping[str, Value] = field(default_factory=dict)
    """The same of the values of a citation file that is to be made."""
    ignored: tuple[Ignore, ...] = ()
    """The owner's ignores that had an effect."""
    offers: tuple[Change, ...] = ()
    """The changes to the DOIs that may be the page's but are not certain."""
    identity: Identity | None = None
    """Whether it is the record of the page's work; None without a record."""
