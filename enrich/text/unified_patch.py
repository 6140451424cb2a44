"""Write the patch from one text of a file to another, for `git apply`, and apply such a patch."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeAlias

_CONTEXT = 3
# The time to compare texts grows with the product of their lengths, so longer texts are replaced as a whole.
_MOST_PAIRS = 1_000_000
# enrich makes only ordinary files.
_NEW_FILE, _DELETED_FILE = "new file mode 100644\n", "deleted file mode 100644\n"
_NO_NEWLINE = "\n\\ No newline at end of file\n"
# The first line of a hunk, and whether its length is 0; or another line, and whether a remark follows it.
_PART = re.compile(r"^(?:@@ -(\d+)(,0)?.*|([ +-])(.*)\n(\\ .*)?)", re.MULTILINE)
_Opcode: TypeAlias = tuple[str, int, int, int, int]
# https://git-scm.com/docs/git-config#Documentation/git-config.txt-corequotePath
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def make_patch(path: str, before: str | None, after: str | None) -> str:
    """Return the patch of one file, its path from the git root with `/`; `""` for equal texts.

    None means that the file does not exist: the patch makes or deletes it.
    """
    if before == after:
        return ""
    old, new = _quote_path(f"a/{path}"), _quote_path(f"b/{path}")
    heading = f"diff --git {old} {new}\n"
    heading += _NEW_FILE if before is None else _DELETED_FILE if after is None else ""
    if before or after:  # git writes neither names nor hunks for an empty file
        heading += f"--- {_name_side(old, before)}\n+++ {_name_side(new, after)}\n"
    return heading + "".join(_find_patch_hunks(_split_git_lines(before), _split_git_lines(after)))


def apply_patch(text: str, patch: str) -> str:
    """Return the text after a patch that was made from it; for any other text the result is undefined."""
    lines, result, at = _split_git_lines(text), list[str](), 0
    for part in _PART.finditer(patch, patch.find("\n@@ ") + 1):
        begin, none, sign, line, bare = part.groups()
        if begin:
            start = int(begin) - (not none)  # an empty range names the line before it
            result += lines[at:start]
            at = start
        elif sign == "+":
            result.append(line if bare else f"{line}\n")
        else:
            result += lines[at : at + 1] if sign == " " else []
            at += 1
    return "".join((*result, *lines[at:]))


def _name_side(name: str, text: str | None) -> str:
    return "/dev/null" if text is None else _end_line(name)


def _split_git_lines(text: str | None) -> list[str]:
    """Return the lines as git splits them, each with its line feed; nothing else ends a line."""
    if text is None:
        return []
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _find_patch_hunks(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """Yield the first line and the other lines of every hunk."""
    start = max(_count_common_lines(old, new) - _CONTEXT, 0)
    end = max(_count_common_lines(old[start:][::-1], new[start:][::-1]) - _CONTEXT, 0)
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    for group in _group_changes(old, new):
        _, old_start, _, new_start, _ = group[0]
        _, _, old_end, _, new_end = group[-1]
        before = _format_range(start + old_start, old_end - old_start)
        yield f"@@ -{before} +{_format_range(start + new_start, new_end - new_start)} @@\n"
        for code, a_start, a_end, b_start, b_end in group:
            if code == "equal":
                yield from _mark_lines(" ", old[a_start:a_end])
                continue
            yield from _mark_lines("-", old[a_start:a_end])
            yield from _mark_lines("+", new[b_start:b_end])


def _group_changes(old: Sequence[str], new: Sequence[str]) -> Iterable[Sequence[_Opcode]]:
    """Return the changes between two lists of lines in groups, each with its context."""
    if len(old) * len(new) <= _MOST_PAIRS:
        return SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(_CONTEXT)
    head = min(_count_common_lines(old, new), _CONTEXT)
    tail = min(_count_common_lines(old[head:][::-1], new[head:][::-1]), _CONTEXT)
    old_end, new_end = len(old) - tail, len(new) - tail
    change: _Opcode = ("replace", head, old_end, head, new_end)
    return [[("equal", 0, head, 0, head), change, ("equal", old_end, len(old), new_end, len(new))]]


def _count_common_lines(old: Sequence[str], new: Sequence[str]) -> int:
    shorter = min(len(old), len(new))
    return next((index for index in range(shorter) if old[index] != new[index]), shorter)


def _format_range(start: int, count: int) -> str:
    # An empty range names the line before it.
    return f"{start + 1 if count else start},{count}"


def _mark_lines(mark: str, lines: Sequence[str]) -> Iterator[str]:
    return (mark + (line if line.endswith("\n") else line + _NO_NEWLINE) for line in lines)


def _quote_path(name: str) -> str:
    """Return a name as git writes it: in quotes if it contains a character that would break the line."""
    if name.isprintable() and not {'"', "\\"} & set(name):
        return name
    return '"' + "".join(map(_escape_path_character, name)) + '"'


def _escape_path_character(letter: str) -> str:
    if letter in _ESCAPES or letter.isprintable():
        return _ESCAPES.get(letter, letter)
    # A name that is not UTF-8 has its bytes as surrogates; any other surrogate is kept.
    how = "surrogateescape" if "\udc80" <= letter <= "\udcff" else "surrogatepass"
    return "".join(f"\\{byte:03o}" for byte in letter.encode("utf-8", how))


def _end_line(name: str) -> str:
    # A tab ends a path with a blank in it; otherwise git may read the part after the blank as a date.
    return f"{name}\t" if " " in name and not name.startswith('"') else name
