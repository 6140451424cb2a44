"""The way from the git root to a site."""

from __future__ import annotations

from pathlib import Path

import pytest

from enrich.site.git_root import find_git_prefix


@pytest.mark.parametrize(
    ("root", "marker", "way"),
    [
        pytest.param("repo", "repo/.git/", "", id="the site is the repository"),
        pytest.param("repo/docs/web site", "repo/.git/", "docs/web site/", id="a folder of it"),
        pytest.param("repo/site", "repo/site/.git", "", id="a submodule, whose .git is a file"),
        pytest.param("repo/site", "", "", id="no git"),
    ],
)
def test_prefix(tmp_path: Path, root: str, marker: str, way: str) -> None:
    (tmp_path / root).mkdir(parents=True)
    if marker.endswith("/"):
        (tmp_path / marker).mkdir()
    elif marker:
        (tmp_path / marker).write_text("gitdir: elsewhere\n", encoding="utf-8")
    assert find_git_prefix(tmp_path / root) == way


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "repo" / "site").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "repo" / "site")
    assert find_git_prefix(tmp_path / "link") == "site/"
