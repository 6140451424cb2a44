"""Writing into a YAML header: a scalar in the style that stood there, lists by items, keys by lines."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from enrich.errors import Refused
from enrich.front_matter.list_edits import flow_edits, neighbour, steps
from enrich.front_matter.quoting import block_scalar, double_quoted, is_date, is_plain, single_quoted
from enrich.front_matter.text_spans import Place, Splice, line_start, newline_at, next_line, put_line
from enrich.front_matter.value_edits import is_list
from enrich.front_matter.yaml_spans import list_style, string_style, text_style
from enrich.model.page import Value

_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*")
_DASH = re.compile(r"[ ]*-[ \t]*")


class YamlPen:
    """Writes into one YAML header the way the page is written."""

    def __init__(self, text: str, root: Place) -> None:
        self.text = text
        self.house = string_style(root)
        self.long = text_style(root)
        self.lists, self.list_indent = list_style(text, root)

    def scalar(self, value: Value, style: str, *, flow: bool) -> str:
        """Return a scalar on one line, in a style where that is read the same everywhere, else in `"`."""
        if value is None or isinstance(value, bool):
            return {None: "null", True: "true", False: "false"}[value]
        if not isinstance(value, str):
            return repr(value)
        if style == "" and is_plain(value, flow=flow):
            return value
        return (single_quoted(value) if style == "'" else None) or double_quoted(value)

    def inline(self, value: Value) -> str:
        """Return any value on one line, lists and mappings in brackets."""
        if isinstance(value, Mapping):
            return "{" + ", ".join(f"{self.key(k)}: {self.inline(v)}" for k, v in value.items()) + "}"
        if is_list(value):
            return "[" + ", ".join(self.inline(item) for item in value) + "]"
        return self.scalar(value, self.house, flow=True)

    def key(self, name: str) -> str:
        """Return a key, in quotes where it needs them."""
        return name if _KEY.fullmatch(name) and is_plain(name.replace("_", "")) else double_quoted(name)

    def replace_scalar(self, place: Place, value: Value) -> list[Splice]:
        """Return the splice that puts a scalar where another stands, or where nothing stands."""
        if place.style in ("|", ">"):
            return [self._replace_block(place, value)]
        if place.start == place.end:
            return [Splice(place.start, place.end, " " + self.fresh(value, place))]
        style = place.style if place.value else place.style or self.house
        if style == "" and isinstance(value, str) and is_date(value) and is_date(str(place.value)):
            return [Splice(place.start, place.end, value)]
        return [Splice(place.start, place.end, self.scalar(value, style, flow=place.flow))]

    def fresh(self, value: Value, place: Place) -> str:
        """Return a scalar where none stood: text of several lines in the page's style for it."""
        if isinstance(value, str) and "\n" in value and self.long != '"' and not place.flow:
            indent = self.margin(place.start) + "  "
            block = block_scalar(value, self.long, indent, newline_at(self.text, place.start))
            if block:
                return "".join(block)
        return self.scalar(value, self.house, flow=place.flow)

    def margin(self, position: int) -> str:
        """Return the blanks that a position's line begins with."""
        found = re.compile(" *").match(self.text, line_start(self.text, position))
        return found[0] if found else ""

    def _replace_block(self, place: Place, value: Value) -> Splice:
        """Return the splice for a literal or folded scalar: the same style where that is exact."""
        old = self.text[place.start : place.end]
        header, _, lines = old.partition("\n")
        comment = _BLOCK_HEADER.sub("", header, count=1).rstrip()
        written = (self.scalar(value, '"', flow=False), "")
        if isinstance(value, str):
            indent = re.match(r"\s*?( *)\S", lines)
            margin = indent[1] if indent else self.margin(place.start) + "  "
            written = block_scalar(value, place.style, margin, newline_at(self.text, place.end)) or written
        return Splice(place.start, place.end, written[0] + comment + written[1])

    def fill(self, place: Place, value: Value) -> list[Splice]:
        """Return the splice that puts a list or mapping where a scalar or nothing stands."""
        if place.start < place.end or place.flow or not value or self._is_flow(value):
            blank = " " if place.start == place.end else ""
            return [Splice(place.start, place.end, blank + self.inline(value))]
        position = next_line(self.text, place.start)
        lines = self._block(value, self.margin(place.start))
        return [put_line(self.text, position, newline_at(self.text, position).join(lines))]

    def _is_flow(self, value: Value) -> bool:
        """Tell whether a new list goes into brackets: as the page's lists do, else if it is short."""
        if not is_list(value) or any(isinstance(item, Mapping) for item in value):
            return False
        return self.lists == "flow" or (self.lists == "" and len(value) <= 1)

    def entry(self, key: str, value: Value, margin: str) -> list[str]:
        """Return the lines of a key with its value."""
        name = margin + self.key(key) + ":"
        if (isinstance(value, Mapping) or is_list(value)) and value and not self._is_flow(value):
            return [name, *self._block(value, margin)]
        if isinstance(value, str) and "\n" in value and self.long != '"':
            block = block_scalar(value, self.long, margin + "  ", "\n")
            if block:
                return [f"{name} {block[0]}", *block[1].split("\n")[1:]]
        single = isinstance(value, Mapping) or is_list(value)
        return [f"{name} {self.inline(value) if single else self.scalar(value, self.house, flow=False)}"]

    def _block(self, value: Value, margin: str) -> list[str]:
        """Return the lines of a list or mapping under the key whose margin is given."""
        if isinstance(value, Mapping):
            return [line for key, item in value.items() for line in self.entry(key, item, margin + "  ")]
        margin += self.list_indent
        return [line for item in value for line in self._item(item, margin)] if is_list(value) else []

    def _item(self, value: Value, margin: str) -> list[str]:
        """Return the lines of a list's item."""
        if isinstance(value, Mapping) and value:
            lines = self._block(value, margin)
            return [f"{margin}- {lines[0].lstrip()}", *lines[1:]]
        if isinstance(value, Mapping) or is_list(value):
            return [f"{margin}- {self.inline(value)}"]
        return [f"{margin}- {self.scalar(value, self.house, flow=False)}"]

    def list_edits(self, place: Place, new: Sequence[Value]) -> list[Splice]:
        """Return the splices that give a list of scalars new items; the others, and comments, stay."""
        if place.style == "flow":
            return flow_edits(self, place, new)
        if not new:
            return [self._emptied(place)]
        found: list[Splice] = []
        for step in steps([item.value for item in place.items], new):
            for index, value in step.pairs:
                found += self.replace_scalar(place.items[index], value)
            start, end, values = step.rest
            found += [self._without_line(item) for item in place.items[start:end]]
            if values:
                found.append(self._lines_before(place, start, values))
        return found

    def _lines_before(self, place: Place, index: int, new: Sequence[Value]) -> Splice:
        """Return the splice that puts items in: right after the item before, or before the first."""
        item = place.items[max(index - 1, 0)]
        begin = line_start(self.text, item.start)
        prefix = self.text[begin : item.start]
        if not _DASH.fullmatch(prefix):
            raise Refused("the list's items do not stand on lines of their own")
        style = neighbour(place.items, index, self.house)
        prefix = prefix if prefix.endswith((" ", "\t")) else prefix + " "
        lines = [prefix + self.scalar(value, style, flow=False) for value in new]
        position = next_line(self.text, item.end) if index else begin
        return put_line(self.text, position, newline_at(self.text, position).join(lines))

    def _without_line(self, item: Place) -> Splice:
        """Return the splice that takes an item's lines out."""
        begin = line_start(self.text, item.start)
        if not _DASH.fullmatch(self.text[begin : item.start]):
            raise Refused("the list's items do not stand on lines of their own")
        return Splice(begin, next_line(self.text, item.end), "")

    def _emptied(self, place: Place) -> Splice:
        """Return the splice that leaves `[]` of a list."""
        before = self.text[: place.start].rstrip()
        if not before.endswith(":"):
            raise Refused("a comment stands before the list's first item")
        return Splice(len(before), place.end, " []")
