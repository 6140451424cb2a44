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


def test_whatever_is_typed_found_or_happens_each_answer_is_one_of_the_command() -> None:
    """Odd lines, usual lines among spoiled files, a full disk or a signal before each change of the disk."""
    command = [sys.executable, "-m", "tests.support.fuzz_suite"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert found["odd lines"]["problems"] == []
    assert found["spoiled files"]["problems"] == []
    assert found["odd lines"]["ends"] > 20, "hardly a command was run"
    assert found["spoiled files"]["ends"] > 20, "hardly a command was run"
    assert found["faults"] == [], "each file must be the old one or the new one"
