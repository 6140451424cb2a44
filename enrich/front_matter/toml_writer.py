"""Writing into a TOML header: a string in the quotes that stood there, a date as a date."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence

from enrich.errors import Refused
from enrich.front_matter.list_edits import flow_edits
from enrich.front_matter.quoting import double_quoted, is_printable
from enrich.front_matter.text_spans import Place, Splice
from enrich.front_matter.toml_spans import Scan
from enrich.front_matter.value_edits import is_list
from enrich.model.page import Value

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


class TomlPen:
    """Writes into one TOML header the way the page is written."""

    def __init__(self, text: str, found: Scan) -> None:
        self.text = text
        counts = Counter(entry.place.style for entry in found.entries if entry.place.style in ('"', "'"))
        self.house = "'" if counts["'"] > counts['"'] else '"'

    def scalar(self, value: Value, style: str, *, flow: bool) -> str:  # noqa: ARG002  # TOML makes no difference
        """Return a scalar on one line: a literal string where the style says so and it can, else in `"`."""
        if value is None:
            raise Refused("TOML has no null")
        if isinstance(value, bool):
            return "true" if value else "false"
        if not isinstance(value, str):
            return repr(value)
        if style == "'" and "'" not in value and is_printable(value):
            return f"'{value}'"
        return double_quoted(value)

    def inline(self, value: Value) -> str:
        """Return any value on one line."""
        if isinstance(value, Mapping):
            return "{" + ", ".join(f"{self.key((k,))} = {self.inline(v)}" for k, v in value.items()) + "}"
        if is_list(value):
            return "[" + ", ".join(self.inline(item) for item in value) + "]"
        return self.scalar(value, self.house, flow=True)

    def key(self, path: Sequence[str]) -> str:
        """Return a dotted key, its parts in quotes where they need them."""
        return ".".join(part if _BARE_KEY.fullmatch(part) else double_quoted(part) for part in path)

    def replace_scalar(self, place: Place, value: Value) -> list[Splice]:
        """Return the splice that puts a scalar where another stands."""
        written = None
        if isinstance(value, str):
            if place.style == "date":
                written = value if _is_date(value) else None
            elif len(place.style) == 3:
                written = self._lines(place, value)
        return [Splice(place.start, place.end, written or self.scalar(value, place.style, flow=False))]

    def _lines(self, place: Place, value: str) -> str | None:
        """Return a string of several lines in the quotes that stood there, None where that is not exact."""
        lines = value.split("\n")
        # The readers differ on CRLF inside a string, and Hugo takes a line +++ for the fence.
        if (
            "\r" in self.text
            or not is_printable("".join(lines))
            or any(line.startswith("+++") for line in lines)
        ):
            return None
        opened = place.style + ("\n" if self.text.startswith("\n", place.start + 3) else "")
        if opened == place.style and value.startswith("\n"):
            return None
        if place.style == '"""':
            return opened + "\n".join(double_quoted(line)[1:-1] for line in lines) + '"""'
        return None if "'''" in value or value.endswith("'") else opened + value + "'''"

    def fill(self, place: Place, value: Value) -> list[Splice]:
        """Return the splice that puts a list or mapping where a scalar stands."""
        return [Splice(place.start, place.end, self.inline(value))]

    def list_edits(self, place: Place, new: Sequence[Value]) -> list[Splice]:
        """Return the splices that give a list of scalars new items and leave its others alone."""
        return flow_edits(self, place, new)


def _is_date(text: str) -> bool:
    try:
        return not isinstance(tomllib.loads(f"value = {text}")["value"], (str, bool, int, float, list, dict))
    except tomllib.TOMLDecodeError:
        return False
