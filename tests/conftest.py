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
from _pytest.runner import runtestprotocol
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
_WAITS: list[float] = []  # of the test that runs

_MEMORY = Path("/dev/shm")  # noqa: S108 - a disk in memory, where Linux has one
_ROOM = 2**30  # bytes, many times of what the folders of the tests have at a time

_CORPUS = Path(__file__).parents[2] / "shared" / "data"


def pytest_configure() -> None:
    """Make the tests' folders in memory, where it has room and lets programs run: a disk may be slow."""
    if "PYTEST_DEBUG_TEMPROOT" not in os.environ and _can_hold_folders(_MEMORY):
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(_MEMORY)


def _can_hold_folders(place: Path) -> bool:
    if not os.access(place, os.W_OK):
        return False
    found = os.statvfs(place)
    return found.f_bavail * found.f_frsize > _ROOM and not found.f_flag & os.ST_NOEXEC


@pytest.fixture(autouse=True, scope="session")
def _own_environment() -> Iterator[None]:
    """Take away what the developer's shell would tell the program; a test that sets a variable unsets it."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [*os.environ]:
            if name.startswith("ENRICH_") or name in {"NO_COLOR", "FORCE_COLOR", "CI", "GITHUB_STEP_SUMMARY"}:
                patch.delenv(name)
        yield


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


@pytest.fixture(autouse=True, scope="session")
def _short_waits() -> Iterator[None]:
    """Let the program's own clock fail a test that waits with it for long: it needs a `FakeTime`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Clock.__init__, "__defaults__", (time.time, time.monotonic, _wait_briefly, random))
        yield


def _wait_briefly(seconds: float) -> None:
    _WAITS.append(seconds)
    assert sum(_WAITS) < LONGEST_WAIT, "the program waits in real time; give the test a FakeTime"
    time.sleep(seconds)


def pytest_runtest_setup() -> None:
    """Count the waits of each test anew."""
    _WAITS.clear()


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


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Run a test in a worker, and send one report of it: five messages take longer than a row of a table."""
    if not hasattr(item.config, "workerinput") or item.config.option.durations is not None:
        return None
    for report in runtestprotocol(item, log=False, nextitem=nextitem):
        if report.when == "call" or not report.passed:
            item.ihook.pytest_runtest_logreport(report=report)
    return True
