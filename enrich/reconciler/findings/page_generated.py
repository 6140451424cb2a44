"""The finding about pages that another tool writes."""

from __future__ import annotations

from collections.abc import Iterator

from enrich.reconciler.comparison import Comparison
from enrich.reconciler.findings.registry import Message, register_page_rule


@register_page_rule("page-generated", "note")
def check_page_generated(comparison: Comparison) -> Iterator[Message]:
    """Another tool generates this page, so enrich does not write it.

    A source with the same name is beside the page (`index.Rmd`, `index.qmd`, `index.org`), or a comment in
    the page says that a tool generates it.

    Why it matters: a change to the page is lost when the tool runs again.
    Example: `content/publication/smith2019/index.md: note[page-generated] another tool generates this page
    (index.Rmd), so enrich does not write it; edit its source`
    What to do: edit the source, and let the tool make the page again.
    What `apply` does: nothing; it never writes such a page.
    Source: https://bookdown.org/yihui/blogdown/output-format.html
    """
    if source := comparison.page.generated_from:
        text = f"another tool generates this page ({source}), so enrich does not write it; edit its source"
        yield Message(text, evidence=source)
