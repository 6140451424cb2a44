"""Read the templates of the reports, which the wheel contains, too."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def read_template(name: str) -> str:
    """Return the text of a file in `report/templates`; on every system its line ends are line feeds."""
    return (files("enrich.report") / "templates" / name).read_text(encoding="utf-8")
