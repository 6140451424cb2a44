"""Where reports go: what a report may replace, what it must not, and the page of a GitHub job."""

from __future__ import annotations

import os
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from enrich.cli import main, output
from enrich.cli.output import Destination, choose_destinations
from enrich.errors import UsageError
from enrich.model.report import Display
from enrich.report.github import MOST_SUMMARY
from enrich.settings.accepted_words import list_report_formats
from enrich.settings.settings import Settings
from tests.support.made_site import make, page, run
from tests.support.reports import EVERYTHING

PAGE = "content/publication/a.md"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a site with a page, which is also the current folder."""
    made = make(tmp_path / "site", {PAGE: page(0)})
    monkeypatch.chdir(made)
    return made


def rendered(name: str, *, color: bool, verbose: int) -> str:
    """Return a report with everything in it."""
    text: str = import_module(f"enrich.report.{name}").render(EVERYTHING, Display(color, verbose, 100))
    return text


def test_a_format_is_a_file_in_the_folder_of_reports() -> None:
    folder = Path(output.__file__).parents[1] / "report"
    assert set(list_report_formats()) == {path.stem for path in folder.glob("*.py")} - {"__init__"}
    modules = [import_module(f"enrich.report.{name}") for name in list_report_formats()]
    lacking = [module.__name__ for module in modules if not hasattr(module, "EARLIER_REPORT")]
    assert not lacking, f"add an EARLIER_REPORT, by which --output recognises an earlier report, to {lacking}"


@pytest.mark.parametrize("verbose", [-1, 0, 1])
@pytest.mark.parametrize("color", [False, True])
@pytest.mark.parametrize("name", list_report_formats())
def test_an_earlier_report_is_replaced(site: Path, name: str, color: bool, verbose: int) -> None:
    (site / "out").write_text(rendered(name, color=color, verbose=verbose), encoding="utf-8")
    for asked in (name, "text"):
        assert choose_destinations(Settings(format=asked, output="out")) == [Destination(asked, "out")]


@pytest.mark.parametrize("name", list_report_formats())
def test_a_large_report_is_recognised_by_its_ends(site: Path, name: str) -> None:
    text = import_module(f"enrich.report.{name}").render(
        replace(EVERYTHING, outcomes=EVERYTHING.outcomes * 200)
    )
    (site / "out").write_text(text, encoding="utf-8")
    assert choose_destinations(Settings(output="out"))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("my notes\n", id="notes"),
        pytest.param("https://doi.org/10.5555/1\nhttps://doi.org/10.5555/2\n", id="a list of DOIs"),
        pytest.param('{"title": "mine"}\n', id="JSON"),
        pytest.param("# Publications\n\n- one\n", id="Markdown"),
        pytest.param("<!doctype html>\n<title>Publications</title>\n", id="HTML"),
        pytest.param("diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n", id="a patch of git's"),
        pytest.param("\x00\xff" * 100_000, id="binary data"),
        pytest.param("\n", id="an empty line"),
    ],
)
def test_any_other_file_stays(site: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    (site / "mine").write_bytes(text.encode("latin-1"))
    for typed in (("-o", "mine"), ("--report", "json:mine")):
        assert main.run(["check", "--offline", *typed]) == 2
        assert "mine: this file is not an earlier report" in capsys.readouterr().err
    assert (site / "mine").read_bytes() == text.encode("latin-1")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param(PAGE, None, id="a page"),
        pytest.param("content/publication/b/index.md", "", id="an empty page"),
        pytest.param("enrich.toml", "# mine\n", id="the settings"),
        pytest.param("enrich.toml", "", id="empty settings"),
        pytest.param("hugo.yaml", None, id="the configuration of Hugo"),
        pytest.param("config/_default/params.yaml", "", id="an empty configuration"),
        pytest.param("cache/baseline.jsonl", '{"path": "a"}\n', id="the baseline"),
    ],
)
def test_a_page_or_a_configuration_is_never_replaced(site: Path, name: str, content: str | None) -> None:
    if content is not None:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(content, encoding="utf-8")
    before = (site / name).read_bytes()
    assert run("check", site, "-o", name) == 2
    assert run("check", site, "--report", f"html:{site / name}") == 2
    assert (site / name).read_bytes() == before


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("content/publication/new.md", id="a page"),
        pytest.param("enrich.toml", id="the settings"),
        pytest.param("hugo.json", id="a configuration of Hugo"),
        pytest.param("cache/baseline.jsonl", id="the baseline"),
        pytest.param("cache/http.sqlite", id="the cache"),
    ],
)
def test_a_report_does_not_become_a_page_or_a_configuration(
    site: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / name).parent.mkdir(exist_ok=True)
    assert run("check", site, "-o", name) == 2
    assert "this is the name of a page, a configuration" in capsys.readouterr().err
    assert not (site / name).exists()


def test_an_empty_file_is_replaced(site: Path) -> None:
    (site / "out.txt").touch()
    assert run("check", site, "-o", "out.txt") == 1
    assert "1 page, 1 with a DOI" in (site / "out.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "target",
    [
        pytest.param("real.txt", id="to an earlier report"),
        pytest.param("../outside.txt", id="out of the site"),
        pytest.param("nowhere.txt", id="to nothing"),
    ],
)
def test_a_link_is_not_followed(site: Path, capsys: pytest.CaptureFixture[str], target: str) -> None:
    for name in ("real.txt", "../outside.txt"):
        (site / name).write_text("1 page, 1 with a DOI\n", encoding="utf-8")
    (site / "out.txt").symlink_to(target)
    assert run("check", site, "-o", "out.txt") == 2
    assert "out.txt: this is a link" in capsys.readouterr().err
    assert (site / "../outside.txt").read_text(encoding="utf-8") == "1 page, 1 with a DOI\n"
    assert not (site / "nowhere.txt").exists()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        pytest.param("content", "this is a folder", id="a folder"),
        pytest.param(
            "nowhere/x.json",
            "the folder for the report does not exist; create it or name another file",
            id="no such folder",
        ),
        pytest.param("a" * 300, "the name is too long", id="a name of 300 characters"),
        pytest.param("a/" * 5_000, "the name is too long", id="a path of 10,000 characters"),
        pytest.param("hugo.yaml/x", "", id="a file as a folder"),
    ],
)
def test_a_file_that_cannot_be_written_is_named_before_any_work(
    site: Path, capsys: pytest.CaptureFixture[str], name: str, message: str
) -> None:
    assert run("check", site, "-o", name) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"error: {name}: ")
    assert message in error


def test_a_pipe_is_written_to(site: Path) -> None:
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb"):
        assert run("check", site, "-o", f"/dev/fd/{writing}", "--format", "jsonl") == 1
    with os.fdopen(reading, "rb") as stream:
        assert stream.read().startswith(b'{"path": "content/publication/a.md"')


def test_two_reports_for_one_file_are_refused(site: Path) -> None:
    (site / "sub").mkdir()
    for settings in (
        Settings(output="out", report=(("json", "out"),)),
        Settings(output="out", report=(("json", "sub/../out"),)),
        Settings(report=(("json", "-"),)),
    ):
        with pytest.raises(UsageError, match="two reports cannot go to"):
            choose_destinations(settings)


def test_the_address_is_in_no_report(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = [f"--report={name}:{name}.out" for name in list_report_formats()]
    assert run("check", site, "--mailto", "you@lab.org", *wanted) == 1
    assert "you@lab.org" not in "".join(capsys.readouterr())
    for name in list_report_formats():
        assert "you@lab.org" not in (site / f"{name}.out").read_text(encoding="utf-8")


def test_the_summary_follows_what_the_job_wrote_before(tmp_path: Path) -> None:
    file = tmp_path / "summary.md"
    file.write_bytes(b"# Mine \xff\n")
    output.add_job_summary(EVERYTHING, str(file))
    assert file.read_bytes().startswith(b"# Mine \xff\n### Publications\n\n4 pages")


@pytest.mark.parametrize(
    ("name", "environ"),
    [
        pytest.param("text", {"GITHUB_STEP_SUMMARY": "summary.md"}, id="another format"),
        pytest.param("github", {}, id="no job"),
        pytest.param("github", {"GITHUB_STEP_SUMMARY": ""}, id="an empty name"),
    ],
)
def test_a_summary_is_written_only_in_a_job_and_only_if_asked(
    site: Path, monkeypatch: pytest.MonkeyPatch, name: str, environ: dict[str, str]
) -> None:
    before = sorted(site.rglob("*"))
    for variable, value in environ.items():
        monkeypatch.setenv(variable, value)
    output.write_reports(EVERYTHING, [Destination(name, "-")], Settings())
    assert sorted(site.rglob("*")) == before


def test_a_full_summary_gets_nothing_more(tmp_path: Path) -> None:
    file = tmp_path / "summary.md"
    file.write_bytes(b"x" * (MOST_SUMMARY - 10))
    output.add_job_summary(EVERYTHING, str(file))
    assert file.stat().st_size == MOST_SUMMARY - 10


def test_the_whole_program_in_a_job(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = make(tmp_path / "repo" / "web", {PAGE: page(0)})
    (tmp_path / "repo" / ".git").mkdir()
    summary = tmp_path / "summary.md"
    summary.write_text("", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    assert run("check", site, "--format", "github") == 1
    out, _ = capsys.readouterr()
    assert out.startswith(
        "::notice file=web/content/publication/a.md,line=5,title=enrich doi::safe: tidy doi"
    )
    assert "| doi, line 5 |" in summary.read_text(encoding="utf-8")
