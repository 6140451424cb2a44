"""The page about works without a page as a person uses it: look, choose, copy, and do what was copied."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from enrich.model.work import PartialDate
from enrich.report.parts.new_works_page import render_new_works
from tests.browser.conftest import DESKTOP, Opened
from tests.browser.test_access import assert_accessible
from tests.support.hostile_report import TEXTS
from tests.support.new_works import ADA, IAN, new_work, new_works
from tests.support.sample import RECORDS, copy_site, run

Visit = Callable[..., Opened]
WORK = "article.card"
SICI = "10.1002/(sici)1096-8644(199608)100:4<1::aid-x>3.0.co;2-u"
MANY = 300
LONGEST = 8_191  # characters that Windows' cmd.exe takes
WORDS = {"take": "Make a page", "keep": "Not ours", "later": "Leave open"}


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of 300 works of 12 years: of Ada's, and every third of Ian's as well."""
    works = [
        new_work(
            SICI.replace("<1:", f"<{number}:") if not 0 < number < 120 else f"10.5555/ice.{number}",
            f"Ice below <i>floe</i> {number}",
            date=PartialDate(2025 - number // 25, 1 + number % 12),
            people=(ADA, IAN) if number % 3 == 0 else (ADA,),
            also=(f"10.48550/arxiv.2401.{number:05d}",) if number % 4 == 0 else (),
        )
        for number in range(MANY - 1)
    ]
    found = new_works(*works, new_work("10.5555/ends.", "Its DOI cannot be used", date=None))
    file = tmp_path_factory.mktemp("many") / "new.html"
    file.write_text(render_new_works(found, "enrich 0.1.0", "enrich add --site 'my site'"), encoding="utf-8")
    return file


@pytest.fixture
def opened(many: Path, visit: Visit) -> Opened:
    """Return the page of 300 works, open."""
    return visit(many)


def choose(opened: Opened, doi: str, word: str) -> None:
    """Choose with the mouse."""
    opened.page.locator(f'[data-key="{doi}"] label.{word}').click()


def split_in_shell(command: str) -> list[str]:
    """Return the words of a command as a shell reads them."""
    script = f"enrich() {{ printf '%s\\n' \"$@\"; }}\n{command}"
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_it_opens_without_a_word_and_asks_for_nothing(opened: Opened, many: Path) -> None:
    assert (opened.errors, opened.requests) == ([], [many.as_uri()])
    assert opened.page.title() == "Works without a page: The Ice Lab"
    assert opened.count(WORK) == MANY
    assert opened.text("#tally") == f"0 of {MANY - 1} decided"
    assert opened.texts(f"{WORK} >> nth=0 >> label") == [*WORDS.values()]
    assert opened.page.locator("h3 em").first.inner_text() == "floe"
    hrefs = opened.page.eval_on_selector_all("a[href]", "all => all.map(each => each.getAttribute('href'))")
    assert {href.split("/10.")[0] for href in hrefs} == {"https://doi.org", "#list", "#top", "#end"}


def test_choices_become_a_command_and_tables_and_are_taken_back(opened: Opened) -> None:
    assert opened.count("#unchosen") == 1
    assert opened.page.locator("#finish").is_disabled()
    for doi, word in (
        (SICI.replace("<1:", "<0:"), "take"),
        ("10.5555/ice.1", "keep"),
        ("10.5555/ice.2", "later"),
    ):
        choose(opened, doi, word)
    assert opened.texts("#result h3") == ["Make 1 page", "Leave out 1 work"]
    assert opened.text("#command") == f"enrich add '{SICI.replace('<1:', '<0:')}' --site 'my site'"
    assert opened.text("#tables") == '[[ignore]]\ndoi = "10.5555/ice.1"\nreason = "not ours"'
    choose(opened, "10.5555/ice.1", "take")
    assert opened.texts("#result h3") == ["Make 2 pages"]
    assert opened.text("#command").endswith("' 10.5555/ice.1 --site 'my site'")
    opened.page.locator("body").press("u")
    assert opened.texts("#result h3") == ["Make 1 page", "Leave out 1 work"]


def test_keys_go_choose_and_finish(opened: Opened) -> None:
    page = opened.page
    page.locator("body").press("t")
    assert opened.text("#said") == "Go to a work first: j is the next one."
    opened.press("d")
    assert opened.text("#said") == "You have not chosen anything yet."
    opened.press("j", "t", "n", "m", "l")
    checked = "all => all.map(each => each.value)"
    assert page.eval_on_selector_all(".decide input:checked", checked) == ["take", "keep", "keep", "later"]
    assert opened.text("#said").startswith("Ice below floe 3: Leave open. 3 of ")
    opened.press("d")
    assert page.evaluate("document.activeElement.id") == "result-title"
    opened.await_frame()
    assert 0 <= page.locator("#result").bounding_box()["y"] < 200
    opened.press("?")
    assert "leave the work out for good" in opened.text("#help")
    opened.press("Escape")
    assert opened.errors == []


def test_choices_survive_a_reload(opened: Opened) -> None:
    for number, word in enumerate(WORDS, 1):
        choose(opened, f"10.5555/ice.{number}", word)
    before = opened.text("#result")
    opened.page.reload()
    opened.page.locator("#tally", has_text="2 of ").wait_for()
    assert opened.text("#result") == before
    assert "10.5555/ice.1" in opened.text("#command")


def test_many_are_chosen_at_once_and_every_command_is_short_enough(opened: Opened) -> None:
    page = opened.page
    assert opened.texts("[data-answer]") == [], "not for everything at once"
    page.select_option("#filter", f"person:{IAN.replace(' ', '_')}")
    assert opened.texts("[data-answer]") == ["Make pages for all 100 works", "Not ours: all 100 works"]
    page.click("[data-answer=keep]")
    page.select_option("#filter", "answer:")
    assert opened.count(WORK) == MANY - 1 - 100
    page.click("[data-answer=take]")
    page.select_option("#filter", "answer:keep")
    assert opened.count(WORK) == 100
    commands = opened.text("#command").splitlines()
    assert opened.text("#copy-command") == f"Copy the {len(commands)} commands"
    assert len(commands) > 1
    assert max(map(len, commands)) <= LONGEST
    words = [split_in_shell(command) for command in commands]
    assert all((each[0], each[-2:]) == ("add", ["--site", "my site"]) for each in words)
    dois = [doi for each in words for doi in each[1:-2]]
    assert len({*dois}) == len(dois) == MANY - 1 - 100
    assert opened.text("#tables").count("[[ignore]]") == 100


@pytest.mark.parametrize("width", [320, 375, 768, 1280])
def test_nothing_is_cut_at_any_width(opened: Opened, width: int) -> None:
    page = opened.page
    page.set_viewport_size({"width": width, "height": 700})
    choose(opened, SICI.replace("<1:", "<0:"), "take")
    choose(opened, "10.5555/ice.1", "keep")
    cut = page.evaluate(
        """() => [...document.querySelectorAll("article:nth-of-type(-n+3) *, .bar *, .top *, .result *")]
        .filter((each) => each.clientWidth && !each.closest(".unseen, progress, option, input"))
        .filter((each) => each.scrollWidth > each.clientWidth + 1
          || (getComputedStyle(each).overflowY !== "visible" && each.scrollHeight > each.clientHeight + 3))
        .map((each) => each.outerHTML.slice(0, 80))"""
    )
    scrolls = page.evaluate("document.documentElement.scrollWidth")
    heights = page.eval_on_selector_all(
        ".decide",
        "all => all.slice(0, 9).map(each => [...each.children].slice(1).map(one => one.offsetHeight))",
    )
    page.set_viewport_size(DESKTOP)
    assert cut == []
    assert scrolls <= width
    assert all(len({*row}) == 1 for row in heights)


def test_axe_finds_nothing(tmp_path: Path, visit: Visit) -> None:
    works = [new_work(f"10.5555/{at}", people=(ADA, IAN), also=(SICI, "10.5555/pre")) for at in range(3)]
    file = tmp_path / "new.html"
    found = new_works(*works, new_work("10.5555/ends."), failures=("DataCite did not answer",))
    file.write_text(render_new_works(found, "enrich 0.1.0"), encoding="utf-8")
    opened = visit(file)
    choose(opened, "10.5555/0", "take")
    choose(opened, "10.5555/1", "keep")
    assert_accessible(opened)


def test_without_scripts_all_can_be_read(many: Path, visit: Visit) -> None:
    opened = visit(many, java_script_enabled=False)
    text = opened.page.locator("body").inner_text()
    assert "enrich add DOI DOI … --site 'my site'" in text
    assert opened.count(f"{WORK} h3") == MANY
    assert opened.count(".decide, #result, .bar, .tools") == 0


def test_hostile_works_do_nothing(tmp_path: Path, visit: Visit) -> None:
    texts = [text for name, text in TEXTS.items() if name != "half a character"]
    works = [
        new_work(f"10.5555/{at}", text, journal=text, people=(text,), also=(text,))
        for at, text in enumerate(texts)
    ]
    file = tmp_path / "new.html"
    found = new_works(*works, *map(new_work, texts), failures=tuple(texts))
    file.write_text(
        render_new_works(found, "enrich 0.1.0", "enrich add --site '</script>'", "<b>"), encoding="utf-8"
    )
    opened = visit(file)
    opened.press("j", "t", "n", "o", "u", "/")
    opened.page.keyboard.type("pwned")
    opened.page.click("[data-answer=take]")
    assert opened.page.evaluate("window.pwned") is None
    assert (opened.errors, opened.requests) == ([], [file.as_uri()])
    assert opened.text("#command").endswith(" --site '</script>'")


def add_records(site: Path, dois: Sequence[str]) -> None:
    """Add works of the sample's person to its records."""
    person = {"given": "Josiah", "family": "Carberry", "ORCID": "https://orcid.org/0000-0002-1825-0097"}
    words = ("cracked", "glued", "missing", "borrowed")
    records = [
        {
            "DOI": doi,
            "type": "journal-article",
            "title": [f"The {word} vase of the {word} museum"],
            "author": [person],
            "container-title": ["Journal of Psychoceramics"],
            "issued": {"date-parts": [[2015, 5]]},
        }
        for doi, word in zip(dois, words, strict=True)
    ]
    lines = "".join(f"{json.dumps(record)}\n" for record in records)
    (site / RECORDS / "made.jsonl").write_text(lines, encoding="utf-8")


def test_what_is_copied_does_what_the_page_says(tmp_path: Path, visit: Visit) -> None:
    site = copy_site(tmp_path / "site")
    quoted, plain, ours, later = dois = (SICI, "10.5555/vase.1", "10.5555/vase's$2", "10.5555/vase.3")
    add_records(site, dois)
    listed = run(site, "new", "--records", RECORDS, "--format", "html")
    assert listed.returncode == 1, listed.stderr
    (tmp_path / "new.html").write_text(listed.stdout, encoding="utf-8")
    opened = visit(tmp_path / "new.html")
    opened.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for doi, word in ((quoted, "take"), (plain, "take"), (ours, "keep"), (later, "later")):
        choose(opened, doi, word)
    copied = []
    for name in ("command", "tables"):
        opened.page.click(f"#copy-{name}")
        opened.page.locator(f"#copied-{name}", has_text="Copied.").wait_for()
        copied.append(opened.page.evaluate("navigator.clipboard.readText()"))
    command, tables = copied
    added = run(site, *split_in_shell(command), "--format", "json")
    rows = json.loads(added.stdout)["added"]
    assert {row["doi"]: row["status"] for row in rows} == {quoted: "added", plain: "added"}
    with (site / "enrich.toml").open("a", encoding="utf-8") as settings:
        settings.write(tables)
    found = json.loads(run(site, "new", "--records", RECORDS, "--format", "json").stdout)
    assert {work["doi"]: work["status"] for work in found["works"]} == {
        "10.5555/12345678": "new",
        ours: "ignored",
        later: "new",
    }
