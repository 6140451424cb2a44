"""Look up the words that an option accepts in the modules that define them."""

from __future__ import annotations

import os
from functools import cache
from typing import get_args

# The endings of files that differ from the name of their format.
_ENDINGS = {"diff": "patch", "htm": "html", "md": "markdown", "txt": "text"}


@cache
def list_report_formats() -> tuple[str, ...]:
    """Return the names of the report formats: the modules of `enrich.report`, one file each."""
    from importlib.util import find_spec
    from pkgutil import iter_modules

    spec = find_spec("enrich.report")
    folders = (spec and spec.submodule_search_locations) or []
    return tuple(sorted(module.name for module in iter_modules(folders) if not module.ispkg))


def find_format_of_file(name: str) -> str:
    """Return the report format of a file by the ending of its name, or `""`."""
    ending = os.path.splitext(name)[1].removeprefix(".").lower()  # noqa: PTH122 - `--help` imports this file
    word = _ENDINGS.get(ending, ending)
    return word if word in list_report_formats() else ""


def list_field_names() -> tuple[str, ...]:
    """Return the names of the fields."""
    from enrich.reconciler.fields.default_policies import list_default_policies

    return tuple(list_default_policies())


def list_generations() -> tuple[str, ...]:
    """Return the generations of the theme."""
    from enrich.model.site_context import Generation

    return get_args(Generation)


def list_types() -> tuple[str, ...]:
    """Return the ways to write publication types."""
    from enrich.model.site_context import Types

    return get_args(Types)


def list_maths() -> tuple[str, ...]:
    """Return the ways to write TeX."""
    from enrich.model.site_context import Math

    return get_args(Math)


def list_policies() -> tuple[str, ...]:
    """Return the policies of a field."""
    from enrich.model.plan import Policy

    return get_args(Policy)
