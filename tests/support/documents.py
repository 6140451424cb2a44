"""The documents: their sections and examples, for the tests that run or compare them."""

from __future__ import annotations

import re

from tests.support.sample import ROOT

DOCS = ROOT / "docs"
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def document(name: str) -> str:
    """Return the text of a document of `docs/`."""
    return (DOCS / name).read_text(encoding="utf-8")


def section(name: str, heading: str) -> str:
    """Return what stands under a heading, its subheadings included; a `#` in an example begins nothing."""
    level = len(heading.split(" ", 1)[0])
    lines: list[str] = []
    inside = is_code = False
    for line in document(name).splitlines(keepends=True):
        is_code ^= line.startswith("```")
        if not is_code and line.startswith("#"):
            inside = line.rstrip() == heading or (inside and len(line.split(" ", 1)[0]) > level)
        if inside:
            lines.append(line)
    assert lines, f"{name} has no section {heading!r}"
    return "".join(lines[1:])


def examples(name: str, heading: str, language: str) -> list[str]:
    """Return the fenced examples in a language under a heading."""
    return [text for kind, text in _FENCE.findall(section(name, heading)) if kind == language]


def fences(text: str) -> list[tuple[str, str]]:
    """Return every fenced example with its language."""
    return _FENCE.findall(text)
