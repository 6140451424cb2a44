"""Make a record's text inert, so that a page shows its words and runs nothing in it."""

from __future__ import annotations

import re

from enrich.model.page import Remote
from enrich.model.site_context import Dialect
from enrich.text.compare import has_substance
from enrich.text.invisible import collapse_spaces, drop_invisible
from enrich.text.jats import to_markdown, to_plain

# The first parts of the keys that the themes print without rendering.
_PLAIN_KEYS = frozenset({"title", "subtitle", "authors", "author_notes", "date", "doi"})

# Hugo and Markdown react to these, in this order: an entity, a backslash, then the other signs.
_ANYWHERE = (
    (re.compile(r"&(?=#?\w+;)"), "&amp;"),
    (re.compile(r"\\(?![A-Za-z0-9 ])"), r"\\\\"),
    # HTML needs a letter after `<`, so "p < 0.05" stays; a shortcode needs `{{<` or `{{%`
    (re.compile(r"(?<=\{\{)<|<(?=[A-Za-z/!?])"), "&lt;"),
    (re.compile(r"(?<=\{\{)%"), "&#37;"),
    # Hugo's typographer turns << and >> into « and », even in our own tags (their marks are private)
    (re.compile("<(?=[<\ue000-\ue00f])"), "&lt;"),
    (re.compile(r">(?=>)"), "&gt;"),
    # goldmark makes links of these, and emoji of `:word:`
    (re.compile(r":(?=//)"), "&#58;"),
    (re.compile(r"(?<![^\W_])(www)\.", re.IGNORECASE), r"\1&#46;"),
    (re.compile(r"@"), "&#64;"),
    (re.compile(r":(?=[\w+-]+:)"), "&#58;"),
    # emphasis, strikethrough, code, formulas; `_` does nothing inside a word, ` * ` between spaces
    (re.compile(r"(?<! )[*~]|[*~](?! )|[`$]"), r"\\\g<0>"),
    (re.compile(r"(?<![^\W_])_|_(?![^\W_])"), r"\_"),
)
# A heading, list, quote, definition, rule, setext underline, fence, table or `{.class}` begins a line.
_AT_LINE_START = (
    (re.compile(r"^(?:[#+>=:|-]|\{(?!\{))"), r"\\\g<0>"),
    (re.compile(r"^(\d{1,9})([.)])(?=\s|$)"), r"\1\\\2"),
    (re.compile(r"^\[(?=[ xX]\](?:\s|$))"), "&#91;"),  # a task, in a list of ours
)
_BLANK_LINES = re.compile(r"\n{3,}")


def escape_for_markdown(text: str) -> str:
    """Return plain text for a field that Hugo renders, escaped so that it shows as it is."""
    lines = map(_inert_line, drop_invisible(text).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def clean_for_plain(text: str) -> str:
    """Return plain text for a field that Hugo does not render: one line, no invisible character."""
    return collapse_spaces(drop_invisible(text))


def make_inert(remote: Remote, key: str, dialect: Dialect) -> str:
    """Return a record's text in the form that a key of this dialect takes, in the page's wrapper."""
    surface = key.partition(".")[0].lower()
    if surface == "abstract":
        text = to_markdown(remote.text, escape_for_markdown, dialect.math)
    elif surface in _PLAIN_KEYS and not (surface == "authors" and dialect.names_are_markdown):
        text = clean_for_plain(_drop_doubled_braces(to_plain(remote.text), surface))
    else:
        text = collapse_spaces(escape_for_markdown(to_plain(remote.text)))
    return f"{remote.before}{text}{remote.after}" if has_substance(text) else ""


def _drop_doubled_braces(text: str, surface: str) -> str:
    """Return a name without double braces: no name has them, and an old theme would run them as code."""
    return re.sub(r"[{}]{2,}", "", text) if surface == "authors" else text


def _inert_line(line: str) -> str:
    line = line.strip()
    for pattern, replacement in _ANYWHERE:
        line = pattern.sub(replacement, line)
    link = max(line.rfind("]("), line.rfind("]:"))
    line = line[: link + 1].replace("[", "&#91;") + line[link + 1 :]
    for pattern, replacement in _AT_LINE_START:
        line = pattern.sub(replacement, line)
    return line
