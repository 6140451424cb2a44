"""A rule of the owner about what not to report."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ignore:
    """A rule of the owner about what not to report; an empty part matches everything."""

    path: str = ""
    """The page, or a folder of pages, from the site's root; `*` matches anything."""
    doi: str = ""
    """The page's DOI."""
    field: str = ""
    """The field whose changes enrich does not propose."""
    code: str = ""
    """The finding that enrich does not report."""
    reason: str = ""
    """The reason, for the next reader of the settings."""
    until: dt.date | None = None
    """The last day on which this applies."""
    line: int = 0
    """Its line in `enrich.toml`, 1-based."""
