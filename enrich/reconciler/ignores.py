"""What the owner does not want to hear: the `[[ignore]]` tables of `enrich.toml`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import Protocol

from enrich.model.plan import Change, Finding


class Ignore(Protocol):
    """An `[[ignore]]`: an empty part matches everything, `until` is its last day."""

    @property
    def path(self) -> str:
        """The page's path from the site's root; `*` stands for anything."""

    @property
    def doi(self) -> str:
        """The page's DOI."""

    @property
    def field(self) -> str:
        """The field that is not to be proposed."""

    @property
    def code(self) -> str:
        """The finding that is not to be reported."""

    @property
    def line(self) -> int:
        """Its line in the file."""

    @property
    def until(self) -> dt.date | None:
        """The last day on which this holds."""


def of_page(ignores: Sequence[Ignore], path: str, doi: str, today: dt.date) -> tuple[Ignore, ...]:
    """Return the ignores that speak of a page today."""
    return tuple(
        one
        for one in ignores
        if (not one.path or fnmatchcase(path, one.path) or path.startswith(one.path.rstrip("/") + "/"))
        and (not one.doi or one.doi.lower() == doi.lower())
        and (one.until is None or today <= one.until)
    )


def idle(one: Ignore, today: dt.date) -> str:
    """Return what to say of an ignore that kept nothing back."""
    parts = (("path", one.path), ("doi", one.doi), ("field", one.field), ("code", one.code))
    about = ", ".join(f"{name} {value}" for name, value in parts if value)
    if one.until is not None and one.until < today:
        return f"this [[ignore]] ({about}) ran out on {one.until}; take it out, or set a later day"
    return f"this [[ignore]] ({about}) kept nothing back; take it out, or correct it"


def silences(one: Ignore, said: Change | Finding) -> bool:
    """Return whether an ignore of this page is about a change or a finding."""
    if isinstance(said, Change):
        return not one.code and one.field in {"", said.field}
    return not one.field and one.code in {"", said.code}
