"""What the owner does not want to hear: the `[[ignore]]` tables of `enrich.toml`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fnmatch import fnmatchcase

from enrich.model.plan import Change, Finding, Ignore


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
