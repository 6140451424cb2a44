"""Make any text fit for a line of Markdown on GitHub or GitLab: it shows as it is and acts on nothing.

What these sites make of the rendered text (mentions, issues, commits) is broken with a zero-width space:
an entity alone would be a plain `@` again by then. https://github.github.com/gfm/ has the rest.
"""

from __future__ import annotations

import re

from enrich.report.parts.safe_text import escape_line

# What acts, and what is written instead; the first row that fits a place has it.
_ACTING = (
    (r":(?=//)", "{}&#8203;"),  # an address
    (r"\bwww(?=\.)", "{}&#8203;"),
    (r":(?=[\w+-]+:)", "{}&#8203;"),  # an emoji
    (r"\b[A-Za-z]\w*-(?=\d)", "{}&#8203;"),  # a ticket: GH-12, or a repository's own
    (r"[0-9A-Fa-f]{6}(?=[0-9A-Fa-f]+\b)", "{}&#8203;"),  # a commit has seven or more
    (r"[#!~$](?=\w)", "\\{}&#8203;"),  # an issue; GitLab's merge request, label and snippet
    (r"[@%](?=\w)", "{}&#8203;"),  # a person or a team; GitLab's milestone
    (r"&(?=\w)", "&amp;&#8203;"),  # GitLab's epic
    ("&", "&amp;"),
    ("<", "&lt;"),
    (">", "&gt;"),
    (r"[\\`*_\[\]|~$!#]", "\\{}"),
    (r"^[-+=:]", "\\{}"),  # what begins a list or underlines a heading
    (r"^\d{1,9}(?=[.)](?:\s|$))", "{}&#8203;"),
)
_PATTERN = re.compile("|".join(f"({pattern})" for pattern, _ in _ACTING), re.IGNORECASE)


def escape_markdown(text: str) -> str:
    """Return the text on one line, as Markdown that shows it."""
    return _PATTERN.sub(_replaced, escape_line(text))


def _replaced(match: re.Match[str]) -> str:
    return _ACTING[(match.lastindex or 1) - 1][1].format(match[0])
