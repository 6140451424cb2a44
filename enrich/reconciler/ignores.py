"""Apply the `[[ignore]]` tables of `enrich.toml`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from fnmatch import fnmatchcase

from enrich.model.ignore import Ignore
from enrich.model.plan import Change, Finding, Outcome, Plan


def select_ignores(ignores: Sequence[Ignore], path: str, doi: str, today: dt.date) -> tuple[Ignore, ...]:
    """Return the ignores that apply to a page today."""
    return tuple(
        ignore
        for ignore in ignores
        if (
            not ignore.path
            or fnmatchcase(path, ignore.path)
            or path.startswith(ignore.path.rstrip("/") + "/")
        )
        and (not ignore.doi or ignore.doi.lower() == doi.lower())
        and (ignore.until is None or today <= ignore.until)
    )


def list_unused_ignores(
    ignores: Sequence[Ignore], outcomes: Sequence[Outcome], today: dt.date
) -> Iterator[str]:
    """Yield a note for each ignore that had no effect on the pages of a whole site."""
    plans = [outcome for outcome in outcomes if isinstance(outcome, Plan)]
    used = {line for plan in plans for line in plan.ignored}
    dois = {plan.doi.lower() for plan in plans}
    for ignore in ignores:
        if ignore.line not in used and not _is_about_work(ignore, dois):
            yield f"enrich.toml:{ignore.line}: {_describe_unused_ignore(ignore, today)}"


def _describe_unused_ignore(ignore: Ignore, today: dt.date) -> str:
    """Return the note about an ignore that had no effect."""
    parts = (("path", ignore.path), ("doi", ignore.doi), ("field", ignore.field), ("code", ignore.code))
    about = ", ".join(f"{name} {value}" for name, value in parts if value)
    if ignore.until is not None and ignore.until < today:
        return f"this [[ignore]] ({about}) expired on {ignore.until}; delete it, or set a later day"
    return f"this [[ignore]] ({about}) matched nothing; delete it, or correct it"


def _is_about_work(ignore: Ignore, dois: Collection[str]) -> bool:
    """Return whether an ignore keeps a work out of `enrich new`: it has only a DOI that no page has."""
    is_of_doi = bool(ignore.doi) and not (ignore.path or ignore.field or ignore.code)
    return is_of_doi and ignore.doi.lower() not in dois


def ignore_matches(ignore: Ignore, item: Change | Finding) -> bool:
    """Return whether an ignore of this page covers a change or a finding."""
    if isinstance(item, Change):
        return not ignore.code and ignore.field in {"", item.field}
    return not ignore.field and ignore.code in {"", item.code}
