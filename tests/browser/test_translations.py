"""One answer for all translations of a page, in a real browser, and what `apply` makes of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import Opened
from tests.support.browser_report import make_site
from tests.support.sample import run

PAPERS = (4, 13, 20, 37)  # two titles to decide on, two DOIs to tidy
LANGUAGES = ("de", "en", "pt")


def list_paths(number: int) -> list[str]:
    """Return the pages of a paper."""
    return [f"content/{language}/publication/made-{number:04d}/index.md" for language in LANGUAGES]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a site in three languages whose pages are the same in all of them, with its report."""
    make_site(tmp_path, PAPERS)
    for number in PAPERS:
        made = tmp_path / f"content/publication/made-{number:04d}/index.md"
        for path in list_paths(number):
            (tmp_path / path).parent.mkdir(parents=True)
            (tmp_path / path).write_bytes(made.read_bytes())
        made.unlink()
    done = run(tmp_path, "check", "--records", "records.jsonl", "--report", "html:report.html")
    assert done.returncode == 1, done.stderr
    return tmp_path


def test_one_answer_is_for_all_translations(site: Path, visit: Callable[..., Opened], tmp_path: Path) -> None:
    opened = visit(site / "report.html")
    page = opened.page
    title = page.locator("article").filter(has_text="made-0004").locator("[data-tag='field:title']")
    assert title.locator(".meta code").all_inner_texts() == list_paths(4)
    rows = opened.count("[data-key]")
    assert opened.text("#tally") == f"0 of {rows} decided"
    assert "6 safe to write" in page.locator("header").inner_text()
    assert opened.text("#take-safe") == "Take the 6 safe changes"
    page.select_option("#filter", "field:title")
    assert page.locator("#filter option:checked").inner_text() == "title (6)"
    assert opened.texts("[data-answer]") == [
        "Take all 6 changes of title",
        "Keep mine in all 6 changes of title",
    ]
    title.locator("label.take").click()
    assert opened.text("#tally") == f"1 of {rows} decided"
    page.select_option("#filter", "")
    page.click("#take-safe")
    page.locator("article").filter(has_text="made-0013").locator(
        "[data-tag='field:title'] label.keep"
    ).click()
    with page.expect_download() as download:
        page.click("#download")
    download.value.save_as(tmp_path / "decisions.json")
    decisions = json.loads((tmp_path / "decisions.json").read_bytes())["decisions"]
    expected = [
        (4, "title", "take"),
        (20, "doi", "take"),
        (13, "title", "keep"),
        (37, "doi", "take"),
    ]
    assert sorted((row["path"], row["field"], row["decision"]) for row in decisions) == sorted(
        (path, field, word) for number, field, word in expected for path in list_paths(number)
    )
    kept = {path: (site / path).read_bytes() for path in list_paths(13)}
    done = run(site, "apply", "--records", "records.jsonl", "--decisions", "decisions.json")
    assert (done.returncode, "9 changes written, 3 kept" in done.stdout) == (0, True), done.stdout
    assert {path: (site / path).read_bytes() for path in list_paths(13)} == kept
    for number in PAPERS:
        assert len({(site / path).read_bytes() for path in list_paths(number)}) == 1
    assert opened.errors == []
