"""Where the lists of `enrich new` go: the same files, with the same care, as the reports on pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.sample import RECORDS, copy_site, run

NEW = ("new", "--records", RECORDS)
COUNT = "1 work of Josiah Carberry without a page\n"
BEGINNINGS = {
    "text": "2008-08-13: Toward a Unified Theory",
    "markdown": "\n### Works without a page\n",
    "json": '{\n  "schema": 1,',
    "html": "<!doctype html>\n",
}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the sample site, whose owner has a work without a page."""
    return copy_site(tmp_path_factory.mktemp("sample"))


@pytest.mark.parametrize(
    ("words", "file", "name"),
    [
        pytest.param(("-o", "a.html"), "a.html", "html", id="HTML, by the ending"),
        pytest.param(("-o", "a.htm"), "a.htm", "html", id="HTML, by its short ending"),
        pytest.param(("-o", "a.md"), "a.md", "markdown", id="Markdown, by the ending"),
        pytest.param(("-o", "a.json"), "a.json", "json", id="JSON, by the ending"),
        pytest.param(("-o", "a.txt"), "a.txt", "text", id="text, by the ending"),
        pytest.param(("-o", "a"), "a", "text", id="text, without an ending"),
        pytest.param(("-o", "b.txt", "--format", "html"), "b.txt", "html", id="by the option"),
    ],
)
def test_the_list_goes_to_a_file_and_replaces_an_earlier_one(
    sample: Path, words: tuple[str, ...], file: str, name: str
) -> None:
    for _ in range(2):
        done = run(sample, *NEW, *words)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == f"wrote the {name} report to {file}\n{COUNT}"
    assert (sample / file).read_text(encoding="utf-8").startswith(BEGINNINGS[name])


def test_one_run_makes_a_list_for_people_and_one_for_programs(sample: Path) -> None:
    done = run(sample, *NEW, "--report", "html:c.html", "--report", "json:c.json", "--quiet")
    assert done.stdout.startswith(BEGINNINGS["text"])
    assert done.stderr == ""
    assert (sample / "c.html").read_text(encoding="utf-8").startswith(BEGINNINGS["html"])
    found = json.loads((sample / "c.json").read_text(encoding="utf-8"))
    assert [work["doi"] for work in found["works"]] == ["10.5555/12345678"]


def test_an_earlier_report_on_pages_is_replaced(sample: Path) -> None:
    run(sample, "check", "content", "--records", RECORDS, "-o", "d.html")
    assert run(sample, *NEW, "-o", "d.html").returncode == 1
    assert "Works without a page" in (sample / "d.html").read_text(encoding="utf-8")


def test_the_format_in_the_settings_is_that_of_the_report_on_pages(sample: Path) -> None:
    (sample / "enrich.toml").write_text('format = "github"\n', encoding="utf-8")
    assert run(sample, *NEW).stdout.startswith(BEGINNINGS["text"])
    (sample / "enrich.toml").unlink()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(("-o", "x.jsonl"), "x.jsonl: the list of works cannot be written as jsonl", id="jsonl"),
        pytest.param(("-o", "x.diff"), "x.diff: the list of works cannot be written as patch", id="a patch"),
        pytest.param(("--report", "github:x"), "'github'", id="annotations"),
        pytest.param(("-o", "go.mod"), "go.mod: this file is not an earlier report", id="another file"),
        pytest.param(("-o", "content/publication/x.md"), "this is the name of a page", id="a page"),
        pytest.param(("-o", "enrich.toml"), "this is the name of a page, a configuration", id="the settings"),
        pytest.param(("-o", "link.html"), "link.html: this is a link", id="a link"),
        pytest.param(("-o", "content"), "content: this is a folder", id="a folder"),
        pytest.param(("-o", "nowhere/x.html"), "the folder for the report does not exist", id="no folder"),
        pytest.param(("-o", "x", "--report", "json:x"), "two reports cannot go to one file", id="twice"),
    ],
)
def test_a_list_that_cannot_be_written_is_refused_before_any_work(
    sample: Path, words: tuple[str, ...], message: str
) -> None:
    if not (sample / "link.html").is_symlink():
        (sample / "link.html").symlink_to("a.html")
    before = {path: path.read_bytes() for path in sample.rglob("*") if path.is_file()}
    done = run(sample, "new", *words, "--records", "nowhere")  # records are opened only later
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert {path: path.read_bytes() for path in sample.rglob("*") if path.is_file()} == before


def test_what_is_wrong_is_printed_where_no_list_shows_it(sample: Path) -> None:
    nobody = ("--orcid", "0000-0002-1694-233X")
    message = "no record names the ORCID iD 0000-0002-1694-233X; check it at https://orcid.org/0000-0002-1694-233X\n"
    assert run(sample, *NEW, *nobody, "-o", "e.html", "-q").stderr == message
    assert run(sample, *NEW, *nobody, "--format", "json").stderr == message
    shown = run(sample, *NEW, *nobody, "--format", "html")
    assert (message.rstrip() in shown.stdout, shown.stderr) == (True, "")
