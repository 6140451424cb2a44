"""Read a page's front matter and set one value in it, whatever its format; proved by re-reading."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

import frontmatter
from frontmatter.default_handlers import BaseHandler

from enrich.errors import EnrichError, PageError, Refused
from enrich.front_matter.formats import Format, Header, Spot, formats
from enrich.front_matter.quoting import is_plain
from enrich.front_matter.text_spans import Lines, newline_at
from enrich.front_matter.value_edits import is_list, same
from enrich.model.page import Comment, FrontMatter, KeyPath, Page, Value

_BEGIN = re.compile(r"[\ufeff\s]*")
_PIN = re.compile(r"\s*enrich\s*:\s*keep\b", re.IGNORECASE)


class NoFrontMatter(EnrichError):
    """A text that does not open with a front matter."""


@dataclass(frozen=True, slots=True)
class Commented:
    """A key that was commented out: its line, the last line of its value, and the value as text."""

    line: int
    value: str
    last: int


class _Handler(BaseHandler):
    """Gives python-frontmatter the header with its line ends, and keeps what else was read of it."""

    FM_BOUNDARY = re.compile("")

    def __init__(self, text: str, format_: Format, span: tuple[int, int]) -> None:
        super().__init__()
        self.text, self.format_of, self.span = text, format_, span
        self.header = Header({}, {})

    def split(self, text: str) -> tuple[str, str]:  # noqa: ARG002  # it comes stripped and without CRLF
        start, end = self.span
        return self.text[start:end], self.text[end:]

    def load(self, fm: str) -> dict[str, Any]:
        self.header = self.format_of.read(fm, _first_line(self.text, self.span[0]))
        return dict(self.header.data)


def read_page(path: str, text: str) -> Page:
    """Return a page; raises NoFrontMatter, or PageError with the line that does not parse."""
    found = _BEGIN.match(text)
    begin = found.end() if found else 0
    for format_ in formats().values():
        span = format_.split(text, begin)
        if span:
            handler = _Handler(text, format_, span)
            frontmatter.parse(text, handler=handler)
            header = handler.header
            return Page(
                path, text, FrontMatter(format_.name, header.data, *span, header.lines, header.comments)
            )
    raise NoFrontMatter(f"{path} has no front matter")


def _first_line(text: str, start: int) -> int:
    """Return the number of the line that an offset stands in."""
    return Lines(text[:start], 1).at(start)


def set_value(page: Page, path: KeyPath, value: Value, *, after: Sequence[str] = ()) -> Page:
    """Return the page with one value set and nothing else moved; raises Refused, saying why."""
    path = spelled(page, path)
    if page.find(*path) and same(page.get(*path), value):
        return page
    format_ = formats()[page.front.format]
    start, end = page.front.start, page.front.end
    placeholder = None if page.find(path[0]) else next(_commented(page, re.escape(path[0])), None)
    line = placeholder[1].last - _first_line(page.text, start) + 1 if placeholder else 0
    spot = Spot(after, line, newline_at(page.text, start))
    try:
        header = format_.assign(page.text[start:end], path, value, spot)
        new = read_page(page.path, page.text[:start] + header + page.text[end:])
    except (PageError, NoFrontMatter) as error:
        raise Refused(f"the page could not be read with it: {error}") from None
    except RecursionError:
        raise Refused("the front matter is nested too deeply") from None
    check(page, new, {path: value})
    return new


def check(old: Page, new: Page, values: Mapping[KeyPath, Value]) -> None:
    """Raise Refused unless a page is another with exactly these values set."""
    data: Value = old.front.data
    for path, value in values.items():
        data = _with(data, path, value)
    if not same(data, new.front.data):
        raise Refused("the page would not read back as exactly this change")
    if [comment.text for comment in old.front.comments] != [comment.text for comment in new.front.comments]:
        raise Refused("a comment would be lost or made")
    if old.text[: old.front.start] != new.text[: new.front.start]:
        raise Refused("something before the front matter would change")
    if old.text[old.front.end :] != new.text[new.front.end :]:
        raise Refused("something after the front matter would change")


def _with(data: Value, path: KeyPath, value: Value) -> Value:
    """Return a value tree with one value set; what is on the way and empty becomes a mapping."""
    if not path:
        return value
    inner = data if isinstance(data, Mapping) else {}
    return {**inner, path[0]: _with(inner.get(path[0]), path[1:], value)}


def spelled(page: Page, path: KeyPath) -> KeyPath:
    """Return a path, as much of it as is there in the page's own spelling."""
    for depth in range(len(path), 0, -1):
        found = page.find(*path[:depth])
        if found:
            return found + path[depth:]
    return path


def commented_values(page: Page) -> Mapping[str, Commented]:
    """Return the top-level keys (in lower case) that are commented out in a front matter."""
    found: dict[str, Commented] = {}
    for key, value in _commented(page):
        found.setdefault(key, value)
    return found


def _commented(page: Page, wanted: str = "") -> Iterator[tuple[str, Commented]]:
    """Yield the keys that are commented out, or only the one that is wanted, from the top down."""
    format_ = formats()[page.front.format]
    opening = re.compile(
        rf"[#\s]*({wanted or '[a-z_][a-z0-9_-]*'})\s*{format_.sign}(?=\s|$)\s*(.*)", re.IGNORECASE
    )
    comments = page.front.comments if format_.sign else ()
    numbers = Lines(page.text if comments else "", 1)
    index = 0
    while index < len(comments):
        comment, index = comments[index], index + 1
        match = opening.match(comment.text) if comment.own_line else None
        # an indented comment belongs to the mapping around it
        if match and page.text.startswith("#", numbers.start(comment.line)):
            rest = _continued(comments, index - 1, match[2])
            index += len(rest)
            value = _plain_value(format_, match[1], match[2], rest)
            yield match[1].lower(), Commented(comment.line, value, comment.line + len(rest))


def _continued(comments: Sequence[Comment], index: int, value: str) -> list[str]:
    """Return the lines after a commented key that belong to its value."""
    comment = comments[index]
    below = [
        one.text
        for offset, one in enumerate(comments[index + 1 :], 1)
        if one.own_line and one.line == comment.line + offset
    ]
    close = _unclosed(value)
    if close:
        ends = [count for count, text in enumerate(below, 1) if text.rstrip().endswith(close)]
        return below[: ends[0]] if ends else []
    margin = _indent(comment.text)
    items = not value
    return list(
        takewhile(lambda text: _indent(text) > margin or (items and text.lstrip().startswith("- ")), below)
    )


def _unclosed(value: str) -> str:
    """Return what closes the string or list that a value opens and does not close on its line, else ""."""
    opened = re.match(r"\"{3}|'{3}|[\"'\[]", value)
    if not opened:
        return ""
    close = "]" if opened[0] == "[" else opened[0]
    return "" if re.search(rf"(?<!\\){re.escape(close)}", value[opened.end() :]) else close


def _indent(text: str) -> int:
    """Return how far in a comment's text begins; 0 for an empty one."""
    return len(text) - len(text.lstrip(" #\t")) if text.strip() else 0


def _plain_value(format_: Format, key: str, first: str, rest: Sequence[str]) -> str:
    """Return a commented value as one text: as the format reads it, or as it stands."""
    if not rest and (is_plain(first) or first in {"", '""', "''", "[]"}):
        return first.strip("\"'[]")
    body = "\n".join([f"{key}{format_.sign} {first}", *(line.lstrip("#") for line in rest)])
    try:
        value = format_.read(body, 1).data.get(key)
    except EnrichError:
        return " ".join(part.strip() for part in [first, *rest]).strip()
    if is_list(value):
        return ", ".join(str(item) for item in value)
    return "" if value is None else str(value).strip()


def pinned(page: Page) -> frozenset[str]:
    """Return the keys (dotted) with `# enrich: keep` on their line or on the line above.

    Behind an entry of a list it speaks of the list.
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
