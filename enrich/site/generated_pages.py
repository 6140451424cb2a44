"""Find pages that another tool generates: its next run would overwrite any change."""

from __future__ import annotations

import re
from collections.abc import Container

# The sources from which R Markdown, blogdown, Quarto and Org mode make pages.
SOURCE_ENDINGS = (".Rmd", ".Rmarkdown", ".qmd", ".org")

_HEAD = 4_096  # characters; such a comment is at the top
_COMMENT = re.compile(
    r"^\s*(?:#|//|<!--).{0,200}?\bgenerated\b.{0,200}?\bdo not (?:edit|modify|change)\b.{0,200}",
    re.IGNORECASE | re.MULTILINE,
)
_TOOL = re.compile(r"\bgenerated (?:automatically )?(?:by|from|with) (\S+)", re.IGNORECASE)


def find_generator(name: str, text: str, siblings: Container[str]) -> str:
    """Return the source or the tool that a page is generated from, `""` for a page that people write.

    `name` is the file's name, `siblings` are the names in its folder.
    """
    stem = name.rpartition(".")[0]
    source = next((f"{stem}{ending}" for ending in SOURCE_ENDINGS if f"{stem}{ending}" in siblings), "")
    if source:
        return source
    head = text[:_HEAD]
    comment = _COMMENT.search(head) if "generated" in head.lower() else None
    if comment is None:
        return ""
    tool = _TOOL.search(comment[0])
    return tool[1].strip("`'\".,;:") if tool else "according to a comment in it"
