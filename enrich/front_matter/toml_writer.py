"""Edit one TOML statement with tomlkit; strings keep their quotes, dates stay dates, lists keep items."""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping, Sequence
from typing import Any, Literal

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Array, Item

from enrich.errors import Refused
from enrich.front_matter.list_edits import check_list_items, edit_flow_list
from enrich.front_matter.quoting import is_date_text, is_printable, quote_double
from enrich.front_matter.text_spans import ValueSpan, apply_edits
from enrich.front_matter.value_edits import is_list, write_inline
from enrich.model.page import KeyPath, Value

# tomlkit refuses impossible dates, so it gets each date as a string that begins with this sign.
DATE_SIGN = "\ue000"
_SIGNED_DATE = re.compile(f'"{DATE_SIGN}([^"]*)"')
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_OPENING = re.compile(r"\"{3}\n?|'{3}\n?|[\"']|")
_BETWEEN_ITEMS = re.compile(r"(?:[\s,]|#[^\r\n]*)*")


class TomlWriter:
    """Writes into one TOML header in the page's own style."""

    colon = " = "

    def __init__(self, string_quote: str, *, has_crlf: bool) -> None:
        """Take the quote that the page uses for most strings, and whether its lines end with CRLF."""
        self.string_quote, self.has_crlf = string_quote, has_crlf

    def edit_statement(self, statement: str, keys: KeyPath, value: Value) -> str:
        """Return a statement (its dates as marked strings) with one value set; raise Refused."""
        try:
            document = tomlkit.parse(statement)
            self._set_item(document, keys[0], keys[1:], value)
        except TOMLKitError as error:
            raise Refused(f"tomlkit cannot read it: {error}") from None
        return _SIGNED_DATE.sub(r"\1", document.as_string())

    def _set_item(self, parent: MutableMapping[str, Any], key: str, rest: KeyPath, value: Value) -> None:
        """Set the value at a key of a document or table, or at a path below that key."""
        item = tomlkit.item(parent[key])
        if rest and not isinstance(item, MutableMapping):
            raise Refused("the page has a single value where a table would go")
        if rest and rest[0] in item:
            self._set_item(item, rest[0], rest[1:], value)
        elif rest:
            parent[key] = tomlkit.value(_append_entry(item.as_string(), self.write_entry(rest, value)))
        elif isinstance(item, Mapping) and isinstance(value, Mapping):
            for name, inner in value.items():
                self._set_item(parent, key, (name,), inner)
        else:
            parent[key] = tomlkit.value(self._replace_item(item, value))

    def _replace_item(self, item: Item, value: Value) -> str:
        """Return the item that replaces a value."""
        if isinstance(item, Array) and is_list(value):
            return self._edit_array(item, value)
        if isinstance(item, Array | Mapping):
            raise Refused("the page has another kind of value there, a list or a table")
        if isinstance(value, Mapping) or is_list(value):
            return write_inline(self, value)
        return self.write_scalar(value, _find_style(item), flow=False)

    def _edit_array(self, array: Array, new: Sequence[Value]) -> str:
        """Return an array with new items and unchanged common items.

        tomlkit's own insertion loses the comma before a comment, and ignores the page's spacing of items.
        """
        text = array.as_string()
        items: list[ValueSpan] = []
        for item in map(tomlkit.item, array):
            match = _BETWEEN_ITEMS.match(text, items[-1].end if items else 1)
            start = match.end() if match else 1
            kind: Literal["list", "scalar"] = "list" if isinstance(item, Array | Mapping) else "scalar"
            value = item.removeprefix(DATE_SIGN) if isinstance(item, str) else item.unwrap()
            items.append(ValueSpan(start, start + len(item.as_string()), kind, _find_style(item), value))
        span = ValueSpan(0, len(text), "list", "flow", items=items)
        check_list_items(span, new)
        return apply_edits(text, edit_flow_list(text, self, span, new))

    def write_entry(self, path: KeyPath, value: Value) -> str:
        """Return a dotted key with its value."""
        return ".".join(map(self.write_key, path)) + self.colon + write_inline(self, value)

    def write_key(self, key: str) -> str:
        """Return a key, in quotes if it needs them."""
        return key if _BARE_KEY.fullmatch(key) else quote_double(key)

    def write_scalar(self, value: Value, style: str, *, flow: bool) -> str:  # noqa: ARG002  # TOML has one way
        """Return a scalar in a style (an opening sign, or "date") if that is exact, else in `"`."""
        if value is None:
            raise Refused("TOML cannot hold an empty value (null)")
        if not isinstance(value, str):
            return str(tomlkit.item(value).as_string())
        if style in {"date", ""} and is_date_text(value):  # without quotes, as the date or the year before it
            return value
        if style == "'" and "'" not in value and is_printable(value):
            return f"'{value}'"
        is_multiline = style[:3] in {"'''", '"""'}
        return (self._write_multiline(value, style) if is_multiline else None) or quote_double(value)

    def _write_multiline(self, value: str, style: str) -> str | None:
        """Return a string of several lines; the style decides whether the first is on the opening line."""
        quotes = style[:3]
        lines = value.split("\n")
        # Readers differ about CRLF in a string, and Hugo reads a line +++ as the fence.
        is_unsafe = self.has_crlf or not is_printable("".join(lines))
        if (
            is_unsafe
            or any(line.startswith("+++") for line in lines)
            or (style == quotes and value[:1] == "\n")
        ):
            return None
        if quotes == '"""':
            return style + "\n".join(quote_double(line)[1:-1] for line in lines) + quotes
        return None if quotes in value or value.endswith("'") else style + value + quotes


def _append_entry(table: str, entry: str) -> str:
    """Return a table in braces with one more entry; tomlkit would change the space before the brace."""
    body = table[1:-1]
    content = body.rstrip()
    return "{" + content + (", " if content else "") + entry + body[len(content) :] + "}"


def _find_style(item: Item) -> str:
    """Return the style of a scalar: its opening sign and the line break after it, or "date"."""
    text = item.as_string()
    match = _OPENING.match(text)
    return "date" if text.startswith(f'"{DATE_SIGN}') else match[0] if match else ""
