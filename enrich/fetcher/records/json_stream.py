"""JSON read bit by bit: values out of a stream of any length, with their offsets and lines."""

from __future__ import annotations

import json
import re
import zlib
from typing import IO

# So much is read at a time; and no value is larger than this.
CHUNK, MOST = 2**18, 2**26

_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"[\d.eE+-]*\Z")  # what is read of a number, perhaps not all
_MARK = "\xef\xbb\xbf"  # a byte order mark, each byte as one character


class InvalidJson(ValueError):
    """That what stands there is not JSON, and on which line."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(f"not JSON: {reason}")
        self.line = line


class JsonStream:
    """A stream's text and the place where it is read on.

    Each byte is one character, so that offsets count bytes; what means something to JSON is ASCII.
    Text before that place, and before `keep` where that is set, is forgotten when more is read.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        """Begin behind a byte order mark."""
        self.keep: int | None = None
        self._stream = stream
        self._fault: OSError | EOFError | zlib.error | None = None
        self._text, self._at, self._start = "", 0, 0
        self._line, self._counted = 1, 0
        self._fill_buffer(len(_MARK))
        self._at = len(_MARK) if self._text.startswith(_MARK) else 0

    @property
    def offset(self) -> int:
        """Return how many bytes were read."""
        return self._start + self._at

    @property
    def line(self) -> int:
        """Return the line that is being read."""
        return self._count_line(self._at)

    def look_ahead(self) -> str:
        """Go on to what is no white space; return that character, `""` at the end."""
        while True:
            self._at = len(_SPACE.match(self._text, self._at)[0]) + self._at  # type: ignore[index]
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._fill_buffer(CHUNK):
                return ""

    def take_character(self, characters: str) -> str:
        """Go on behind one of these characters and return it; NotJson if there is another."""
        found = self.look_ahead()
        if not found or found not in characters:
            raise InvalidJson(f"Expecting {' or '.join(map(repr, characters))}", self.line)
        self._at += 1
        return found

    def read_value(self, most: int = MOST) -> object:
        """Return the value that begins here; NotJson if there is none in so many bytes."""
        self.look_ahead()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                flaw = InvalidJson(error.msg, self._count_line(error.pos))
                if self._pending >= most or not self._fill_buffer(max(CHUNK, 2 * self._pending)):
                    raise flaw from None
                continue
            size, may_go_on = end - self._at, _NUMBER.match(self._text, end)
            if isinstance(value, int | float) and may_go_on and self._fill_buffer(self._pending + 1):
                continue
            self._at += size
            return value

    def read_rest_of_line(self, most: int) -> str | None:
        """Go on to the end of the line and return what is before it; None if that is too far away."""
        while (end := self._text.find("\n", self._at)) < 0:
            if self._pending >= most:
                return None
            if not self._fill_buffer(max(CHUNK, 2 * self._pending)):
                end = len(self._text)
                break
        line, self._at = self._text[self._at : end], end
        return line

    def skip_line(self) -> None:
        """Go on to the end of the line."""
        while self.read_rest_of_line(CHUNK) is None:
            self._at = len(self._text)

    def read_since(self, start: int) -> bytes:
        """Return what was read since an offset that was kept."""
        return self._text[start - self._start : self._at].encode("latin-1")

    def return_to(self, start: int) -> None:
        """Go back to an offset that was kept."""
        self._at = start - self._start

    @property
    def _pending(self) -> int:
        return len(self._text) - self._at

    def _count_line(self, position: int) -> int:
        """Return the line of a position, counted from where it was counted last: that is near."""
        first, last = min(position, self._counted), max(position, self._counted)
        between = self._text.count("\n", first, last)
        self._line += between if position > self._counted else -between
        self._counted = position
        return self._line

    def _fill_buffer(self, wanted: int) -> bool:
        """Have so many bytes pending; return whether there are more than before."""
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
            self._fault = error  # what was read before it is used first
            if size == before:
                raise
        self._text = "".join(found)
        return size > before

    def _forget_read_text(self) -> None:
        done = self._at if self.keep is None else min(self._at, self.keep - self._start)
        self._count_line(done)
        self._counted = 0
        self._text, self._at, self._start = self._text[done:], self._at - done, self._start + done
