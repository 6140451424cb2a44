"""Findings about the theme of a site."""

from __future__ import annotations

from collections.abc import Iterator

from enrich.reconciler.comparison import Comparison
from enrich.reconciler.findings.registry import Message, register_page_rule


@register_page_rule("theme-unknown", "note", is_site_fact=True)
def check_theme_unknown(comparison: Comparison) -> Iterator[Message]:
    """The site uses a theme other than Hugo Academic, Wowchemy and HugoBlox.

    enrich reports this once, on the first page of the site.

    Why it matters: another theme may read other keys, or print a DOI without https://doi.org/ before it.
    Example: `content/publication/smith2019/index.md: note[theme-unknown] enrich does not know the theme cms,
    so it only writes keys that most pages have; if the theme reads the keys of a known one, set generation
    under [theme] in enrich.toml`
    What to do: nothing; or, if the theme reads the same keys as a known one, set `generation` under `[theme]`
    in `enrich.toml`.
    What `apply` does: it writes a key only if more than half of the pages have it, and leaves the form of the
    DOI alone.
    """
    context = comparison.site_context
    if context.is_foreign_theme:
        theme = f"the theme {context.theme}" if context.theme else "the theme of this site"
        text = (
            f"enrich does not know {theme}, so it only writes keys that most pages have;"
            " if the theme reads the keys of a known one, set generation under [theme] in enrich.toml"
        )
        yield Message(text, evidence=context.theme or "the configuration names no theme")
