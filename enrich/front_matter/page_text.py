"""Read a page's front matter and set one value in it, in any format; re-read the page to check the edit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import frontmatter
from frontmatter.default_handlers import BaseHandler

from enrich.errors import NoFrontMatter, PageError, Refused
from enrich.front_matter.comments import find_commented_value
from enrich.front_matter.formats import Format, InsertionPoint, ParsedHeader, load_formats
from enrich.front_matter.front_matter_json import find_excess
from enrich.front_matter.text_spans import LineIndex, TextEdit, apply_edits, choose_newline
from enrich.front_matter.value_edits import is_same_value
from enrich.model.page import Comment, FrontMatter, KeyPath, Page, Value

_BEGIN = re.compile(r"[\ufeff\s]*")


class _Handler(BaseHandler):
    """Hands python-frontmatter the header as it is in the file.

    `split` ignores its argument: python-frontmatter strips the text and drops its CRLF before it passes it
    on, so its offsets are not those of the file.
    """

    FM_BOUNDARY = re.compile("")

    def __init__(self, text: str, format_: Format, span: tuple[int, int]) -> None:
        super().__init__()
        self.text, self.format_of_page, self.span = text, format_, span
        self.header = ParsedHeader({}, {})

    def split(self, text: str) -> tuple[str, str]:  # noqa: ARG002  # see the class
        start, end = self.span
        return self.text[start:end], self.text[end:]

    def load(self, fm: str) -> dict[str, Any]:
        self.header = self.format_of_page.read(fm, _get_line(self.text, self.span[0]))
        return dict(self.header.data)


def read_page(path: str, text: str) -> Page:
    """Return a page; raise NoFrontMatter, or PageError with the line that does not parse."""
    match = _BEGIN.match(text)
    begin = match.end() if match else 0
    for format_ in load_formats().values():
        span = format_.split(text, begin)
        if span:
            handler = _Handler(text, format_, span)
            frontmatter.parse(text, handler=handler)
            header = handler.header
            if excess := find_excess(header.data):
                raise PageError(excess, _get_line(text, span[0]))
            front = FrontMatter(format_.name, header.data, *span, header.lines, header.comments)
            return Page(path, text, front)
    raise NoFrontMatter(f"{path} has no front matter")


def _get_line(text: str, offset: int) -> int:
    """Return the number of the line with an offset."""
    return LineIndex(text[:offset], 1).get_number(offset)


def set_value(page: Page, path: KeyPath, value: Value, *, after: Sequence[str] = ()) -> Page:
    """Return the page with one value set and nothing else changed; raise Refused with the reason.

    Insert a missing top-level key below its commented-out line, else below the first key of `after` that
    the page has.
    """
    path = match_spelling(page, path)
    if page.find(*path) and is_same_value(page.get(*path), value):
        return page
    format_ = load_formats()[page.front.format]
    start, end = page.front.start, page.front.end
    placeholder = None if page.find(path[0]) else find_commented_value(page, path[0])
    line = placeholder.last - _get_line(page.text, start) + 1 if placeholder else 0
    point = InsertionPoint(after, line, choose_newline(page.text, start))
    try:
        header = format_.assign(page.text[start:end], path, value, point)
        new = read_page(page.path, page.text[:start] + header + page.text[end:])
    except (PageError, NoFrontMatter) as error:
        raise Refused(f"the page could not be read with the new value: {error}") from None
    except RecursionError:
        raise Refused("the front matter is nested too deeply") from None
    check_edit(page, new, {path: value})
    return new


def remove_key(page: Page, key: str) -> Page:
    """Return the page without a top-level key, including its comments; raise Refused with the reason."""
    header = load_formats()[page.front.format].remove(page.text[page.front.start : page.front.end], key)
    data = {name: value for name, value in page.front.data.items() if name != key}
    return _read_edited(page, header, data)


def drop_comments(page: Page, unwanted: Callable[[Comment], bool]) -> Page:
    """Return the page without some of its comments, including lines with nothing else; raise Refused."""
    lines = LineIndex(page.text, 1)
    edits = []
    for comment in filter(unwanted, page.front.comments):
        start, end = lines.get_start(comment.line), lines.get_start(comment.line + 1)
        line = page.text[start:end]
        kept = "" if comment.own_line else _cut_comment(line, comment.text)
        edits.append(TextEdit(start - page.front.start, end - page.front.start, kept))
    header = apply_edits(page.text[page.front.start : page.front.end], edits)
    return _read_edited(page, header, page.front.data)


def _cut_comment(line: str, comment: str) -> str:
    before, _, after = line.rpartition(f"#{comment}")
    return before.rstrip() + after


def _read_edited(page: Page, header: str, data: Mapping[str, Value]) -> Page:
    """Return the page with another header; raise Refused unless it reads back as the data."""
    try:
        new = read_page(page.path, page.text[: page.front.start] + header + page.text[page.front.end :])
    except (PageError, NoFrontMatter) as error:
        raise Refused(f"the page could not be read after this change: {error}") from None
    if not is_same_value(data, new.front.data):
        raise Refused("read again, the page would differ in more than this change")
    return new


def check_edit(old: Page, new: Page, values: Mapping[KeyPath, Value]) -> None:
    """Raise Refused unless a page differs from another in exactly these values."""
    data: Value = old.front.data
    for path, value in values.items():
        data = _replace_in_tree(data, path, value)
    if not is_same_value(data, new.front.data):
        raise Refused("read again, the page would differ in more than this change")
    if [comment.text for comment in old.front.comments] != [comment.text for comment in new.front.comments]:
        raise Refused("a comment would appear or disappear")
    if old.text[: old.front.start] != new.text[: new.front.start]:
        raise Refused("the text before the front matter would change")
    if old.text[old.front.end :] != new.text[new.front.end :]:
        raise Refused("the text after the front matter would change")


def _replace_in_tree(data: Value, path: KeyPath, value: Value) -> Value:
    """Return a tree of values with one replaced; an empty value on the path becomes a mapping."""
    if not path:
        return value
    inner = data if isinstance(data, Mapping) else {}
    return {**inner, path[0]: _replace_in_tree(inner.get(path[0]), path[1:], value)}


def match_spelling(page: Page, path: KeyPath) -> KeyPath:
    """Return a path with its keys spelled as on the page, as far as the page has them."""
    for depth in range(len(path), 0, -1):
        known = page.find(*path[:depth])
        if known:
            return known + path[depth:]
    return path
