"""Make any text safe for a line of Markdown on GitHub or GitLab: it shows as it is and triggers nothing.

These sites also act on the rendered text: on mentions, issues, commits, addresses and formulas. They leave
code alone, so a word that would trigger something becomes a code span, from which people can still copy it.
https://github.github.com/gfm/ and https://docs.gitlab.com/user/markdown/
"""

from __future__ import annotations

import re
from collections.abc import Callable

from enrich.report.parts.safe_text import escape_line

# A word with one of these becomes code.
_TRIGGERS = re.compile(
    r"://|\bwww\.|:[\w+-]+:"  # an address, an emoji
    r"|\bgh-\d|#\w|[@%]\"?\w|\$|[!~]\"?\w|&\d|\[\w+:"  # issues, people, and GitLab's other references
    r"|\b(?=[a-f]*\d)[\da-f]{7,}\b"  # a commit
    r"|\b10\.\d{4,9}/\S",  # a DOI, which people copy
    re.IGNORECASE,
)
# Code has no escapes, so characters that would end a code span or a table's cell go between spans.
_OUTSIDE_CODE = re.compile(r"([`|])")
# What a message has between backticks: a command, a key, a file.
_CODE = re.compile(r"(?<![^\s(“])`([^`\n]{1,100})`(?![^\s.,;:!?)”])")
_SENTENCE_END = re.compile(r"[.,;:!?]+\Z")  # not part of an address or a DOI that people copy
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "`": "&#96;"} | {
    letter: f"\\{letter}" for letter in r"\*_[]|~$!#"
}
_ESCAPED = re.compile("[" + re.escape("".join(_ESCAPES)) + "]")
_LINE_START = re.compile(r"^(?:([-+=:])|(\d{1,9})([.)])(?=\s|$))")  # a list, or a heading's underline


def escape_markdown(text: str) -> str:
    """Return the text on one line, as Markdown that shows it."""
    return _escape_start(_escape_words(text))


def escape_message(text: str, escape: Callable[[str], str]) -> str:
    """Return a message as Markdown: what it has between backticks is code, `escape` returns the rest."""
    parts = enumerate(_CODE.split(escape_line(text)))
    shown = (format_cell_code(part) if at % 2 else escape(part) for at, part in parts)
    return _escape_start("".join(shown))


def escape_part(part: str) -> str:
    """Return a part of a line as Markdown that shows it, with the blanks at its ends."""
    return " " * part.startswith(" ") + _escape_words(part) + " " * (part != " " and part.endswith(" "))


def format_code(text: str) -> str:
    """Return the text on one line as a code span, for a line outside of tables."""
    shown = escape_line(text)
    runs = [len(run) for run in re.findall("`+", shown)]
    fence = "`" * (max(runs, default=0) + 1)
    pad = " " * (not shown.strip(" `") or shown[:1] in "` " or shown[-1:] in "` ")
    return f"{fence}{pad}{shown}{pad}{fence}"


def format_cell_code(text: str) -> str:
    """Return the text on one line as code spans for a table's cell."""
    parts = _OUTSIDE_CODE.split(escape_line(text))
    return "".join(_ESCAPES[part] if part in {"`", "|"} else f"`{part}`" for part in parts if part)


def _escape_words(text: str) -> str:
    return " ".join(map(_escape_word, escape_line(text).split(" "))).replace("` `", " ")


def _escape_start(line: str) -> str:
    return _LINE_START.sub(lambda match: f"{match[2] or ''}\\{match[1] or match[3]}", line)


def _escape_word(word: str) -> str:
    if not _TRIGGERS.search(word):
        return _escape_signs(word)
    word, end = _split_sentence_end(word)
    return format_cell_code(word) + _escape_signs(end)


def _split_sentence_end(word: str) -> tuple[str, str]:
    found = _SENTENCE_END.search(word)
    start = found.start() if found else len(word)
    return word[:start], word[start:]


def _escape_signs(text: str) -> str:
    return _ESCAPED.sub(lambda match: _ESCAPES[match[0]], text)
