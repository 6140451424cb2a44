"""Read the records of a JSON file one after the other, however large the container they stand in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, TypeAlias

from enrich.fetcher.records.json_stream import InvalidJson, JsonStream
from enrich.fetcher.records.record_shapes import WRAPPERS, is_single_record

# So much of a line, or of an entry of a list, is looked at as a whole before it is taken apart.
WHOLE = 2**22
OPENING = ("[", "{")


@dataclass(frozen=True, slots=True)
class RawRecord:
    """A record, perhaps in a wrapper, as it stands in a file: from which byte on, and on which line.

    In `value` a character that is not ASCII may be several: where that matters, `text` is read again.
    """

    start: int
    line: int
    text: bytes
    value: object


@dataclass(frozen=True, slots=True)
class ReadError:
    """What cannot be read, and on which line."""

    line: int
    reason: str


Part: TypeAlias = RawRecord | ReadError


def read_parts(stream: IO[bytes], *, lines: bool) -> Iterator[Part]:
    """Yield a stream's records and flaws; with `lines`, a flaw is one of its line alone.

    OSError, EOFError and zlib.error of the stream are left to the caller.
    """
    feed = JsonStream(stream)
    while feed.look_ahead():
        line = feed.line
        try:
            yield from _read_line(feed) if lines else _read_value(feed)
        except (ValueError, RecursionError) as error:
            yield _describe_flaw(error, line)
            if not lines:
                return
            feed.skip_line()
        feed.keep = None


def _describe_flaw(error: ValueError | RecursionError, line: int) -> ReadError:
    if isinstance(error, InvalidJson):
        return ReadError(error.line, str(error))
    if isinstance(error, json.JSONDecodeError):
        return ReadError(line, f"not JSON: {error.msg}")
    return ReadError(line, "nested too deeply" if isinstance(error, RecursionError) else f"not JSON: {error}")


def _read_line(feed: JsonStream) -> Iterator[RawRecord]:
    start, number = feed.offset, feed.line
    feed.keep = start
    text = feed.read_rest_of_line(WHOLE)
    if text is not None:
        value = json.loads(text)
        if is_single_record(value):
            yield _make_record(feed, start, number, value)
            return
        feed.return_to(start)
    yield from _read_value(feed)
    if (feed.read_rest_of_line(WHOLE) or "").strip():
        raise InvalidJson("Extra data", number)


def _read_value(feed: JsonStream, *, whole: bool = False) -> Iterator[RawRecord]:
    """Yield the records in the value that begins here; with `whole`, it may well be one itself."""
    first = feed.look_ahead()
    start, number = feed.offset, feed.line
    if whole or first not in OPENING:
        feed.keep = start
        try:
            value = feed.read_value(WHOLE)
        except InvalidJson:  # it is too large, or broken, which comes to light once more
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
        yield from _read_value(feed, whole=True)
        if feed.take_character(",]") == "]":
            return


def _read_object(feed: JsonStream) -> Iterator[RawRecord]:
    """Yield the records that an object is wrapped around; itself, if it is no wrapper."""
    start, number = feed.offset, feed.line
    feed.keep = start
    feed.take_character("{")
    fields: dict[str, object] = {}
    is_wrapper, closed = False, feed.look_ahead() == "}"
    while not closed:
        key = _read_key(feed)
        if key in WRAPPERS and feed.look_ahead() in OPENING:
            is_wrapper = True
            yield from _read_value(feed)
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
    text.decode()  # the standard has UTF-8 only
    feed.keep = None
    return RawRecord(start, line, text, value)
