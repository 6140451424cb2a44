"""Findings about the texts of a page: commented-out values, broken characters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from enrich.model.page import Value
from enrich.model.work import Work
from enrich.reconciler.commented_out import is_template_value
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.field_comparison import is_empty
from enrich.reconciler.fields.registry import load_fields
from enrich.reconciler.findings.registry import Message, register_page_rule, register_work_rule
from enrich.text.compare import is_mojibake

_READ_TEXTS = ("title", "abstract", "publication", "summary", "authors")
LONGEST_EVIDENCE = 120  # characters


@register_work_rule("commented-out", "note")
def check_commented_out(comparison: Comparison, work: Work) -> Iterator[Message]:
    """You commented out a key together with its value, so enrich does not fill it from the record.

    Why it matters: the page shows nothing there, although the record has a value.
    Example: `content/publication/smith2019/index.md:8: note[commented-out] you commented out abstract
    together with its value, so it stays empty; add --fill-commented to fill it from the record`
    What to do: nothing, if you want to keep it that way. Otherwise remove the `#` to show your own value, or
    run `enrich apply --fill-commented` to write the record's.
    What `apply` does: nothing, unless you add `--fill-commented`: then it fills the key and does not report
    this.
    """
    held = {} if comparison.rules.fill_commented else comparison.commented
    for key, commented in held.items():
        field = load_fields().get(key.lower())
        if field is None or comparison.rules.policies.get(field.name, field.policy) == "keep":
            continue  # it would not be filled anyway
        if not is_empty(comparison.page.get(key)) or is_template_value(commented.value):
            continue
        if any(compared.new is not None for compared in field.compare(comparison, work)):
            text = (
                f"you commented out {key} together with its value, so it stays empty;"
                " add --fill-commented to fill it from the record"
            )
            yield Message(text, commented.line, evidence=_shorten(commented.value), fingerprint=key)


@register_page_rule("mojibake", "note")
def check_mojibake(comparison: Comparison) -> Iterator[Message]:
    """A text has broken characters, because a program read it in the wrong encoding.

    "MÃ¼ller" should be "Müller"; a black diamond with a question mark replaces a lost letter.

    Why it matters: readers and search engines do not find the name or the title.
    Example: `content/publication/smith2019/index.md:11: note[mojibake] abstract has broken characters; copy
    the text again from the paper`
    What to do: copy the text again from the paper.
    What `apply` does: nothing. If the record's text has broken characters, its change always needs review.
    """
    commented = {key.lower(): value for key, value in comparison.commented.items()}
    for key in _READ_TEXTS:
        texts = [*_list_page_texts(comparison.page.get(key))]
        places = [(key, comparison.line(key), text) for text in texts]
        if key in commented:
            places.append((f"the commented-out {key}", commented[key].line, commented[key].value))
        for name, line, text in [place for place in places if is_mojibake(place[2])][:1]:
            message = f"{name} has broken characters; copy the text again from the paper"
            yield Message(message, line, evidence=_shorten(text), fingerprint=key)


def _list_page_texts(value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _list_page_texts(item)
    elif isinstance(value, Mapping):
        yield from _list_page_texts(list(value.values()))


def _shorten(text: str) -> str:
    return text if len(text) <= LONGEST_EVIDENCE else f"{text[: LONGEST_EVIDENCE - 3]}…"
