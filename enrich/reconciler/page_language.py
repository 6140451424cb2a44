"""Decide whether a page and a text of the record are in two languages, so that enrich keeps the page's."""

from __future__ import annotations

from enrich.model.work import Work
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.language_of_text import detect_language, find_script, normalise_language
from enrich.reconciler.title_forms import is_same_title, list_title_forms
from enrich.text.compare import strip_markup


def is_foreign(comparison: Comparison, work: Work, text: str, key: str) -> bool:
    """Return whether the page's value at a key and a text of the record are in two languages.

    The languages of the texts themselves come first: their scripts, then their function words. The languages
    that site and record state come after that, and last a twin of the page that agrees with the record.
    """
    plain, local = strip_markup(text), strip_markup(comparison.text(key) or comparison.text("title"))
    script, local_script = find_script(plain), find_script(local)
    if script and local_script and script != local_script:
        return True
    stated, own = normalise_language(work.language), normalise_language(comparison.site_context.language)
    language, local_language = detect_language(plain) or stated, detect_language(local) or own
    if language and local_language:
        return language != local_language
    return _has_translated_title(local, work, language) or _agrees_with_twin_only(comparison, work)


def explain_unsure_language(comparison: Comparison, text: str, key: str) -> str:
    """Return why a text needs review because of its language, `""` if it does not.

    A site that states no language is in English, Hugo's default. A site in several languages has a page for
    each, also if only the title of a page is in another one; but a text that the page has at this key in
    the record's language settles it.
    """
    language, stated = detect_language(strip_markup(text)), comparison.site_context.language
    if language == detect_language(strip_markup(comparison.text(key))):
        return ""
    is_version = bool(stated) and comparison.site_context.is_one_of_several_languages
    if is_version and language not in {"", stated}:
        return (
            f"the record's text is in another language ({language}) than this version of the page ({stated})"
        )
    if language in {"", "en"} or stated or detect_language(strip_markup(comparison.text("title"))):
        return ""
    return f"the record's text is in another language ({language}), and nothing states the page's"


def _has_translated_title(local: str, work: Work, language: str) -> bool:
    """Return whether the page has one title of the record, and another one is in the text's language."""
    titles = [strip_markup(title) for title in work.titles]
    in_language = tuple(title for title in titles if language and detect_language(title) == language)
    others = tuple(title for title in titles if title not in in_language)
    return bool(in_language) and is_same_title(local, others) and not is_same_title(local, in_language)


def _agrees_with_twin_only(comparison: Comparison, work: Work) -> bool:
    twins = [title for twin in comparison.site_context.twins if isinstance(title := twin.get("title"), str)]
    if not twins:
        return False
    forms = list_title_forms(work)
    local = comparison.text("title")
    if not local or is_same_title(local, forms):
        return False
    return any(is_same_title(title, forms) for title in twins)
