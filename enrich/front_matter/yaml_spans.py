"""Locate the values of a YAML header, find those that must not be edited, and find the page's style."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import yaml

from enrich.front_matter.quoting import is_date_text
from enrich.front_matter.text_spans import KeyValue, ValueSpan, get_column
from enrich.front_matter.yaml_parser import find_scalar_end, read_scalar

_ALIAS = re.compile(r"\*[^\s,\[\]{}]+")
_ALIAS_REFUSAL = "an alias (*) refers to the value of another key"
_ANCHOR_REFUSAL = "the value has an anchor (&) or a tag (!)"
_NO_COLON = "a key without a colon, or with a comment before its value"


def locate_yaml_value(text: str, node: yaml.Node, floor: int = 0, *, flow: bool = False) -> ValueSpan:
    """Return the span of a node; `floor` is the end of the token before it, `flow` if brackets enclose it."""
    start: int = node.start_mark.index
    if start < floor:  # an alias: the node is its anchor's, further up
        match = _ALIAS.search(text, floor)
        start, end = match.span() if match else (floor, floor)
        return ValueSpan(start, end, "scalar", "", refusal=_ALIAS_REFUSAL)
    if isinstance(node, yaml.ScalarNode):
        span = _locate_scalar(text, node)
    elif isinstance(node, yaml.CollectionNode):
        span = _locate_collection(text, node, flow=flow)
    span.flow = flow
    if text[start : start + 1] in ("&", "!"):
        span.refusal = _ANCHOR_REFUSAL
    return span


def _locate_scalar(text: str, node: yaml.ScalarNode) -> ValueSpan:
    start: int = node.start_mark.index
    span = ValueSpan(start, find_scalar_end(text, node), "scalar", node.style or "", read_scalar(node))
    if start == node.end_mark.index:  # an empty value: the two loaders mark different blanks
        while start and text[start - 1].isspace():
            start -= 1
        span.start = span.end = start
        if text[start - 1 : start] not in (":", "-"):
            span.refusal = _NO_COLON
    return span


def _locate_collection(text: str, node: yaml.CollectionNode, *, flow: bool) -> ValueSpan:
    """Return the span of a list or map; in block style it ends with its last leaf, not at PyYAML's mark."""
    start: int = node.start_mark.index
    span = ValueSpan(start, node.end_mark.index, "map", "flow" if node.flow_style else "block")
    end, flow = start, flow or span.style == "flow"
    if isinstance(node, yaml.SequenceNode):
        span.kind, items = "list", []
        for item in node.value:
            items.append(locate_yaml_value(text, item, end, flow=flow))
            end = items[-1].end
        span.items = items
        span.value = [item.value for item in items]
    else:
        entries = []
        for key, value in node.value:
            inner = locate_yaml_value(text, value, key.end_mark.index, flow=flow)
            entries.append(KeyValue(key.value, key.start_mark.index, inner))
            end = inner.end
        span.entries = entries
    if span.style == "block":
        span.end = end
    return span


def walk_strings(span: ValueSpan) -> Iterator[ValueSpan]:
    """Yield the spans of all strings in a value."""
    waiting = [span]
    while waiting:
        span = waiting.pop()
        if span.kind == "scalar" and isinstance(span.value, str) and not span.refusal:
            yield span
        waiting += [*(entry.span for entry in reversed(span.entries)), *reversed(span.items)]


def choose_string_quote(root: ValueSpan) -> str:
    """Return the quote that a page uses for most strings: `"`, `'` or "" (plain); `"` if it has none."""
    strings = [span for span in walk_strings(root) if span.style in ("", '"', "'") and span.value]
    counts = Counter(span.style for span in strings if not is_date_text(str(span.value)))
    return counts.most_common(1)[0][0] if counts else '"'


def choose_multiline_style(root: ValueSpan) -> str:
    """Return the page's style for texts of several lines: `|`, `>` or `"`."""
    counts = Counter(span.style for span in walk_strings(root) if span.style in ("|", ">"))
    return counts.most_common(1)[0][0] if counts else '"'


def choose_list_style(text: str, root: ValueSpan) -> tuple[str, str]:
    """Return the page's style of lists (`flow`, `block`, or "" for both or none), and their indentation."""
    lists = [entry for entry in root.entries if entry.span.items]
    styles = {entry.span.style for entry in lists}
    for entry in lists:
        if entry.span.style == "block":
            width = get_column(text, entry.span.start) - get_column(text, entry.start)
            return (styles.pop() if len(styles) == 1 else ""), " " * max(width, 0)
    return (styles.pop() if styles else ""), ""
