"""The sample site in a folder of its own, and the whole program run on it."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from enrich.cli import main

ROOT = Path(__file__).resolve().parents[2]
RECORDS = "cache/records"
SETTINGS = {"NO_COLOR": "1", "COLUMNS": "120"}


def copy_site(target: Path) -> Path:
    """Copy the sample site and its records to a folder, and return it."""
    for name in ("content", "config", RECORDS):
        shutil.copytree(ROOT / name, target / name)
    shutil.copy(ROOT / "go.mod", target / "go.mod")
    return target


def run(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a site, with nothing of this machine's settings; an exception is the test's.

    It runs in this process, because its imports take longer than most runs. Its start and its end as a
    process of its own are tested in tests/cli/test_main.py and tests/test_schedule.py.
    """
    out, err = io.BytesIO(), io.BytesIO()
    with contextlib.chdir(site), _own_environment(), _redirect(out, err):
        code = main.run(arguments)
    return subprocess.CompletedProcess(["enrich", *arguments], code, _read(out), _read(err))


@contextlib.contextmanager
def _own_environment() -> Iterator[None]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ENRICH_")}
    with mock.patch.dict(os.environ, kept | SETTINGS, clear=True):
        yield


@contextlib.contextmanager
def _redirect(out: io.BytesIO, err: io.BytesIO) -> Iterator[None]:
    """Give the program pipes for its output and nothing to read."""
    stdout, stderr = (io.TextIOWrapper(stream, encoding="utf-8", write_through=True) for stream in (out, err))
    with mock.patch("sys.stdin", io.TextIOWrapper(io.BytesIO())):
        try:
            with contextlib.redirect_stdout(stdout), contextlib.redirect_stderr(stderr):
                yield
        finally:
            stdout.detach()
            stderr.detach()


def _read(stream: io.BytesIO) -> str:
    return io.TextIOWrapper(io.BytesIO(stream.getvalue()), encoding="utf-8").read()
