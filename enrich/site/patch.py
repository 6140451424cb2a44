"""Write the difference of two contents as a patch, and make it: bytes in, bytes out.

Lines end at LF alone, so that CR, BOM and any UTF-8 are content. There is no line `diff --git`: with it, git
takes the names from the repository's root, and a site may lie in a folder of a repository.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator
from itertools import islice

_LINE = re.compile(rb"[^\n]*\n|[^\n]+")
# A hunk's beginning, with a length of 0 told apart; or a line of it, and that it has no line end.
_PART = re.compile(rb"^(?:@@ -(\d+)(,0)?.*|([ +-])(.*)\n(\\ .*)?)", re.MULTILINE)
_NO_NEWLINE = b"\\ No newline at end of file\n"
_UNSAFE = re.compile(rb'[\x00-\x1f"\\\x7f]')


def difference(path: str, before: bytes, after: bytes) -> bytes:
    """Return what makes one content of the other; `path` is from the folder that `git apply` runs in."""
    old, new = _quoted(f"a/{path}"), _quoted(f"b/{path}")
    end = b"\t\n" if b" " in old else b"\n"  # else git would end the name at the space
    return b"".join((b"--- ", old, end, b"+++ ", new, end, *_hunks(before, after)))


def patched(content: bytes, patch: bytes) -> bytes:
    """Return what a patch makes of the content that it was made for; what of another one, nobody knows."""
    lines, result, at = _LINE.findall(content), list[bytes](), 0
    for part in _PART.finditer(patch, patch.find(b"\n@@ ") + 1):
        begin, none, sign, text, bare = part.groups()
        if begin:
            start = int(begin) - (not none)  # of no lines, the one before them is named
            result += lines[at:start]
            at = start
        elif sign == b"+":
            result.append(text if bare else text + b"\n")
        else:
            result += lines[at : at + 1] if sign == b" " else []
            at += 1
    return b"".join((*result, *lines[at:]))


def _hunks(before: bytes, after: bytes) -> Iterator[bytes]:
    lines = difflib.diff_bytes(difflib.unified_diff, _LINE.findall(before), _LINE.findall(after))
    for line in islice(lines, 2, None):  # without the names
        yield line if line.endswith(b"\n") else line + b"\n" + _NO_NEWLINE


def _quoted(name: str) -> bytes:
    """Return a name as git writes it: one with quotes or control characters is quoted as in C."""
    raw = os.fsencode(name)
    if not _UNSAFE.search(raw):
        return raw
    return b'"%s"' % _UNSAFE.sub(lambda found: b"\\%03o" % found[0], raw)
