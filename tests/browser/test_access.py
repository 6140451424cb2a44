"""The HTML report for everybody: no violation of WCAG 2.2 A or AA that axe can see, light and dark."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import FEW, Opened

axe = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="no axe here: pip install '.[test]'"
)

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


def violations(opened: Opened, **options: Any) -> list[str]:  # noqa: ANN401 - options of axe
    """Return what axe complains about, by rule and place."""
    # What is not in view is laid out as well, so that axe can look at it.
    opened.page.evaluate(
        "document.styleSheets[0].insertRule('.card { content-visibility: visible !important }', 99)"
    )
    options = {"resultTypes": ["violations"], "runOnly": LEVELS, **options}
    found: dict[str, Any] = axe.Axe().run(opened.page, options=options).response
    assert found["passes"], "axe looked at nothing"
    return [
        f"{rule['id']}: {node['html'][:120]}" for rule in found["violations"] for node in rule["nodes"][:3]
    ]


def assert_accessible(opened: Opened) -> None:
    """Assert that axe finds nothing; the colours of the dark scheme are all in which it differs."""
    assert violations(opened) == []
    opened.page.emulate_media(color_scheme="dark")
    assert violations(opened, runOnly=["color-contrast"]) == []


def nothing(_opened: Opened) -> None:
    """Leave the report as it opens."""


def decided(opened: Opened) -> None:
    """Decide each way, and stay on a proposal."""
    opened.page.locator("body").press("j")
    opened.page.click("#take-safe")
    for word in ("keep", "later"):
        opened.page.locator(f"article.you label.{word}").nth(1 if word == "keep" else 2).click()


def unfolded(opened: Opened) -> None:
    """Open every folded text."""
    opened.page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true; })")


def helped(opened: Opened) -> None:
    """Open the list of keys."""
    opened.page.click("#help-button")


def emptied(opened: Opened) -> None:
    """Search for what is not there."""
    opened.page.fill("#search", "no such thing")


@pytest.mark.parametrize("state", [nothing, decided, unfolded, helped, emptied], ids=lambda one: one.__name__)
def test_axe_finds_nothing(few: Path, visit: Callable[..., Opened], state: Callable[[Opened], None]) -> None:
    opened = visit(few)
    state(opened)
    assert_accessible(opened)


def test_axe_finds_nothing_on_a_phone(few: Path, visit: Callable[..., Opened]) -> None:
    assert_accessible(visit(few, viewport={"width": 360, "height": 740}, is_mobile=True))


def test_a_proposal_names_its_page_and_value(few: Path, visit: Callable[..., Opened]) -> None:
    page = visit(few).page
    group = page.get_by_role("group", name="title of Spin ordering", exact=False).first
    assert group.get_by_role("radio").count() == 3
    assert page.get_by_role("status").count() == 1
    assert page.get_by_role("img", name=f"{len(FEW)} publications: ").count() == 1
