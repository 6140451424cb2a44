"""A finding is one function in one new file, as the developers' page shows it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.package_copy import read_developers_example
from tests.support.sample import ROOT

PAGE = "---\ntitle: PALMS\nauthors: [Ann Able]\n---\n"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the package with one file more."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "enrich", folder / "enrich")
    (folder / "enrich/reconciler/findings/shouted.py").write_text(
        read_developers_example("To add a finding"), encoding="utf-8"
    )
    page = folder / "site/content/publication/x/index.md"
    page.parent.mkdir(parents=True)
    page.write_text(PAGE, encoding="utf-8")
    (folder / "site/hugo.toml").write_text('theme = "academic"\n', encoding="utf-8")
    return folder


def run(copy: Path, *arguments: str) -> str:
    """Return what the copied program prints."""
    command = [sys.executable, "-m", "enrich", *arguments]
    environment = {"PYTHONPATH": str(copy), "PATH": "", "HOME": str(copy)}
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_the_program_reports_it(copy: Path) -> None:
    assert "index.md:2: note[title-shouted] the title is all capitals" in run(
        copy, "check", "site", "--offline"
    )


def test_the_program_explains_it(copy: Path) -> None:
    explained = run(copy, "explain", "title-shouted")
    assert explained.startswith("title-shouted (note)\n\nThe title is all capitals.\n")
    assert 'add an `[[ignore]]` to `enrich.toml` with `code = "title-shouted"`' in explained


def test_the_settings_can_silence_it(copy: Path) -> None:
    silenced = '[[ignore]]\ncode = "title-shouted"\n'
    (copy / "site/enrich.toml").write_text(silenced, encoding="utf-8")
    assert "title-shouted" not in run(copy, "check", "site", "--offline")
