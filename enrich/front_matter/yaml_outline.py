"""Cut the top-level keys that a reader needs out of a YAML header, without parsing the others."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

_KEY = re.compile(r"([A-Za-z_][\w.-]*):(?=[ \r\n]|\Z)")
_REMARK = re.compile(r"#|\s*\Z")  # a comment at the left edge, an empty line
_CONTINUED = re.compile(r"[ \r\n]|-(?:[ \r\n]|\Z)")  # indented, or an item of a list
_QUOTED = r"""(?:"[^"\\]*+"|'[^']*+')"""
_PLAIN = r"[^\s\"'\[\]{}&*!?%@`|>#-][^\n\"'\[\]{}]*+"
# Values that end where the next key begins.
_SEPARATE = tuple(
    re.compile(pattern)
    for pattern in (
        r"[ ]*[^\s\"'\[{&*!?%@`|>#-][^\n]*+\s*\Z",  # a text without quotes on the key's line
        r'[ ]*"(?:[^"\\]|\\[\s\S])*+"\s*\Z',
        r"[ ]*'(?:[^']|'')*+'\s*\Z",
        r"[ ]*[|>][-+0-9]*\s",
        rf"[ ]*\[(?:\s*+(?:{_QUOTED}|{_PLAIN})?,?)*+\]\s*\Z",
        # lines of nested keys and items, each with a text that ends on it
        rf"(?:[ -]*+(?:[\w.-]++:(?=\s))?[ ]*+(?:{_QUOTED}|{_PLAIN})?[ \t]*+(?:\r?\n|\Z))*+\Z",
    )
)


def cut_yaml_header(header: str, keys: Collection[str]) -> tuple[str, tuple[str, ...]] | None:
    """Return the part of a header with these keys (in lower case), and the names of the keys left out.

    From the first value on that may go on where the next key seems to begin, the part has everything. Return
    None for a header whose keys do not begin their lines.
    """
    parts: list[str] = []
    left_out: list[str] = []
    for start, block in _split_blocks(header):
        key = _KEY.match(block)
        if key is None:
            return None
        if not _is_separate(block, key.end()):
            parts.append(header[start:])
            break
        if key[1].lower() in keys:
            parts.append(block)
        else:
            left_out.append(key[1])
    return "".join(parts), tuple(left_out)


def _split_blocks(header: str) -> Iterator[tuple[int, str]]:
    """Yield the offset of each top-level key, and the key with its value, without the comments below it."""
    start = end = offset = 0
    for line in header.splitlines(keepends=True):
        is_key = not _REMARK.match(line) and not _CONTINUED.match(line)
        if is_key and end > start:
            yield start, header[start:end]
        if is_key:
            start = offset
        offset += len(line)
        if not _REMARK.match(line):
            end = offset
    if end > start:
        yield start, header[start:end]


def _is_separate(block: str, start: int) -> bool:
    """Return whether the value of a key surely ends in its block."""
    return any(pattern.match(block, start) for pattern in _SEPARATE)
