"""Read JSON values one by one from a stream of any length, with their offsets and lines."""

from __future__ import annotations

import json
import re
import zlib
from typing import IO

from enrich.fetcher.parse_json import parse_json_at

# Bytes to read at a time, and the size of the largest value.
CHUNK, MOST = 2**18, 2**25

_SPACE = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"[\d.eE+-]*\Z")  # the beginning of a number, perhaps all of it
_MARK = "\xef\xbb\xbf"  # a byte order mark, each byte as one character


class InvalidJson(ValueError):
    """Raised at text that is not valid JSON; `line` is its line."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(f"not JSON: {reason}")
        self.line = line


class JsonStream:
    """The text of a stream and the current position in it.

    Every byte becomes a character, so offsets count bytes; JSON's own characters are ASCII. Reading on
    drops the text before the position, or before `keep` if that is set.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        """Start after a byte order mark."""
        self.keep: int | None = None
        self._stream = stream
        self._fault: OSError | EOFError | zlib.error | None = None
        self._text, self._at, self._start = "", 0, 0
        self._line, self._counted = 1, 0
        self._fill_buffer(len(_MARK))
        self._at = len(_MARK) if self._text.startswith(_MARK) else 0

    @property
    def offset(self) -> int:
        """Return the number of bytes read so far."""
        return self._start + self._at

    @property
    def line(self) -> int:
        """Return the current line, 1-based."""
        return self._count_line(self._at)

    def look_ahead(self) -> str:
        """Skip white space and return the next character without taking it, `""` at the end."""
        while True:
            self._at = len(_SPACE.match(self._text, self._at)[0]) + self._at  # type: ignore[index]
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._fill_buffer(CHUNK):
                return ""

    def take_character(self, characters: str) -> str:
        """Take one of these characters and return it; raise InvalidJson at any other."""
        found = self.look_ahead()
        if not found or found not in characters:
            raise InvalidJson(f"Expecting {' or '.join(map(repr, characters))}", self.line)
        self._at += 1
        return found

    def read_value(self, most: int = MOST) -> object:
        """Return the next value; raise InvalidJson if none ends within `most` bytes."""
        self.look_ahead()
        while True:
            try:
                value, end = parse_json_at(self._text, self._at)
            except json.JSONDecodeError as error:
                flaw = InvalidJson(error.msg, self._count_line(error.pos))
                if self._pending >= most or not self._fill_buffer(max(CHUNK, 2 * self._pending)):
                    raise flaw from None
                continue
            size = end - self._at
            # A number that ends where the buffer ends may continue after it.
            may_go_on = self._text[end - 1].isdigit() and _NUMBER.match(self._text, end)
            if may_go_on and self._fill_buffer(max(CHUNK, 2 * self._pending)):
                continue
            self._at += size
            return value

    def read_rest_of_line(self, most: int) -> str | None:
        """Take the rest of the line and return it; None if it is longer than `most` bytes."""
        while (end := self._text.find("\n", self._at)) < 0:
            if self._pending >= most:
                return None
            if not self._fill_buffer(max(CHUNK, 2 * self._pending)):
                end = len(self._text)
                break
        line, self._at = self._text[self._at : end], end
        return line

    def skip_line(self) -> None:
        """Skip the rest of the line."""
        while self.read_rest_of_line(CHUNK) is None:
            self._at = len(self._text)

    def read_since(self, start: int) -> bytes:
        """Return the bytes between a kept offset and the position."""
        return self._text[start - self._start : self._at].encode("latin-1")

    def return_to(self, start: int) -> None:
        """Move the position back to a kept offset."""
        self._at = start - self._start

    @property
    def _pending(self) -> int:
        return len(self._text) - self._at

    def _count_line(self, position: int) -> int:
        """Return the line of a position, counting from the last position, which is near."""
        first, last = min(position, self._counted), max(position, self._counted)
        between = self._text.count("\n", first, last)
        self._line += between if position > self._counted else -between
        self._counted = position
        return self._line

    def _fill_buffer(self, wanted: int) -> bool:
        """Read until `wanted` bytes are pending; return whether any were added."""
        self._forget_read_text()
        if self._fault:
            raise self._fault
        before = size = self._pending
        found = [self._text]
        try:
            while size < wanted and (part := self._stream.read1(CHUNK)):  # type: ignore[attr-defined]
                found.append(part.decode("latin-1"))
                size += len(part)
        except (OSError, EOFError, zlib.error) as error:
            self._fault = error  # the bytes read before the error are used first
            if size == before:
                raise
        self._text = "".join(found)
        return size > before

    def _forget_read_text(self) -> None:
        done = self._at if self.keep is None else min(self._at, self.keep - self._start)
        self._count_line(done)
        self._counted = 0
        self._text, self._at, self._start = self._text[done:], self._at - done, self._start + done
