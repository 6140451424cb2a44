"""Real pages: read as they are, every edit of every field exact or refused by name."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest

from enrich.front_matter import yaml_loaders, yaml_parser
from enrich.front_matter.page_text import read_page, set_value
from enrich.model.page import Page
from tests.support.front_matter_corpus import edit_all, readings

pytestmark = pytest.mark.corpus
PARTS = ("sites", "history")
SHARE = 24  # every page takes minutes: `python -m tests.support.front_matter_corpus`


@pytest.fixture(scope="module")
def pages(corpus: Path) -> list[Page]:
    """Return every page that parses."""
    return [page for part in PARTS for page in readings(corpus / part)[0]]


def test_every_page_of_a_site_parses(corpus: Path) -> None:
    _, broken, none = readings(corpus / "sites")
    assert not broken
    assert len(none) <= 1


def test_broken_pages_are_named_with_their_line(corpus: Path) -> None:
    good, broken, _ = readings(corpus / "history")
    assert len(broken) >= len(good)
    assert all(error.line >= 2 for error in broken.values())


def test_setting_the_same_value_changes_nothing(pages: list[Page]) -> None:
    for page in pages[:: SHARE // 2]:
        for key, value in page.front.data.items():
            header = page.text[page.front.start : page.front.end]
            if not any(sign in header for sign in ("&", "!", "{", "[[", "\n  - ", "\n- ", "\n[")):
                assert set_value(page, (key,), value).text == page.text


def test_both_yaml_loaders_read_the_same(pages: list[Page]) -> None:
    for page in [page for page in pages if page.front.format == "yaml"][::SHARE]:
        header = page.text[page.front.start : page.front.end]
        assert yaml_parser.read_yaml(header, 1, yaml_loaders.PureLoader) == yaml_parser.read_yaml(header)


@pytest.mark.slow
def test_every_edit_is_exact_or_refused(pages: list[Page]) -> None:
    results = list(edit_all(pages[::SHARE]))
    counts = Counter(result.outcome for result in results)
    assert not [result for result in results if result.outcome == "damaged"]
    assert counts["exact"] >= 0.99 * (counts["exact"] + counts["refused"])
    assert counts["unprepared"] <= 0.01 * len(results)


def test_reading_takes_well_below_a_millisecond_a_page(pages: list[Page]) -> None:
    some = pages[::4]
    best = min(_seconds(some) for _ in range(3))
    assert best / len(some) < 0.002  # 0.4 ms on the machine it was written on; others are slower


def _seconds(pages: list[Page]) -> float:
    start = time.process_time()
    for page in pages:
        read_page(page.path, page.text)
    return time.process_time() - start
