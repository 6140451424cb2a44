"""Findings about keys that occur twice in a front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from enrich.model.page import Page
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.findings.registry import Message, register_page_rule

# A key at the margin, as nearly all pages have them; TOML does not allow a key twice.
_KEY = re.compile(
    r"^(?:\"([^\"\n]{1,80})\"|'([^'\n]{1,80})'|([A-Za-z_][\w.-]{0,80}))[ \t]*:(?=\s)", re.MULTILINE
)


@register_page_rule("duplicate-key", "warning")
def check_duplicate_key(comparison: Comparison) -> Iterator[Message]:
    """A key occurs twice in the front matter.

    Hugo up to 0.151 and enrich read the last one.

    Why it matters: Hugo 0.152 and later refuse to build a site with such a page.
    Example: `content/publication/smith2019/index.md:7: warning[duplicate-key] date occurs again on line
    8, and only that one counts; Hugo 0.152 and later do not build the site; delete one of them`
    What to do: keep one of the two lines and delete the other.
    What `apply` does: if it changes the key, it changes the last one.
    Source: https://github.com/gohugoio/hugo/releases/tag/v0.152.0
    """
    page = comparison.page
    for key, line in _find_overruled_keys(page):
        last = page.front.lines[key,]
        text = (
            f"{key} occurs again on line {last}, and only that one counts;"
            " Hugo 0.152 and later do not build the site; delete one of them"
        )
        yield Message(text, line, evidence=key)


def _find_overruled_keys(page: Page) -> list[tuple[str, int]]:
    """Return each key that occurs again further down, with its line."""
    if page.front.format != "yaml":
        return []
    header = page.text[page.front.start : page.front.end]
    found = [(match[1] or match[2] or match[3], match.start()) for match in _KEY.finditer(header)]
    if len({key for key, _ in found}) == len(found):
        return []
    lines = [(key, page.text.count("\n", 0, page.front.start + at) + 1) for key, at in found]
    return [(key, line) for key, line in lines if line < page.front.lines.get((key,), 0)]
