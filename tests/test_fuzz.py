"""Some hundred random command lines, spoiled files and faults; tests.support has the program for more."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.support.sample import ROOT

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="forks, and has Linux's streams and devices"),
    pytest.mark.slow,
]


def run_module(name: str, *words: str) -> list[str]:
    """Run one of the programs, which fork, and return the lines that it prints."""
    command = [sys.executable, "-m", f"tests.support.{name}", *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("runs", "more"),
    [
        pytest.param(120, (), id="odd lines"),
        pytest.param(65, ("--own-files",), id="spoiled files and usual lines"),
    ],
)
def test_every_answer_is_one_of_the_command_and_nothing_else_is_written(
    runs: int, more: tuple[str, ...]
) -> None:
    """With spoiled files, each run has up to three lines."""
    *problems, counts = run_module("fuzz_commands", str(runs), "suite", *more)
    assert problems == []
    assert len(json.loads(counts)) > 20, "hardly a command was run"


def test_a_full_disk_or_a_signal_leaves_each_file_old_or_new() -> None:
    """One process runs all commands: what they share takes longer to make than any of them."""
    commands = ("init", "add", "remember", "forget", "select")
    assert json.loads("\n".join(run_module("faults_everywhere", *commands))) == []
