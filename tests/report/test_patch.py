"""The report as a patch: from the git root, of what is written alone, made by git to the same bytes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from enrich.model.plan import Failed, Plan, Skipped
from enrich.report.patch import render
from tests.support.made_site import make, page
from tests.support.reports import page as shown_page
from tests.support.reports import report
from tests.support.sample import run

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="no git here to apply patches with")
PAGES = {
    "content/publication/plain/index.md": page(0).encode(),
    "content/publication/crlf and blank/index.md": page(1).replace("\n", "\r\n").encode(),
    'content/publication/quo"te.md': b"\xef\xbb\xbf" + page(2).encode(),
    "content/publication/é/index.md": page(3, body="").rstrip("\n").encode(),
}


def git(folder: Path, *arguments: str) -> None:
    """Run git; it must succeed."""
    done = subprocess.run(
        ["git", "-c", "core.autocrlf=false", *arguments],
        cwd=folder,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_only_changed_files_are_in_it() -> None:
    plan = Plan(shown_page("content/publication/a.md"), "new\n")
    text = render(report(plan, Plan(shown_page("b.md"), ""), Skipped("c.md", "x"), Failed("d.md", "y")))
    assert text.count("diff --git") == 1
    assert text.startswith("diff --git a/content/publication/a.md b/content/publication/a.md\n")


def test_nothing_to_write_is_an_empty_patch() -> None:
    assert render(report(Plan(shown_page(), ""))) == ""


@needs_git
def test_git_writes_the_same_as_apply(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    site = tmp_path / "web site"
    site.mkdir()
    make(site, PAGES)
    done = run(
        site, "check", "--records", "records.jsonl", "--format", "patch", "-o", "../all.patch", "--exit-zero"
    )
    assert done.returncode == 0, done.stderr
    other = shutil.copytree(site, tmp_path / "other")
    git(tmp_path, "apply", "--check", "all.patch")
    git(tmp_path, "apply", "all.patch")
    run(other, "apply", "--records", "records.jsonl")
    for name, before in PAGES.items():
        assert (site / name).read_bytes() == (other / name).read_bytes() != before, name


@needs_git
def test_apply_writes_the_same_as_its_patch(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    make(tmp_path, PAGES)
    done = run(tmp_path, "apply", "--records", "records.jsonl", "--format", "patch", "-o", "done.patch")
    assert done.returncode == 0, done.stderr
    git(tmp_path, "apply", "--check", "--reverse", "done.patch")
    git(tmp_path, "apply", "--reverse", "done.patch")
    assert {name: (tmp_path / name).read_bytes() for name in PAGES} == PAGES
