"""Parse JATS, HTML and MathML, well-formed or not, into a tree: in linear time, without exceptions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from enrich.text.inline_marks import MARKS
from enrich.text.invisible import decode_all_entities, drop_invisible

LONGEST = 200_000  # characters that are read; ten times the longest abstract that enrich writes
_DEEPEST = 60


def _split_tag_names(table: str) -> frozenset[str]:
    return frozenset(table.split())


# https://jats.nlm.nih.gov/articleauthoring/tag-library/1.3/ and what publishers use beside it
EMPHASIS = _split_tag_names("i em italic emph it")
STRONG = _split_tag_names("b strong bold")
SUBSCRIPT = _split_tag_names("sub inf")
SUPERSCRIPT = _split_tag_names("sup")
BLOCKS = _split_tag_names(
    """p sec section title subtitle list list-item ul ol li dl dt dd div blockquote disp-quote disp-formula
    abstract trans-abstract table-wrap table thead tbody tfoot tr caption fig boxed-text def-list def-item
    break br hr h1 h2 h3 h4 h5 h6 article body header footer alt-title"""
)
_MATHML = _split_tag_names(
    """math mrow mi mn mo mtext ms mspace mfrac msqrt mroot mstyle merror mpadded mphantom mfenced menclose
    msub msup msubsup munder mover munderover mmultiscripts mprescripts none mtable mtr mtd mlabeledtr
    semantics annotation annotation-xml maction"""
)
_INLINE = _split_tag_names(
    """sc scp smallcaps u underline underlined s strike overline roman monospace tt code kbd samp var small
    big font span a ext-link uri email xref named-content styled-content inline-formula inline-graphic
    inline-supplementary-material graphic media img alternatives tex-math target milestone-start milestone-end
    abbr cite q ins del mark dfn th td col colgroup fn label center nobr wbr o:p private-char glyph-data
    institution fixed-case phone related-article"""
)
_KNOWN = EMPHASIS | STRONG | SUBSCRIPT | SUPERSCRIPT | BLOCKS | _MATHML | _INLINE
_VOID = _split_tag_names(
    "br hr img col graphic inline-graphic mprescripts none mspace wbr break milestone-start milestone-end"
)

# An attribute needs a value, because "a<b and c>d" is not a tag. No part of a tag can match in two ways.
_ATTRIBUTES = r"(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'|[^\s\"'<>=]+))*+"
_TAG = re.compile(
    rf"<(?:(?P<end>/?)(?P<prefix>[A-Za-z][\w.-]*:)?(?P<name>[A-Za-z][\w.-]*)(?P<attributes>{_ATTRIBUTES})\s*(?P<empty>/?)"
    r"|\?[^<>]*|!DOCTYPE[^<>]*)>"
)
_ESCAPED_TAG = re.compile(r"&(?:amp;)?lt;((?:[^<>&]|&(?:amp;)?quot;|&(?:amp;)?apos;){1,300}+)&(?:amp;)?gt;")


@dataclass(slots=True)
class Node:
    """An element."""

    name: str
    """Its name in lower case without prefix; `""` for the root and for an ignored tag."""
    attributes: str = ""
    """Its attributes as written in the markup."""
    children: list[Node | str] = field(default_factory=list)
    """The elements and texts inside it, in document order."""
    holds_blocks: bool = False
    """Whether it contains a paragraph or another block, at any depth."""

    def get_elements(self) -> list[Node]:
        """Return the children that are elements."""
        return [child for child in self.children if isinstance(child, Node)]

    def walk_descendants(self) -> Iterator[Node]:
        """Yield all elements inside it, in document order."""
        for child in self.get_elements():
            yield child
            yield from child.walk_descendants()

    def join_text(self) -> str:
        """Return the text inside it, without markup."""
        return "".join(child if isinstance(child, str) else child.join_text() for child in self.children)


def parse_markup(markup: str) -> Node:
    """Return the tree of a text with markup; skip unclosed tags, and read all that is not a tag as text."""
    markup = MARKS.sub("", drop_invisible(markup[:LONGEST]))
    if "<!" in markup:
        markup = _remove_comments(markup.replace("<![CDATA[", "").replace("]]>", ""))
    if "lt;" in markup:
        markup = _ESCAPED_TAG.sub(_unescape_tag, markup)
    open_nodes = [Node("")]
    ignored = at = 0
    for tag in _TAG.finditer(markup):
        if not is_tag(tag):
            continue
        _add_text(open_nodes[-1], markup[at : tag.start()])
        at = tag.end()
        if tag["name"] is None:
            continue
        if tag["end"]:
            ignored = ignored - 1 if ignored else _close_element(open_nodes, tag["name"].lower())
        elif tag["empty"] or tag["name"].lower() in _VOID:
            _open_element(open_nodes, tag)
            open_nodes.pop()
        elif len(open_nodes) < _DEEPEST:
            _open_element(open_nodes, tag)
        else:
            ignored += 1
    _add_text(open_nodes[-1], markup[at:])
    _skip_unclosed(open_nodes[1:])
    return open_nodes[0]


def is_tag(found: re.Match[str]) -> bool:
    """Return whether a match is a tag: its name has a prefix, or belongs to JATS, HTML's text or MathML."""
    return found["name"] is None or bool(found["prefix"]) or found["name"].lower() in _KNOWN


def _remove_comments(markup: str) -> str:
    parts, at = [], 0
    while (start := markup.find("<!--", at)) >= 0 and (end := markup.find("-->", start + 4)) >= 0:
        parts.append(markup[at:start])
        at = end + 3
    return "".join([*parts, markup[at:]])


def _unescape_tag(found: re.Match[str]) -> str:
    tag = f"<{decode_all_entities(found[1])}>"
    match = _TAG.fullmatch(tag)
    return tag if match and is_tag(match) else found[0]


def _add_text(node: Node, text: str) -> None:
    if "&" in text:  # an entity may stand for characters that are dropped
        text = MARKS.sub("", drop_invisible(decode_all_entities(text)))
    if text:
        node.children.append(text)


def _open_element(open_nodes: list[Node], tag: re.Match[str]) -> None:
    name = tag["name"].lower()
    if name == "p":  # a paragraph ends the one before it
        last = max((i for i, node in enumerate(open_nodes) if node.name in BLOCKS), default=0)
        if open_nodes[last].name == "p":
            _skip_unclosed(open_nodes[last + 1 :])
            del open_nodes[last:]
    if name in BLOCKS:
        for node in open_nodes:
            node.holds_blocks = True
    node = Node(name, tag["attributes"])
    open_nodes[-1].children.append(node)
    open_nodes.append(node)


def _close_element(open_nodes: list[Node], name: str) -> int:
    """Close the nearest element of that name; an inline element never closes a block around it."""
    for at in range(len(open_nodes) - 1, 0, -1):
        if open_nodes[at].name == name:
            _skip_unclosed(open_nodes[at + 1 :])
            del open_nodes[at:]
            break
        if open_nodes[at].name in BLOCKS and name not in BLOCKS:
            break
    return 0


def _skip_unclosed(unclosed: list[Node]) -> None:
    """Ignore inline elements without an end tag, which would put half of a text in italics."""
    for node in unclosed:
        if node.name not in BLOCKS:
            node.name = ""
