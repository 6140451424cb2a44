"""Explain libyaml's errors in plain words, with the line on which the error begins."""

from __future__ import annotations

import yaml

from enrich.errors import PageError

_TAB = "the line begins with a tab; use spaces"
_ODD_START = "a value begins with a sign that has a meaning in YAML (@ ` % or a tab); put it in quotes"
_ALIAS = "a value begins with *, which refers to an anchor; put it in quotes"
_NO_KEY = "this line is neither a key nor part of the value above; check its indent and quotes"
# A part of libyaml's message, its meaning, and whether the error is at the start of the context.
_FAULTS = (
    ("while scanning a quoted scalar", "a quotation mark is never closed; add the closing one", True),
    ("mapping values are not allowed", "a value contains a colon and a space; put it in quotes", False),
    ("cannot start any token", _ODD_START, False),
    ("tab character", _TAB, False),
    ("parsing a flow sequence", "a list in [ ] is not closed or lacks a comma; add what is missing", True),
    ("parsing a flow mapping", "a group in { } is not closed or lacks a comma; add what is missing", True),
    ("scanning an alias", _ALIAS, True),
    ("undefined alias", _ALIAS, False),
    ("parsing a block mapping", _NO_KEY, False),
)


def explain_yaml_error(error: yaml.MarkedYAMLError, text: str, first_line: int) -> PageError:
    """Return the error in a header, with the line on which it begins."""
    message = f"{error.context or ''}, {error.problem or ''}".strip(", ")
    faults = ((words, opened) for part, words, opened in _FAULTS if part in message)
    words, is_at_context = next(faults, (f"{message}; correct this line", False))
    mark = (error.context_mark if is_at_context else error.problem_mark) or error.problem_mark
    mark = mark or error.context_mark
    row = mark.line if mark else 0
    line = text.splitlines()[row : row + 1]
    if words == _ODD_START and line and line[0].lstrip(" ").startswith("\t"):
        words = _TAB
    return PageError(f"YAML: {words}", first_line + row)
