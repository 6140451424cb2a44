"""Four times the text takes about four times the steps, whatever the text."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import cache, partial

import pytest

from enrich.reconciler.abstract_forms import is_same_abstract
from enrich.reconciler.findings.title_status import split_status
from enrich.reconciler.journal_names import is_same_container
from enrich.reconciler.journal_values import carries_more, find_names
from enrich.reconciler.lost_formulas import has_lost_formulas
from enrich.reconciler.mending import corrects_letters, keeps_text
from enrich.reconciler.notice_titles import split_notice, split_noun
from enrich.reconciler.part_forms import split_part_form
from enrich.reconciler.title_forms import is_cut_title
from enrich.reconciler.title_likeness import compare_titles
from enrich.reconciler.unusable_texts import has_lost_words, is_cut_short, is_no_abstract
from enrich.text.compare import comparison_key, list_telling_words, strip_markup, texts_match
from enrich.text.doi import find_dois, parse_doi
from enrich.text.jats import to_markdown, to_plain
from tests.support.steps import count_steps

SMALL, LARGE = 600, 2_400  # characters
MOST = 6.0  # times the steps, for four times the text
FEW = 2_000  # steps of which a function may need some once

READERS: Mapping[str, Callable[[str], object]] = {
    "comparison_key": comparison_key,
    "strip_markup": strip_markup,
    "list_telling_words": list_telling_words,
    "texts_match": lambda text: texts_match(text, f"{text}ä"),
    "to_plain": to_plain,
    "to_markdown": lambda text: to_markdown(text, str, "escaped"),
    "parse_doi": parse_doi,
    "find_dois": find_dois,
    "carries_more": carries_more,
    "find_names": find_names,
    "is_same_container": lambda text: is_same_container(text, (f"{text}x",)),
    "corrects_letters": lambda text: corrects_letters((text,), (f"x{text[2:]}",)),
    "keeps_text": lambda text: keeps_text((text,), (f"{text[:-2]}x",)),
    "compare_titles": lambda text: compare_titles(text, (f"ropes {text} and knots",)),
    "split_part_form": split_part_form,
    "split_notice": split_notice,
    "split_noun": split_noun,
    "split_status": split_status,
    "is_no_abstract": is_no_abstract,
    "is_cut_short": is_cut_short,
    "is_same_abstract": lambda text: is_same_abstract(text, (f"{text}ö",)),
    "has_lost_words": has_lost_words,
    "has_lost_formulas": lambda text: has_lost_formulas(text, text.replace("$x$", "")),
    "is_cut_title": lambda text: is_cut_title(text, (text[: len(text) // 2],)),
}
UNITS = {
    "one long word": "ab",
    "a script without spaces": "\u4e2d\u6587",
    "words": "rope {} ",
    "tags": "<i>a</i> ",
    "open tags": "<sub>",
    "entities": "&amp;",
    "formulas": "$x$ ",
    "brackets": "(",
    "broken letters": "\ufffda ",
    "lines": "a\n",
    "DOIs": "10.1234/a{} ",
    "colons": "a: ",
}


def repeat(unit: str, length: int) -> str:
    """Return a unit again and again, numbered where it has a place for a number."""
    return "".join(unit.format(number) for number in range(length // len(unit)))


@pytest.fixture(autouse=True)
def without_known_texts() -> None:
    """Forget the texts of earlier tests, which would make the small text cost nothing."""
    for forget in list_caches(len(sys.modules)):
        forget()


@cache
def list_caches(_loaded: int) -> list[Callable[[], object]]:
    """Return what empties each cache of the program, as many modules as are loaded."""
    modules = [module for name, module in sys.modules.items() if name.startswith("enrich.")]
    values = (value for module in modules for value in vars(module).values())
    return [forget for value in values if callable(forget := getattr(value, "cache_clear", None))]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("reader", READERS)
def test_steps_grow_no_faster_than_the_text(reader: str, unit: str) -> None:
    small, large = (
        count_steps(partial(READERS[reader], repeat(UNITS[unit], length))) for length in (SMALL, LARGE)
    )
    assert large <= MOST * small + FEW
