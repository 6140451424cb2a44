"""What the HTML report costs: time to make it, its size, and how soon a browser shows it."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from enrich.pipeline import run
from enrich.report.html import render
from enrich.settings.settings import Settings
from tests.browser.conftest import OPTIONS, PROGRAM
from tests.support.browser_report import make_site

# https://web.dev/articles/fcp and https://developer.mozilla.org/docs/Web/API/PerformanceNavigationTiming
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
_LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"
_FILTER = """() => {
  const before = performance.now();
  const search = document.querySelector("#search");
  search.value = "coral garcia";
  search.dispatchEvent(new Event("input"));
  document.body.getBoundingClientRect();
  return performance.now() - before;
}"""


def main(*sizes: int) -> None:
    """Print a line for each number of pages."""
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=PROGRAM, args=list(OPTIONS))
        for pages in sizes or (300, 3_000):
            with tempfile.TemporaryDirectory() as folder:
                measure(Path(folder), pages, browser)
        browser.close()


def measure(site: Path, pages: int, browser: Browser) -> None:
    """Make a site and its report, open it three times, and print the best of each figure."""
    records = make_site(site, range(pages))
    report = run(Settings(root=site, cache_dir=site / "cache", records=records), [site], act=False)
    render(report)  # the template is compiled once
    begin = time.process_time()
    text = render(report)
    seconds = time.process_time() - begin
    file = site / "report.html"
    file.write_text(text, encoding="utf-8")
    figures = [visit(file, browser) for _ in range(3)]
    paint, loaded, searched = (min(column) for column in zip(*figures, strict=True))
    print(
        f"{pages} pages: made in {seconds * 1000:.0f} ms of CPU, {len(text.encode()) / 1024:.0f} KiB;"
        f" first paint {paint:.0f} ms, loaded {loaded:.0f} ms, a search {searched:.0f} ms"
    )


def visit(file: Path, browser: Browser) -> tuple[float, float, float]:
    """Return when something is seen first, when all is loaded, and how long a search takes: milliseconds."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(file.as_uri())
    page.wait_for_function(f"{_PAINT} > 0")
    found = page.evaluate(_PAINT), page.evaluate(_LOADED), page.evaluate(_FILTER)
    page.close()
    return found


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
