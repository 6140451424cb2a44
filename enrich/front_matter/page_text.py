"""Read a page's front matter and set one value in it, whatever its format; proved by re-reading."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import frontmatter
from frontmatter.default_handlers import BaseHandler

from enrich.errors import EnrichError, PageError, Refused
from enrich.front_matter.comments import find_commented_value
from enrich.front_matter.formats import Format, Header, Spot, formats
from enrich.front_matter.text_spans import Lines, newline_at
from enrich.front_matter.value_edits import same
from enrich.model.page import FrontMatter, KeyPath, Page, Value

_BEGIN = re.compile(r"[\ufeff\s]*")


class NoFrontMatter(EnrichError):
    """A text that does not open with a front matter."""


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
    path = match_spelling(page, path)
    if page.find(*path) and same(page.get(*path), value):
        return page
    format_ = formats()[page.front.format]
    start, end = page.front.start, page.front.end
    placeholder = None if page.find(path[0]) else find_commented_value(page, path[0])
    line = placeholder.last - _first_line(page.text, start) + 1 if placeholder else 0
    spot = Spot(after, line, newline_at(page.text, start))
    try:
        header = format_.assign(page.text[start:end], path, value, spot)
        new = read_page(page.path, page.text[:start] + header + page.text[end:])
    except (PageError, NoFrontMatter) as error:
        raise Refused(f"the page could not be read with it: {error}") from None
    except RecursionError:
        raise Refused("the front matter is nested too deeply") from None
    check_edit(page, new, {path: value})
    return new


def check_edit(old: Page, new: Page, values: Mapping[KeyPath, Value]) -> None:
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


def match_spelling(page: Page, path: KeyPath) -> KeyPath:
    """Return a path, as much of it as is there in the page's own spelling."""
    for depth in range(len(path), 0, -1):
        found = page.find(*path[:depth])
        if found:
            return found + path[depth:]
    return path
