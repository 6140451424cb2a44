"""The .gitignore of the cache folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from enrich.errors import PageError
from enrich.writer.cache_folder import make_cache


def test_the_cache_ignores_all_but_the_baseline(tmp_path: Path) -> None:
    folder = make_cache(tmp_path / "cache")
    lines = (folder / ".gitignore").read_text().splitlines()
    assert {"*.sqlite*", "undo.patch", "*.lock", ".enrich-*~"} <= set(lines)
    assert "baseline.jsonl" not in lines


def test_the_owners_gitignore_stays(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / ".gitignore").write_text("mine\n")
    make_cache(tmp_path / "cache")
    assert (tmp_path / "cache" / ".gitignore").read_text() == "mine\n"


@pytest.mark.parametrize("old", ["*.sqlite*\n", "# Written by enrich.\n*.sqlite*\n"])
def test_the_gitignore_of_an_earlier_version_gets_the_missing_lines(old: str, tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text(old)
    make_cache(tmp_path)
    text = (tmp_path / ".gitignore").read_text()
    assert text.startswith(old)
    assert set(text.splitlines()) >= {"*.sqlite*", "undo.patch", "*.lock", ".enrich-*~"}


def test_a_cache_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(PageError, match="cannot be made"):
        make_cache(tmp_path / "cache")
