"""The page of a GitHub job: the report is added to it, whole, and within its size."""

from __future__ import annotations

from pathlib import Path

import pytest

from enrich.cli import step_summary
from enrich.report.github import MOST_SUMMARY
from tests.support.made_site import make, page, run
from tests.support.reports import EVERYTHING

GITHUB = [("github", "-")]


def test_it_stands_behind_what_is_there(tmp_path: Path) -> None:
    file = tmp_path / "summary.md"
    file.write_bytes(b"# Mine \xff\n")
    step_summary.add(EVERYTHING, GITHUB, {"GITHUB_STEP_SUMMARY": str(file)})
    assert file.read_bytes().startswith(b"# Mine \xff\n### Publications\n\n4 pages")


@pytest.mark.parametrize(
    ("wanted", "environ"),
    [
        pytest.param([("text", "-")], {"GITHUB_STEP_SUMMARY": "summary.md"}, id="another format"),
        pytest.param(GITHUB, {}, id="no job"),
        pytest.param(GITHUB, {"GITHUB_STEP_SUMMARY": ""}, id="an empty name"),
    ],
)
def test_only_in_a_job_and_only_if_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: list[tuple[str, str]], environ: dict[str, str]
) -> None:
    monkeypatch.chdir(tmp_path)
    step_summary.add(EVERYTHING, wanted, environ)
    assert list(tmp_path.iterdir()) == []


def test_where_there_is_no_room_nothing_is_added(tmp_path: Path) -> None:
    file = tmp_path / "summary.md"
    file.write_bytes(b"x" * (MOST_SUMMARY - 10))
    step_summary.add(EVERYTHING, GITHUB, {"GITHUB_STEP_SUMMARY": str(file)})
    assert file.stat().st_size == MOST_SUMMARY - 10


def test_the_whole_program_in_a_job(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = make(tmp_path / "repo" / "web", {"content/publication/a.md": page(0)})
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
