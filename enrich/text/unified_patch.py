"""Say how one text of a file becomes another, as a patch that `git apply` takes; make it, byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

_CONTEXT = 3
_NO_NEWLINE = "\n\\ No newline at end of file\n"
# A hunk's beginning, with a length of 0 told apart; or a line of it, and whether it is said to have no end.
_PART = re.compile(r"^(?:@@ -(\d+)(,0)?.*|([ +-])(.*)\n(\\ .*)?)", re.MULTILINE)
# https://git-scm.com/docs/git-config#Documentation/git-config.txt-corequotePath
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def make_patch(path: str, before: str, after: str) -> str:
    """Return the patch of one file, its path from the git root with `/`; `""` where nothing differs."""
    if before == after:
        return ""
    old, new = _named(f"a/{path}"), _named(f"b/{path}")
    heading = f"diff --git {old} {new}\n--- {_ended(old)}\n+++ {_ended(new)}\n"
    return heading + "".join(_hunks(_lines(before), _lines(after)))


def apply_patch(text: str, patch: str) -> str:
    """Return what the patch of one file makes of the text that it was made for; of another one, anything."""
    lines, result, at = _lines(text), list[str](), 0
    for part in _PART.finditer(patch, patch.find("\n@@ ") + 1):
        begin, none, sign, line, bare = part.groups()
        if begin:
            start = int(begin) - (not none)  # of no lines, the one before them is named
            result += lines[at:start]
            at = start
        elif sign == "+":
            result.append(line if bare else f"{line}\n")
        else:
            result += lines[at : at + 1] if sign == " " else []
            at += 1
    return "".join((*result, *lines[at:]))


def _lines(text: str) -> list[str]:
    """Return the lines as git sees them: only a line feed ends one, and it belongs to it."""
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _hunks(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    # Comparing takes time with the product of both lengths: what both begin and end with is left out.
    start = max(_common(old, new) - _CONTEXT, 0)
    end = max(_common(old[start:][::-1], new[start:][::-1]) - _CONTEXT, 0)
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(_CONTEXT):
        _, old_start, _, new_start, _ = group[0]
        _, _, old_end, _, new_end = group[-1]
        before = _range(start + old_start, old_end - old_start)
        yield f"@@ -{before} +{_range(start + new_start, new_end - new_start)} @@\n"
        for code, a_start, a_end, b_start, b_end in group:
            if code == "equal":
                yield from _marked(" ", old[a_start:a_end])
                continue
            yield from _marked("-", old[a_start:a_end])
            yield from _marked("+", new[b_start:b_end])


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    shorter = min(len(old), len(new))
    return next((index for index in range(shorter) if old[index] != new[index]), shorter)


def _range(start: int, count: int) -> str:
    # Of no lines at all, the line before them is named.
    return f"{start + 1 if count else start},{count}"


def _marked(mark: str, lines: Sequence[str]) -> Iterator[str]:
    return (mark + (line if line.endswith("\n") else line + _NO_NEWLINE) for line in lines)


def _named(name: str) -> str:
    """Return a name as git writes it: in quotes where a character of it could not stand in a line."""
    if name.isprintable() and not {'"', "\\"} & set(name):
        return name
    return '"' + "".join(map(_escaped, name)) + '"'


def _escaped(letter: str) -> str:
    if letter in _ESCAPES or letter.isprintable():
        return _ESCAPES.get(letter, letter)
    # A name that is not UTF-8 has its bytes as half characters; another half stands for itself.
    how = "surrogateescape" if "\udc80" <= letter <= "\udcff" else "surrogatepass"
    return "".join(f"\\{byte:03o}" for byte in letter.encode("utf-8", how))


def _ended(name: str) -> str:
    # A tab ends a name with a blank in it; else what follows the blank may be read as a date.
    return f"{name}\t" if " " in name and not name.startswith('"') else name
