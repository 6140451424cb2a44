"""YAML front matter: one `compose` reads it; the editor loads on its first use."""

from __future__ import annotations

import re

from enrich.errors import PageError
from enrich.front_matter.formats import Format, InsertionPoint
from enrich.front_matter.text_spans import (
    LineIndex,
    find_next_line,
)
from enrich.front_matter.yaml_parser import read_yaml
from enrich.model.page import KeyPath, Value

# Hugo ends the header at the first line that begins with the fence, whatever follows on that line.
_CLOSE = re.compile(r"[\r\n]---")


def split_yaml(text: str, start: int) -> tuple[int, int] | None:
    """Return the offsets of the header between its fences; raise PageError if it is never closed."""
    if not text.startswith("---", start):
        return None
    begin = start + 3
    close = _CLOSE.search(text, begin)
    if not close:
        line = LineIndex(text, 1).get_number(start)
        raise PageError("the front matter has no closing line ---; add it", line)
    rest = find_next_line(text, begin)
    return (begin if text[begin:rest].strip() else rest), close.start() + 1


def _change_yaml(text: str, path: KeyPath, value: Value, point: InsertionPoint) -> str:
    from enrich.front_matter.yaml_edits import assign_yaml

    return assign_yaml(text, path, value, point)


def _drop_yaml_key(text: str, key: str) -> str:
    from enrich.front_matter.yaml_edits import remove_yaml_key

    return remove_yaml_key(text, key)


FORMAT = Format("yaml", ":", split_yaml, read_yaml, _change_yaml, _drop_yaml_key)
