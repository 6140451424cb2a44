"""What all tests share: no environment of ours, the corpus where there is one, calm Hypothesis.

The network is closed by pytest-socket, see `addopts` in pyproject.toml: only loopback is open.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import random

import pytest
from hypothesis import settings

from enrich.cli.console import ENDS
from enrich.fetcher.clock import Clock

# A long run: HYPOTHESIS_PROFILE=long pytest tests/…
settings.register_profile("default", deadline=None, max_examples=100, database=None)
settings.register_profile("long", deadline=None, max_examples=10_000, database=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

# Tests start the program in many processes: each would compile it again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

LONGEST_WAIT = 10.0  # seconds, of all threads together

_CORPUS = Path(__file__).parents[2] / "shared" / "data"


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what the developer's shell would tell the program."""
    for name in [*os.environ]:
        if name.startswith("ENRICH_") or name in {"NO_COLOR", "FORCE_COLOR", "CI", "GITHUB_STEP_SUMMARY"}:
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True, scope="session")
def _heed_interrupts() -> None:
    """Heed the signals that end a run, in each child too: `nohup` and a job in the background ignore some."""
    for number in (getattr(signal, name) for name in ENDS if hasattr(signal, name)):
        if signal.getsignal(number) is signal.SIG_IGN:
            is_interrupt = number == signal.SIGINT
            signal.signal(number, signal.default_int_handler if is_interrupt else signal.SIG_DFL)


@pytest.fixture(autouse=True, scope="session")
def _leave_syncs() -> Iterator[None]:
    """Leave files in the system's memory: no test cuts the power, and a disk takes long to synchronise."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test in whose process the program's own clock waits for long: it needs a `FakeTime`."""
    waited = [0.0]

    def wait(seconds: float) -> None:
        waited[0] += seconds
        assert waited[0] < LONGEST_WAIT, "the program waits in real time; give the test a FakeTime"
        time.sleep(seconds)

    monkeypatch.setattr(Clock.__init__, "__defaults__", (time.time, time.monotonic, wait, random))


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder of real pages and records; the test is skipped where there is none."""
    if not _CORPUS.is_dir():
        pytest.skip("no ../shared/data: real pages and records are not part of the repository")
    return _CORPUS


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Collect 10,000 tests without looking for garbage, then or later: all of them last to the end."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no worker has such a test left when the others have ended."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_xdist_auto_num_workers() -> int:
    """Return one worker more than there are processors: many tests wait for a server or a browser."""
    return (os.cpu_count() or 1) + 1
