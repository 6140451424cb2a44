"""YAML as Hugo and PyYAML both read it: one `compose`, and data, lines and comments from its nodes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from enrich.errors import PageError
from enrich.front_matter.formats import Header
from enrich.front_matter.text_spans import Lines, line_end, line_start
from enrich.front_matter.yaml_errors import in_words
from enrich.model.page import Comment, KeyPath, Value

Loader: TypeAlias = "type[yaml.CSafeLoader] | type[yaml.SafeLoader]"

_TAG = "tag:yaml.org,2002:"
# PyYAML's own patterns, but dates stay strings (impossible ones exist) and so do base-60 numbers
# (1:30), which no Hugo reads as numbers.
_IMPLICIT = (
    (
        "bool",
        r"^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$",
        "yYnNtTfFoO",
    ),
    (
        "float",
        r"^(?:(?:[-+]?[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+][0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$",
        "-+0123456789.",
    ),
    ("int", r"^[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+)$", "-+0123456789"),
    ("merge", r"^<<$", "<"),
    ("null", r"^(?:~|null|Null|NULL|)$", "~nN\0"),
)
_NAN = float("nan")  # one object: equal to itself inside lists and mappings
_MOST_NODES = 100_000  # aliases of aliases; the largest real page has 3,000
_RARE_BREAKS = ("\x85", "\u2028", "\u2029")  # YAML 1.1 ends a line, and a comment, there too


def _resolvers() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    table: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for name, pattern, initials in _IMPLICIT:
        for initial in initials:
            table.setdefault("" if initial == "\0" else initial, []).append(
                (_TAG + name, re.compile(pattern))
            )
    return table


class PureLoader(yaml.SafeLoader):
    """PyYAML's own loader with our reading of scalars."""

    yaml_implicit_resolvers = _resolvers()


LOADER: Loader = PureLoader
if hasattr(yaml, "CSafeLoader"):

    class FastLoader(yaml.CSafeLoader):
        """The same on libyaml, twenty times as fast; a PyYAML built without it lacks the base."""

        yaml_implicit_resolvers = _resolvers()

    LOADER = FastLoader


def compose(text: str, first_line: int = 1, loader: Loader | None = None) -> yaml.Node | None:
    """Return the tree of a header's nodes, None for an empty one; raises PageError with the line."""
    if len(text) > 20_000 and len(re.findall(r"[\[{]|[-?][ \n]", text)) > 10_000:
        raise PageError("more nesting than a front matter has", first_line)  # libyaml's stack is finite
    try:
        return yaml.compose(text, Loader=loader or LOADER)
    except yaml.MarkedYAMLError as error:
        raise in_words(error, text, first_line) from None
    except yaml.YAMLError:  # a character that no YAML may hold
        found = re.search("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
        line = Lines(text, first_line).at(found.start()) if found else first_line
        raise PageError(
            f"YAML: a control character ({ord(found[0]):#x})" if found else "YAML", line
        ) from None
    except (RecursionError, UnicodeError) as error:
        raise PageError(f"YAML: {type(error).__name__}", first_line) from None


@dataclass(slots=True)
class _Reading:
    """What is gathered on the way through the nodes."""

    text: str
    numbers: Lines
    breaks: tuple[str, ...] = ()
    lines: dict[KeyPath, int] = field(default_factory=dict)
    spans: list[tuple[int, int]] = field(default_factory=list)
    seen: int = 0


def read(text: str, first_line: int = 1, loader: Loader | None = None) -> Header:
    """Return a YAML header's data, lines and comments; raises PageError with the line."""
    node = compose(text, first_line, loader)
    breaks = tuple(mark for mark in _RARE_BREAKS if mark in text)
    reading = _Reading(text, Lines(text, first_line), breaks)
    try:
        data = _value(node, (), reading) if node else {}
    except RecursionError:
        raise PageError("YAML: nested too deeply, or an anchor that holds itself", first_line) from None
    if data is None:
        data = {}
    if not isinstance(data, dict):
        raise PageError("the front matter is not a list of keys and values", first_line)
    return Header(data, reading.lines, tuple(_comments(reading)) if "#" in text else ())


def _value(node: yaml.Node, path: KeyPath | None, reading: _Reading) -> Value:
    reading.seen += 1
    if reading.seen > _MOST_NODES:
        raise PageError("YAML: aliases that stand for more than a front matter holds", reading.numbers.first)
    if isinstance(node, yaml.ScalarNode):
        block = node.style in ("|", ">")
        start = block_header(reading.text, node) if block else node.start_mark.index
        reading.spans.append((start, scalar_end(reading.text, node) if block else node.end_mark.index))
        return scalar_value(node)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, None, reading) for item in node.value]
    return _mapping(node, path, reading)


def _mapping(node: yaml.Node, path: KeyPath | None, reading: _Reading) -> dict[str, Value]:
    """Return a mapping; of a key that stands twice the last wins, merged keys give way to its own."""
    own: dict[str, Value] = {}
    merged: dict[str, Value] = {}
    for key, item in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise PageError("YAML: a key that is no text", reading.numbers.at(key.start_mark.index))
        start = key.start_mark.index
        reading.spans.append((start, key.end_mark.index))
        if key.tag == _TAG + "merge":
            value = _value(item, None, reading)
            for source in reversed(value) if isinstance(value, list) else [value]:
                merged |= source if isinstance(source, dict) else {}
            continue
        inner = None if path is None else (*path, key.value)
        if inner:
            reading.lines[inner] = reading.numbers.at(start)
        own[key.value] = _value(item, inner, reading)
    return {**merged, **own} if merged else own


def _integer(text: str) -> int:
    digits = text.replace("_", "").lower()
    sign = -1 if digits.startswith("-") else 1
    digits = digits.lstrip("+-")
    base = {"0b": 2, "0x": 16}.get(digits[:2], 8 if digits.startswith("0") else 10)
    return sign * int(digits if base in {8, 10} else digits[2:], base)


def _float(text: str) -> float:
    digits = text.replace("_", "").lower()
    return _NAN if digits == ".nan" else float(digits.replace(".inf", "inf"))


def _bool(text: str) -> bool:
    return {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}[text.lower()]


_READERS: dict[str, Callable[[str], Value]] = {
    _TAG + "null": lambda _: None,
    _TAG + "bool": _bool,
    _TAG + "int": _integer,
    _TAG + "float": _float,
}


def scalar_value(node: yaml.Node) -> Value:
    """Return a scalar as Hugo reads it; what does not fit its tag, and every other tag, is text."""
    text: Any = node.value
    reader = _READERS.get(node.tag)
    if reader is None:
        return str(text)
    try:
        return reader(text)
    except (ValueError, KeyError):
        return str(text)


def block_header(text: str, node: yaml.Node) -> int:
    """Return where the first line of a block scalar ends: its indicators and perhaps a comment."""
    return min(line_end(text, node.start_mark.index), node.end_mark.index)


def scalar_end(text: str, node: yaml.ScalarNode) -> int:
    """Return where a scalar ends; PyYAML's mark of a block scalar runs on over the blank lines after it."""
    end: int = node.end_mark.index
    if node.style not in ("|", ">"):
        return end
    header = block_header(text, node)
    if "+" in text[node.start_mark.index : header].partition("#")[0]:  # here the blank lines are its own
        kept = text[:end].rstrip(" \t")
        return len(kept) - (2 if kept.endswith("\r\n") else 1 if kept.endswith(("\n", "\r")) else 0)
    content = text[header:end].rstrip()
    return line_end(text, header + len(content)) if content else header


def _comments(reading: _Reading) -> list[Comment]:
    """Return the comments of a header: what follows a `#` outside its scalars."""
    found: list[Comment] = []
    position = 0
    for start, end in [*reading.spans, (len(reading.text),) * 2]:
        if start > position and "#" in reading.text[position:start]:
            found += _comments_between(reading, position, start)
        position = max(position, end)  # an alias's scalars stand further up
    return found


def _comments_between(reading: _Reading, start: int, end: int) -> Iterator[Comment]:
    text = reading.text
    position = text.find("#", start, end)
    while position >= 0:
        stop = text.find("\n", position, end)
        content = text[position + 1 : stop if stop >= 0 else end]
        for rare in (*reading.breaks, "\r"):
            content = content.split(rare, 1)[0]
        own = not text[line_start(text, position) : position].strip()
        yield Comment(reading.numbers.at(position), content, own)
        position = text.find("#", position + 1 + len(content), end)
