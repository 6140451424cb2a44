"""The DOIs that may be a page's, each with buttons of its own, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from enrich.model.page import FrontMatter, Page
from enrich.model.plan import Candidate, Change, Plan
from enrich.report.html import render
from tests.browser.conftest import Opened
from tests.support.reports import report

DOIS = ("10.5555/first", "10.5555/second")
REASON = "the years are 3 apart"


def make_offer(doi: str) -> Change:
    return Change("doi", ("doi",), "fill", "review", "", doi, REASON, baseline_value=doi)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a report on two pages without a DOI; each of two DOIs may be theirs."""
    first = Candidate("", "Ice", ("Ada Okafor",), 2020, "book", "Ice", "search", "unsure", (REASON,))
    candidates = tuple(replace(first, doi=doi) for doi in DOIS)
    plans = [
        Plan(
            Page(path, f"{path}\n", FrontMatter("yaml", {"title": path, "doi": ""}, 0, 0, {})),
            "",
            candidates=candidates,
            offers=tuple(map(make_offer, DOIS)),
        )
        for path in ("a.md", "b.md")
    ]
    target = tmp_path / "report.html"
    target.write_text(render(replace(report(*plans), command="enrich apply --find")), encoding="utf-8")
    return target


def test_a_page_gets_one_of_them_and_the_others_can_be_declined(
    file: Path, visit: Callable[..., Opened]
) -> None:
    opened = visit(file)
    offers = opened.page.locator("li.offer")
    assert opened.texts("[data-answer]") == [], "each DOI is a question of its own"
    assert opened.texts("li.offer label") == ["Take this DOI", "Not this one", "Later"] * 4
    for number in (0, 1, 2):
        offers.nth(number).locator("label.take").click()
    taken = [offers.nth(number).locator("input[value=take]").is_checked() for number in range(4)]
    assert taken == [False, True, True, False], "of two DOIs of one page the last"
    offers.nth(0).locator("label.keep").click()
    assert opened.text("#tally") == "3 of 4 decided"
    with opened.page.expect_download() as download:
        opened.page.click("#download")
    rows = download.value.path().read_text(encoding="utf-8")
    assert [line.strip() for line in rows.splitlines() if "new" in line or 'decision"' in line] == [
        '"new": "10.5555/first",',
        '"decision": "keep"',
        '"new": "10.5555/second",',
        '"decision": "take"',
        '"new": "10.5555/first",',
        '"decision": "take"',
    ]
    assert opened.text("#command") == "enrich apply --find --decisions decisions.json"
    assert opened.errors == []


def test_keys_decide_on_them(file: Path, visit: Callable[..., Opened]) -> None:
    opened = visit(file)
    opened.press("j", "t", "m", "u")
    assert opened.text("#tally") == "1 of 4 decided"
    assert opened.page.locator("li.offer input:checked").count() == 1
    assert opened.errors == []
