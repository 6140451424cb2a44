"""The real path of a file is that of `os.path.realpath`, although each folder is looked at once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from enrich.site.path_kinds import RealPaths

PATHS = (
    "", ".", "..", "/", "//", "site", "site/", "site/a/index.md", "site/a/../a/index.md", "site/a/..",
    "site/./a", "site/a/gone.md", "site/gone/x.md", "site/in/index.md", "site/out/index.md", "site/file.md",
    "site/dead.md",
    "site/loop/x.md", "site/loop", "site/a/index.md/x", "site/up/a/index.md", "site/in/../file.md",
    "site/out/../site/a", "site/chain/index.md", "site/a//index.md", "site/" + "x" * 300 + "/index.md",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder with files and links of every kind, and go there."""
    (tmp_path / "site" / "a").mkdir(parents=True)
    (tmp_path / "other").mkdir()
    for name in ("site/a/index.md", "other/index.md"):
        (tmp_path / name).write_text("", encoding="utf-8")
    links = {
        "in": "a",
        "out": "../other",
        "file.md": "a/index.md",
        "dead.md": "gone",
        "loop": "loop",
        "up": "..",
    }
    for name, target in {**links, "chain": "in"}.items():
        (tmp_path / "site" / name).symlink_to(target)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("path", PATHS)
def test_one_path(folder: Path, path: str) -> None:
    assert RealPaths(str(folder)).resolve(path) == os.path.realpath(path)
    assert RealPaths(str(folder)).resolve(f"{folder}/{path}") == os.path.realpath(f"{folder}/{path}")


def test_all_paths_after_one_another(folder: Path) -> None:
    real_paths = RealPaths(str(folder))
    paths = [f"{folder}/{path}" for path in (*PATHS, *reversed(PATHS))]
    assert [real_paths.resolve(path) for path in paths] == [*map(os.path.realpath, paths)]
