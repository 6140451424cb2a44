"""Read the templates of the reports, which are beside the formats, in the wheel too."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def read_template(name: str) -> str:
    """Return a file of `report/templates`, with line feeds as line ends on every system."""
    return (files("enrich.report") / "templates" / name).read_text(encoding="utf-8")
