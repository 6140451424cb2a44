"""Read YAML as Hugo and PyYAML do: one `compose`, then data, lines and comments from its nodes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from enrich.errors import PageError
from enrich.front_matter.formats import ParsedHeader
from enrich.front_matter.front_matter_json import is_huge_number
from enrich.front_matter.text_spans import LineIndex, find_line_end
from enrich.front_matter.yaml_errors import explain_yaml_error
from enrich.front_matter.yaml_loaders import LOADER, TAG, Loader
from enrich.model.page import Comment, KeyPath, Value

_NAN = float("nan")  # one object, so that it equals itself inside lists and mappings
_MOST_NODES = 100_000  # aliases of aliases; the largest real page has 3,000
# YAML 1.1 ends a comment at the rare line breaks too.
_COMMENT = re.compile("#([^\n\r\x85\u2028\u2029]*)")


def compose_yaml(text: str, first_line: int = 1, loader: Loader | None = None) -> yaml.Node | None:
    """Return the tree of a header's nodes, None for an empty header; raise PageError with the line."""
    if len(text) > 20_000 and len(re.findall(r"[\[{]|[-?][ \n]", text)) > 10_000:
        raise PageError(
            "YAML: the front matter is nested too deeply; simplify it", first_line
        )  # libyaml's stack is finite
    try:
        return yaml.compose(text, Loader=loader or LOADER)
    except yaml.MarkedYAMLError as error:
        raise explain_yaml_error(error, text, first_line) from None
    except yaml.YAMLError:  # a character that YAML forbids
        match = re.search("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
        line = LineIndex(text, first_line).get_number(match.start()) if match else first_line
        name = f" a control character ({ord(match[0]):#x})" if match else " it cannot be read"
        raise PageError(f"YAML:{name}", line) from None
    except RecursionError:
        raise PageError("YAML: the front matter is nested too deeply; simplify it", first_line) from None
    except UnicodeError:
        raise PageError(
            "YAML: a character is incomplete (a lone surrogate); type it again", first_line
        ) from None


@dataclass(slots=True)
class _NodeReader:
    """Walks through the nodes of a header and collects the results."""

    text: str
    """The header."""
    index: LineIndex
    """Its lines."""
    lines: dict[KeyPath, int] = field(default_factory=dict)
    """The line of every key so far."""
    spans: list[tuple[int, int]] = field(default_factory=list)
    """The start and end of each key and scalar so far: no comment begins inside them."""
    count: int = 0
    """The number of nodes so far; the nodes of an alias count each time."""


def read_yaml(text: str, first_line: int = 1, loader: Loader | None = None) -> ParsedHeader:
    """Return the data, lines and comments of a YAML header; raise PageError with the line."""
    reader = _NodeReader(text, LineIndex(text, first_line))
    data = _read_yaml_data(reader, loader)
    return ParsedHeader(data, reader.lines, tuple(_collect_comments(reader)) if "#" in text else ())


def read_yaml_values(text: str) -> Mapping[str, Value]:
    """Return only the data of a YAML header; raise PageError."""
    return _read_yaml_data(_NodeReader(text, LineIndex(text, 1)))


def _read_yaml_data(reader: _NodeReader, loader: Loader | None = None) -> Mapping[str, Value]:
    first_line = reader.index.first
    node = compose_yaml(reader.text, first_line, loader)
    try:
        data = _read_node(node, (), reader) if node else {}
    except RecursionError:
        raise PageError(
            "YAML: the front matter is nested too deeply, or an anchor contains itself; simplify it",
            first_line,
        ) from None
    if data is None:
        data = {}
    if not isinstance(data, dict):
        raise PageError("the front matter is not a list of keys; write each as `key: value`", first_line)
    return data


def _read_node(node: yaml.Node, path: KeyPath | None, reader: _NodeReader) -> Value:
    reader.count += 1
    if reader.count > _MOST_NODES:
        raise PageError(
            "YAML: the aliases (*) repeat too many values; write the values out", reader.index.first
        )
    if isinstance(node, yaml.ScalarNode):
        is_block = node.style in ("|", ">")
        start = _find_block_header_end(reader.text, node) if is_block else node.start_mark.index
        end = find_scalar_end(reader.text, node) if is_block else node.end_mark.index
        reader.spans.append((start, end))
        return read_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return [_read_node(item, None, reader) for item in node.value]
    return _read_yaml_mapping(node, path, reader)


def _read_yaml_mapping(node: yaml.Node, path: KeyPath | None, reader: _NodeReader) -> dict[str, Value]:
    """Return a mapping; the last of a repeated key wins, and the mapping's own keys win over merged keys."""
    own: dict[str, Value] = {}
    merged: dict[str, Value] = {}
    for key, item in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise PageError(
                "YAML: a key is not text; put it in quotes", reader.index.get_number(key.start_mark.index)
            )
        start = key.start_mark.index
        reader.spans.append((start, key.end_mark.index))
        if key.tag == TAG + "merge":
            value = _read_node(item, None, reader)
            for source in reversed(value) if isinstance(value, list) else [value]:
                merged |= source if isinstance(source, dict) else {}
            continue
        inner = None if path is None else (*path, key.value)
        if inner:
            reader.lines[inner] = reader.index.get_number(start)
        own[key.value] = _read_node(item, inner, reader)
    return {**merged, **own} if merged else own


def _parse_integer(text: str) -> int:
    digits = text.replace("_", "").lower()
    sign = -1 if digits.startswith("-") else 1
    digits = digits.lstrip("+-")
    base = {"0b": 2, "0x": 16}.get(digits[:2], 8 if digits.startswith("0") else 10)
    number = int(digits if base in {8, 10} else digits[2:], base)
    if is_huge_number(number):  # `int` itself refuses as many decimal digits
        raise ValueError("too many digits")
    return sign * number


def _parse_float(text: str) -> float:
    digits = text.replace("_", "").lower()
    return _NAN if digits == ".nan" else float(digits.replace(".inf", "inf"))


def _parse_bool(text: str) -> bool:
    return {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}[text.lower()]


_PARSERS: dict[str, Callable[[str], Value]] = {
    TAG + "null": lambda _: None,
    TAG + "bool": _parse_bool,
    TAG + "int": _parse_integer,
    TAG + "float": _parse_float,
}


def read_scalar(node: yaml.Node) -> Value:
    """Return a scalar as Hugo reads it; a scalar that does not fit its tag, or has another tag, is text."""
    text: Any = node.value
    parser = _PARSERS.get(node.tag)
    if parser is None:
        return str(text)
    try:
        return parser(text)
    except (ValueError, KeyError):
        return str(text)


def _find_block_header_end(text: str, node: yaml.Node) -> int:
    """Return the end of a block scalar's first line, which has its indicators and perhaps a comment."""
    return min(find_line_end(text, node.start_mark.index), node.end_mark.index)


def find_scalar_end(text: str, node: yaml.ScalarNode) -> int:
    """Return the end of a scalar; PyYAML's end mark of a block scalar is after the blank lines below it."""
    end: int = node.end_mark.index
    if node.style not in ("|", ">"):
        return end
    header = _find_block_header_end(text, node)
    if "+" in text[node.start_mark.index : header].partition("#")[0]:  # the blank lines are its own
        content = text[header:end].rstrip(" \t")
        return header + len(content) - (2 if content.endswith("\r\n") else content.endswith(("\n", "\r")))
    content = text[header:end].rstrip()
    return find_line_end(text, header + len(content)) if content else header


def _collect_comments(reader: _NodeReader) -> Iterator[Comment]:
    """Yield the comments of a header: every `#` outside its scalars begins a comment."""
    spans = sorted(reader.spans)
    at = reader.text.find("#")
    while at >= 0:
        before = bisect_right(spans, (at, len(reader.text))) - 1
        end = spans[before][1] if before >= 0 else 0
        if end <= at:
            comment = _read_comment(reader, at)
            end = at + len("#" + comment.text)
            yield comment
        at = reader.text.find("#", end)


def _read_comment(reader: _NodeReader, start: int) -> Comment:
    match = _COMMENT.match(reader.text, start)
    line = reader.index.get_number(start)
    begin = reader.index.get_start(line)
    return Comment(line, match[1] if match else "", not reader.text[begin:start].strip())
