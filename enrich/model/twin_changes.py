"""Recognise translations of one page, and the same change on each of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from enrich.model.page import to_plain_value
from enrich.model.plan import Change, Plan

# Hugo pairs translations by folder or by name: https://gohugo.io/content-management/multilingual/
_LANGUAGE_FOLDER = re.compile(r"^([^/]+)/[a-z]{2}(?:-[a-z]{2,4})?/", re.IGNORECASE)
_LANGUAGE_IN_NAME = re.compile(r"\.[a-z]{2}(?:-[a-z]{2,4})?\.(?=[a-z]+$)", re.IGNORECASE)


def drop_language(path: str) -> str:
    """Return a path without the language in its name, or in its first folder below the content."""
    return _LANGUAGE_IN_NAME.sub(".", _LANGUAGE_FOLDER.sub(r"\1/", path))


def identify_twins(plan: Plan) -> str:
    """Return a text that only plans share that are about translations of one page, as sure of its record."""
    return f"{drop_language(plan.path)} {plan.identity} {plan.doi.lower()}"


def are_twins(plan: Plan, other: Plan) -> bool:
    """Return whether two plans are about translations of one page, and as sure of its record."""
    return plan.path != other.path and identify_twins(plan) == identify_twins(other)


def list_change_parts(change: Change) -> list[object]:
    """Return what a change does, as plain values; an empty value on the page counts as none."""
    old = None if change.old in ("", []) else change.old
    values = [to_plain_value(value) for value in (old, change.new)]
    key = [name.lower() for name in change.path]
    return [change.field, key, change.kind, change.level, values, change.status, change.set_name]


def identify_question(plan: Plan, changes: Iterable[Change]) -> str:
    """Return a text that only questions share that are about the same changes on translations of one page."""
    return repr((identify_twins(plan), *map(list_change_parts, changes)))
