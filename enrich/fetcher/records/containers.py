"""Read the records of a JSON file one after the other, however large the container they stand in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, TypeAlias

from enrich.fetcher.records.json_stream import Feed, NotJson
from enrich.fetcher.records.record_shapes import WRAPPERS, is_one

# So much of a line, or of an entry of a list, is looked at as a whole before it is taken apart.
WHOLE = 2**22
OPENING = ("[", "{")


@dataclass(frozen=True, slots=True)
class Piece:
    """A record, perhaps in a wrapper, as it stands in a file: from which byte on, and on which line.

    In `value` a character that is not ASCII may be several: where that matters, `text` is read again.
    """

    start: int
    line: int
    text: bytes
    value: object


@dataclass(frozen=True, slots=True)
class Flaw:
    """What cannot be read, and on which line."""

    line: int
    reason: str


Part: TypeAlias = Piece | Flaw


def parts(stream: IO[bytes], *, lines: bool) -> Iterator[Part]:
    """Yield a stream's records and flaws; with `lines`, a flaw is one of its line alone.

    OSError, EOFError and zlib.error of the stream are left to the caller.
    """
    feed = Feed(stream)
    while feed.peek():
        line = feed.line
        try:
            yield from _line(feed) if lines else _value(feed)
        except (ValueError, RecursionError) as error:
            yield _flaw(error, line)
            if not lines:
                return
            feed.skip_line()
        feed.keep = None


def _flaw(error: ValueError | RecursionError, line: int) -> Flaw:
    if isinstance(error, NotJson):
        return Flaw(error.line, str(error))
    if isinstance(error, json.JSONDecodeError):
        return Flaw(line, f"not JSON: {error.msg}")
    return Flaw(line, "nested too deeply" if isinstance(error, RecursionError) else f"not JSON: {error}")


def _line(feed: Feed) -> Iterator[Piece]:
    start, number = feed.offset, feed.line
    feed.keep = start
    text = feed.rest_of_line(WHOLE)
    if text is not None:
        value = json.loads(text)
        if is_one(value):
            yield _piece(feed, start, number, value)
            return
        feed.back_to(start)
    yield from _value(feed)
    if (feed.rest_of_line(WHOLE) or "").strip():
        raise NotJson("Extra data", number)


def _value(feed: Feed, *, whole: bool = False) -> Iterator[Piece]:
    """Yield the records in the value that begins here; with `whole`, it may well be one itself."""
    first = feed.peek()
    start, number = feed.offset, feed.line
    if whole or first not in OPENING:
        feed.keep = start
        try:
            value = feed.value(WHOLE)
        except NotJson:  # it is too large, or broken, which comes to light once more
            if first not in OPENING:
                raise
        else:
            if is_one(value):
                yield _piece(feed, start, number, value)
                return
        feed.back_to(start)
    feed.keep = None
    yield from _list(feed) if first == "[" else _object(feed)


def _list(feed: Feed) -> Iterator[Piece]:
    feed.take("[")
    if feed.peek() == "]":
        feed.take("]")
        return
    while True:
        yield from _value(feed, whole=True)
        if feed.take(",]") == "]":
            return


def _object(feed: Feed) -> Iterator[Piece]:
    """Yield the records that an object is wrapped around; itself, if it is no wrapper."""
    start, number = feed.offset, feed.line
    feed.keep = start
    feed.take("{")
    fields: dict[str, object] = {}
    is_wrapper, closed = False, feed.peek() == "}"
    while not closed:
        key = _key(feed)
        if key in WRAPPERS and feed.peek() in OPENING:
            is_wrapper = True
            yield from _value(feed)
        else:
            fields[key] = feed.value()
        closed = feed.peek() != ","
        feed.take("}" if closed else ",")
    if not fields and not is_wrapper:
        feed.take("}")
    if not is_wrapper:
        yield _piece(feed, start, number, fields)


def _key(feed: Feed) -> str:
    if feed.peek() != '"':
        raise NotJson("Expecting property name enclosed in double quotes", feed.line)
    key = str(feed.value())
    feed.take(":")
    return key


def _piece(feed: Feed, start: int, line: int, value: object) -> Piece:
    text = feed.since(start)
    text.decode()  # the standard has UTF-8 only
    feed.keep = None
    return Piece(start, line, text, value)
