"""Read the records of a JSON file one by one, for a list or object of any size."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, TypeAlias

from enrich.fetcher.parse_json import parse_json
from enrich.fetcher.records.json_stream import InvalidJson, JsonStream
from enrich.fetcher.records.record_shapes import WRAPPERS, is_single_record

# Bytes of a line, or of an entry of a list, that are parsed as a whole before they are split.
WHOLE = 2**22
OPENING = ("[", "{")


@dataclass(frozen=True, slots=True)
class RawRecord:
    """A record in a file, perhaps in a wrapper."""

    start: int
    """The offset of its first byte."""
    line: int
    """The line it begins on, 1-based."""
    text: bytes
    """Its bytes, as they are in the file."""
    value: object
    """The parsed value, each byte of a non-ASCII character on its own; parse `text` for the real ones."""


@dataclass(frozen=True, slots=True)
class ReadError:
    """A part of a file that cannot be read."""

    line: int
    """The line on which it begins, 1-based."""
    reason: str
    """The problem, in words."""


Part: TypeAlias = RawRecord | ReadError


def read_parts(stream: IO[bytes], *, lines: bool) -> Iterator[Part]:
    """Yield a stream's records and errors; with `lines`, an error ends its line only.

    The stream's OSError, EOFError and zlib.error reach the caller.
    """
    feed = JsonStream(stream)
    while feed.look_ahead():
        line = feed.line
        try:
            yield from _read_record_line(feed) if lines else _read_json_value(feed)
        except (ValueError, RecursionError) as error:
            yield _describe_flaw(error, line)
            if not lines:
                return
            feed.keep = None  # otherwise the stream would keep, and copy, everything that it skips
            feed.skip_line()
        feed.keep = None


def _describe_flaw(error: ValueError | RecursionError, line: int) -> ReadError:
    if isinstance(error, InvalidJson):
        return ReadError(error.line, str(error))
    if isinstance(error, json.JSONDecodeError):
        return ReadError(line, f"not JSON: {error.msg}")
    return ReadError(line, "nested too deeply" if isinstance(error, RecursionError) else f"not JSON: {error}")


def _read_record_line(feed: JsonStream) -> Iterator[RawRecord]:
    start, number = feed.offset, feed.line
    feed.keep = start
    text = feed.read_rest_of_line(WHOLE)
    if text is not None:
        value = parse_json(text)
        if is_single_record(value):
            yield _make_record(feed, start, number, value)
            return
        feed.return_to(start)
    yield from _read_json_value(feed)
    if (feed.read_rest_of_line(WHOLE) or "").strip():
        raise InvalidJson("Extra data", number)


def _read_json_value(feed: JsonStream, *, whole: bool = False) -> Iterator[RawRecord]:
    """Yield the records in the next value; with `whole`, first try to read it as a single record."""
    first = feed.look_ahead()
    start, number = feed.offset, feed.line
    if whole or first not in OPENING:
        feed.keep = start
        try:
            value = feed.read_value(WHOLE)
        except InvalidJson:  # too large, or broken: the parts will show which
            if first not in OPENING:
                raise
        else:
            if is_single_record(value):
                yield _make_record(feed, start, number, value)
                return
        feed.return_to(start)
    feed.keep = None
    yield from _read_list(feed) if first == "[" else _read_object(feed)


def _read_list(feed: JsonStream) -> Iterator[RawRecord]:
    feed.take_character("[")
    if feed.look_ahead() == "]":
        feed.take_character("]")
        return
    while True:
        yield from _read_json_value(feed, whole=True)
        if feed.take_character(",]") == "]":
            return


def _read_object(feed: JsonStream) -> Iterator[RawRecord]:
    """Yield the records inside an object, or the object itself if it is not a wrapper."""
    start, number = feed.offset, feed.line
    feed.keep = start
    feed.take_character("{")
    fields: dict[str, object] = {}
    is_wrapper, closed = False, feed.look_ahead() == "}"
    while not closed:
        key = _read_key(feed)
        if key in WRAPPERS and feed.look_ahead() in OPENING:
            is_wrapper = True
            yield from _read_json_value(feed)
        else:
            fields[key] = feed.read_value()
        closed = feed.look_ahead() != ","
        feed.take_character("}" if closed else ",")
    if not fields and not is_wrapper:
        feed.take_character("}")
    if not is_wrapper:
        yield _make_record(feed, start, number, fields)


def _read_key(feed: JsonStream) -> str:
    if feed.look_ahead() != '"':
        raise InvalidJson("Expecting property name enclosed in double quotes", feed.line)
    key = str(feed.read_value())
    feed.take_character(":")
    return key


def _make_record(feed: JsonStream, start: int, line: int, value: object) -> RawRecord:
    text = feed.read_since(start)
    text.decode()  # JSON is UTF-8: RFC 8259
    feed.keep = None
    return RawRecord(start, line, text, value)
