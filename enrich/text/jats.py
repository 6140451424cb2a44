"""Turn a record's markup into plain text or Markdown, for any string, in linear time; cut long ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from enrich.model.site_context import Math
from enrich.text import inline_marks
from enrich.text.inline_marks import FORMULA, put_marks
from enrich.text.invisible import collapse_spaces
from enrich.text.markup_reader import ABSTRACT, Block, read_markup
from enrich.text.markup_tree import LONGEST

_MARKUP = re.compile(r"[<&$\\\n]")
_FORMULA = re.compile(FORMULA)
_SHORTCODE = re.compile(r"\{\{(?=[<%])")


@lru_cache(maxsize=512)
def to_plain(markup: str) -> str:
    """Return a title or name as Unicode on one line, without tags; formulas and scripts become characters."""
    return to_plain_text(markup, without_abstract=False)


def to_plain_text(markup: str, *, without_abstract: bool) -> str:
    """Return a text without its markup and, if requested, without the word "Abstract" before it."""
    markup = markup[:LONGEST]
    if not _MARKUP.search(markup) and markup.isprintable() and not inline_marks.MARKS.search(markup):
        return collapse_spaces(ABSTRACT.sub("", markup) or markup if without_abstract else markup)
    blocks = read_markup(markup, "off", without_abstract=without_abstract)
    if without_abstract and not blocks:  # the text is only that word
        blocks = read_markup(markup, "off", without_abstract=False)
    return collapse_spaces(" ".join(map(inline_marks.to_unicode, _list_block_texts(blocks))))


def read_marked_line(markup: str) -> str:
    """Return a title or name on one line, with the marks of `inline_marks` for its emphasis and scripts."""
    blocks = read_markup(markup[:LONGEST], "off", without_abstract=False)
    return collapse_spaces(" ".join(_list_block_texts(blocks)))


def _list_block_texts(blocks: Iterable[Block]) -> list[str]:
    return [text for block in blocks for text in (*block.labels, block.text)]


def to_markdown(markup: str, escape: Callable[[str], str], math: Math) -> str:
    """Return an abstract as Markdown; `escape` makes the text of each paragraph inert.

    Section titles become bold labels, and lists remain lists. A formula appears once: as TeX if the site
    renders TeX, else in Unicode.
    """
    parts: list[str] = []
    is_after_item = False
    for block in read_markup(markup, math, without_abstract=True):
        parts.append("\n" if is_after_item and block.is_item else "\n\n")
        parts.append("- " * block.is_item + _write_paragraph(block, escape))
        is_after_item = block.is_item
    # a brace in the text before one of our tags would open a shortcode
    return _SHORTCODE.sub("{&#123;", "".join(parts[1:]))


def _write_paragraph(block: Block, escape: Callable[[str], str]) -> str:
    labels = [put_marks(inline_marks.STRONG, label) for label in block.labels]
    marked = inline_marks.settle_marks(" ".join([*labels, block.text]).strip())
    text = inline_marks.to_inline_markdown(escape(marked))
    formulas = iter(block.formulas)
    return _FORMULA.sub(lambda _: next(formulas, ""), text)
