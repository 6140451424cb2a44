"""A format of the report is one file: added to a copy of the program, it can be asked for everywhere."""

from __future__ import annotations

from pathlib import Path

from tests.support.package_copy import copy_package, run_copy
from tests.support.sample import RECORDS, copy_site

SHOUT = '''\
"""The report as one loud line."""

from enrich.model.report import Display, Report


def render(report: Report, _display: Display | None = None) -> str:
    """Return the count of pages, in capitals."""
    return f"{report.summary.pages} PAGES!\\n"
'''


def test_a_new_format_is_one_file(tmp_path: Path) -> None:
    program = copy_package(tmp_path)
    (program / "site" / "content").rmdir()
    site = copy_site(program / "site")
    (program / "enrich" / "report" / "shout.py").write_text(SHOUT, encoding="utf-8")
    check = ("check", "content", "--records", RECORDS, "--exit-zero", "--quiet")
    assert run_copy(program, *check, "--format", "shout") == "16 PAGES!\n"
    run_copy(program, *check, "--report", "shout:loud.txt")
    assert (site / "loud.txt").read_text(encoding="utf-8") == "16 PAGES!\n"
    assert "shout" in run_copy(program, "check", "--help")
    (site / "enrich.toml").write_text('format = "shout"\n', encoding="utf-8")
    assert run_copy(program, *check) == "16 PAGES!\n"
