"""Distinguish keys that the owner commented out from those of the theme's template."""

from __future__ import annotations

import re

from enrich.model.page import KeyPath
from enrich.reconciler.comparison import Comparison

# values in the comments of the themes' templates, which do not mean that the owner declined a value
_TEMPLATE_VALUES = re.compile(
    r"""^\W*(?:
        |(?:19|20)\d\d-01-01(?:T00:00:00Z)?
        |true|false|null|\d
        |\*?journal\ of\ source\ themes.*|\*?in\ \*?source\ themes.*|source\ themes
        |lorem\ ipsum.*
        |example|your\ .*|name|author\ name|admin|equal\ contribution
        |10\.5555/.*
        )\W*$""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)


def is_template_value(value: str) -> bool:
    """Return whether a commented-out value is empty or the template's own."""
    return bool(_TEMPLATE_VALUES.match(value.strip()))


def is_declined(comparison: Comparison, path: KeyPath) -> bool:
    """Return whether the owner commented this key out with a value of its own."""
    if comparison.rules.fill_commented or len(path) != 1:
        return False
    return any(
        key.lower() == path[0].lower() and not is_template_value(one.value)
        for key, one in comparison.commented.items()
    )
