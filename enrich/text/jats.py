"""Turn a record's markup into plain text or Markdown: total over any string, linear, capped."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from enrich.model.site_context import Math
from enrich.text import inline_marks
from enrich.text.inline_marks import FORMULA, GLUE, mark
from enrich.text.invisible import collapse_spaces
from enrich.text.lost_spaces import mend_spaces
from enrich.text.markup_tree import BLOCKS, EMPHASIS, LONGEST, STRONG, SUBSCRIPT, SUPERSCRIPT, Node, parse
from enrich.text.mathml import math_to_marked
from enrich.text.tex import commands_to_unicode, is_known, split_formulas, tex_source, tex_to_marked

_MARK_OF = {
    **dict.fromkeys(EMPHASIS, inline_marks.EM), **dict.fromkeys(STRONG, inline_marks.STRONG),
    **dict.fromkeys(SUBSCRIPT, inline_marks.SUB), **dict.fromkeys(SUPERSCRIPT, inline_marks.SUP),
}  # fmt: skip
_HEADINGS = frozenset({"title", "h1", "h2", "h3", "h4", "h5", "h6"})
_ITEMS = frozenset({"list-item", "li", "dt", "dd", "def-item"})
_SKIPPED = frozenset({"inline-graphic", "graphic", "media", "inline-supplementary-material", "img", "col"})
_FORMULAS = frozenset({"math", "tex-math", "alternatives", "inline-formula", "disp-formula"})
_SMALL_CAPITALS = frozenset({"sc", "scp", "smallcaps"})
_CAPITAL = re.compile(r"[a-z]|[ivx]{1,4}")  # what small capitals show as a capital: "90 m", "H i"
_LINKS = frozenset({"a", "ext-link", "uri", "email", "monospace"})
_APART = frozenset({"td", "th", "label"})
_MARKUP = re.compile(r"[<&$\\\n]")
_FORMULA = re.compile(FORMULA)
_SHORTCODE = re.compile(r"\{\{(?=[<%])")
# "Abstract" before an abstract, as a section's title, in bold, or with a colon.
_ABSTRACT = re.compile(
    r"^(?:[\ue001\ue003]|\*{1,2}|__|#{1,6} )abstracts?[\s:.]*(?:[\ue002\ue004]|\*{1,2}|__| )[\s:.—–-]*"
    r"|^abstract\s*[:.—]\s*|^abstract$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Block:
    """A paragraph or an item of a list in marked text; `labels` are the section titles before it."""

    text: str
    labels: list[str]
    formulas: list[str]
    is_item: bool


@dataclass(slots=True)
class _Reading:
    """What was read so far: whole blocks, and what the next one begins with."""

    math: Math
    without_abstract: bool
    blocks: list[_Block] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    formulas: list[tuple[str, str]] = field(default_factory=list)
    is_item: bool = False

    @property
    def is_first(self) -> bool:
        """Return whether nothing was read yet but a number that the word "Abstract" could stand behind."""
        texts = [*self.labels, *(block.text for block in self.blocks)]
        return self.without_abstract and not any(map(str.isalpha, "".join(texts)))


@lru_cache(maxsize=512)
def to_plain(markup: str) -> str:
    """Return a title or name as Unicode on one line: no tags, formulas and scripts as characters."""
    return plain(markup, without_abstract=False)


def plain(markup: str, *, without_abstract: bool) -> str:
    """Return a text without its markup, on request without the word "Abstract" before it."""
    markup = markup[:LONGEST]
    if not _MARKUP.search(markup) and markup.isprintable() and not inline_marks.MARKS.search(markup):
        return collapse_spaces(_ABSTRACT.sub("", markup) or markup if without_abstract else markup)
    blocks = _read(markup, "off", without_abstract=without_abstract)
    if without_abstract and not blocks:  # the word is all there is
        blocks = _read(markup, "off", without_abstract=False)
    return collapse_spaces(
        " ".join(inline_marks.to_unicode(text) for block in blocks for text in [*block.labels, block.text])
    )


def to_markdown(markup: str, escape: Callable[[str], str], math: Math) -> str:
    """Return an abstract as Markdown; `escape` makes the text of each paragraph inert.

    Section titles are bold labels, lists are lists, formulas stand once: as TeX where the site's
    setting carries it, else in Unicode.
    """
    parts: list[str] = []
    after_item = False
    for block in _read(markup, math, without_abstract=True):
        parts.append("\n" if after_item and block.is_item else "\n\n")
        parts.append("- " * block.is_item + _paragraph(block, escape))
        after_item = block.is_item
    # a brace of the text before a tag of ours would open a shortcode
    return _SHORTCODE.sub("{&#123;", "".join(parts[1:]))


def _paragraph(block: _Block, escape: Callable[[str], str]) -> str:
    labels = [mark(inline_marks.STRONG, label) for label in block.labels]
    marked = inline_marks.settle_marks(" ".join([*labels, block.text]).strip())
    text = inline_marks.to_inline_markdown(escape(marked))
    formulas = iter(block.formulas)
    return _FORMULA.sub(lambda _: next(formulas, ""), text)


def _read(markup: str, math: Math, *, without_abstract: bool) -> list[_Block]:
    reading = _Reading(math, without_abstract)
    _blocks(parse(markup), reading)
    if reading.labels:
        reading.blocks.append(_Block("", reading.labels, [], is_item=False))
    return reading.blocks


def _blocks(node: Node, reading: _Reading) -> None:
    """Read an element that holds paragraphs; what stands between them is one too."""
    run: list[str] = []
    for child in node.children:
        if isinstance(child, str) or not (child.name in BLOCKS or child.holds_blocks):
            run.append(_inline(child, reading))
            continue
        _flush(run, reading)
        if child.name in _HEADINGS:
            _add_label(child, reading)
        else:
            reading.is_item = reading.is_item or child.name in _ITEMS
            _blocks(child, reading)
            reading.is_item = reading.is_item and child.name not in _ITEMS
    _flush(run, reading)


def _flush(run: list[str], reading: _Reading) -> None:
    """Make what was gathered a block, if there is anything in it."""
    text = "".join(run)
    run.clear()
    if not text or text.isspace():
        return
    text, sources = _settled(text, reading.formulas, keep=True)
    if reading.is_first:
        text = _ABSTRACT.sub("", text, count=1)
    if not text.strip():
        return
    reading.blocks.append(_Block(text, reading.labels, sources, reading.is_item))
    reading.labels, reading.is_item = [], False


def _add_label(heading: Node, reading: _Reading) -> None:
    text, _ = _settled(_children(heading, reading), reading.formulas, keep=False)
    label = inline_marks.to_unicode(text)
    if reading.is_first and _ABSTRACT.fullmatch(label.rstrip(" :.") + ":"):
        reading.blocks.clear()
    elif label:
        reading.labels.append(label)


def _settled(text: str, formulas: list[tuple[str, str]], *, keep: bool) -> tuple[str, list[str]]:
    """Return a text with mended spaces and its formulas in Unicode, but for those kept as TeX."""
    text = mend_spaces(text)
    pending, kept = iter([*formulas]), list[str]()
    formulas.clear()
    if FORMULA not in text:
        return text, kept

    def settle(found: re.Match[str]) -> str:
        """Return the next formula as it is marked, noting the source of one that is kept."""
        source, marked = next(pending, ("", ""))
        site_context = text[: found.start()][-1:] + text[found.end() : found.end() + 1]
        # beside a digit or another dollar it would not be read as a formula again
        if not (keep and source) or "$" in site_context or text[found.end() : found.end() + 1].isdigit():
            return marked
        kept.append(source)
        return FORMULA

    return _FORMULA.sub(settle, text), kept


def _inline(node: Node | str, reading: _Reading) -> str:
    """Return what stands inside a paragraph as marked text."""
    if isinstance(node, str):
        return _running_text(node, reading)
    if node.name in _SKIPPED:
        return ""
    if node.name in _FORMULAS and (formula := _formula(node)):
        return GLUE + _with_formula(*formula, reading) + GLUE
    inner = _children(node, reading)
    if node.name in _LINKS:
        return GLUE + inner + GLUE
    if node.name in _MARK_OF:
        script = node.name in SUBSCRIPT or node.name in SUPERSCRIPT
        marked = mark(_MARK_OF[node.name], inner)
        return marked if script else GLUE + marked + GLUE
    if node.name in _SMALL_CAPITALS:
        return GLUE + (inner.upper() if _CAPITAL.fullmatch(inner.strip()) else inner) + GLUE
    if node.name in BLOCKS or node.name in _APART:
        return f" {inner} "
    return inner


def _children(node: Node, reading: _Reading) -> str:
    return "".join([_inline(child, reading) for child in node.children])


def _running_text(text: str, reading: _Reading) -> str:
    """Return a text between tags, the formulas and commands in it read as TeX."""
    if "$" not in text and "\\" not in text:
        return text
    parts = [
        _with_formula(part, tex_to_marked(part), reading) if at % 2 else commands_to_unicode(part)
        for at, part in enumerate(split_formulas(text))
    ]
    return "".join(parts)


def _with_formula(tex: str, marked: str, reading: _Reading) -> str:
    reading.formulas.append((tex_source(tex, reading.math), marked))
    return FORMULA


def _formula(node: Node) -> tuple[str, str] | None:
    """Return a formula's TeX and its Unicode, once, however often it was deposited; None for plain text."""
    elements = [node, *node.descendants()]
    math = next((element for element in elements if element.name == "math"), None)
    tex = next((element.text().strip() for element in elements if _is_tex(element)), "")
    if tex and (math is None or is_known(tex)):
        return tex, tex_to_marked(tex)
    if math is None or (node is not math and node.name != "alternatives" and not tex):
        return None
    return "", math_to_marked(math)


def _is_tex(node: Node) -> bool:
    return node.name == "tex-math" or (node.name == "annotation" and "tex" in node.attributes.lower())
