"""Whether a page is in another language than the record, so that its text is left alone."""

from __future__ import annotations

from enrich.model.work import Work
from enrich.reconciler.comparison import Case
from enrich.reconciler.fields.title import same_title, title_texts


def is_foreign(case: Case, work: Work) -> bool:
    """Return whether the record states another language, or only a twin of the page agrees with it."""
    own, stated = _short(case.site_context.language), _short(work.language)
    if own and stated:
        return own != stated
    twins = [title for twin in case.site_context.twins if isinstance(title := twin.get("title"), str)]
    if not twins:
        return False
    texts = title_texts(work)
    local = case.text("title")
    return bool(local) and not same_title(local, texts) and any(same_title(title, texts) for title in twins)


def _short(language: str) -> str:
    return language.replace("_", "-").split("-")[0].strip().lower()
