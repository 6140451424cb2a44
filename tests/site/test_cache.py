"""The cache folder says what of it is not for git, and its lock lets one run write at a time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from enrich.errors import PageError
from enrich.site.cache import make_cache, only_run

HOLD = """
import pathlib, sys
from enrich.site.cache import only_run
with only_run(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


def holder(root: Path) -> subprocess.Popen[str]:
    """Start a process that holds the lock until it reads a line or is killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


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


def test_a_cache_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(PageError, match="cannot be made"):
        make_cache(tmp_path / "cache")


def test_a_second_run_ends_at_once_and_names_the_first(tmp_path: Path) -> None:
    process = holder(tmp_path)
    try:
        with pytest.raises(PageError, match=rf"another run .*process {process.pid}\b"), only_run(tmp_path):
            pass
    finally:
        process.communicate("\n")
    with only_run(tmp_path):
        pass


def test_the_lock_dies_with_its_process(tmp_path: Path) -> None:
    process = holder(tmp_path)
    process.kill()
    process.communicate()
    with only_run(tmp_path):
        pass


def test_nothing_is_left_of_the_lock(tmp_path: Path) -> None:
    with only_run(tmp_path):
        assert (tmp_path / "cache" / "apply.lock").exists()
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [".gitignore"]
