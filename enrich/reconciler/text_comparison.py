"""The rules for all text fields: when a page has the record's exact words, and what cannot be written."""

from __future__ import annotations

from enrich.model.page import KeyPath, Remote, Value
from enrich.reconciler.field_comparison import FieldComparison, Texts, is_empty
from enrich.reconciler.mending import corrects_letters
from enrich.text.compare import has_substance, is_mojibake, strip_markup, texts_match


def as_text(value: Value) -> str:
    """Return a value that is text, `""` for any other."""
    return value if isinstance(value, str) else ""


def is_verbatim_text(value: Value, texts: Texts) -> bool:
    """Return whether a value is the first of the texts apart from markup and white space."""
    return bool(texts) and _squeeze(as_text(value)) == _squeeze(texts[0])


def is_first_known(base: Texts, now: Texts) -> bool:
    """Return whether the baseline has the first of the record's texts in any place: order is not news."""
    return bool(now) and any(texts_match(text, now[0]) for text in base)


def explain_broken_text(text: str) -> str:
    """Return why a text of the record needs review, `""` if it does not."""
    return "the record's text has broken characters" if is_mojibake(text) else ""


def explain_no_substance(text: str) -> str:
    """Return why a text of the record cannot be written: it has no letter or digit."""
    return "the record's value has no letter or digit in it" if text and not has_substance(text) else ""


def explain_too_long(text: str, longest: int, name: str) -> str:
    """Return why a text cannot be written: nothing to read in it, or longer than any real one."""
    if empty := explain_no_substance(text):
        return empty
    return f"the record's {name} has {len(text):,} characters" if len(text) > longest else ""


def compare_plain_text(name: str, path: KeyPath, local: Value, text: str, forms: Texts) -> FieldComparison:
    """Return the comparison of a key with one text of the record; `forms` are all equal forms."""
    known = tuple(form for form in forms if form)
    return FieldComparison(
        name, path, local, Remote(text) if text else None, known, known[:1],
        is_equal=lambda value, names: any(texts_match(str(value), name) for name in names),
        is_verbatim=is_verbatim_text,
        record_unchanged=is_first_known,
        is_mended=corrects_letters,
        empty=is_empty(local),
        needs_review_because=explain_broken_text(text),
        refused=explain_no_substance(text),
    )  # fmt: skip


def _squeeze(text: str) -> str:
    return " ".join(strip_markup(text).split())
