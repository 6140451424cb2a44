"""A real browser, where there is one, and a report of 60 pages to open in it.

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
PAGES = 60
# By the rules of `browser_report`: each kind of change and finding, a page to skip, a broken one.
FEW = (2, 3, 4, 5, 6, 7, 8, 11, 14, 19, 29)
FRAMES = 10  # within which everything has a text
DESKTOP = {"width": 1280, "height": 900}


@dataclass
class Opened:
    """A report in a tab: what the browser says, what it is to ask for, and what of that it refused."""

    page: Any
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.listeners: dict[str, Callable[[Any], object]] = {
            "console": lambda message: self.errors.append(f"{message.type}: {message.text}"),
            "pageerror": lambda error: self.errors.append(str(error)),
            "request": lambda request: self.requests.append(request.url),
            "requestfailed": lambda request: self.refused.append(f"{request.url}: {request.failure}"),
            "dialog": self.refuse,
        }

    def goto(self, file: Path) -> None:
        """Open a file, and from now on note what happens in the tab."""
        for event, listener in self.listeners.items():
            self.page.on(event, listener)
        self.page.bring_to_front()  # a tab behind another draws one frame a second
        self.page.goto(file.as_uri())

    def leave(self) -> None:
        """Leave the tab to the next test, without what this one decided."""
        for event, listener in self.listeners.items():
            self.page.remove_listener(event, listener)
        self.page.evaluate("localStorage.clear()")
        self.page.context.clear_permissions()

    def refuse(self, dialog: Any) -> None:  # noqa: ANN401 - playwright may be missing
        """Note a dialog of a script, which no report has, and close it."""
        self.errors.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def texts(self, selector: str) -> list[str]:
        """Return the text of everything of a kind that can be seen."""
        found = [""]
        for _ in range(FRAMES):
            if all(found):
                break
            self.await_frame()
            found = self.page.locator(selector).filter(visible=True).all_inner_texts()
        return [str(text) for text in found]

    def await_frame(self) -> None:
        """Wait until what has changed is drawn: before, a card that was out of sight has no text."""
        self.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

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
    """Return a site of 60 pages with its report in `report.html`; nobody writes to it."""
    site = tmp_path_factory.mktemp("made")
    make_site(site, range(PAGES))
    done = run(site, "check", "--records", "records.jsonl", "--exit-zero", "--report", "html:report.html")
    assert done.returncode == 4, done.stderr  # one of its pages cannot be read
    return site


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a report of a few pages, with something of everything."""
    site = tmp_path_factory.mktemp("few")
    make_site(site, FEW)
    done = run(site, "check", "--records", "records.jsonl", "-o", "report.html", "--format", "html")
    assert done.returncode == 4, done.stderr
    return site / "report.html"


@pytest.fixture(scope="session")
def tab(browser: Any) -> Any:  # noqa: ANN401 - playwright may be missing
    """Return the tab that most tests share: to open a new one takes longer than what they do in it."""
    return browser.new_page(viewport=DESKTOP)


@pytest.fixture
def visit(browser: Any, tab: Any) -> Iterator[Callable[..., Opened]]:  # noqa: ANN401 - as above
    """Return a function that opens a file in the shared tab, or in a browser context with these options."""
    shared, contexts = list[Opened](), list[Any]()

    def open_file(
        file: Path,
        *,
        script: str = "",
        color_scheme: str = "light",
        **options: Any,  # noqa: ANN401
    ) -> Opened:
        if script or options:
            contexts.append(browser.new_context(**{"viewport": DESKTOP, **options}))
            contexts[-1].add_init_script(script)
            opened = Opened(contexts[-1].new_page())
        else:
            opened = Opened(tab)
            shared.append(opened)
        opened.page.set_default_timeout(10_000)
        opened.page.emulate_media(color_scheme=color_scheme, reduced_motion="reduce")
        opened.goto(file)
        return opened

    yield open_file
    for opened in shared:
        opened.leave()
    for context in contexts:
        context.close()
