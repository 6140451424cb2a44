"""The HTML report as a person uses it: look, filter, search, keys, decide, download, apply."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import DESKTOP, PAGES, Opened, playwright
from tests.support.sample import run

Visit = Callable[..., Opened]
CARD, PROPOSAL = "article.card", "section[data-key]"
CURRENT = ".current"


@pytest.fixture
def opened(made: Path, visit: Visit) -> Opened:
    """Return the report of 60 pages, open."""
    return visit(made / "report.html")


@pytest.fixture(scope="module")
def wide(browser: Any, made: Path) -> Opened:  # noqa: ANN401 - playwright may be missing
    """Return the report in a tab whose window can be made wide and narrow."""
    opened = Opened(browser.new_page())
    opened.goto(made / "report.html")
    return opened


@pytest.fixture
def copied(made: Path, tmp_path: Path) -> Path:
    """Return a copy of the site that may be written to."""
    return Path(shutil.copytree(made, tmp_path / "site"))


def apply(site: Path, file: Path, *more: str) -> dict[str, Any]:
    """Carry out a file of decisions and return the JSON report and the exit code."""
    done = run(
        site, "apply", "--records", "records.jsonl", "--decisions", str(file), "--format", "json", *more
    )
    assert "Traceback" not in done.stderr, done.stderr
    return {"code": done.returncode, "said": done.stderr, **json.loads(done.stdout)}


def contents(site: Path) -> dict[str, bytes]:
    """Return the bytes of every page."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in (site / "content").rglob("*.md")}


def test_it_opens_without_a_word_and_asks_for_nothing(opened: Opened, made: Path) -> None:
    assert opened.errors == []
    assert opened.requests == [(made / "report.html").as_uri()]
    assert opened.page.title() == "Publications of The Made Lab"
    assert opened.page.locator(CARD).count() == PAGES
    assert opened.text("#tally").startswith("0 of ")
    hrefs = opened.page.eval_on_selector_all(
        "a[href]", "links => links.map(link => link.getAttribute('href'))"
    )
    places = {"#list", "#top", "#end"}
    assert {href.split("/10.")[0] for href in hrefs if "#meaning" not in href} == {"https://doi.org", *places}


def test_a_filter_shows_the_cards_that_it_names(opened: Opened) -> None:
    page = opened.page
    page.select_option("#filter", "code:retracted")
    assert opened.count(CARD) == 2
    assert opened.text("#said") == f"2 of {PAGES} publications"
    assert opened.texts(".group > h2") == ["With an error 2"]
    page.click("[data-filter='state:you']")
    assert page.locator("[data-filter='state:you']").get_attribute("aria-pressed") == "true"
    assert opened.count(CARD) == opened.count("article.you") > 0
    page.click("[data-filter='state:you']")
    assert opened.count(CARD) == PAGES


def test_search_finds_words_in_any_case_and_without_accents(opened: Opened) -> None:
    page = opened.page
    page.fill("#search", "SOIL garcia")
    page.select_option("#filter", "field:authors")
    titles = opened.texts("article.card h3")
    assert 0 < len(titles) < 6
    assert [title for title in titles if not title.startswith("Soil carbon")] == []
    page.fill("#search", "no such thing")
    assert opened.texts("#none") == ["No publication matches. Show everything"]
    assert opened.texts(".bar button:not(#undo, #download), [data-answer]") == []
    page.click("#clear")
    assert opened.text("#take-safe").startswith("Take the ")
    assert opened.count(CARD) == PAGES
    assert page.input_value("#filter") == ""


def test_all_changes_of_a_field_are_decided_and_taken_back_together(opened: Opened) -> None:
    page = opened.page
    assert opened.texts("[data-answer]") == [], "not for everything at once"
    page.select_option("#filter", "field:abstract")
    every = opened.count(f"{PROPOSAL}[data-tag='field:abstract']")
    others = opened.count(PROPOSAL) - every
    assert min(every, others) > 2
    assert page.locator("#filter option:checked").inner_text() == f"abstract ({every})"
    safe = opened.count(f"{PROPOSAL}[data-tag='field:abstract'][data-label=safe]")
    assert opened.texts("[data-answer]") == [
        f"Take the {safe} safe changes of abstract",
        f"Take all {every} changes of abstract",
        f"Keep mine in all {every} changes of abstract",
    ]
    page.locator(f"{PROPOSAL}[data-tag='field:abstract']").first.evaluate(
        "each => each.dataset.doubtful = ''"
    )
    opened.press("?", "Escape")
    page.locator(f"{PROPOSAL}[data-tag='field:abstract'] input[value=take]").nth(1).check(force=True)
    assert opened.texts("[data-answer]") == [
        f"Take the {safe} safe changes of abstract",
        f"Take all {every - 2} changes of abstract",
        f"Keep mine in all {every - 1} changes of abstract",
    ], "neither one that is decided nor, unseen, one of a record in doubt"
    page.click("[data-answer=take]")
    assert opened.text("#tally").startswith(f"{every - 1} of ")
    assert page.locator(f"{PROPOSAL}:not([data-tag='field:abstract']) input:checked").count() == 0
    assert opened.texts("[data-answer]") == [], "one is left, which has buttons of its own"
    opened.press("u")
    assert opened.text("#tally").startswith("1 of ")
    page.fill("#search", "no such thing")
    assert opened.texts("[data-answer]") == []


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("word", ["take", "keep"])
def test_a_button_takes_back_what_one_tap_decided(made: Path, visit: Visit, width: int, word: str) -> None:
    opened = visit(made / "report.html", viewport={"width": width, "height": 844}, has_touch=True)
    page, undo = opened.page, opened.page.get_by_role("button", name="Undo")
    playwright.expect(undo).to_be_disabled()
    page.select_option("#filter", "field:publication_types")
    take, keep = (page.locator(f"[data-answer={each}]").bounding_box() for each in ("take", "keep"))
    apart = (keep["x"] - take["x"] - take["width"], keep["y"] - take["y"] - take["height"])
    assert max(apart) >= 8
    colors = page.eval_on_selector_all(
        "h1, #undo, [data-answer=take]", "all => all.map((each) => getComputedStyle(each).color)"
    )
    assert colors[0] == colors[2] != colors[1], "only what cannot be pressed is grey"
    before = opened.text("#tally")
    page.tap(f"[data-answer={word}]")
    assert opened.text("#tally") != before
    playwright.expect(undo).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    undo.tap()
    assert opened.text("#tally") == before
    assert opened.text("#said") == f"Undone. {before}"
    assert page.locator(f"{PROPOSAL} input:checked").count() == 0
    playwright.expect(undo).to_be_disabled()


@pytest.mark.parametrize(
    ("chosen", "taken", "name"),
    [
        ("field:publication_types", "[data-tag='field:publication_types']", "of publication_types"),
        ("field:doi", "[data-tag='field:doi']", "of doi"),
        ("state:you", "", "on these pages"),
        ("year:2010", "", "on these pages"),
    ],
)
def test_a_filter_takes_only_what_its_button_names(
    opened: Opened, chosen: str, taken: str, name: str
) -> None:
    page = opened.page
    page.select_option("#filter", chosen)
    shown = page.locator(f"article.card:not([hidden]) {PROPOSAL}{taken}")
    safe = page.locator(f"article.card:not([hidden]) {PROPOSAL}[data-label=safe]{taken}").count()
    named = f"Take the {safe} safe changes {name}"
    if safe == shown.count():
        named = f"Take all {safe} changes {name}"
    assert safe > 1
    assert named in opened.texts("[data-answer]")
    assert opened.count("#take-safe") == 0, "it is about all pages"
    page.get_by_role("button", name=named).click()
    assert opened.text("#tally").startswith(f"{safe} of ")
    assert shown.locator("input[value=take]:checked").count() == safe
    assert page.locator("input:checked:not(#keys)").count() == safe
    page.click("#undo")
    assert opened.text("#tally").startswith("0 of ")


@pytest.mark.parametrize("width", [1280, 1440])
def test_the_bar_stays_one_row_while_somebody_decides(made: Path, visit: Visit, width: int) -> None:
    page = visit(made / "report.html", viewport={"width": width, "height": 844}).page
    height = page.locator("#search").bounding_box()["height"]
    acts: list[Callable[[], object]] = [
        page.locator("label.take").first.click,
        page.locator("#take-safe").click,
        lambda: page.locator("#tally").evaluate("each => { each.textContent = '1834 of 2172 decided'; }"),
        lambda: page.locator("#take-safe").evaluate(
            "each => { each.textContent = 'Take the 834 safe changes'; }"
        ),
    ]
    for act in acts:
        act()
        tops = page.eval_on_selector_all(
            "#search, #filter, #take-safe, #undo, #download", "all => all.map((each) => each.offsetTop)"
        )
        assert max(tops) - min(tops) < height / 2
    assert page.locator("#search").bounding_box()["width"] >= 80


@pytest.mark.parametrize("width", [390, 1440])
def test_what_a_filter_finds_is_in_sight(wide: Opened, width: int) -> None:
    page = wide.page
    page.set_viewport_size({"width": width, "height": 844})
    acts: list[Callable[[], object]] = [
        lambda: page.select_option("#filter", "code:retracted"),
        lambda: page.fill("#search", "coral"),
        lambda: page.locator("[data-filter='state:you']").dispatch_event("click"),
    ]
    for act in acts:
        for start in ("0", "document.body.scrollHeight"):
            page.evaluate("for (const each of [search, filter]) { each.value = ''; }")
            page.locator("#filter").dispatch_event("change")
            page.evaluate(f"scrollTo({{top: {start}, behavior: 'instant'}})")
            act()
            card = page.locator(CARD).filter(visible=True).first.bounding_box()
            assert 0 < card["y"] < 844 - 100
    page.evaluate("for (const each of [search, filter]) { each.value = ''; }")
    page.locator("#filter").dispatch_event("change")


def test_the_buttons_of_a_decision_are_equally_high_on_a_phone(wide: Opened) -> None:
    wide.page.set_viewport_size({"width": 320, "height": 700})
    heights = wide.page.eval_on_selector_all(
        "fieldset.decide",
        "all => all.map(each => [...each.querySelectorAll('span')].map(span => span.offsetHeight))",
    )
    assert len(heights) > 20
    assert all(len({*row}) == 1 for row in heights)


def test_keys_go_decide_undo_and_search(opened: Opened) -> None:
    page = opened.page
    page.select_option("#filter", "undecided")
    page.locator("#list").focus()
    opened.press("j", "j", "k")
    first = page.locator(PROPOSAL).first
    assert "current" in str(first.get_attribute("class"))
    opened.press("t")
    assert first.locator("input[value=take]").is_checked()
    assert opened.text("#tally").startswith("1 of ")
    assert "current" not in str(first.get_attribute("class")), "it goes on to the next"
    opened.press("m", "t")
    assert opened.text("#tally").startswith("3 of ")
    opened.press("u")
    assert opened.text("#tally").startswith("2 of ")
    opened.press("/")
    page.keyboard.type("tjm?")
    assert page.input_value("#search") == "tjm?"
    assert opened.text("#tally").startswith("2 of ")
    opened.press("Escape")
    assert (page.input_value("#search"), opened.count(CARD)) == ("", PAGES)
    opened.press("?")
    assert page.locator("#help").is_visible()
    opened.press("Escape")
    assert not page.locator("#help").is_visible()
    assert opened.errors == []


def test_what_is_left_for_later_is_not_decided(opened: Opened) -> None:
    page = opened.page
    page.select_option("#filter", "undecided")
    open_cards = opened.count(CARD)
    page.locator("#list").focus()
    opened.press("j", "l")
    assert opened.text("#tally").startswith("0 of ")
    page.locator("label.later").nth(1).click()
    assert opened.text("#tally").startswith("0 of ")
    assert page.locator("#progress").evaluate("each => each.value") == 0
    page.select_option("#filter", "decided")
    assert opened.count(CARD) == 0
    page.select_option("#filter", "undecided")
    assert opened.count(CARD) == open_cards
    page.locator("label.keep").first.click()
    assert opened.text("#tally").startswith("1 of "), "later is no last word"


def test_single_keys_can_be_turned_off(opened: Opened) -> None:
    opened.page.click("#help-button")
    opened.page.uncheck("#keys")
    opened.page.click("#help button")
    opened.press("j", "t")
    assert opened.count(CURRENT) == 0
    assert opened.text("#tally").startswith("0 of ")


def test_the_mouse_decides_and_all_that_is_safe_is_one_click(opened: Opened) -> None:
    page = opened.page
    assert page.locator("#download").is_disabled()
    page.locator("article.you label.keep").first.click()
    assert opened.text("#tally").startswith("1 of ")
    safe = page.locator(f"{PROPOSAL}[data-label=safe]").count()
    page.click("#take-safe")
    assert opened.text("#tally").startswith(f"{safe + 1} of ")
    assert page.locator("#take-safe").is_disabled()
    page.locator("body").press("u")
    assert opened.text("#tally").startswith("1 of ")


def download(opened: Opened, target: Path) -> dict[str, Any]:
    """Download the decisions into a file and return them."""
    with opened.page.expect_download() as download:
        opened.page.click("#download")
    assert download.value.suggested_filename == "decisions.json"
    download.value.save_as(target)
    assert opened.page.locator("#saved").is_visible()
    document: dict[str, Any] = json.loads(target.read_bytes())
    return document


def decide(opened: Opened, path: str, field: str, word: str) -> None:
    """Decide about a field of a page with the mouse."""
    card = opened.page.locator(CARD).filter(has_text=path)
    card.locator(PROPOSAL).filter(has_text=field).locator(f"label.{word}").click()


def path(number: int) -> str:
    """Return the path of a page of the made site."""
    return f"content/publication/made-{number:04d}/index.md"


def test_the_decisions_are_carried_out(opened: Opened, copied: Path, tmp_path: Path) -> None:
    before = contents(copied)
    decide(opened, path(4), "title", "take")
    decide(opened, path(13), "title", "keep")
    decide(opened, path(6), "publication_types", "take")  # with CRLF; its abstract is not decided
    decide(opened, path(22), "title", "later")
    decisions = download(opened, tmp_path / "decisions.json")
    words = {(row["path"], row["field"]): row["decision"] for row in decisions["decisions"]}
    assert words == {
        (path(4), "title"): "take",
        (path(13), "title"): "keep",
        (path(6), "publication_types"): "take",
        (path(22), "title"): "later",
    }
    assert opened.text("#command").endswith("--decisions decisions.json")
    report = apply(copied, tmp_path / "decisions.json")
    assert (report["code"], report["said"].count("\n")) == (0, 1)
    assert [page["path"] for page in report["pages"]] == [path(4), path(6), path(13)]
    assert report["summary"]["written"] == 2
    after = contents(copied)
    assert {name for name in after if after[name] != before[name]} == {path(4), path(6)}
    assert after[path(4)] == before[path(4)].replace(b"steady conditions", b"changing conditions", 1)
    assert after[path(6)] == before[path(6)].replace(b'["0"]', b'["2"]')
    kept = run(copied, "check", path(13), "--records", "records.jsonl", "--format", "json")
    assert json.loads(kept.stdout)["pages"][0]["changes"] == [], "kept is not asked again"


def test_the_same_file_again_changes_nothing(opened: Opened, copied: Path, tmp_path: Path) -> None:
    decide(opened, path(4), "title", "take")
    decide(opened, path(13), "title", "keep")
    download(opened, tmp_path / "decisions.json")
    assert apply(copied, tmp_path / "decisions.json")["code"] == 0
    before = contents(copied)
    again = apply(copied, tmp_path / "decisions.json")
    assert (again["code"], again["summary"]["written"], contents(copied) == before) == (0, 0, True)


def test_a_page_that_changed_meanwhile_is_left_alone_and_named(
    opened: Opened, copied: Path, tmp_path: Path
) -> None:
    decide(opened, path(4), "title", "take")
    decide(opened, path(6), "publication_types", "take")
    download(opened, tmp_path / "decisions.json")
    changed = copied / path(4)
    changed.write_bytes(changed.read_bytes().replace(b"Some text", b"Another text"))
    before = contents(copied)
    report = apply(copied, tmp_path / "decisions.json")
    assert report["code"] == 4
    assert [page["status"] for page in report["pages"]] == ["failed", "changed"]
    assert "not as the report showed it" in report["pages"][0]["error"]
    after = contents(copied)
    assert {name for name in after if after[name] != before[name]} == {path(6)}


def test_all_that_is_safe_comes_to_what_apply_alone_writes(
    opened: Opened, copied: Path, tmp_path: Path, made: Path
) -> None:
    opened.page.click("#take-safe")
    download(opened, tmp_path / "decisions.json")
    assert apply(copied, tmp_path / "decisions.json")["code"] == 0
    other = Path(shutil.copytree(made, tmp_path / "other"))
    run(other, "apply", "--records", "records.jsonl")
    assert contents(copied) == contents(other)


def test_decisions_survive_a_reload_if_the_browser_keeps_them(opened: Opened) -> None:
    decide(opened, path(4), "title", "take")
    opened.page.locator("#tally", has_text="1 of ").wait_for()
    opened.page.reload()
    opened.page.locator("#tally", has_text="1 of ").wait_for()
    assert opened.page.locator("input:checked[value=take]").count() == 1


def test_without_storage_memory_has_to_do(made: Path, visit: Visit, tmp_path: Path) -> None:
    refuse = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no'); } })"
    opened = visit(made / "report.html", script=refuse)
    decide(opened, path(4), "title", "take")
    opened.page.click("#theme")
    assert len(download(opened, tmp_path / "decisions.json")["decisions"]) == 1
    assert opened.errors == []


def test_without_scripts_all_can_be_read(made: Path, visit: Visit) -> None:
    opened = visit(made / "report.html", java_script_enabled=False)
    text = opened.page.locator("body").inner_text()
    assert "enrich review" in text
    assert "Download decisions" not in text
    assert opened.count(".sides") > 40
    assert opened.count(".decide") == 0


def test_a_phone_scrolls_one_way(made: Path, visit: Visit) -> None:
    opened = visit(
        made / "report.html", viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True
    )
    page = opened.page
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator("article.you label.take").first.tap()
    assert opened.text("#tally").startswith("1 of ")
    page.mouse.wheel(0, 20_000)
    with page.expect_download():
        page.tap("#download")  # it is always at hand
    assert page.locator("#saved").is_visible()


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({}, id="on a wide screen"),
        pytest.param({"viewport": {"width": 390, "height": 844}, "has_touch": True}, id="on a phone"),
        pytest.param(
            {"viewport": {"width": 320, "height": 640}, "java_script_enabled": False}, id="without scripts"
        ),
    ],
)
def test_a_long_list_has_links_to_its_ends(made: Path, visit: Visit, options: dict[str, Any]) -> None:
    page = visit(made / "report.html", **options).page
    last = page.locator(CARD).last
    for _ in range(2):
        page.get_by_role("link", name="To the end").click()
        playwright.expect(last).to_be_in_viewport(ratio=1)
        playwright.expect(page.locator("#meanings")).to_be_in_viewport()
        page.get_by_role("link", name="To the top").click()
        playwright.expect(page.locator("h1")).to_be_in_viewport(ratio=1)
        playwright.expect(last).not_to_be_in_viewport()


def test_a_short_list_has_no_links_to_its_ends(few: Path, visit: Visit) -> None:
    assert visit(few).count(".jump") == 0


def test_the_theme_button_overrules_the_system(made: Path, visit: Visit) -> None:
    opened = visit(made / "report.html", color_scheme="dark")
    color = "getComputedStyle(document.body).backgroundColor"
    dark = opened.page.evaluate(color)
    opened.page.click("#theme")
    light = opened.page.evaluate(color)
    assert dark != light
    opened.page.click("#theme")
    assert opened.page.evaluate(color) == dark


def test_a_finding_explains_itself_in_the_page(opened: Opened) -> None:
    opened.page.locator("[data-meaning=retracted]").first.click()
    assert opened.page.locator("#meaning").is_visible()
    assert opened.text("#meaning-title") == "retracted"
    assert "What to do:" in opened.text("#meaning-text")
    opened.press("Escape")
    assert not opened.page.locator("#meaning").is_visible()


def test_the_command_can_be_copied(opened: Opened, tmp_path: Path) -> None:
    opened.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    decide(opened, path(4), "title", "take")
    download(opened, tmp_path / "decisions.json")
    opened.page.click("#copy")
    opened.page.locator("#copied", has_text="Copied.").wait_for()  # the policy forbids `wait_for_function`
    assert opened.page.evaluate("navigator.clipboard.readText()") == opened.text("#command")


@pytest.mark.parametrize("width", [320, 333, 350, 390, 480, 1280])
def test_no_option_of_the_command_breaks_over_two_lines(opened: Opened, width: int, tmp_path: Path) -> None:
    opened.page.set_viewport_size({"width": width, "height": 800})
    decide(opened, path(4), "title", "take")
    download(opened, tmp_path / "decisions.json")
    lines = opened.page.eval_on_selector_all(
        "#command .option", "parts => parts.map(part => [part.textContent, part.getClientRects().length])"
    )
    opened.page.set_viewport_size(DESKTOP)
    assert lines == [["--records", 1], ["--decisions", 1]]


@pytest.mark.parametrize("width", [320, 360, 480, 600, 700, 800, 900, 1000, 1280, 1920])
def test_nothing_is_cut_at_any_width(wide: Opened, width: int) -> None:
    page = wide.page
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    cut = page.evaluate(
        """() => [...document.querySelectorAll(".glance *, .bar *, .top *, .acts *")]
        .filter((each) => each.clientWidth && !each.closest(".unseen, svg, progress, option"))
        .filter((each) => each.scrollWidth > each.clientWidth + 1
          || (getComputedStyle(each).overflowY !== "visible" && each.scrollHeight > each.clientHeight + 3))
        .map((each) => each.outerHTML.slice(0, 80))"""
    )
    assert cut == []


@pytest.mark.parametrize("width", [320, 360, 480, 768, 1280])
def test_words_are_whole_in_the_legend_and_in_the_filter(wide: Opened, width: int) -> None:
    wide.page.set_viewport_size({"width": width, "height": 800})
    broken = wide.page.evaluate(
        """() => {
          const pen = document.createElement("canvas").getContext("2d");
          const measure = (each, text) => {
            pen.font = getComputedStyle(each).font;
            return pen.measureText(text).width;
          };
          const names = [...document.querySelectorAll(".legend .name")].flatMap((each) =>
            each.textContent.trim().split(" ").filter((word) => measure(each, word) > each.clientWidth + 1));
          const filter = document.querySelector("#filter"), style = getComputedStyle(filter);
          const room = filter.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
          const options = [...filter.options].map((option) => option.text);
          return [...names, ...options.filter((text) => measure(filter, text) > room)];
        }"""
    )
    assert broken == []
