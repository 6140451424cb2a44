"""Choose the text below the front matter that a new page takes from the site's pages.

A theme's starter page ends with sentences that explain a feature, and some owners never delete them. So a new
page takes only shortcodes without text, and their headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# https://gohugo.io/content-management/shortcodes/
_SHORTCODE = re.compile(r"\{\{[<%]\s*(?P<end>/?)\s*(?P<name>[\w./-]+)[^{}]*[>%]\}\}")
_HEADING = re.compile(r" {0,3}#{1,6} ")


def keep_shortcodes(body: str) -> str:
    """Return the shortcodes of a body that enclose no text, and the headings that no text follows."""
    text = _drop_comments(body)
    parts = [part for part in _split_parts(text) if part.strip()]
    kept = [part for at, part in enumerate(parts) if _is_kept(part, next(iter(parts[at + 1 : at + 2]), ""))]
    line_end = "\r\n" if "\r\n" in body else "\n"
    return body if kept == parts and text == body else line_end.join(kept)


def _is_kept(part: str, after: str) -> bool:
    """Return whether a part is a shortcode, or a heading without a text of its own."""
    if _HEADING.match(part):
        return not after or bool(_HEADING.match(after)) or _is_kept(after, "")
    return not _SHORTCODE.sub("", part).strip()


def _drop_comments(text: str) -> str:
    """Return a text without HTML comments; a comment that is not closed reaches to the end."""
    first, *others = text.split("<!--")
    return first + "".join(other.partition("-->")[2] for other in others)


def _split_parts(text: str) -> Iterator[str]:
    """Yield the lines of a text; those from a shortcode's begin to its end are one part."""
    ended = {tag["name"] for tag in _SHORTCODE.finditer(text) if tag["end"]}
    part, depth = [], 0
    for line in text.splitlines(keepends=True):
        part.append(line)
        for tag in _SHORTCODE.finditer(line):
            depth += (-1 if tag["end"] else 1) * (tag["name"] in ended)
        if depth <= 0:
            yield "".join(part)
            part, depth = [], 0
    yield "".join(part)
