"""Read a record's markup as paragraphs of marked text, for any string, in linear time; cut long ones."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from enrich.model.site_context import Math
from enrich.text import inline_marks
from enrich.text.inline_marks import FORMULA, GLUE, put_marks
from enrich.text.lost_spaces import mend_spaces
from enrich.text.markup_tree import (
    BLOCKS,
    EMPHASIS,
    STRONG,
    SUBSCRIPT,
    SUPERSCRIPT,
    Node,
    parse_markup,
)
from enrich.text.mathml import convert_math
from enrich.text.tex import convert_tex, decode_tex_commands, is_known_tex, split_formulas, write_tex

_MARK_OF = {
    **dict.fromkeys(EMPHASIS, inline_marks.EM), **dict.fromkeys(STRONG, inline_marks.STRONG),
    **dict.fromkeys(SUBSCRIPT, inline_marks.SUB), **dict.fromkeys(SUPERSCRIPT, inline_marks.SUP),
}  # fmt: skip
_HEADINGS = frozenset({"title", "h1", "h2", "h3", "h4", "h5", "h6"})
_ITEMS = frozenset({"list-item", "li", "dt", "dd", "def-item"})
_SKIPPED = frozenset({"inline-graphic", "graphic", "media", "inline-supplementary-material", "img", "col"})
_FORMULAS = frozenset({"math", "tex-math", "alternatives", "inline-formula", "disp-formula"})
_SMALL_CAPITALS = frozenset({"sc", "scp", "smallcaps"})
_CAPITAL = re.compile(r"[a-z]|[ivx]{1,4}")  # text that small capitals show as capitals: "90 m", "H i"
_LINKS = frozenset({"a", "ext-link", "uri", "email", "monospace"})
_APART = frozenset({"td", "th", "label"})
_FORMULA = re.compile(FORMULA)
# "Abstract" before an abstract, as a section's title, in bold, or with a colon; in several languages.
_NAMES_OF_ABSTRACT = (
    r"(?:abstracts?|abstrakt|zusammenfassung|kurzfassung|résumé|resumen|resumo|riassunto|samenvatting"
    r"|sammanfattning|sammendrag|tiivistelmä|streszczenie|özet|аннотация|摘要|要旨)"
)
ABSTRACT = re.compile(
    rf"^(?:[\ue001\ue003]|\*{{1,2}}|__|#{{1,6}} ){_NAMES_OF_ABSTRACT}[\s:.]{{0,9}}"
    r"(?:[\ue002\ue004]|\*{1,2}|__| )[\s:.—–-]{0,9}"
    rf"|^{_NAMES_OF_ABSTRACT}\s*+[:.—]\s*|^{_NAMES_OF_ABSTRACT}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or an item of a list."""

    text: str
    """Its text with marks."""
    labels: list[str]
    """The section titles before it, as plain text."""
    formulas: list[str]
    """The TeX of the formulas that stay TeX, in their order."""
    is_item: bool
    """Whether it is an item of a list."""


@dataclass(slots=True)
class _MarkupReader:
    """The state of the reader: complete blocks, and the start of the next."""

    math: Math
    """The form of formulas on the page."""
    without_abstract: bool
    """Whether to omit the word "Abstract" at the beginning."""
    blocks: list[Block] = field(default_factory=list)
    """The complete blocks."""
    labels: list[str] = field(default_factory=list)
    """The section titles for the next block."""
    formulas: list[tuple[str, str]] = field(default_factory=list)
    """The formulas of the current block, as TeX and as marked text."""
    is_item: bool = False
    """Whether the next block is an item of a list."""
    has_letters: bool = False
    """Whether the reader has met a letter; a number may precede the word "Abstract"."""

    @property
    def may_be_abstract(self) -> bool:
        """Return whether the next text may be the word "Abstract"."""
        return self.without_abstract and not self.has_letters

    def note_letters(self, text: str) -> None:
        """Remember whether a text has a letter."""
        self.has_letters = self.has_letters or any(map(str.isalpha, text))


def read_markup(markup: str, math: Math, *, without_abstract: bool) -> list[Block]:
    """Return the paragraphs of a text with markup and, if requested, omit the word "Abstract" before them."""
    reader = _MarkupReader(math, without_abstract)
    _read_blocks(parse_markup(markup), reader)
    if reader.labels:
        reader.blocks.append(Block("", reader.labels, [], is_item=False))
    return reader.blocks


def _read_blocks(node: Node, reader: _MarkupReader) -> None:
    """Read an element that contains paragraphs; text between them is a paragraph too."""
    run: list[str] = []
    for child in node.children:
        if isinstance(child, str) or not (child.name in BLOCKS or child.holds_blocks):
            run.append(_mark_inline(child, reader))
            continue
        _close_block(run, reader)
        if child.name in _HEADINGS:
            _add_label(child, reader)
        else:
            reader.is_item = reader.is_item or child.name in _ITEMS
            _read_blocks(child, reader)
            reader.is_item = reader.is_item and child.name not in _ITEMS
    _close_block(run, reader)


def _close_block(run: list[str], reader: _MarkupReader) -> None:
    """Make a block from the text so far, unless it is empty."""
    text = "".join(run)
    run.clear()
    if not text or text.isspace():
        return
    text, sources = _settle_text(text, reader.formulas, keep_tex=True)
    if reader.may_be_abstract:
        text = ABSTRACT.sub("", text, count=1)
    if not text.strip():
        return
    reader.note_letters(text)
    reader.blocks.append(Block(text, reader.labels, sources, reader.is_item))
    reader.labels, reader.is_item = [], False


def _add_label(heading: Node, reader: _MarkupReader) -> None:
    text, _ = _settle_text(_mark_children(heading, reader), reader.formulas, keep_tex=False)
    label = inline_marks.to_unicode(text)
    if reader.may_be_abstract and ABSTRACT.fullmatch(label.rstrip(" :.") + ":"):
        reader.blocks.clear()
    elif label:
        reader.note_letters(label)
        reader.labels.append(label)


def _settle_text(text: str, formulas: list[tuple[str, str]], *, keep_tex: bool) -> tuple[str, list[str]]:
    """Return a text with mended spaces and Unicode formulas, and the TeX of the formulas that stay TeX."""
    text = mend_spaces(text)
    pending, kept = iter([*formulas]), list[str]()
    formulas.clear()
    if FORMULA not in text:
        return text, kept

    def settle_formula(match: re.Match[str]) -> str:
        """Return the next formula with marks, or its placeholder if it stays TeX."""
        source, marked = next(pending, ("", ""))
        before, after = text[max(match.start() - 1, 0) : match.start()], text[match.end() : match.end() + 1]
        # beside a digit or another dollar, nobody would read it as a formula again
        if not (keep_tex and source) or "$" in before + after or after.isdigit():
            return marked
        kept.append(source)
        return FORMULA

    return _FORMULA.sub(settle_formula, text), kept


def _mark_inline(node: Node | str, reader: _MarkupReader) -> str:
    """Return a part of a paragraph as marked text."""
    if isinstance(node, str):
        return _mark_text(node, reader)
    if node.name in _SKIPPED:
        return ""
    if node.name in _FORMULAS and (formula := _read_formula(node)):
        return GLUE + _add_formula(*formula, reader) + GLUE
    inner = _mark_children(node, reader)
    if node.name in _LINKS:
        return GLUE + inner + GLUE
    if node.name in _MARK_OF:
        is_script = node.name in SUBSCRIPT or node.name in SUPERSCRIPT
        marked = put_marks(_MARK_OF[node.name], inner)
        return marked if is_script else GLUE + marked + GLUE
    if node.name in _SMALL_CAPITALS:
        return GLUE + (inner.upper() if _CAPITAL.fullmatch(inner.strip()) else inner) + GLUE
    if node.name in BLOCKS or node.name in _APART:
        return f" {inner} "
    return inner


def _mark_children(node: Node, reader: _MarkupReader) -> str:
    return "".join([_mark_inline(child, reader) for child in node.children])


def _mark_text(text: str, reader: _MarkupReader) -> str:
    """Return a text between tags, with its TeX formulas and commands converted."""
    if "$" not in text and "\\" not in text:
        return text
    parts = [
        _add_formula(part, convert_tex(part), reader) if at % 2 else decode_tex_commands(part)
        for at, part in enumerate(split_formulas(text))
    ]
    return "".join(parts)


def _add_formula(tex: str, marked: str, reader: _MarkupReader) -> str:
    """Store a formula for later, and return its placeholder."""
    reader.formulas.append((write_tex(tex, reader.math), marked))
    return FORMULA


def _read_formula(node: Node) -> tuple[str, str] | None:
    """Return a formula as TeX and as marked text, once even if the record repeats it in several forms.

    Return None if the element of a formula contains plain text.
    """
    elements = [node, *node.walk_descendants()]
    math = next((element for element in elements if element.name == "math"), None)
    tex = next((element.join_text().strip() for element in elements if _is_tex(element)), "")
    if tex and (math is None or is_known_tex(tex)):
        return tex, convert_tex(tex)
    if math is None or (node is not math and node.name != "alternatives" and not tex):
        return None
    return "", convert_math(math)


def _is_tex(node: Node) -> bool:
    return node.name == "tex-math" or (node.name == "annotation" and "tex" in node.attributes.lower())
