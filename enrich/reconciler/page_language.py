"""Whether a page is in another language than the record, so that its text is left alone."""

from __future__ import annotations

from enrich.model.work import Work
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.title_forms import is_same_title, list_title_forms


def is_foreign(comparison: Comparison, work: Work) -> bool:
    """Return whether the record states another language, or only a twin of the page agrees with it."""
    own, stated = _short(comparison.site_context.language), _short(work.language)
    if own and stated:
        return own != stated
    twins = [title for twin in comparison.site_context.twins if isinstance(title := twin.get("title"), str)]
    if not twins:
        return False
    texts = list_title_forms(work)
    local = comparison.text("title")
    return (
        bool(local)
        and not is_same_title(local, texts)
        and any(is_same_title(title, texts) for title in twins)
    )


def _short(language: str) -> str:
    return language.replace("_", "-").split("-")[0].strip().lower()
