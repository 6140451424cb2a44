"""A real browser, where there is one, and a report of 300 pages to open in it.

`ENRICH_TEST_BROWSER` may name the browser's program; Debian's is found by itself.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.support.browser_report import make_site
from tests.support.sample import run

playwright = pytest.importorskip("playwright.sync_api", reason="no playwright here: pip install '.[test]'")

PROGRAM = os.environ.get("ENRICH_TEST_BROWSER") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
# Nothing of its own to the network, and no sandbox, which root may not have.
OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
)
PAGES = 300


@dataclass
class Opened:
    """A report in a tab: what the browser says, what it is to ask for, and what of that it refused."""

    page: Any
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def refuse(self, dialog: Any) -> None:  # noqa: ANN401 - playwright may be missing
        """Note a dialog of a script, which no report has, and close it."""
        self.errors.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def texts(self, selector: str) -> list[str]:
        """Return the text of everything of a kind that can be seen."""
        found = self.page.locator(selector).filter(visible=True).all_inner_texts()
        return [str(text) for text in found]

    def text(self, selector: str) -> str:
        """Return the text of an element, seen or not."""
        return str(self.page.locator(selector).text_content()).strip()

    def count(self, selector: str) -> int:
        """Return how many of a kind can be seen."""
        return int(self.page.locator(selector).filter(visible=True).count())

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Return a browser; the test is skipped where there is none."""
    if not PROGRAM:
        pytest.skip("no chromium here: apt-get install chromium")
    with playwright.sync_playwright() as started:
        found = started.chromium.launch(executable_path=PROGRAM, args=list(OPTIONS))
        yield found
        found.close()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site of 300 pages with its report in `report.html`; nobody writes to it."""
    site = tmp_path_factory.mktemp("made")
    make_site(site, PAGES)
    done = run(site, "check", "--records", "records.jsonl", "--exit-zero", "--report", "html:report.html")
    assert done.returncode == 4, done.stderr  # two of its pages cannot be read
    return site


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a report of 30 pages, with something of everything."""
    site = tmp_path_factory.mktemp("few")
    make_site(site, 30)
    done = run(site, "check", "--records", "records.jsonl", "-o", "report.html", "--format", "html")
    assert done.returncode == 4, done.stderr
    return site / "report.html"


@pytest.fixture
def visit(browser: Any) -> Iterator[Callable[..., Opened]]:  # noqa: ANN401 - playwright may be missing
    """Return what opens a file in a tab of its own; what it is told goes to the browser."""
    contexts = []

    def open_file(file: Path, *, script: str = "", **wishes: Any) -> Opened:  # noqa: ANN401
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **wishes})
        contexts.append(context)
        if script:
            context.add_init_script(script)
        opened = Opened(context.new_page())
        page = opened.page
        page.set_default_timeout(10_000)
        page.on("console", lambda said: opened.errors.append(f"{said.type}: {said.text}"))
        page.on("pageerror", lambda error: opened.errors.append(str(error)))
        page.on("request", lambda asked: opened.requests.append(asked.url))
        page.on("requestfailed", lambda asked: opened.refused.append(f"{asked.url}: {asked.failure}"))
        page.on("dialog", opened.refuse)
        page.goto(file.as_uri())
        return opened

    yield open_file
    for context in contexts:
        context.close()
