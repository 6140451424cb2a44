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


@pytest.mark.parametrize("more", [(), ("--own-files",)], ids=["odd lines", "spoiled files of enrich's own"])
def test_every_answer_is_one_of_the_command_and_nothing_else_is_written(more: tuple[str, ...]) -> None:
    *problems, counts = run_module("fuzz_commands", "120", "suite", *more)
    assert problems == []
    assert len(json.loads(counts)) > 20, "hardly a command was run"


def test_a_full_disk_or_a_signal_leaves_each_file_old_or_new() -> None:
    """One process runs all commands: what they share takes longer to make than any of them."""
    commands = ("init", "add", "remember", "forget", "select")
    assert json.loads("\n".join(run_module("faults_everywhere", *commands))) == []
