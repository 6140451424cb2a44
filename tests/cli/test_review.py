"""`enrich review`: what is typed at a terminal, a real run on one, and none if there is none."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from enrich.choices.answered_plans import apply_answers
from enrich.choices.interactive import begin
from enrich.choices.question import Review
from enrich.cli import console, main
from enrich.cli.review import ask_questions
from enrich.model.plan import Plan
from tests.choices.test_interactive import TEXT, plan
from tests.support.pseudo_terminal import END, INTERRUPT, converse
from tests.support.sample import RECORDS, ROOT, copy_site, run

STOPPED = "interrupted: no page was written; run `enrich review` again to decide"
on_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals for this")
JINEK = "content/publication/jinek2012/index.md"


def lines(*typed: str) -> Callable[[], str]:
    """Return what types these lines, then the end of the input."""
    left = iter(typed)
    return lambda: next(left, "")


def answered(*typed: str, opened: list[str] | None = None, has_browser: bool = True) -> Review:
    """Return the review of one page after these lines."""

    def open_page(address: str) -> bool:
        if opened is not None:
            opened.append(address)
        return has_browser

    review = begin((plan(),))
    return ask_questions(review, color=False, full=False, read=lines(*typed), open_page=open_page)


@pytest.mark.parametrize(
    ("typed", "answers"),
    [
        pytest.param((), (), id="the end of the input: quit, never yes"),
        pytest.param(("y\n",), ("take",), id="yes, then the end of the input"),
        pytest.param(("y",), ("take",), id="a last line without its end"),
        pytest.param((" y \n", "\n", "n\r\n"), ("take", "leave"), id="white space, an empty line, CRLF"),
        pytest.param(("yes\n", "Q\n", "ß\n", "\x1b[A\n", "q\n"), (), id="an unknown key is not an answer"),
        pytest.param(("?\n", "k\n"), ("keep",), id="help, then keep"),
    ],
)
def test_what_is_typed(typed: tuple[str, ...], answers: tuple[str, ...]) -> None:
    assert answered(*typed).answers == answers


def test_help_names_the_keys_that_are_offered(capsys: pytest.CaptureFixture[str]) -> None:
    answered("?\n")
    out = capsys.readouterr().out
    assert "[y,n,k,e,a,d,Y,N,K,p,o,q,?]" in out
    named = re.findall(r"(?:^|\] )  (\S)   \S", out, re.MULTILINE)
    assert "".join(named) == "ynkeadYNKpoq?"


def test_a_question_shows_what_differs_the_source_and_the_reason(capsys: pytest.CaptureFixture[str]) -> None:
    answered()
    out = capsys.readouterr().out
    assert "== Genes\n   https://doi.org/10.5555/1 (Crossref)\n" in out
    assert "abstract: differs from the record" in out
    assert "why not: an alias" in out
    assert "a.md: needs review: title: differs from the record\n    | [-Genes-] {+Genomes+}\n" in out
    assert "    why: they differ\n(1/3) Write this? " in out


@pytest.mark.parametrize(
    ("key", "said"),
    [
        pytest.param("s", "this change cannot be split", id="what cannot be split"),
        pytest.param("u", "there is no answer to undo", id="nothing to undo"),
        pytest.param("x", "  y   yes, write this", id="a key that there is not"),
        pytest.param("", "?]   type a key; ? lists them\n(1/3)", id="Enter"),
        pytest.param(" \t", "?]   type a key; ? lists them\n(1/3)", id="white space"),
    ],
)
def test_a_key_without_effect_says_why(capsys: pytest.CaptureFixture[str], key: str, said: str) -> None:
    answered(f"{key}\n")
    out = capsys.readouterr().out
    assert said in out
    assert (out.count("(1/3) Write this?"), out.count("[-Genes-]")) == (2, 1)


def test_a_long_value_can_be_printed_whole(capsys: pytest.CaptureFixture[str]) -> None:
    page = plan()
    long = replace(page.changes[0], new="word " * 300)
    review = begin((replace(page, changes=(long,)),))
    ask_questions(review, color=False, full=False, read=lines("p\n"))
    first, second = capsys.readouterr().out.split("Write this?")[:2]
    assert "more words" in first
    assert (second.count("word"), "more words" in second) == (300, False)


@pytest.mark.parametrize(
    ("typed", "after", "said"),
    [
        pytest.param(
            ("e\n", "Our genes\n", "y\n"), "title: Our genes ", "[-Genes-] {+Our genes+}", id="text"
        ),
        pytest.param(("e\n", "\n", "n\n"), "title: Genes ", "an empty line changes nothing", id="nothing"),
        pytest.param(("e\n", " - \n", "n\n"), "title: Genes ", "neither a letter nor a digit", id="no text"),
        pytest.param(("e\n",), "title: Genes ", "as plain text", id="the end of the input"),
        pytest.param(
            ("n\n", "e\n", "Ann Lee; Jo Doe\n", "y\n"),
            "authors: [Ann Lee, Jo Doe]",
            "with a semicolon between two items",
            id="a list",
        ),
        pytest.param(
            ("n\n", "e\n", "Ann Lee\n", "y\n"),
            "authors: [Ann Lee]",
            "    why: you typed this value: 1 author instead of 3\n",
            id="fewer authors",
        ),
        pytest.param(
            ("n\n", "e\n", "Ann Lee; Jo Doe; Eve Roe\n", "y\n"),
            "authors: [Ann Lee, Jo Doe, Eve Roe]",
            "    why: you typed this value\n",
            id="as many authors",
        ),
        pytest.param(
            ("n\n", "e\n", "Ann B. Lee, Jo Doe\n", "n\n"),
            "authors: [Ann Lee, J. Doe, Eve Roe]",
            "  “Ann B. Lee, Jo Doe” may be two names; type names with a semicolon between them, or one"
            " without a\n      comma\n  y still writes: Ann Lee; Jane Doe; New Person; Eve Roe\n",
            id="a comma between authors",
        ),
        pytest.param(
            ("n\n", "e\n", "2009-13-08\n"),
            "authors: [Ann Lee, J. Doe, Eve Roe]",
            "  “2009-13-08” is a date; type names with a semicolon between them\n",
            id="a date for the authors",
        ),
        pytest.param(
            ("e\n", "doi.org/10.5555/12\n"),
            "title: Genes ",
            "  “doi.org/10.5555/12” is a DOI; type the title in words\n",
            id="a DOI for the title",
        ),
        pytest.param(
            ("e\n", "2024-07-03\n", "y\n"),
            "title: Genomes ",
            "  “2024-07-03” is a date; type the title in words\n  y still writes: Genomes\n(1/3) Write this?",
            id="a date for the title, then yes to the value of the record",
        ),
        pytest.param(
            ("e\n", "Our genes\n", "e\n", "2024-07\n", "y\n"),
            "title: Our genes ",
            "month; type the title in words\n  y still writes: Our genes\n(1/3) Write this?",
            id="a month for the title, then yes to the value typed before",
        ),
        pytest.param(
            ("n\n", "s\n", "e\n"), "title: Genes ", "this is a part of a list; undo the split", id="a part"
        ),
    ],
)
def test_a_value_of_ones_own(
    capsys: pytest.CaptureFixture[str], typed: tuple[str, ...], after: str, said: str
) -> None:
    outcomes = apply_answers((plan(),), answered(*typed))
    assert after in (outcomes[0].after if outcomes and isinstance(outcomes[0], Plan) else TEXT)
    assert said in capsys.readouterr().out


FIRST = "proposes 2019-03-04 instead: the record's first value"
PRINT = "proposes 2019-05-01 instead: print 2019-05-01"
ISSUED = "proposes 2019-06-01 instead: issued 2019-06-01"


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        pytest.param((), [PRINT, ISSUED], id="the record's first date"),
        pytest.param(("1",), [FIRST, ISSUED], id="its date of print"),
        pytest.param(("1", "2"), [PRINT, FIRST], id="one date after the other"),
        pytest.param(("2", "2"), [PRINT, ISSUED], id="the first one again"),
        pytest.param(("e", "2019-05-01"), [FIRST, ISSUED], id="the date of print, typed"),
        pytest.param(("1", "e", "2019-05-02"), [PRINT, ISSUED], id="a date of one's own"),
    ],
)
def test_a_number_proposes_each_value_of_the_record_but_the_one_that_is_shown(
    capsys: pytest.CaptureFixture[str], typed: tuple[str, ...], offered: list[str]
) -> None:
    answered("n", "n", *typed)
    shown = capsys.readouterr().out.rpartition("needs review: ")[2]
    assert re.findall(r"^    \d (.+)$", shown, re.MULTILINE) == offered


def test_an_answer_for_a_field_says_how_many_changes_it_answered(capsys: pytest.CaptureFixture[str]) -> None:
    review = begin((plan("a.md"), plan("b.md")))
    ask_questions(review, color=False, full=False, read=lines("Y\n", "y\n"))
    out = capsys.readouterr().out
    assert out.count("2 changes answered, beginning with title; u undoes the answers") == 1


@pytest.mark.parametrize("has_browser", [True, False])
def test_only_the_doi_is_opened(has_browser: bool, capsys: pytest.CaptureFixture[str]) -> None:
    opened: list[str] = []
    answered("o\n", opened=opened, has_browser=has_browser)
    assert opened == ["https://doi.org/10.5555/1"]
    assert ("there is no browser" in capsys.readouterr().out) is not has_browser


@pytest.mark.parametrize(
    ("doi", "address"),
    [
        pytest.param("10.1002/(SICI)1097-0258(1998)17:8<857::AID-X>3.0.CO;2-E",
                     "https://doi.org/10.1002/%28SICI%291097-0258%281998%2917%3A8%3C857%3A%3AAID-X%3E3.0.CO%3B2-E",
                     id="a DOI with all that an address may not have"),
        pytest.param("file:///etc/passwd", None, id="no DOI"),
        pytest.param("javascript:alert(1)", None, id="a script"),
    ],
)  # fmt: skip
def test_nothing_but_a_doi_is_opened(doi: str, address: str | None) -> None:
    opened: list[str] = []

    def open_page(target: str) -> bool:
        opened.append(target)
        return True

    ask_questions(
        begin((replace(plan(), doi=doi),)), color=False, full=False, read=lines("o\n"), open_page=open_page
    )
    assert opened == ([address] if address else [])


def test_without_a_terminal_it_says_what_to_use(tmp_path: Path) -> None:
    done = run(copy_site(tmp_path), "review", "content", "--records", RECORDS)
    assert (done.returncode, done.stdout) == (2, "")
    assert "needs a terminal, and there is none" in done.stderr
    assert "run `enrich apply` to write the safe changes" in done.stderr
    assert "--report html:" in done.stderr


@pytest.mark.parametrize("stream", ["stdin", "stdout"])
def test_questions_need_a_terminal_on_both_ends(monkeypatch: pytest.MonkeyPatch, stream: str) -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    for name in ("stdin", "stdout"):
        monkeypatch.setattr(sys, name, io.StringIO() if name == stream else Screen())
    assert not console.is_interactive()
    assert main.run(["review"]) == 2


@on_posix
def test_on_a_terminal_what_was_chosen_is_written_and_kept(tmp_path: Path) -> None:
    site = copy_site(tmp_path)
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" >> {tmp_path}/opened\n', encoding="utf-8")
    browser.chmod(0o755)
    asked = ("review", JINEK, "--records", RECORDS)
    code, said = converse(site, *asked, typed=["o", "?", "n", "u", "y", "k"], BROWSER=str(browser))
    assert code == 0, said
    assert "(1/2) Write this? [y,n,k,e,a,d,Y,N,K,p,o,q,?] o\n" in said
    assert "1 change written on 1 page · 1 kept as yours\n" in said
    assert (tmp_path / "opened").read_text(encoding="utf-8") == "https://doi.org/10.1126/science.1225829\n"
    before, after = (ROOT / JINEK).read_text(encoding="utf-8"), (site / JINEK).read_text(encoding="utf-8")
    assert "Michael Hauer" in after
    assert "date: 2013-08-17" in after or 'date: "2013-08-17"' in after
    assert len(before.splitlines()) - len(after.splitlines()) in {-1, 0}
    code, said = converse(site, *asked, typed=[])
    assert (code, said.endswith("nothing to decide\n")) == (0, True), said
    assert run(site, "check", *asked[1:]).returncode == 0


@on_posix
def test_a_date_of_ones_own_is_written_and_not_asked_about_again(tmp_path: Path) -> None:
    site = copy_site(tmp_path)
    asked = ("review", JINEK, "--records", RECORDS, "--only", "date")
    code, said = converse(site, *asked, typed=["e", "2012-02-30", "e", "2012-07-01", "1", "u", "y"])
    assert code == 0, said
    assert "type a day of the calendar, as in 2019-03-04" in said
    assert "1 proposes 2012-08-17 instead: print 2012-08-17" in said
    assert "why: you typed this value" in said
    assert "why: you chose this value of the record: print 2012-08-17" in said
    assert "1 change written on 1 page" in said
    assert re.search(r"^date: \W?2012-07-01", (site / JINEK).read_text(encoding="utf-8"), re.MULTILINE)
    assert converse(site, *asked, typed=[])[1].endswith("nothing to decide\n")


@on_posix
def test_a_kept_value_is_asked_about_again_after_the_record_changes(tmp_path: Path) -> None:
    site = copy_site(tmp_path)
    asked = ("review", JINEK, "--records", RECORDS, "--only", "date")
    converse(site, *asked, typed=["k"])
    assert converse(site, *asked, typed=[])[1].endswith("nothing to decide\n")
    record = site / RECORDS / "jinek2012.json"
    text = record.read_text(encoding="utf-8")
    assert "[2012, 6, 28]" in text
    record.write_text(text.replace("[2012, 6, 28]", "[2012, 6, 27]"), encoding="utf-8")
    code, said = converse(site, *asked, typed=["n"])
    assert code == 0
    assert "date: changed on the page and in the record" in " ".join(said.split())
    assert "2012-06-27" in said


@on_posix
def test_undo_after_answers_that_changed_no_page_says_what_takes_them_back(tmp_path: Path) -> None:
    site = copy_site(tmp_path)
    assert run(site, "undo", JINEK).stderr == "there is nothing to undo here\n"
    asked = ("review", JINEK, "--records", RECORDS, "--only", "date")
    converse(site, *asked, typed=["k"])
    said = "; if you answered “keep mine” or refused a DOI, `enrich forget PAGE` takes that back"
    assert run(site, "undo", JINEK).stderr == f"there is nothing to undo here{said}\n"
    other = "content/publication/shannon1948/index.md"
    assert run(site, "undo", other).stderr == "there is nothing to undo here\n"
    assert run(site, "forget", JINEK).stdout == f"{JINEK}: forgotten\n"
    assert converse(site, *asked, typed=["n"])[1].endswith("# asks about this change\n")


def break_page(site: Path) -> None:
    """Change the page while its questions are open."""
    page = site / JINEK
    page.write_text(page.read_text(encoding="utf-8") + "\nA word more.\n", encoding="utf-8")


def break_undo(site: Path) -> None:
    """Put a folder in the place of the file without which nothing is written."""
    (site / "cache" / "undo.patch").mkdir()


def break_baseline(site: Path) -> None:
    """Put a folder in the place of the file that remembers the answers."""
    (site / "cache" / "baseline.jsonl").mkdir()


AGAIN = f"Next: enrich review {JINEK} --records {RECORDS}"


@pytest.mark.parametrize(
    ("break_site", "typed", "last"),
    [
        pytest.param(
            break_page,
            "yk",
            ["no page changed · 2 answers lost", AGAIN, "        # asks about these 2 changes"],
            id="page, both",
        ),
        pytest.param(
            break_page,
            "nk",
            [
                "no page changed · 1 kept as yours · 1 left open",
                AGAIN,
                "        # asks about this change",
            ],
            id="nothing to write",
        ),
        pytest.param(
            break_undo,
            "yn",
            [
                "no page changed · 1 answer lost · 1 left open",
                AGAIN,
                "        # asks about these 2 changes",
            ],
            id="undo",
        ),
        pytest.param(
            break_baseline,
            "kk",
            ["no page changed · 2 answers lost", AGAIN, "        # asks about these 2 changes"],
            id="baseline",
        ),
        pytest.param(
            break_baseline,
            "yk",
            ["1 change written on 1 page · 1 answer lost", AGAIN, "        # asks about this change"],
            id="baseline, but the page is written",
        ),
    ],
)
def test_an_answer_that_could_not_be_stored_is_said_to_be_lost(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    break_site: Callable[[Path], None],
    typed: str,
    last: list[str],
) -> None:
    site = copy_site(tmp_path)
    answers = list(typed)

    def read() -> str:
        if len(answers) == 1:
            break_site(site)
        return answers.pop(0)

    monkeypatch.chdir(site)
    monkeypatch.setattr("enrich.cli.review.is_interactive", lambda: True)
    monkeypatch.setattr(
        ask_questions, "__kwdefaults__", {**(ask_questions.__kwdefaults__ or {}), "read": read}
    )
    code = main.run(["review", JINEK, "--records", RECORDS])
    said = capsys.readouterr().out
    assert said.splitlines()[-len(last) :] == last, said
    assert code == (4 if "lost" in last[0] else 0)


CHANGE_LINES = re.compile(r"^content/\S+: (?:safe|needs review): .+", re.MULTILINE)


def leave_as_it_is(_site: Path) -> None:
    """Change nothing."""


def make_one_page_news(site: Path) -> None:
    """Let an earlier run report everything, then give one page a new change and another a new finding."""
    assert run(site, "check", "content", "--records", RECORDS, "--remember").returncode == 1
    pages = sorted((site / "content/publication").glob("*/index.md"))
    edit(pages[-1], "title: ", "title: A word and ")
    edit(site / JINEK, "\ndate: ", "\nurl_pdf: https://example.org:99999/\ndate: ")


def add_translation(site: Path) -> None:
    """Add a translation whose keys stand elsewhere, beside a page between the two."""
    page = site / JINEK
    edit(page.with_name("index.de.md"), "---\n", "---\nsummary: Genes\n", like=page)
    edit(page.with_name("index.de.md"), "\nauthors:", "\nfeatured: true\nauthors:")


def remove_keys(site: Path) -> None:
    """Remove two keys of a page: the second gets another line once the first is written."""
    page = site / "content/publication/shannon1948/index.md"
    kept = re.sub(r"^(?:title|publication): .*\n", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    page.write_text(kept, encoding="utf-8")


def edit(page: Path, old: str, new: str, like: Path | None = None) -> None:
    """Write the page again with another text in the place of the first such one."""
    text = (like or page).read_text(encoding="utf-8")
    assert old in text
    page.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("change_site", "options"),
    [
        pytest.param(leave_as_it_is, (), id="all pages are news"),
        pytest.param(make_one_page_news, ("-v",), id="few pages are news"),
        pytest.param(add_translation, (), id="a translation"),
        pytest.param(remove_keys, (), id="new keys"),
    ],
)
def test_questions_have_the_order_and_the_lines_of_check(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    change_site: Callable[[Path], None],
    options: tuple[str, ...],
) -> None:
    site = copy_site(tmp_path)
    change_site(site)
    arguments = ("content", "--records", RECORDS, *options)
    listed = CHANGE_LINES.findall(run(site, "check", *arguments).stdout)
    monkeypatch.chdir(site)
    monkeypatch.setattr("enrich.cli.review.is_interactive", lambda: True)
    given = {**(ask_questions.__kwdefaults__ or {}), "read": lambda: "n"}
    monkeypatch.setattr(ask_questions, "__kwdefaults__", given)
    main.run(["review", *arguments])
    assert CHANGE_LINES.findall(capsys.readouterr().out) == listed
    assert len(listed) >= 3


LEFT = f"""no page changed · 14 left open
Next: enrich review content --records {RECORDS}
        # asks about these 14 changes"""


def test_a_page_without_a_doi_has_no_empty_address_in_its_heading(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ask_questions(begin((replace(plan(), doi="", source_name=""),)), color=False, full=False, read=lines())
    out = capsys.readouterr().out
    assert "== Genes\n" in out
    assert "doi.org" not in out


@on_posix
@pytest.mark.parametrize(
    ("typed", "code", "last"),
    [
        pytest.param([END], 0, LEFT, id="the end of the input"),
        pytest.param(["q"], 0, LEFT, id="quit"),
        pytest.param(["y", "a", INTERRUPT], 130, STOPPED, id="an interrupt writes nothing"),
    ],
)
def test_leaving_says_yes_to_nothing(tmp_path: Path, typed: list[str | bytes], code: int, last: str) -> None:
    site = copy_site(tmp_path)
    ended, said = converse(site, "review", "content", "--records", RECORDS, typed=typed)
    assert ended == code
    assert said.endswith(f"\n{last}\n")
    assert not (site / "cache" / "baseline.jsonl").exists()
    for page in (site / "content").rglob("*.md"):
        assert page.read_bytes() == (ROOT / page.relative_to(site)).read_bytes()
