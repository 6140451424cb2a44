"""Records that attack, in a real browser: nothing runs, nothing is loaded, and all of it can be read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from enrich.report.html import render
from tests.browser.conftest import Opened
from tests.support.hostile_report import TEXTS, report_of

ALL = "\n".join(text for name, text in TEXTS.items() if name != "half a character")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a report that has every hostile text everywhere, each alone and all together."""
    reports = [report_of(text) for text in (ALL, *TEXTS.values())]
    outcomes = tuple(outcome for each in reports for outcome in each.outcomes)
    file = tmp_path_factory.mktemp("hostile") / "hostile.html"
    file.write_bytes(render(replace(reports[0], outcomes=outcomes)).encode("utf-8"))
    return file


def test_nothing_runs_and_nothing_is_loaded(hostile: Path, visit: Callable[..., Opened]) -> None:
    opened = visit(hostile)
    page = opened.page
    page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true; })")
    for element in page.locator("[onmouseover], [onfocus], [onerror], [onload]").all():
        element.hover()
    opened.press("j", "t", "j", "m", "u", "/")
    page.keyboard.type("pwned")
    opened.press("Escape")
    page.click("#take-safe")
    assert page.evaluate("window.pwned") is None
    assert opened.errors == []
    assert opened.requests == [hostile.as_uri()]
    assert "<script>window.pwned = 1</script>" in page.locator("article h3").first.inner_text()


def test_the_policy_stops_injected_scripts(
    hostile: Path, tmp_path: Path, visit: Callable[..., Opened]
) -> None:
    text = hostile.read_text(encoding="utf-8")
    attack = (
        "<script>window.pwned = 1</script><img src='https://evil.example/x.png' onerror='window.pwned = 2'>"
    )
    broken = tmp_path / "broken.html"
    broken.write_text(re.sub("<main>", f"<main>{attack}", text, count=1), encoding="utf-8")
    opened = visit(broken)
    assert opened.page.evaluate("window.pwned") is None
    assert opened.requests[1:] == ["https://evil.example/x.png"]
    assert opened.refused == ["https://evil.example/x.png: csp"]
    assert len([error for error in opened.errors if "Content Security Policy" in error]) >= 2
    with pytest.raises(Exception, match="TrustedHTML"):
        opened.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<b>x</b>')")


def test_hostile_values_come_back_as_they_were(
    hostile: Path, visit: Callable[..., Opened], tmp_path: Path
) -> None:
    opened = visit(hostile)
    opened.page.click("#take-safe")
    with opened.page.expect_download() as download:
        opened.page.click("#download")
    download.value.save_as(tmp_path / "decisions.json")
    rows = json.loads((tmp_path / "decisions.json").read_bytes())["decisions"]
    assert [row["old"] for row in rows] == [[text] for text in (ALL, *TEXTS.values())]
