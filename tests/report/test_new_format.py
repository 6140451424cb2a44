"""A format of the report is one file, as the developers' page shows it: it can be asked for everywhere."""

from __future__ import annotations

from pathlib import Path

from tests.support.package_copy import copy_package, read_developers_example, run_copy
from tests.support.sample import RECORDS, copy_site


def test_a_new_format_is_one_file(tmp_path: Path) -> None:
    program = copy_package(tmp_path)
    (program / "site" / "content").rmdir()
    site = copy_site(program / "site")
    example = read_developers_example("To add an output")
    (program / "enrich" / "report" / "titles.py").write_text(example, encoding="utf-8")
    check = ("check", "content", "--records", RECORDS, "--exit-zero", "--quiet")
    titles = run_copy(program, *check, "--format", "titles")
    assert titles.splitlines()[:2] == ["15 titles", "Basic local alignment search tool"]
    for _ in ("a new file", "an earlier report"):
        run_copy(program, *check, "--report", "titles:titles.txt")
        assert (site / "titles.txt").read_text(encoding="utf-8") == titles
    assert "titles" in run_copy(program, "check", "--help")
    (site / "enrich.toml").write_text('format = "titles"\n', encoding="utf-8")
    assert run_copy(program, *check) == titles
