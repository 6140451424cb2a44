"""A page that was quiet is compared again as soon as anything has changed that its answer depends on."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from enrich import pipeline
from enrich.cli import main
from enrich.fetcher.cache import quiet_file
from enrich.fetcher.lookup import Lookup
from enrich.front_matter.page_text import read_page
from enrich.model.page import Doi, Page, PageDoi, PlacedDoi
from enrich.reconciler.rules import Rules
from enrich.steps import digests, page_plan, quiet_pages
from enrich.steps.page_lookup import look_up_pages
from tests.support.made_site import make, put_records, record, run
from tests.support.sample import RECORDS, copy_site

PAGES = ("content/publication/a/index.md", "content/publication/b/index.md")
A, B = PAGES
C = "content/publication/c/index.md"
TEXT = """\
---
title: "{title}"
authors: [Ada Lovelace]
date: "2010-02-03"
doi: "10.5555/made.{number}"
publication_types: ["2"]
publication: "*Journal of Made Things*"
abstract: "An abstract long enough to be one, with a second sentence. It says nothing."
---
Some text.
"""
OLD = {"issued": {"date-parts": [[2010, 2, 3]]}}


def text_of(number: int) -> str:
    """Return a page that says what its record says."""
    return TEXT.format(number=number, title=f"The {number}th thing that was made")


def records(**more: object) -> list[dict[str, object]]:
    """Return the records of both pages, the first with more in it."""
    return [record(0, **{**OLD, **more}), record(1, **OLD)]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Make a site with two quiet pages and a cache folder."""
    (tmp_path / "cache").mkdir()
    return make(tmp_path, {path: text_of(number) for number, path in enumerate(PAGES)}, records())


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list that gets the path of every page that is compared."""
    paths: list[str] = []

    def note(given: page_plan.PageInput, *rest: object) -> object:
        paths.append(given.page.path)
        return page_plan.compare_page(given, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "compare_page", note)
    return paths


def check(site: Path, compared: list[str], *more: str, command: str = "check") -> list[str]:
    """Run the program on the site; return the pages that it compared."""
    compared.clear()
    run(command, site, "--format", "json", "-o", str(site / "report.json"), *more)
    return list(compared)


def set_text(path: str, old: str, new: str) -> Callable[[Path], None]:
    """Return the edit of a file of the site."""

    def edit(site: Path) -> None:
        file = site / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    return edit


def put(path: str, text: str) -> Callable[[Path], None]:
    """Return the making of a file."""

    def write(site: Path) -> None:
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, encoding="utf-8")

    return write


def put_record(**more: object) -> Callable[[Path], None]:
    """Return the change of the first page's record."""
    return lambda site: put_records(site, records(**more))


BASELINE = {"path": A, "doi": "10.5555/made.0", "fields": {}, "shown": {"retracted": ["x"]}}


# What changes, and the pages that are compared again.
@pytest.mark.parametrize(
    ("change", "again"),
    [
        (lambda _: None, []),
        (set_text("hugo.yaml", "Made", "Made anew"), [A, B]),
        # The page.
        (set_text(A, "Some text", "Another text"), [A]),
        (set_text(A, "Lovelace]", "Lovelace] # keep"), [A]),
        (set_text(A, '"*Journal of Made Things*"', "Journal of Made Things"), [A, B]),  # the site's wrapper
        (put("content/publication/a/index.qmd", "---\n---\n"), [A]),
        # The record.
        (put_record(title=["Another thing"]), [A]),
        (put_record(volume="3"), [A]),
        (put_record(publisher="Made Press"), [A]),
        (put_record(language="de"), [A]),
        (put_record(relation={"is-part-of": [{"id-type": "doi", "id": "10.5555/made.1"}]}), [A]),
        (put_record(**{"updated-by": [{"type": "retraction", "DOI": "10.5555/made.9"}]}), [A]),
        (put_record(author=[{"given": "A.", "family": "Lovelace"}]), [A]),
        (put_record(indexed={"timestamp": 5}), []),  # no rule reads it
        # The baseline.
        (put("cache/baseline.jsonl", json.dumps(BASELINE) + "\n"), [A]),
        # The settings.
        (put("enrich.toml", '[fields]\ntitle = "propose"\n'), [A, B]),
        (put("enrich.toml", '[theme]\ntypes = "csl"\n'), [A, B]),
        (put("enrich.toml", '[theme]\nmath = "raw"\n'), [A, B]),
        (put("enrich.toml", 'skip = ["title"]\n'), [A, B]),
        (put("enrich.toml", 'only = ["title"]\n'), [A, B]),
        (put("enrich.toml", "fill_commented = true\n"), [A, B]),
        (put("enrich.toml", '[[ignore]]\ncode = "retracted"\n'), [A, B]),
        (put("enrich.toml", '[[ignore]]\ncode = "retracted"\nuntil = 2015-01-01\n'), []),  # it is over
        (put("enrich.toml", '[pages]\ndoi_missing = false\n'), [A, B]),
        (put("enrich.toml", '[fields]\n"cite.bib" = "fill"\n'), [A, B]),
        # The site.
        (set_text(B, "Ada Lovelace", "A. Lovelace"), [A, B]),  # how the site spells a co-author
        (set_text(B, 'doi: "10.5555/made.1"', 'doi: "10.5555/MADE.0"'), [A, B]),  # a duplicate
        (put("content/authors/admin/_index.md", "---\ntitle: Ada Lovelace\n---\n"), [A, B]),
        (put(C, "---\ntitle: C\n---\n"), [A, B, C]),
        (put("hugo.yaml", "title: Made\nparams: {math: true}\n"), [A, B]),
        (put("hugo.yaml", "title: Made\ntheme: ananke\n"), [A, B]),
        (put("hugo.yaml", "title: Made\ndefaultContentLanguage: de\n"), [A, B]),
    ],
)  # fmt: skip
def test_what_an_answer_depends_on(
    site: Path, compared: list[str], change: Callable[[Path], None], again: list[str]
) -> None:
    assert check(site, compared) == [A, B]
    change(site)
    assert check(site, compared) == again


def test_a_translation_is_compared_again_with_its_other_page(site: Path, compared: list[str]) -> None:
    german = "content/publication/a/index.de.md"
    put("hugo.yaml", "title: Made\nlanguages: {en: {}, de: {}}\n")(site)
    put(german, text_of(0).replace("abstract: ", "summary: "))(site)
    check(site, compared)
    set_text(german, "Some text", "Text")(site)
    assert A in check(site, compared)
    assert B not in compared


def test_a_citation_file_that_a_run_may_change_is_part_of_its_page(site: Path, compared: list[str]) -> None:
    put("enrich.toml", '[fields]\n"cite.bib" = "fill"\n')(site)
    entry = "@article{a,\n  title = {The 0th thing that was made},\n  doi = {10.5555/made.0}\n}\n"
    put("content/publication/a/cite.bib", entry)(site)
    check(site, compared)
    assert check(site, compared) == []
    set_text("content/publication/a/cite.bib", "0th", "zeroth")(site)
    assert A in check(site, compared)


def test_another_program_compares_everything(
    site: Path, compared: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    check(site, compared)
    monkeypatch.setattr(quiet_pages, "digest_program", lambda: b"another version")
    assert check(site, compared) == [A, B]
    assert check(site, compared) == []
    monkeypatch.setattr(quiet_pages, "digest_program", lambda: b"")  # its files cannot be read
    assert check(site, compared) == [A, B]


def test_the_program_is_known_by_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digests, "__file__", str(tmp_path / "steps" / "digests.py"))
    file, results = tmp_path / "rule.py", []
    for text in ("YOUNG = 60\n", "YOUNG = 61\n", "YOUNG = 60\n"):
        file.write_text(text, encoding="utf-8")
        digests.digest_program.cache_clear()
        results.append(digests.digest_program())
    digests.digest_program.cache_clear()
    assert results[0] == results[2] != results[1]


def set_clock(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    """Make runs begin on a day."""

    class Clock(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> Clock:
            return cls.fromisoformat(day).replace(tzinfo=tz)

    monkeypatch.setattr(dt, "datetime", Clock)


# The first run's day, the year on page and record, the second run's day, and whether it compares again.
@pytest.mark.parametrize(
    ("first", "year", "second", "again"),
    [
        ("2026-11-28", 2010, "2026-11-29", False),
        ("2026-11-28", 2010, "2031-01-01", False),
        ("2026-11-28", 2024, "2026-12-31", False),
        ("2026-11-28", 2025, "2026-11-28", False),
        ("2026-11-28", 2025, "2026-11-29", True),
        ("2026-11-28", 2026, "2026-11-29", True),
        ("2026-11-28", 2010, "2011-01-01", True),  # a clock that was set back
        ("2026-11-28", 2010, "2009-01-01", True),
    ],
)
def test_the_day_counts_where_a_date_is_near(
    site: Path,
    compared: list[str],
    monkeypatch: pytest.MonkeyPatch,
    first: str,
    year: int,
    second: str,
    again: bool,
) -> None:
    set_text(A, "2010-02-03", f"{year}-02-03")(site)
    put_record(issued={"date-parts": [[year, 2, 3]]})(site)

    set_clock(monkeypatch, first)
    check(site, compared)
    set_clock(monkeypatch, second)
    assert (A in check(site, compared)) is again


def test_a_page_with_anything_to_report_is_compared_in_each_run(site: Path, compared: list[str]) -> None:
    put_record(**{"updated-by": [{"type": "retraction", "DOI": "10.5555/made.9"}]})(site)
    reports = []
    for again in ([A, B], [A], [A]):
        assert check(site, compared) == again
        reports.append((site / "report.json").read_bytes())
    assert reports[0] == reports[1] == reports[2]
    assert b"retracted" in reports[0]


def test_an_ignored_finding_is_something_to_report(site: Path, compared: list[str]) -> None:
    put_record(**{"updated-by": [{"type": "retraction", "DOI": "10.5555/made.9"}]})(site)
    put("enrich.toml", '[[ignore]]\ncode = "retracted"\n')(site)
    check(site, compared)
    assert check(site, compared) == [A]


@pytest.mark.parametrize(
    "use", [lambda all_: all_.get("10.5555/x"), lambda all_: "10.5555/x" in all_, list, len, bool]
)
def test_using_the_answer_about_another_work_is_noticed(
    use: Callable[[quiet_pages.WatchedAnswers], object],
) -> None:
    answers = quiet_pages.WatchedAnswers({})
    assert not answers.is_used
    use(answers)
    assert answers.is_used


def test_a_comparison_that_used_another_work_is_not_remembered(
    site: Path, compared: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_others(given: page_plan.PageInput, *rest: Mapping[str, object]) -> object:
        if given.page.path == A:
            rest[-1].get("10.5555/made.1")
        compared.append(given.page.path)
        return page_plan.compare_page(given, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "compare_page", read_others)
    assert check(site, compared) == [A, B]
    assert check(site, compared) == [A]


def test_apply_moves_the_baseline_although_a_check_knows_the_page(site: Path, compared: list[str]) -> None:
    check(site, compared)
    assert check(site, compared, command="apply") == [A, B]
    lines = (site / "cache" / "baseline.jsonl").read_bytes()
    assert check(site, compared, command="apply") == [A, B]
    assert check(site, compared, command="apply") == check(site, compared) == []
    assert (site / "cache" / "baseline.jsonl").read_bytes() == lines


def test_nothing_new_to_remember_writes_nothing(site: Path, compared: list[str]) -> None:
    check(site, compared)
    file = site / "cache" / quiet_file.NAME
    before = file.read_bytes(), file.stat().st_mtime_ns
    assert check(site, compared) == []
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before


def test_a_check_makes_no_cache_folder(site: Path, compared: list[str]) -> None:
    (site / "cache").rmdir()
    assert check(site, compared) == check(site, compared) == [A, B]
    assert not (site / "cache").exists()


def test_a_run_that_makes_the_cache_folder_remembers_in_it(
    site: Path, compared: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (site / "cache").rmdir()

    def keep_replies(lookup: Lookup, *more: Any) -> object:  # noqa: ANN401 - as the function that it calls
        (site / "cache").mkdir(exist_ok=True)
        return look_up_pages(lookup, *more)

    monkeypatch.setattr(pipeline, "look_up_pages", keep_replies)
    assert check(site, compared, "--ask-missing") == [A, B]
    assert check(site, compared) == []


def test_reports_are_the_same_with_and_without_digests(tmp_path: Path, compared: list[str]) -> None:
    site = copy_site(tmp_path)
    with contextlib.chdir(site):
        main.run(["apply", "--records", RECORDS, "-q", "-o", "first.txt"])
        counts, reports = [], []
        for number in range(3):
            compared.clear()
            main.run(["check", "--records", RECORDS, "--format", "json", "-o", f"{number}.json", "-q"])
            counts.append(len(compared))
            reports.append((site / f"{number}.json").read_bytes())
    assert counts[0] > counts[1] == counts[2] > 0
    assert reports[0] == reports[1] == reports[2]


def test_clearing_the_cache_clears_the_digests(
    site: Path, compared: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    check(site, compared)
    size = (site / "cache" / quiet_file.NAME).stat().st_size
    capsys.readouterr()
    assert main.run(["cache", "clear", "--cache-dir", str(site / "cache")]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[:1] + said[-1:] == [str(site / "cache"), f"  deleted {quiet_file.NAME}: {size} bytes"]
    assert not (site / "cache" / quiet_file.NAME).exists()
    assert check(site, compared) == [A, B]


def test_refresh_asks_again_and_then_compares_what_changed(site: Path, compared: list[str]) -> None:
    check(site, compared)
    assert check(site, compared, "--refresh") == []


def _spoil(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


UNUSABLE: Mapping[str, Callable[[Path], object]] = {
    "damaged": lambda file: file.write_bytes(b"no database" * 500),
    "empty": lambda file: file.write_bytes(b""),
    "cut": lambda file: file.write_bytes(file.read_bytes()[:5000]),
    "other values": lambda file: _spoil(file, "UPDATE quiet_pages SET value = 'x'"),
    "other digests": lambda file: _spoil(file, "UPDATE quiet_pages SET value = zeroblob(17)"),
    "another layout": lambda file: _spoil(file, "ALTER TABLE quiet_pages ADD COLUMN more"),
    "a view": lambda file: _spoil(
        file, "DROP TABLE quiet_pages",
        "CREATE VIEW quiet_pages AS WITH RECURSIVE n(page, value) AS"
        " (SELECT 1, 2 UNION ALL SELECT page + 1, 2 FROM n) SELECT * FROM n",
    ),
    "swapped": lambda file: _spoil(
        file, "CREATE TABLE t AS SELECT * FROM quiet_pages",
        "UPDATE quiet_pages SET value = (SELECT t.value FROM t WHERE t.page != quiet_pages.page)",
        "DROP TABLE t",
    ),
    "gone": lambda file: file.unlink(),
}  # fmt: skip


@pytest.mark.parametrize("spoil", UNUSABLE.values(), ids=UNUSABLE)
def test_a_file_that_cannot_be_used_is_made_anew(
    site: Path, compared: list[str], spoil: Callable[[Path], object]
) -> None:
    check(site, compared)
    report = (site / "report.json").read_bytes()
    spoil(site / "cache" / quiet_file.NAME)
    assert check(site, compared) == [A, B]
    assert (site / "report.json").read_bytes() == report
    assert check(site, compared) == []


def test_another_programs_database_and_a_link_stay_as_they_are(site: Path, compared: list[str]) -> None:
    file, target = site / "cache" / quiet_file.NAME, site / "target.sqlite"
    _spoil(file, "CREATE TABLE mine (x)", "INSERT INTO mine VALUES (1)")
    before = file.read_bytes()
    assert check(site, compared) == check(site, compared) == [A, B]
    assert file.read_bytes() == before
    file.replace(target)
    file.symlink_to(target)
    assert check(site, compared) == [A, B]
    assert file.is_symlink()
    assert target.read_bytes() == before


def test_a_locked_file_is_left_alone(
    site: Path, compared: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quiet_file._open_file, "__defaults__", (0.0,))
    check(site, compared)
    with closing(sqlite3.connect(site / "cache" / quiet_file.NAME, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert check(site, compared) == [A, B]
    assert check(site, compared) == []


# Every part of a page counts: a new attribute needs a row here.
OTHER: Mapping[str, object] = {
    "path": "content/publication/z/index.md",
    "text": text_of(0) + "more",
    "generated_from": "index.qmd",
    "doi": PageDoi(("doi",), "10.5555/z", Doi("10.5555/z", "10.5555/z")),
    "placed_dois": (PlacedDoi(Doi("10.5555/z", "10.5555/z"), ("url",)),),
    "cite_bib": "@article{z}",
    "cite_bib_problem": "it cannot be read",
    "lacks_cite_bib": True,
}


@pytest.mark.parametrize("name", [part.name for part in fields(Page) if part.name != "front"])
def test_every_part_of_a_page_counts(name: str) -> None:
    page = read_page(A, text_of(0))
    other = replace(page, **{name: OTHER[name]})  # type: ignore[arg-type]
    parts = [digests.digest_texts(*quiet_pages.list_page_parts(each)) for each in (page, other)]
    assert parts[0] != parts[1]


@pytest.mark.parametrize("name", [part.name for part in fields(Rules) if part.name != "today"])
def test_every_setting_counts(name: str) -> None:
    rules = Rules(dt.date(2026, 1, 1))
    other = replace(rules, **{name: "another value" if name != "ignores" else ()})  # type: ignore[arg-type]
    assert (quiet_pages.encode_rules(rules) != quiet_pages.encode_rules(other)) == (name != "ignores")


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (frozenset("abc"), frozenset("cba"), True),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, False),  # the first of equally frequent values counts
        (("a", "b"), ("ab",), False),
        (("a,b",), ("a", "b"), False),
        ("1", 1, False),
        (None, "None", False),
        (True, "True", False),
        ((), frozenset(), False),
        ({}, (), False),
        (Doi("A", "a"), Doi("a", "a"), False),
    ],
)
def test_different_values_have_different_texts(one: object, other: object, alike: bool) -> None:
    assert (quiet_pages.encode(one) == quiet_pages.encode(other)) is alike


# What only a comparison, a request or an edit needs.
SPARED = (
    "enrich.reconciler.reconcile", "enrich.reconciler.comparison", "enrich.reconciler.fields.title",
    "enrich.reconciler.findings.work_status", "enrich.reconciler.identity", "enrich.text.compare",
    "enrich.text.jats", "enrich.front_matter.yaml_edits", "enrich.writer.sanitize", "enrich.steps.find_dois",
    "tomlkit", "ftfy", "requests", "duckdb",
)  # fmt: skip


def list_loaded(site: Path) -> list[str]:
    """Check the site in a process of its own; return what it loads of the spared modules."""
    words = ["check", str(site), "--records", str(site / "records.jsonl"), "-q", "-o", str(site / "r.txt")]
    code = f"import sys; from enrich.cli.main import run; run({words}); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return sorted({*SPARED} & {*done.stdout.split()})


def test_no_rule_is_loaded_for_quiet_pages(site: Path) -> None:
    assert "enrich.reconciler.reconcile" in list_loaded(site)
    assert list_loaded(site) == []
    set_text(A, "Some text", "Another text")(site)
    assert "enrich.reconciler.reconcile" in list_loaded(site)
