"""A format of the report is one file: added to a copy of the program, it can be asked for everywhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.support.sample import RECORDS, ROOT, copy_site

SHOUT = '''\
"""The report as one loud line."""

from enrich.model.report import Display, Report


def render(report: Report, _display: Display | None = None) -> str:
    """Return the count of pages, in capitals."""
    return f"{report.summary.pages} PAGES!\\n"
'''


def run_copy(program: Path, site: Path, *arguments: str) -> str:
    """Run a copy of the program in a site and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "enrich", *arguments],
        cwd=site,
        env=os.environ | {"PYTHONPATH": str(program), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout


def test_a_new_format_is_one_file(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "enrich", tmp_path / "program" / "enrich")
    site = copy_site(tmp_path / "site")
    (tmp_path / "program" / "enrich" / "report" / "shout.py").write_text(SHOUT, encoding="utf-8")
    check = ("check", "content", "--records", RECORDS, "--exit-zero", "--quiet")
    assert run_copy(tmp_path / "program", site, *check, "--format", "shout") == "15 PAGES!\n"
    run_copy(tmp_path / "program", site, *check, "--report", "shout:loud.txt")
    assert (site / "loud.txt").read_text(encoding="utf-8") == "15 PAGES!\n"
    assert "shout" in run_copy(tmp_path / "program", site, "check", "--help")
    (site / "enrich.toml").write_text('format = "shout"\n', encoding="utf-8")
    assert run_copy(tmp_path / "program", site, *check) == "15 PAGES!\n"
