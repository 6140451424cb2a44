"""Write into a YAML header: scalars in the style that they had, lists item by item, keys line by line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from enrich.errors import Refused
from enrich.front_matter.list_edits import (
    choose_item_style,
    edit_flow_list,
    find_list_edits,
    insert_into_flow,
)
from enrich.front_matter.quoting import (
    is_date_text,
    is_dated,
    is_plain,
    quote_double,
    quote_single,
    write_block_scalar,
)
from enrich.front_matter.text_spans import (
    TextEdit,
    ValueSpan,
    choose_newline,
    find_line_start,
    find_next_line,
    insert_line,
)
from enrich.front_matter.value_edits import is_list, write_inline
from enrich.front_matter.yaml_spans import choose_list_style, choose_multiline_style, choose_string_quote
from enrich.model.page import Value

_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*")
_MARGIN = re.compile(" *")
_DASH = re.compile(r"[ ]*-[ \t]*")


class YamlWriter:
    """Writes into one YAML header in the page's own style."""

    colon = ": "

    def __init__(self, text: str, root: ValueSpan) -> None:
        self.text = text
        self.string_quote = choose_string_quote(root)
        self.multiline_style = choose_multiline_style(root)
        self.list_style, self.list_indent = choose_list_style(text, root)

    def write_key(self, key: str) -> str:
        """Return a key, in quotes if it needs them."""
        return key if _KEY.fullmatch(key) and is_plain(key.replace("_", "")) else quote_double(key)

    def write_scalar(self, value: Value, style: str, *, flow: bool) -> str:
        """Return a scalar on one line: in a style that every reader reads the same, else in `"`."""
        if value is None or isinstance(value, bool):
            return {None: "null", True: "true", False: "false"}[value]
        if not isinstance(value, str):
            return repr(value)
        if style == "" and is_plain(value, flow=flow):
            return value
        return (quote_single(value) if style == "'" else None) or quote_double(value)

    def replace_scalar(self, span: ValueSpan, value: Value) -> list[TextEdit]:
        """Return the edit that replaces a scalar, or an empty value, by another scalar."""
        if span.style in ("|", ">"):
            return [self._replace_block(span, value)]
        if span.start == span.end:
            return [TextEdit(span.start, span.end, " " + self._write_new_scalar(value, span))]
        style = span.style if span.value else span.style or self.string_quote
        if style == "" and isinstance(value, str) and is_date_text(value) and is_dated(str(span.value)):
            return [TextEdit(span.start, span.end, value)]
        return [TextEdit(span.start, span.end, self.write_scalar(value, style, flow=span.flow))]

    def _write_new_scalar(self, value: Value, span: ValueSpan) -> str:
        """Return a scalar for an empty value; text of several lines in the page's style for it."""
        if isinstance(value, str) and "\n" in value and self.multiline_style != '"' and not span.flow:
            indent = self._get_margin(span.start) + "  "
            newline = choose_newline(self.text, span.start)
            block = write_block_scalar(value, self.multiline_style, indent, newline)
            if block:
                return "".join(block)
        return self.write_scalar(value, self.string_quote, flow=span.flow)

    def _get_margin(self, offset: int) -> str:
        """Return the spaces at the start of the line with an offset."""
        match = _MARGIN.match(self.text, find_line_start(self.text, offset))
        return match[0] if match else ""

    def _replace_block(self, span: ValueSpan, value: Value) -> TextEdit:
        """Return the edit of a literal or folded scalar, which keeps its style if that is exact."""
        header, _, lines = self.text[span.start : span.end].partition("\n")
        comment = _BLOCK_HEADER.sub("", header, count=1).rstrip()
        parts = (self.write_scalar(value, '"', flow=False), "")
        if isinstance(value, str):
            indent = re.match(r"\s*?( *)\S", lines)
            margin = indent[1] if indent else self._get_margin(span.start) + "  "
            newline = choose_newline(self.text, span.end)
            parts = write_block_scalar(value, span.style, margin, newline) or parts
        return TextEdit(span.start, span.end, parts[0] + comment + parts[1])

    def replace_by_collection(self, span: ValueSpan, value: Value) -> list[TextEdit]:
        """Return the edit that replaces a scalar, or an empty value, by a list or mapping."""
        if span.start < span.end or span.flow or not value or self._is_flow_list(value):
            blank = " " if span.start == span.end else ""
            return [TextEdit(span.start, span.end, blank + write_inline(self, value))]
        offset = find_next_line(self.text, span.start)
        lines = self._format_block(value, self._get_margin(span.start))
        return [insert_line(self.text, offset, choose_newline(self.text, offset).join(lines))]

    def _is_flow_list(self, value: Value) -> bool:
        """Return whether to write a new list in brackets: as the page's lists, else if it is short."""
        if not is_list(value) or any(isinstance(item, Mapping) for item in value):
            return False
        return self.list_style == "flow" or (self.list_style == "" and len(value) <= 1)

    def format_entry(self, key: str, value: Value, margin: str) -> list[str]:
        """Return the lines of a key with its value."""
        name = f"{margin}{self.write_key(key)}:"
        is_collection = isinstance(value, Mapping) or is_list(value)
        if is_collection and value and not self._is_flow_list(value):
            return [name, *self._format_block(value, margin)]
        if isinstance(value, str) and "\n" in value and self.multiline_style != '"':
            block = write_block_scalar(value, self.multiline_style, margin + "  ", "\n")
            if block:
                return [f"{name} {block[0]}", *block[1].split("\n")[1:]]
        if is_collection:
            return [f"{name} {write_inline(self, value)}"]
        return [f"{name} {self.write_scalar(value, self.string_quote, flow=False)}"]

    def _format_block(self, value: Value, margin: str) -> list[str]:
        """Return the lines of a list or mapping below a key that is indented by a margin."""
        if isinstance(value, Mapping):
            return [line for key in value for line in self.format_entry(key, value[key], margin + "  ")]
        margin += self.list_indent
        return [line for item in value for line in self._format_item(item, margin)] if is_list(value) else []

    def _format_item(self, value: Value, margin: str) -> list[str]:
        """Return the lines of an item of a list."""
        if isinstance(value, Mapping) and value:
            lines = self._format_block(value, margin)
            return [f"{margin}- {lines[0].lstrip()}", *lines[1:]]
        if isinstance(value, Mapping) or is_list(value):
            return [f"{margin}- {write_inline(self, value)}"]
        return [f"{margin}- {self.write_scalar(value, self.string_quote, flow=False)}"]

    def edit_list(self, span: ValueSpan, items: Sequence[Value]) -> list[TextEdit]:
        """Return the edits that give a list of scalars new items; keep the common items and comments."""
        if span.style == "flow":
            return edit_flow_list(self.text, self, span, items)
        if not items:
            return [self._empty_list(span)]
        edits: list[TextEdit] = []
        for edit in find_list_edits([item.value for item in span.items], items):
            for index, value in edit.pairs:
                edits += self.replace_scalar(span.items[index], value)
            start, end, values = edit.rest
            edits += [self._delete_item(item) for item in span.items[start:end]]
            if values:
                edits.append(self._insert_items(span, start, values))
        return edits

    def _insert_items(self, span: ValueSpan, index: int, new: Sequence[Value]) -> TextEdit:
        """Return the edit that inserts items below the item before them, or above the first item."""
        item = span.items[max(index - 1, 0)]
        begin = find_line_start(self.text, item.start)
        prefix = self._get_dash(item)
        style = choose_item_style(span.items, index, self.string_quote)
        prefix = prefix if prefix.endswith((" ", "\t")) else prefix + " "
        lines = [prefix + self.write_scalar(value, style, flow=False) for value in new]
        offset = find_next_line(self.text, item.end) if index else begin
        return insert_line(self.text, offset, choose_newline(self.text, offset).join(lines))

    def append_items(self, span: ValueSpan, items: Sequence[Value]) -> list[TextEdit]:
        """Return the edits that put items of any kind after the last item of a list."""
        if span.style == "flow":
            texts = [write_inline(self, item) for item in items]
            return insert_into_flow(self.text, span, len(span.items), texts)
        last = span.items[-1]
        margin = self._get_margin(last.start)
        lines = [line for item in items for line in self._format_item(item, margin)]
        offset = find_next_line(self.text, last.end)
        return [insert_line(self.text, offset, choose_newline(self.text, offset).join(lines))]

    def _delete_item(self, item: ValueSpan) -> TextEdit:
        """Return the edit that deletes the lines of an item."""
        begin = item.start - len(self._get_dash(item))
        return TextEdit(begin, find_next_line(self.text, item.end), "")

    def _get_dash(self, item: ValueSpan) -> str:
        """Return the margin and dash of an item; raise Refused if anything else precedes it on its line."""
        prefix = self.text[find_line_start(self.text, item.start) : item.start]
        if not _DASH.fullmatch(prefix):
            raise Refused("the list's items are not on lines of their own")
        return prefix

    def _empty_list(self, span: ValueSpan) -> TextEdit:
        """Return the edit that replaces a list by `[]`."""
        before = self.text[: span.start].rstrip()
        if not before.endswith(":"):
            raise Refused("there is a comment before the list's first item")
        return TextEdit(len(before), span.end, " []")
