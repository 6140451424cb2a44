"""Read the comments that have a meaning: commented-out keys, and keys that the owner pinned."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from enrich.errors import EnrichError
from enrich.front_matter.formats import Format, load_formats
from enrich.front_matter.quoting import is_plain
from enrich.front_matter.text_spans import LineIndex
from enrich.front_matter.value_edits import is_list
from enrich.model.page import Comment, Page

_PIN = re.compile(r"\s*enrich\s*:\s*keep\b", re.IGNORECASE)
_ANY_KEY = "[a-z_][a-z0-9_-]*"
# The signs that open a string or a list; `]` closes a list, and each other sign closes itself.
_OPENING = re.compile(r"\"{3}|'{3}|[\"'\[]")
_CLOSINGS = ('"""', "'''", '"', "'", "]")


@dataclass(frozen=True, slots=True)
class CommentedValue:
    """The value of a commented-out key."""

    line: int
    """The line of the key, 1-based in the page."""
    value: str
    """The value as one text: as the format reads it, or as typed if the format cannot read it."""
    last: int
    """The last line of the value."""


def find_commented_values(page: Page) -> Mapping[str, CommentedValue]:
    """Return the commented-out top-level keys, in lower case; for a repeated key, the first."""
    values: dict[str, CommentedValue] = {}
    for key, value in _scan_commented_keys(page, _ANY_KEY):
        values.setdefault(key, value)
    return values


def find_commented_value(page: Page, key: str) -> CommentedValue | None:
    """Return the value of a top-level key from the first comment that has it, None if none has it."""
    return next((value for _, value in _scan_commented_keys(page, re.escape(key))), None)


def _scan_commented_keys(page: Page, key_pattern: str) -> Iterator[tuple[str, CommentedValue]]:
    """Yield the commented-out keys that match a pattern, from the top."""
    format_ = load_formats()[page.front.format]
    if not format_.separator or not page.front.comments:
        return
    opening = re.compile(rf"[#\s]*+({key_pattern})\s*{format_.separator}(?=\s|$)\s*(.*)", re.IGNORECASE)
    block = _CommentBlock(page.front.comments)
    numbers = LineIndex(page.text, 1)
    index = 0
    while index < len(block.comments):
        comment, index = block.comments[index], index + 1
        match = opening.match(comment.text) if comment.own_line else None
        # an indented comment belongs to the mapping around it
        if match and page.text.startswith("#", numbers.get_start(comment.line)):
            end = block.find_value_end(index - 1, match[2])
            rest = [line.text for line in block.comments[index:end]]
            value = _read_commented_value(format_, match[1], match[2], rest)
            yield match[1].lower(), CommentedValue(comment.line, value, comment.line + len(rest))
            index = end


@dataclass(frozen=True)
class _CommentBlock:
    """The comments of a page, in which commented-out values may span several lines."""

    comments: Sequence[Comment]
    """The comments from the top."""

    @cached_property
    def _breaks(self) -> Sequence[int]:
        """The indexes at which no comment continues the one before it on the next line."""
        pairs = enumerate(zip(self.comments, self.comments[1:], strict=False), 1)
        ends = [at for at, (one, two) in pairs if not two.own_line or two.line != one.line + 1]
        return [*ends, len(self.comments)]

    @cached_property
    def _closings(self) -> Mapping[str, Sequence[int]]:
        """The indexes of the comments that end with each closing sign."""
        ends = [comment.text.rstrip()[-3:] for comment in self.comments]
        return {sign: [index for index, end in enumerate(ends) if end.endswith(sign)] for sign in _CLOSINGS}

    def find_value_end(self, index: int, value: str) -> int:
        """Return the index after the comments with the value of the key at an index.

        The time grows with the lines of the value, not with the comments below it.
        """
        limit = self._breaks[bisect_right(self._breaks, index)]
        closing = _find_unclosed_sign(value)
        if closing:
            lines = self._closings[closing]
            at = bisect_left(lines, index + 1)
            return lines[at] + 1 if at < len(lines) and lines[at] < limit else index + 1
        margin = _measure_indent(self.comments[index].text)
        end = index + 1
        while end < limit and _continues_value(self.comments[end].text, margin, is_empty=not value):
            end += 1
        return end


def _continues_value(text: str, margin: int, *, is_empty: bool) -> bool:
    """Return whether a comment line continues the value above it: it is indented, or an item of a list."""
    return _measure_indent(text) > margin or (is_empty and text.lstrip().startswith("- "))


def _find_unclosed_sign(value: str) -> str:
    """Return the sign that closes a string or list that its line leaves open, else `""`."""
    opening = _OPENING.match(value)
    if not opening:
        return ""
    closing = "]" if opening[0] == "[" else opening[0]
    return "" if re.search(rf"(?<!\\){re.escape(closing)}", value[opening.end() :]) else closing


def _measure_indent(text: str) -> int:
    """Return the column at which the text of a comment begins, 0 for an empty comment."""
    return len(text) - len(text.lstrip(" #\t")) if text.strip() else 0


def _read_commented_value(format_: Format, key: str, first: str, rest: Sequence[str]) -> str:
    """Return a commented-out value as one text: as the format reads it, or as typed if it cannot."""
    if not rest and (is_plain(first) or first in {"", '""', "''", "[]"}):
        return first.strip("\"'[]")
    body = "\n".join([f"{key}{format_.separator} {first}", *(line.lstrip("#") for line in rest)])
    try:
        value = format_.read(body, 1).data.get(key)
    except EnrichError:
        return " ".join(part.strip() for part in [first, *rest]).strip()
    if is_list(value):
        return ", ".join(str(item) for item in value)
    return "" if value is None else str(value).strip()


def find_pinned_keys(page: Page) -> frozenset[str]:
    """Return the keys (dotted) with `# enrich: keep` on their line or on the line above.

    On the line of an item the comment pins the whole list.
    """
    pins = [comment for comment in page.front.comments if _PIN.match(comment.text)]
    if not pins:
        return frozenset()
    starts = sorted(set(page.front.lines.values()))
    lines = {
        comment.line + 1 if comment.own_line else starts[max(bisect_right(starts, comment.line) - 1, 0)]
        for comment in pins
    }
    return frozenset(".".join(path) for path, line in page.front.lines.items() if line in lines)
