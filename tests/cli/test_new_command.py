"""A command is one file, as the developers' page shows it: the program lists it, and it has its options."""

from __future__ import annotations

from pathlib import Path

from tests.support.package_copy import copy_package, read_developers_example, run_copy


def test_a_new_command_is_one_file(tmp_path: Path) -> None:
    copy = copy_package(tmp_path)
    page = copy / "site/content/publication/marshes/index.md"
    page.parent.mkdir(parents=True)
    page.write_text("---\ntitle: Marshes\n---\n", encoding="utf-8")
    (copy / "site/content/papers").mkdir()
    page.rename(copy / "site/content/papers/other.md")
    (copy / "enrich/cli/count.py").write_text(read_developers_example("To add a command"), encoding="utf-8")
    assert "  count    Count the publication pages under PATH.\n" in run_copy(copy, "--help")
    assert "--config FILE" in run_copy(copy, "count", "--help")
    assert run_copy(copy, "count") == "0\n"
    (copy / "site/other.toml").write_text('[pages]\nsections = ["papers"]\n', encoding="utf-8")
    assert run_copy(copy, "count", "--config", "other.toml") == "1\n"
    assert run_copy(copy, "count", environ={"ENRICH_CONFIG": "other.toml"}) == "1\n"
